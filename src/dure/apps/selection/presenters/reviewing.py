"""What reviewers see: their panels, the sheet beside the application, the sheets side by side."""

from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta
from statistics import pstdev
from typing import Any

from django.forms import BaseForm
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from dure.apps.applications.operations import read_file
from dure.apps.applications.queries import HIDDEN, names_in, without_names
from dure.apps.people.queries import Reader
from dure.apps.selection import queries
from dure.apps.selection.models import Draft, Item, Member, Panel, Selection, Sheet, Supplement
from dure.apps.selection.stages import PanelStage
from dure.foundation.documents import blind_copy


def work(seat: Member, user: Reader) -> dict[str, Any]:
    """A panel as its member sees it in the list: what is done and what is left."""
    read = list(queries.items_read_by(user, seat.panel))
    handed_in = queries.final_sheets(read).filter(member=seat).count()
    return {"seat": seat, "items": len(read), "done": handed_in, "left": len(read) - handed_in}


def title(item: Item) -> str:
    """What an application is called, without the names of who applies where they are hidden."""
    if not item.selection.names_hidden:
        return str(item.application)
    shown = without_names(item.submission.content, (item.application.leader.name,))
    return shown["project"].get("title") or item.application.number


def hidden_names(item: Item) -> set[str]:
    """The names of who applies and of their people, which a selection may hide."""
    return names_in(item.submission.content or {"members": []}, (item.application.leader.name,))


def supplement(supplement: Supplement, user: Reader) -> tuple[str, bytes]:
    """The name and content of a paper handed in later, as somebody may read it.

    Raises Unreadable and FileNotFoundError.
    """
    item, name = supplement.item, str(supplement)
    content = read_file(item.application, supplement.row, supplement.key)
    is_reader = queries.items_read_by(user).filter(pk=item.pk).exists()
    if not (item.selection.names_hidden and is_reader):
        return name, content
    ending = name.rpartition(".")[2].lower()
    content = blind_copy(name, content, hidden_names(item), HIDDEN) or content
    return f"{item.application.number}-{supplement.pk}.{ending}", content


def criteria(form: BaseForm, selection: Selection) -> list[dict[str, Any]]:
    """The criteria of a sheet: fields of mark and reason, weight, what is asked, best and worst."""
    language = get_language() or "ko"
    anchors = {known.criterion: known for known in queries.rules_of(selection).anchors}
    rows = []
    for criterion in queries.criteria_of(selection):
        anchor = anchors.get(criterion.id)
        rows.append({
            "id": criterion.id, "weight": criterion.weight, "mark": form[f"mark_{criterion.id}"],
            "reason": form[f"reason_{criterion.id}"],
            "asks": anchor.asks.in_language(language) if anchor else "",
            "best": anchor.best.in_language(language) if anchor else "",
            "worst": anchor.worst.in_language(language) if anchor else "",
        })  # fmt: skip
    return rows


def neighbours(item: Item, user: Reader) -> dict[str, Any]:
    """Where somebody stands among the items of a panel that they judge: place, count, the next one."""
    read = list(queries.items_read_by(user, item.panel).order_by("application__number"))
    place = [other.pk for other in read].index(item.pk)
    following = read[place + 1] if place + 1 < len(read) else None
    return {"place": place + 1, "count": len(read), "next": following}


def tasks(panel: Panel, seat: Member, user: Reader) -> list[dict[str, Any]]:
    """What a member judges, each with how far the own sheet is."""
    items = list(queries.items_read_by(user, panel).order_by("application__number"))
    newest = queries.newest_of(seat)
    return [
        {"item": item, "title": title(item), "sheet": newest.get(item.pk), **_how_far(newest, item)}
        for item in items
    ]


def _how_far(newest: Mapping[int, Sheet | Draft], item: Item) -> dict[str, str]:
    sheet = newest.get(item.pk)
    if sheet is None:
        return {"state": _("Not begun"), "tone": ""}
    if sheet.is_final:
        return {"state": _("Handed in"), "tone": "success"}
    return {"state": _("Draft saved"), "tone": "warning"}


def agenda(panel: Panel, user: Reader, now: datetime) -> list[dict[str, Any]]:
    """Who presents when on the day of a panel, and where the clock stands.

    What somebody is in conflict with has no name: they leave the room for it.
    """
    length = timedelta(minutes=panel.minutes_each)
    read = {item.pk: item for item in queries.panel_items(user, panel)}
    rows = []
    for item in panel.items.filter(presents_at__isnull=False).order_by("presents_at"):
        until = item.presents_at + length
        left = -(-(until - now) // timedelta(minutes=1))
        state = "over" if until <= now else "now" if item.presents_at <= now else "later"
        shown = read.get(item.pk)
        rows.append({
            "from": item.presents_at, "until": until, "state": state, "left": left,
            "title": title(shown) if shown else "", "item": shown,
            "stays_out": [str(member) for member in queries.recused_from(item)] if shown else [],
        })  # fmt: skip
    return rows


def compared(panel: Panel, user: Reader) -> list[dict[str, Any]]:
    """The items of a panel with the sheets that somebody may read side by side, the widest first.

    Each row is a criterion with the marks in the order of the members; where the sheets lie far
    apart by the rule set, `is_wide`.
    """
    if panel.stage == PanelStage.SCORING:
        return []
    shown: dict[int, list[Sheet]] = {}
    for sheet in queries.sheets_read_by(user, panel):
        shown.setdefault(sheet.item_id, []).append(sheet)
    read = queries.panel_items(user, panel)
    rows = [_side_by_side(item, shown.get(item.pk, [])) for item in read]
    return sorted(rows, key=lambda row_: (-row_["spread"], row_["item"].application.number))


def _side_by_side(item: Item, sheets: Sequence[Sheet]) -> dict[str, Any]:
    language = get_language() or "ko"
    asked = queries.criteria_of(item.selection)
    totals = [
        sum(sheet.marks.get(criterion.id, 0) * criterion.weight for criterion in asked) / 100
        for sheet in sheets
    ]
    limit = queries.rules_of(item.selection).spread
    spread = max(totals, default=0) - min(totals, default=0)
    rows = [
        {
            "name": criterion.name.in_language(language),
            "weight": criterion.weight,
            "marks": [sheet.marks.get(criterion.id) for sheet in sheets],
            "reasons": [
                {"by": sheet.member, "mark": sheet.marks.get(criterion.id), "text": text}
                for sheet in sheets
                if (text := sheet.reasons.get(criterion.id, ""))
            ],
            "far": pstdev([sheet.marks.get(criterion.id, 0) for sheet in sheets]) if sheets else 0,
        }
        for criterion in asked
    ]
    widest = max((row["far"] for row in rows), default=0)
    return {
        "item": item, "title": title(item), "sheets": sheets, "spread": spread,
        "is_wide": limit is not None and spread > limit,
        "rows": [{**row, "is_widest": bool(widest) and row["far"] == widest} for row in rows],
        "totals": totals,
        "changes": [sheet for sheet in sheets if sheet.why],
    }  # fmt: skip


def row(sheet: Sheet) -> dict[str, Any]:
    """A sheet in words, criterion by criterion."""
    language = get_language() or "ko"
    return {
        "sheet": sheet,
        "marks": [
            {
                "name": criterion.name.in_language(language),
                "mark": sheet.marks.get(criterion.id),
                "reason": sheet.reasons.get(criterion.id, ""),
            }
            for criterion in queries.criteria_of(sheet.item.selection)
        ],
    }
