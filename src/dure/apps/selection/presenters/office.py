"""What the office sees of a selection: its stages, what helps next, applications, panels, the pool."""

from collections.abc import Iterable
from datetime import date
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from dure.apps.applications.operations import read_file
from dure.apps.selection import adapter, queries
from dure.apps.selection.models import Item, Member, Panel, Reviewer, Selection
from dure.apps.selection.presenters.conflicts import conflicts
from dure.apps.selection.presenters.reviewing import hidden_names
from dure.apps.selection.stages import ItemStage, MemberStage, SelectionStage
from dure.foundation import documents, sealing, vocabularies

TONES = {
    ItemStage.CHECKING: "",
    ItemStage.INCOMPLETE: "warning",
    ItemStage.ADMITTED: "success",
    ItemStage.EXCLUDED: "danger",
}


def crumbs(selection: Selection | None, last: str = "") -> list[dict[str, str]]:
    """The way to a page of selections."""
    trail = [{"label": _("Selection"), "url": reverse("selection:list")}]
    if selection is not None:
        trail.append({
            "label": str(selection), "url": reverse("selection:selection", args=[selection.pk])
        })  # fmt: skip
    return [*trail, {"label": last, "url": ""}] if last else trail


def own_crumbs(*last: tuple[str, str]) -> list[dict[str, str]]:
    """The way from one's reviews; labels and addresses, the last one without."""
    first = {"label": _("Reviews"), "url": reverse("selection:reviews")}
    return [first, *({"label": label, "url": url} for label, url in last)]


def panel_name(panel: Panel) -> str:
    """What a panel is called among others; reviewers of single applications are none."""
    return _("Reviewers") if panel.reviews else _("Panel %(name)s") % {"name": panel}


def stages(selection: Selection) -> list[dict[str, str]]:
    """The stages of a selection, for `c-stage`."""
    order = list(SelectionStage)
    is_each = queries.reviewing_of(selection) is not None
    now = order.index(SelectionStage(selection.stage))
    is_over = selection.stage == SelectionStage.DECIDED
    return [
        {
            "label": _("Review by experts")
            if is_each and stage == SelectionStage.REVIEWING
            else str(stage.label),
            "state": "done" if place < now or is_over else "now" if place == now else "next",
        }
        for place, stage in enumerate(order)
    ]


def items(selection: Selection) -> list[dict[str, Any]]:
    """The applications of a selection, with the conflicts that stand and, without panels, who reads."""
    items = list(
        selection.items.select_related(
            "application__organisation", "application__challenge", "panel", "visit"
        )
    )
    tied: dict[int, list[Any]] = {}
    for row in conflicts(selection, queries.conflicts_of(items)):
        tied.setdefault(row["conflict"].application_id, []).append(row)
    readers: dict[int, list[str]] = {}
    for assignment in queries.assignments_of(items).select_related("member__reviewer__user"):
        readers.setdefault(assignment.item_id, []).append(str(assignment.member))
    return [
        {
            "item": item,
            "tone": TONES[ItemStage(item.stage)],
            "conflicts": tied.get(item.application_id, []),
            "panel": panel_name(item.panel) if item.panel else "",
            "readers": sorted(readers.get(item.pk, [])),
        }
        for item in items
    ]


def panels(selection: Selection) -> list[dict[str, Any]]:
    """The panels with how many sheets are in, of each member too, and who is waited for."""
    rows = []
    for panel in selection.panels.prefetch_related("members__reviewer__user"):
        missing = queries.missing_sheets(panel)
        there = list(queries.final_sheets(list(panel.items.all())))
        rows.append({
            "panel": panel, "name": panel_name(panel), "members": _members(panel, there, missing), "in": len(there),
            "total": len(there) + len(missing), "missing": missing,
            "waited_for": queries.waited_for(panel), "items": panel.items.count(),
        })  # fmt: skip
    return rows


def _members(panel: Panel, there: Iterable[Any], missing: Iterable[Any]) -> list[dict[str, Any]]:
    done: dict[int, int] = {}
    left: dict[int, int] = {}
    for sheet in there:
        done[sheet.member_id] = done.get(sheet.member_id, 0) + 1
    for _item, seat in missing:
        left[seat.pk] = left.get(seat.pk, 0) + 1
    return [
        {
            "member": member,
            "done": done.get(member.pk, 0),
            "of": done.get(member.pk, 0) + left.get(member.pk, 0),
        }
        for member in panel.members.all()
        if member.stage != MemberStage.LEFT or member.left_reason
    ]


def pool(reviewers: Iterable[Reviewer], year: int, language: str) -> list[dict[str, Any]]:
    """The pool: how much each has read this year and what is known of how they kept to terms."""
    loads, past = queries.loads(year), queries.punctuality()
    return [
        {
            "reviewer": reviewer,
            "region": vocabularies.name_of("regions", reviewer.region, language)
            if reviewer.region
            else "",
            "load": loads[reviewer.pk],
            "late": past[reviewer.pk].late,
            "sheets": past[reviewer.pk].sheets,
            "left": past[reviewer.pk].left,
        }
        for reviewer in reviewers
    ]


