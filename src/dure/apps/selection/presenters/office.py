"""What the office sees of a selection: its stages, what helps next, applications, panels, the pool."""

from collections.abc import Iterable, Sequence
from datetime import date
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from dure.apps.applications.operations import read_file
from dure.apps.people.queries import Reader
from dure.apps.selection import adapter, permissions, queries
from dure.apps.selection.models import Item, Member, Panel, Reviewer, Selection
from dure.apps.selection.presenters.reviewing import hidden_names
from dure.apps.selection.stages import (
    ItemStage,
    MemberStage,
    ObjectionStage,
    PanelStage,
    SelectionStage,
)
from dure.foundation import documents, sealing, vocabularies

TONES = {
    ItemStage.CHECKING: "",
    ItemStage.INCOMPLETE: "warning",
    ItemStage.ADMITTED: "success",
    ItemStage.EXCLUDED: "danger",
}


def crumbs(selection: Selection | None, last: str = "") -> list[dict[str, str]]:
    """The way to a page of selections."""
    found = [{"label": _("Selection"), "url": reverse("selection:list")}]
    if selection is not None:
        found.append({
            "label": str(selection), "url": reverse("selection:selection", args=[selection.pk])
        })  # fmt: skip
    return [*found, {"label": last, "url": ""}] if last else found


def own_crumbs(*last: tuple[str, str]) -> list[dict[str, str]]:
    """The way from one's reviews; labels and addresses, the last one without."""
    first = {"label": _("Reviews"), "url": reverse("selection:reviews")}
    return [first, *({"label": label, "url": url} for label, url in last)]


def panel_name(panel: Panel) -> str:
    """What a panel is called among others."""
    return _("Panel %(name)s") % {"name": panel}


def stages(selection: Selection) -> list[dict[str, str]]:
    """The stages of a selection, for `c-stage`."""
    order = list(SelectionStage)
    now = order.index(SelectionStage(selection.stage))
    is_over = selection.stage == SelectionStage.DECIDED
    return [
        {
            "label": str(stage.label),
            "state": "done" if place < now or is_over else "now" if place == now else "next",
        }
        for place, stage in enumerate(order)
    ]


def next_step(
    selection: Selection, user: Reader, panels: Sequence[dict[str, Any]]
) -> dict[str, Any] | None:
    """The one thing that brings a selection on now: what waits, and its button; None if nothing does.

    `url` is where the button leads, or with `what` where it posts to.
    """
    match selection.stage:
        case SelectionStage.CHECKING:
            return _step_of_check(selection)
        case SelectionStage.REVIEWING:
            return _step_of_panels(selection, panels)
        case SelectionStage.PROPOSED:
            table = reverse("selection:table", args=[selection.pk])
            if permissions.may_decide(user, selection):
                return _step(_("You are the second person."), _("Look at the table"), table)
            return _step(_("Waits for the second person."), _("Look at the table"), table)
        case _:
            return _step_of_objections(selection)


def _step(says: str, button: str, url: str, what: str = "") -> dict[str, Any]:
    return {"says": says, "button": button, "url": url, "what": what}


def _step_of_check(selection: Selection) -> dict[str, Any]:
    waiting = selection.items.filter(stage__in=[ItemStage.CHECKING, ItemStage.INCOMPLETE])
    first = waiting.order_by("stage", "application__number").first()
    if first is None:
        url = reverse("selection:form_panels", args=[selection.pk])
        return _step(_("Every application is checked."), _("Form the panels"), url)
    says = _("%(n)s applications are not checked yet.") % {"n": waiting.count()}
    return _step(says, _("Check the next application"), reverse("selection:check", args=[first.pk]))


def _step_of_panels(
    selection: Selection, panels: Sequence[dict[str, Any]]
) -> dict[str, Any] | None:
    for seat in queries.away_in([row["panel"] for row in panels]).values():
        says = _("%(who)s is away until the sheets of panel %(panel)s are due.") % {
            "who": seat, "panel": seat.panel,
        }  # fmt: skip
        return _step(says, _("Replace this member"), reverse("selection:replace", args=[seat.pk]))
    for row in panels:
        panel = row["panel"]
        move, page = (reverse(f"selection:{name}", args=[panel.pk]) for name in ("remind", "panel"))
        about = {"panel": panel, "n": len(row["waited_for"])}
        if panel.stage == PanelStage.SCORING and row["missing"]:
            says = _("Panel %(panel)s waits for sheets of %(n)s members.") % about
            return _step(says, _("Remind them"), move, "remind")
        if panel.stage == PanelStage.SCORING:
            says = _("Every sheet of panel %(panel)s is in.") % about
            return _step(says, _("To the consensus"), page)
        if panel.stage == PanelStage.CONSENSUS and row["waited_for"]:
            says = _("Panel %(panel)s waits for %(n)s members to confirm the minutes.") % about
            return _step(says, _("Remind them"), move, "remind")
        if panel.stage == PanelStage.CONSENSUS:
            says = _("Panel %(panel)s talks under its chair.") % about
            return _step(says, _("To the panel"), page)
    table = reverse("selection:table", args=[selection.pk])
    return _step(_("Every panel has closed."), _("Propose the table"), table)


