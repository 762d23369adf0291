"""What pages of selections show."""

from collections.abc import Mapping
from typing import Any

from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from dure.apps.people.queries import Reader
from dure.apps.selection import adapter, queries
from dure.apps.selection.kinds import Cause, Outcome
from dure.apps.selection.models import Decision, Member, Panel, Selection, Sheet
from dure.engines.scoring import UnusableSheets, written

OUTCOME_TONES = {
    Outcome.SELECTED: "success",
    Outcome.RESERVE: "warning",
    Outcome.REJECTED: "",
}


def crumbs(selection: Selection | None, last: str = "") -> list[dict[str, str]]:
    """The way to a page of selections."""
    found = [{"label": _("Selection"), "url": reverse("selection:list")}]
    if selection is not None:
        found.append({
            "label": str(selection.call), "url": reverse("selection:selection", args=[selection.pk])
        })  # fmt: skip
    return [*found, {"label": last, "url": ""}] if last else found


def items(selection: Selection) -> list[dict[str, Any]]:
    """The applications of a selection, with the conflicts that stand."""
    found = list(selection.items.select_related("application__organisation", "panel"))
    conflicts: dict[int, list[Any]] = {}
    for each in queries.conflicts_of(found):
        conflicts.setdefault(each.application_id, []).append(each)
    return [{"item": item, "conflicts": conflicts.get(item.application_id, [])} for item in found]


def panels(selection: Selection) -> list[dict[str, Any]]:
    """The panels with how many sheets are in, and whose are missing."""
    found = []
    for panel in selection.panels.prefetch_related("members__reviewer__user"):
        missing = queries.missing_sheets(panel)
        there = queries.final_sheets(list(panel.items.all())).count()
        found.append({
            "panel": panel, "members": list(panel.members.all()), "in": there,
            "total": there + len(missing),
            "missing": sorted({str(member) for _item, member in missing}),
        })  # fmt: skip
    return found


def table(selection: Selection, tried: Mapping[str, int]) -> list[dict[str, Any]] | None:
    """The ranking as the sheets stand, or as it would be; None where sheets are too few."""
    try:
        ranking = adapter.ranking_of(selection, **tried)
    except UnusableSheets:
        return None
    known = {
        str(item.pk): item
        for item in selection.items.select_related("application__organisation", "submission")
    }
    return [
        {
            "line": line,
            "item": known[line.id],
            "score": written(line.final),
            "outcome": Outcome(line.outcome.value).label,
            "tone": OUTCOME_TONES[Outcome(line.outcome.value)],
            "cause": Cause(line.cause.value).label,
            "asked": queries.wanted(known[line.id].submission),
        }
        for line in ranking.lines
    ]


def sheets(panel: Panel, user: Reader) -> list[dict[str, Any]]:
    """The items of a panel that somebody reads, each with the sheets they may read."""
    read = queries.panel_items(user, panel)
    shown: dict[int, list[Sheet]] = {}
    for sheet in queries.sheets_read_by(user, panel):
        shown.setdefault(sheet.item_id, []).append(sheet)
    return [
        {"item": item, "sheets": [row(each) for each in shown.get(item.pk, [])]} for item in read
    ]


def row(sheet: Sheet) -> dict[str, Any]:
    """A sheet in words, criterion by criterion."""
    language = get_language() or "ko"
    criteria = queries.criteria_of(sheet.item.selection)
    return {
        "sheet": sheet,
        "marks": [
            {
                "name": one.name.in_language(language),
                "mark": sheet.marks.get(one.id),
                "reason": sheet.reasons.get(one.id, ""),
            }
            for one in criteria
        ],
    }


def opinions(decision: Decision) -> list[str]:
    """What the sheets say to the applicant; no name and no mark."""
    items = [decision.application.item]
    return [each.opinion for each in queries.final_sheets(items) if each.opinion]


def ground(selection: Selection, code: str) -> str:
    """A ground of objection in the reader's language."""
    language = get_language() or "ko"
    known = queries.rules_of(selection).objection.grounds
    return next((each.name.in_language(language) for each in known if each.id == code), code)


def headers() -> list[str]:
    """The headers of the table as Excel."""
    return [
        _("Rank"), _("Application"), _("Organisation"), _("Panel"), _("Score"), _("Result"),
        _("Why"), _("Asked for, in won"),
    ]  # fmt: skip


def rows(found: list[dict[str, Any]]) -> list[list[Any]]:
    """The lines of the table as Excel."""
    return [
        [
            each["line"].rank, each["item"].application.number,
            str(each["item"].application.organisation), each["line"].panel,
            float(each["score"]), each["outcome"], each["cause"], each["asked"].won,
        ]
        for each in found
    ]  # fmt: skip


def work(seat: Member, user: Reader) -> dict[str, Any]:
    """A panel as its member sees it in the list: what is done and what is left."""
    read = list(queries.items_read_by(user, seat.panel))
    handed_in = queries.final_sheets(read).filter(member=seat).count()
    return {"seat": seat, "items": len(read), "left": len(read) - handed_in}
