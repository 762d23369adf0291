"""A conflict that becomes known later: what rested on the sheet is opened again."""

from datetime import datetime

from django.urls import reverse
from django.utils.timezone import localtime
from django.utils.translation import gettext as _

from dure.apps.notices.operations import tell
from dure.apps.selection import queries
from dure.apps.selection.kinds import Touched
from dure.apps.selection.models import Draft, Item, Panel, Reviewer, Selection, Sheet
from dure.apps.selection.notices import item_moved
from dure.apps.selection.operations.seating import given_anew, replaced
from dure.apps.selection.stages import MemberStage, PanelStage, SelectionStage


def reopened(reviewer: Reviewer, item: Item, at: datetime) -> list[str]:
    """Open again what an item of a locked selection loses by a new conflict; say what it touched.

    A closed panel goes back to its sheets and confirms anew, a proposed table is taken off. A decision
    stands until the ranking is made anew (`queries.known_late`). Where too few are left to judge the
    item, somebody else is asked, or another panel that still scores.
    """
    touched = [Touched.VOTE] if queries.votes_on(item.application, reviewer).exists() else []
    if item.panel_id is None:
        return [str(touched_part) for touched_part in touched]
    selection = Selection.objects.get(pk=item.selection_id)
    panel = Panel.objects.get(pk=item.panel_id)
    Draft.objects.filter(item=item, member__reviewer=reviewer).delete()
    sheets = Sheet.objects.filter(item=item, member__reviewer=reviewer, member__panel=panel)
    if sheets.exclude(member__stage=MemberStage.LEFT).exists():
        touched += [Touched.SHEET, *_of_panel(panel, selection)]
    if selection.stage != SelectionStage.DECIDED or panel.stage != PanelStage.CLOSED:
        touched += _made_up(reviewer, item, panel, selection, at)
    return [str(touched_part) for touched_part in touched]


def _of_panel(panel: Panel, selection: Selection) -> list[Touched]:
    panel.members.update(confirmed_at=None)
    if selection.stage == SelectionStage.DECIDED:
        return [Touched.DECISION] if panel.stage == PanelStage.CLOSED else []
    touched = []
    if panel.stage == PanelStage.CLOSED:
        is_alone = panel.reviews is not None
        panel.stage = PanelStage.SCORING if is_alone else PanelStage.CONSENSUS
        panel.closed_at = None
        panel.save()
        touched.append(Touched.SCORING if is_alone else Touched.PANEL)
    if selection.stage == SelectionStage.PROPOSED:
        selection.stage = SelectionStage.REVIEWING
        selection.proposed_by = selection.proposed_at = None
        selection.save()
        touched.append(Touched.PROPOSAL)
    return touched


def _made_up(
    reviewer: Reviewer, item: Item, panel: Panel, selection: Selection, at: datetime
) -> list[Touched]:
    """Who judges the item besides, where too few are left."""
    if panel.reviews is not None:
        if not queries.assignments_of([item]).filter(member__reviewer=reviewer).exists():
            return []
        return [Touched.TOO_FEW if given_anew(panel, at) is None else Touched.REPLACED]
    if len(queries.readers_of(item)) >= queries.rules_of(selection).fewest_present:
        return []
    if not (queries.judges_one_again(panel) or queries.judges_across(panel)):
        return [_moved(item, panel, selection, at)]
    seat = panel.members.exclude(stage=MemberStage.LEFT).filter(reviewer=reviewer).first()
    if seat is None:
        return []
    newcomers = replaced(panel, seat, _("Conflict of interest"), at)
    return [Touched.TOO_FEW if newcomers is None else Touched.REPLACED]


def _moved(item: Item, panel: Panel, selection: Selection, at: datetime) -> Touched:
    """Give an item to the first other panel that scores and of which enough can judge it."""
    fewest = queries.rules_of(selection).fewest_present
    others = selection.panels.filter(stage=PanelStage.SCORING, reevaluations=None)
    for other in others.exclude(pk=panel.pk).order_by("pk"):
        item.panel = other
        readers = queries.readers_of(item)
        if len(readers) >= fewest:
            item.save(update_fields=["panel"])
            tell(
                recipients=[seat.reviewer.user for seat in readers],
                kind=item_moved,
                facts={
                    "call": str(selection.call), "number": item.application.number,
                    "until": f"{localtime(other.due_at):%Y-%m-%d %H:%M}",
                },
                url=reverse("selection:panel", args=[other.pk]),
                at=at,
            )  # fmt: skip
            return Touched.MOVED
    item.panel = panel
    return Touched.TOO_FEW