def pool_sheet(reviewers: Iterable[Reviewer], year: int, language: str) -> dict[str, Any]:
    """The pool as Excel."""
    return {
        "title": _("Reviewers"),
        "headers": [
            _("Name"), _("Status"), _("Region"), _("Kinds of expertise"), _("Fields of expertise"),
            _("Read this year"), _("Applications a year, at most"), _("Sheets handed in late"),
            _("Replaced"),
        ],
        "rows": [
            [
                str(row["reviewer"]), row["reviewer"].get_stage_display(), row["region"],
                row["reviewer"].kinds, row["reviewer"].fields, row["load"],
                row["reviewer"].most_a_year, row["late"], row["left"],
            ]
            for row in pool(reviewers, year, language)
        ],
    }  # fmt: skip


def names_left(item: Item) -> str:
    """Where files of an application say who applies although the names are hidden; else nothing."""
    if not item.selection.names_hidden:
        return ""
    names, mentions = hidden_names(item), []
    content = item.submission.content or {"members": []}
    for row in (row for member in content["members"] for row in member["documents"]):
        try:
            key = item.submission.file_keys[row["file"]]
            file = read_file(item.application, row, key)
        except (sealing.Unreadable, FileNotFoundError, KeyError):
            continue
        pages = documents.pages_naming(row["name"], file, names)
        if pages is None:
            mentions.append(_("%(file)s (look yourself)") % {"file": row["name"]})
        elif pages:
            where = ", ".join(map(str, pages[:10]))
            mentions.append(_("%(file)s (page %(pages)s)") % {"file": row["name"], "pages": where})
    if not mentions:
        return ""
    return _("Names of the applicant stand in: %(files)s. Ask for a copy without them.") % {
        "files": "; ".join(mentions)
    }


def replacement(member: Member, on: date) -> str:
    """Who would come in the place of a member, why, and that nobody else moves."""
    if member.panel.reviews:
        return _given_instead(member, on)
    newcomer = adapter.newcomer_for(member, on)
    if newcomer is None:
        return _("%(leaver)s leaves; nobody in the pool can come instead.") % {"leaver": member}
    words = list(
        dict.fromkeys(
            word
            for item in member.panel.items.select_related("submission")
            for word in adapter.shared_words(item, newcomer)
        )
    )
    says = _("%(leaver)s leaves, %(newcomer)s comes; nobody else moves.") % {
        "leaver": member, "newcomer": newcomer,
    }  # fmt: skip
    if not words:
        return says
    return says + " " + _("Fits by: %(words)s") % {"words": ", ".join(words[:8])}


def _given_instead(member: Member, on: date) -> str:
    """Who would read what a reviewer of single applications leaves."""
    given = adapter.reassigned(member.panel, [member.reviewer_id], on)
    if given is None:
        return _("%(leaver)s leaves; nobody in the pool can come instead.") % {"leaver": member}
    before: dict[int, set[int]] = {}
    for assignment in queries.assignments_of(list(member.panel.items.all())):
        before.setdefault(assignment.item_id, set()).add(assignment.member.reviewer_id)
    new = {
        reviewer_id
        for item, those in given.items()
        for reviewer_id in set(those) - before.get(item, set())
    }
    if not new:
        return _("%(leaver)s leaves; nobody has to read anything instead.") % {"leaver": member}
    names = sorted(
        str(reviewer)
        for reviewer in queries.reviewers_to_look_at(member.panel.selection).filter(pk__in=new)
    )
    return _("%(leaver)s leaves; what is left to judge goes to: %(names)s. Nothing else moves.") % {
        "leaver": member, "names": ", ".join(names),
    }  # fmt: skip


def why_replaced(member: Member) -> dict[str, str]:
    """The reason that a form begins with, where the member has said when they are away."""
    if member.pk not in queries.away_in([member.panel]):
        return {}
    return {"reason": _("Away from %(day)s") % {"day": member.reviewer.absent_from}}


def fees(selection: Selection) -> list[dict[str, Any]]:
    """What each reviewer of a selection is paid: a fee for every sheet, of first panels too."""
    rows: dict[int, dict[str, Any]] = {}
    items_ = list(selection.items.filter(panel__isnull=False))
    for sheet in queries.sheets_to_pay(items_):
        reviewer = sheet.member.reviewer
        row = rows.setdefault(reviewer.pk, {"reviewer": reviewer, "sheets": 0, "won": 0})
        row["sheets"] += 1
        row["won"] += selection.fee_won
    return sorted(rows.values(), key=lambda row: (str(row["reviewer"]), row["reviewer"].pk))
