"""Decisions on applications, for figures; an upheld objection changes them from its day on."""

from collections.abc import Collection, Iterator, Mapping
from datetime import datetime
from typing import Any

from django.urls import reverse
from django.utils.timezone import localdate
from django.utils.translation import gettext_lazy as _

from dure.apps.people.queries import traits_of_organisations
from dure.apps.programmes.queries import name_of
from dure.apps.selection.kinds import Outcome
from dure.apps.selection.models import Decision
from dure.apps.selection.queries import decisions_visible_to
from dure.foundation.measures import (
    REGION,
    SIZE,
    Counted,
    Dimension,
    Measure,
    Record,
    Row,
    chosen,
    offer_measure,
    rows_from_history,
)

LOOKED_AT = (
    "outcome",
    "decided_at",
    "granted",
    "application__organisation_id",
    "selection__call__version__programme__slug",
)


def _rows() -> Iterator[Row]:
    traits = traits_of_organisations()

    def counted(
        outcome: str, decided_at: datetime, granted: int, firm: int, programme: str
    ) -> Counted:
        on = localdate(decided_at)
        dimensions = {"result": outcome, "programme": programme, **traits.get(firm, {})}
        return Counted(on, on, dimensions, granted if outcome == Outcome.SELECTED else 0)

    return rows_from_history(Decision, LOOKED_AT, counted)


def _records(user: Any, ids: Collection[str]) -> Mapping[str, Record]:
    decisions = decisions_visible_to(user).filter(pk__in=[int(record_id) for record_id in ids])
    return {
        str(decision.pk): Record(
            str(decision.application), reverse("selection:result", args=[decision.pk])
        )
        for decision in decisions
    }


offer_measure(
    Measure(
        "decisions",
        _("Decisions on applications"),
        (
            chosen("result", _("Result"), Outcome),
            Dimension("programme", _("Programme"), name_of),
            REGION,
            SIZE,
        ),
        _rows,
        _records,
        unit="won",
    )
)
