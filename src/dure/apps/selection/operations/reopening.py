"""A conflict that becomes known later: what rested on the sheet is opened again."""

from datetime import datetime

from django.urls import reverse
from django.utils.timezone import localtime

from dure.apps.notices.operations import tell
from dure.apps.selection import queries
from dure.apps.selection.kinds import Touched
from dure.apps.selection.models import Draft, Item, Panel, Reviewer, Selection, Sheet
from dure.apps.selection.notices import item_moved
from dure.apps.selection.stages import PanelStage, SelectionStage


def reopened(reviewer: Reviewer, item: Item, at: datetime) -> list[str]:
    """Open again what an item of a locked selection loses by a new conflict; say what it touched.

    A closed panel goes back into its consensus and confirms anew, a proposed table is taken off. A
    decision stands until the ranking is made anew. An item that too few can judge moves to another
    panel that still scores.
    """
    selection = Selection.objects.get(pk=item.selection_id)
    panel = Panel.objects.get(pk=item.panel_id)
    Draft.objects.filter(item=item, member__reviewer=reviewer).delete()
    touched = []
    if Sheet.objects.filter(item=item, member__reviewer=reviewer, member__panel=panel).exists():
        touched = [Touched.SHEET, *_of_panel(panel, selection)]
    if selection.stage == SelectionStage.DECIDED:
        return [str(each) for each in touched]
    if len(queries.readers_of(item)) < queries.rules_of(selection).fewest_present:
        touched.append(_moved(item, panel, selection, at))
    return [str(each) for each in touched]


def _of_panel(panel: Panel, selection: Selection) -> list[Touched]:
    panel.members.update(confirmed_at=None)
    if selection.stage == SelectionStage.DECIDED:
        return [Touched.DECISION]
    touched = []
    if panel.stage == PanelStage.CLOSED:
        panel.stage, panel.closed_at = PanelStage.CONSENSUS, None
        panel.save()
        touched.append(Touched.PANEL)
    if selection.stage == SelectionStage.PROPOSED:
        selection.stage = SelectionStage.REVIEWING
        selection.proposed_by = selection.proposed_at = None
        selection.save()
        touched.append(Touched.PROPOSAL)
    return touched


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