def _step_of_objections(selection: Selection) -> dict[str, Any] | None:
    open_ones = queries.objections_of(selection).filter(
        stage__in=[ObjectionStage.RECEIVED, ObjectionStage.HEARD]
    )
    first = open_ones.order_by("created_at", "pk").first()
    if first is None:
        return _step_of_second_panels(selection)
    url = reverse("selection:objection", args=[first.pk])
    count = open_ones.count()
    says = ngettext("%(n)s objection is open.", "%(n)s objections are open.", count) % {"n": count}
    return _step(says, _("To the oldest objection"), url)


def _step_of_second_panels(selection: Selection) -> dict[str, Any] | None:
    """After an objection was upheld: its panel, then the ranking made anew."""
    table = reverse("selection:table", args=[selection.pk])
    if queries.open_renewal(selection):
        return _step(
            _("The ranking made anew waits for a second person."), _("Look at the table"), table
        )
    upheld = queries.objections_of(selection).filter(stage=ObjectionStage.UPHELD)
    for objection in upheld.select_related("reevaluation__panel").order_by("created_at", "pk"):
        about = {"number": objection.decision.application.number}
        if not hasattr(objection, "reevaluation"):
            return _step(
                _("%(number)s is to be judged again.") % about, _("Name its second panel"),
                reverse("selection:judge_again", args=[objection.pk]),
            )  # fmt: skip
        panel = objection.reevaluation.panel
        if panel.stage != PanelStage.CLOSED:
            return _step(
                _("A second panel judges %(number)s.") % about, _("To the panel"),
                reverse("selection:panel", args=[panel.pk]),
            )  # fmt: skip
        return _step(
            _("%(number)s was judged again.") % about, _("Make the ranking anew"),
            reverse("selection:renew", args=[selection.pk]),
        )  # fmt: skip
    return None


def items(selection: Selection) -> list[dict[str, Any]]:
    """The applications of a selection, with the conflicts that stand."""
    found = list(
        selection.items.select_related(
            "application__organisation", "application__challenge", "panel", "visit"
        )
    )
    conflicts: dict[int, list[Any]] = {}
    for conflict in queries.conflicts_of(found):
        conflicts.setdefault(conflict.application_id, []).append(conflict)
    return [
        {
            "item": item,
            "tone": TONES[ItemStage(item.stage)],
            "conflicts": conflicts.get(item.application_id, []),
        }
        for item in found
    ]


def panels(selection: Selection) -> list[dict[str, Any]]:
    """The panels with how many sheets are in, of each member too, and who is waited for."""
    rows = []
    for panel in selection.panels.prefetch_related("members__reviewer__user"):
        missing = queries.missing_sheets(panel)
        there = list(queries.final_sheets(list(panel.items.all())))
        rows.append({
            "panel": panel, "members": _members(panel, there, missing), "in": len(there),
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
    names, found = hidden_names(item), []
    content = item.submission.content or {"members": []}
    for row in (row for member in content["members"] for row in member["documents"]):
        try:
            key = item.submission.file_keys[row["file"]]
            file = read_file(item.application, row, key)
        except (sealing.Unreadable, FileNotFoundError, KeyError):
            continue
        pages = documents.pages_naming(row["name"], file, names)
        if pages is None:
            found.append(_("%(file)s (look yourself)") % {"file": row["name"]})
        elif pages:
            where = ", ".join(map(str, pages[:10]))
            found.append(_("%(file)s (page %(pages)s)") % {"file": row["name"], "pages": where})
    if not found:
        return ""
    return _("Names of the applicant stand in: %(files)s. Ask for a copy without them.") % {
        "files": "; ".join(found)
    }


def replacement(member: Member, on: date) -> str:
    """Who would come in the place of a member, why, and that nobody else moves."""
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
