"""How programmes are shown: sections in words, the stages, the shares as a picture."""

from collections import Counter
from collections.abc import Iterable
from datetime import date
from typing import Any

from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from dure.apps.programmes import adapter
from dure.apps.programmes.models import Programme, Version
from dure.foundation import programmes
from dure.foundation.programmes import Judgement, Section
from dure.foundation.ui.moves import step


def rows(shown_programmes: Iterable[Programme]) -> list[dict[str, Any]]:
    """Programmes as lines of a list."""
    language = get_language()
    return [
        {
            "programme": programme,
            "url": reverse("programmes:programme", args=[programme.slug]),
            "goal": programmes.name("goal", programme.goal, language),
            "calls": " · ".join(
                programmes.name("call", call, language) for call in programme.calls
            ),
            "runs_as": programmes.name("run", programme.runs_as, language),
        }
        for programme in shown_programmes
    ]


def as_rows(programmes: Iterable[Programme]) -> tuple[list[str], list[list[Any]]]:
    """Programmes as a sheet."""
    head = [_("Id"), _("Name in Korean"), _("Name in English"), _("Goal"), _("How to apply")]
    head += [_("How it runs"), _("Version"), _("Released")]
    return head, [
        [
            row["programme"].slug,
            row["programme"].name,
            row["programme"].name_en,
            row["goal"],
            row["calls"],
            row["runs_as"],
            row["programme"].current.number,
            row["programme"].current.released_at,
        ]
        for row in rows(programmes)
    ]


def sections(version: Version, on: date) -> tuple[Section, ...]:
    """All of a version in words."""
    return programmes.described(adapter.programme_of(version.content), on, get_language())


def summary(version: Version) -> dict[str, str]:
    """The name and the one sentence of a version."""
    programme = adapter.programme_of(version.content)
    language = get_language()
    return {
        "name": programme.name.in_language(language),
        "text": programme.summary.in_language(language),
    }


def path(version: Version) -> list[dict[str, Any]]:
    """The stages of a programme one after the other."""
    programme = adapter.programme_of(version.content)
    return [step(stage.name.in_language(get_language()), "next") for stage in programme.stages]


def shares(judgement: Judgement | None) -> list[dict[str, Any]]:
    """Who pays how much of a plan, for a picture."""
    if judgement is None:
        return []
    paid = Counter()
    for part in judgement.parts:
        paid[part.role] += part.amount
    return [
        {
            "label": programmes.name("role", role, get_language()),
            "value": amount,
            "text": f"{amount:,}",
        }
        for role, amount in paid.items()
        if amount
    ]


def answer(judgement: Judgement) -> dict[str, Any]:
    """What comes of a plan, in words."""
    language = get_language()
    return {
        "passes": judgement.passes,
        "violations": [
            judgement.sentence(violation, language) for violation in judgement.violations
        ],
        "warnings": [judgement.sentence(warning, language) for warning in judgement.warnings],
        "shares": shares(judgement),
    }


def tried(trials: Iterable[adapter.Tried]) -> list[dict[str, Any]]:
    """Sample plans with what becomes of each, those that a change turns first."""
    language = get_language()
    shown = [
        {
            "name": trial.name.in_language(language),
            "before": None if trial.before is None else answer(trial.before),
            "after": None if trial.after is None else answer(trial.after),
            "is_turned": trial.is_turned,
        }
        for trial in trials
    ]
    return sorted(shown, key=lambda row: not row["is_turned"])


def figures(version: Version, base: Version | None) -> list[dict[str, Any]]:
    """Every number of a draft with its place and what it was in the version it came from."""
    before = (
        {figure.place: figure.value for figure in adapter.figures_in(base.content)} if base else {}
    )
    return [
        {
            "key": figure.key,
            "place": figure.place,
            "about": figure.about,
            "name": str(figure.place[-1]),
            "value": figure.value,
            "was": before.get(figure.place),
            "is_changed": base is not None and before.get(figure.place) != figure.value,
        }
        for figure in adapter.figures_in(version.content)
    ]


def mistakes(version: Version) -> list[dict[str, Any]]:
    """What is wrong with a draft's file, by line and key, with the remedy."""
    return [
        {"line": mistake.line, "key": mistake.key, "message": mistake.message(get_language())}
        for mistake in adapter.mistakes_in(version.content)
    ]


def crumbs(programme: Programme | None, page: str = "") -> list[dict[str, str]]:
    """The way from the list of programmes to a page."""
    steps = [{"label": _("Programmes"), "url": reverse("programmes:list")}]
    if programme is not None:
        url = reverse("programmes:programme", args=[programme.slug])
        steps.append({"label": str(programme), "url": url})
    if page:
        steps.append({"label": page})
    else:
        steps[-1].pop("url")
    return steps
