"""How fair a selection was, in numbers of which none is small enough to know somebody by."""

from collections.abc import Callable, Iterable
from fractions import Fraction
from statistics import median
from typing import Any

from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _

from dure.apps.selection import adapter, queries
from dure.apps.selection.kinds import Outcome
from dure.apps.selection.models import Decision, Selection
from dure.engines import scoring
from dure.engines.scoring import written
from dure.foundation import programmes, vocabularies

NEAR = Fraction(10)
"""Two sheets agree where their totals lie at most so many points apart."""


def groups(selection: Selection) -> list[dict[str, Any]]:
    """Success by region, size of the firm and first-time applicants, small groups left out.

    None before the decision.
    """
    decisions = list(
        queries.decisions_of(selection).select_related("application__item__submission")
    )
    if not decisions:
        return []
    before = queries.applied_before(selection)
    by: list[tuple[str, Callable[[Decision], str]]] = [
        (_("Region"), _region),
        (_("Size of the firm"), _size),
        (_("Sex of the representative"), _sex),
        (
            _("First-time applicants"),
            lambda decision: (
                _("Applied before")
                if decision.application.organisation_id in before
                else _("For the first time")
            ),
        ),
    ]
    return [
        {
            "label": label,
            "rows": _shares((of(decision), _succeeded(decision)) for decision in decisions),
        }
        for label, of in by
    ]


def figures(selection: Selection) -> list[dict[str, Any]]:
    """How far reviewers agree, how severe they are, and how long it took."""
    figures = [_agreement(selection), _severity(selection), *_times(selection)]
    return [figure for figure in figures if figure]


def _succeeded(decision: Decision) -> bool:
    return decision.outcome == Outcome.SELECTED


def _region(decision: Decision) -> str:
    code = decision.application.organisation.region
    return vocabularies.name_of("regions", code, get_language() or "ko") if code else "–"


def _sex(decision: Decision) -> str:
    organisation = decision.application.organisation
    return organisation.get_representative_sex_display() or _("Sex not said")


def _size(decision: Decision) -> str:
    content = decision.application.item.submission.content or {}
    lead = next((member for member in content.get("members", ()) if member["role"] == "lead"), None)
    size = lead["organisation"].get("size") if lead else None
    return programmes.name("size", size, get_language() or "ko") if size else "–"


def _shares(cases: Iterable[tuple[str, bool]]) -> list[dict[str, Any]]:
    rows, hidden = [], 0
    for share in scoring.shares(cases):
        if share.rate is None:
            hidden += 1
            continue
        rate = share.rate * 100
        rows.append({
            "group": share.of, "count": share.count, "selected": share.successes,
            "rate": written(rate, 0),
        })  # fmt: skip
    if hidden:
        text = ngettext("%(n)s small group", "%(n)s small groups", hidden) % {"n": hidden}
        rows.append({"group": text, "count": None, "selected": None, "rate": None})
    return rows


def _totals(selection: Selection) -> dict[str, list[Fraction]]:
    """The totals of the sheets by application."""
    rules = adapter.rules_of(selection)
    weight = sum((criterion.weight for criterion in rules.criteria), Fraction(0)) or Fraction(1)
    return {
        entry.id: [
            sum((sheet.marks.get(criterion.id, Fraction(0)) * criterion.weight for criterion in rules.criteria),
                Fraction(0)) / weight
            for sheet in entry.sheets
        ]
        for entry in adapter.entries_of(selection)
    }  # fmt: skip


def _agreement(selection: Selection) -> dict[str, Any] | None:
    share = scoring.agreement(list(_totals(selection).values()), NEAR)
    if share is None:
        return None
    return {
        "number": written(share * 100, 0), "unit": "%",
        "label": _("of two sheets of one application lie at most ten points apart"),
    }  # fmt: skip


def _severity(selection: Selection) -> dict[str, Any] | None:
    """How far the most severe and the mildest reviewer lie apart, on what both of them read."""
    rules = adapter.rules_of(selection)
    weight = sum((criterion.weight for criterion in rules.criteria), Fraction(0)) or Fraction(1)
    off: dict[str, list[Fraction]] = {}
    for entry in adapter.entries_of(selection):
        totals = {
            sheet.reviewer: sum(
                (sheet.marks.get(criterion.id, Fraction(0)) * criterion.weight for criterion in rules.criteria),
                Fraction(0),
            ) / weight
            for sheet in entry.sheets
        }  # fmt: skip
        if len(totals) < scoring.FEWEST:
            continue
        mean = sum(totals.values(), Fraction(0)) / len(totals)
        for reviewer, total in totals.items():
            off.setdefault(reviewer, []).append(total - mean)
    means = [sum(deviations, Fraction(0)) / len(deviations) for deviations in off.values()]
    if len(means) < scoring.FEWEST:
        return None
    return {
        "number": written(max(means) - min(means), 1), "unit": _("points"),
        "label": _("between the most severe and the mildest reviewer, against their panel"),
    }  # fmt: skip


def _times(selection: Selection) -> list[dict[str, Any]]:
    days = queries.days_to_hand_in(selection)
    rows = []
    if len(days) >= scoring.FEWEST:
        rows.append({
            "number": f"{median(days):g}", "unit": _("days"),
            "label": _("from being asked to the sheet, for half of the sheets"),
        })  # fmt: skip
    if selection.decided_at:
        rows.append({
            "number": (selection.decided_at - selection.created_at).days, "unit": _("days"),
            "label": _("from the opening to the decision"),
        })  # fmt: skip
    return rows
