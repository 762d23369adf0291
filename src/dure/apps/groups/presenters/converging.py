"""Strengths, pairs and packages: how they are shown."""

from collections import Counter
from collections.abc import Iterable
from datetime import date
from typing import Any

from django.db.models import QuerySet
from django.utils.translation import get_language, pgettext
from django.utils.translation import gettext as _

from dure.apps.groups import adapter, permissions, queries
from dure.apps.groups.models import Group, Pair
from dure.apps.groups.stages import PairStage
from dure.apps.people.queries import Reader
from dure.foundation import vocabularies
from dure.foundation.ui.listing import Rows, Sheet
from dure.foundation.vocabularies import match_reasons

_TONES = {
    PairStage.PROPOSED: "information",
    PairStage.AGREED: "primary",
    PairStage.PLANNED: "primary",
    PairStage.SPARK: "success",
    PairStage.DROPPED: "",
}
_WAY = (PairStage.PROPOSED, PairStage.AGREED, PairStage.PLANNED, PairStage.SPARK)


def strength_sheet(rows: Rows) -> Sheet:
    """Strengths and wants as a sheet."""
    return {
        "title": _("Strengths and wants"),
        "headers": [_("Organisation"), _("What we are good at"), _("What we look for")],
        "rows": [
            [str(strength.organisation), strength.strengths, strength.wants] for strength in rows
        ],
    }


def fit_rows(fits: Iterable[adapter.Fit], language: str) -> list[dict[str, Any]]:
    """Firms that fit, with their reasons in the reader's language."""
    return [
        {
            "fit": fit,
            "region": vocabularies.name_of("regions", fit.helper.organisation.region, language)
            if fit.helper.organisation.region
            else "",
            "reasons": [_in(reason, language) for reason in fit.reasons],
        }
        for fit in fits
    ]


def pair_rows(pairs: Iterable[Pair]) -> list[dict[str, Any]]:
    """Pairs for a list."""
    return [
        {
            "pair": pair,
            "tone": _TONES[PairStage(pair.stage)],
            "strength": match_reasons.strength_name(pair.strength, get_language()),
        }
        for pair in pairs
    ]


def pair_funnel(pairs: QuerySet[Pair]) -> list[dict[str, Any]]:
    """How many pairs came how far."""
    counts = Counter(pairs.order_by().values_list("stage", flat=True))
    return [
        {"label": stage.label, "value": sum(counts[later] for later in _WAY[number:])}
        for number, stage in enumerate(_WAY)
    ] if counts else []  # fmt: skip


def reasons_of(pair: Pair, language: str) -> list[str]:
    """Why a pair was proposed."""
    return [_in(reason, language) for reason in pair.reasons]


def sides(pair: Pair, user: Reader, today: date) -> list[dict[str, Any]]:
    """Both firms: who looks for what, who is good at what, what each says."""
    return [
        {
            "firm": strength.organisation,
            "label": label,
            "text": text,
            "says": answer,
            "may_say": answer is None
            and pair.stage == PairStage.PROPOSED
            and permissions.may_speak_for(user, strength.organisation, today),
        }
        for strength, label, text, answer in (
            (pair.seeker, pgettext("pair", "Looks for"), pair.seeker.wants, pair.seeker_says),
            (pair.helper, pgettext("pair", "Is good at"), pair.helper.strengths, pair.helper_says),
        )
    ]


def steps_of(group: Group) -> list[dict[str, Any]]:
    """The steps of the package of a project group, with what comes next; none without one."""
    package = queries.package_of(group)
    if package is None:
        return []
    rows, is_reached = [], True
    for step in package.steps.all():
        step.package = package
        rows.append(
            {
                "step": step,
                "name": adapter.stage_name(step),
                "gate": adapter.gate_name(step),
                "is_reached": is_reached,
                "is_waiting": step.shown_at is not None and step.is_passed is None,
            }
        )
        is_reached = is_reached and step.is_passed is True
    return rows


def _in(reason: dict[str, str], language: str) -> str:
    return reason["en" if language == "en" else "ko"]
