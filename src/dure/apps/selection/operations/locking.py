"""Locks: the selection before what belongs to it."""

from dure.apps.selection.models import Panel, Selection


def locked(selection: Selection) -> Selection:
    """The selection as it is now, ours until the transaction ends."""
    return Selection.objects.select_for_update().get(pk=selection.pk)


def locked_panel(panel: Panel) -> Panel:
    """The panel as it is now, its selection locked before it."""
    locked(panel.selection)
    return (
        Panel.objects.select_for_update(of=("self",))
        .select_related("selection__call")
        .get(pk=panel.pk)
    )
