"""Reviewers for each application, where the programme forms no panels."""

from datetime import datetime

from django.db import transaction
from django.utils.timezone import localdate

from dure.apps.people.models import User
from dure.apps.selection import adapter, permissions, queries
from dure.apps.selection.models import Item, Panel, Selection
from dure.apps.selection.operations.conflicts import find_conflicts
from dure.apps.selection.operations.locking import locked
from dure.apps.selection.operations.seating import give
from dure.apps.selection.reasons import Reason
from dure.apps.selection.stages import SelectionStage
from dure.engines import assigning
from dure.foundation.verdict import Refused


@transaction.atomic
def assign_reviewers(*, selection: Selection, due_at: datetime, by: User, at: datetime) -> Panel:
    """Give each application as many reviewers as the programme says, by fit, and ask them.

    Nobody is given what a fact ties them to, nor more than the programme, the rule set and they
    themselves allow. Raises Refused.
    """
    selection = locked(selection)
    permissions.may_assign_reviewers(by, selection).require()
    reviewing = queries.reviewing_of(selection)
    if reviewing is None:
        raise Refused(Reason.FORMS_PANELS)
    find_conflicts(selection=selection, by=by, at=at)
    instance = adapter.instance_of_each(selection, localdate(at), localdate(due_at))
    try:
        given = adapter.assigned(instance, reviewing.objective)
    except assigning.Impossible as error:
        raise Refused(Reason.NO_ASSIGNMENT) from error
    panel = Panel.objects.create(
        selection=selection, name="1", due_at=due_at, reviews=reviewing.reviews,
        needs=reviewing.needs,
    )  # fmt: skip
    Item.objects.filter(pk__in=given).update(panel=panel)
    give(panel, given, at)
    selection.stage = SelectionStage.REVIEWING
    selection.save()
    return panel
