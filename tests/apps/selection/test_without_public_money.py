"""A project that asks for no public money, as before a private investment, can be selected."""

import pytest

from dure.apps.applications.models import Submission
from dure.apps.selection import operations
from dure.apps.selection.kinds import Outcome
from dure.apps.selection.models import Decision
from dure.apps.selection.operations.deciding import Change
from dure.apps.selection.reasons import Reason
from tests.apps.selection.cast import LATER
from tests.apps.selection.test_life import refused

pytestmark = pytest.mark.django_db


def test_who_asks_for_no_public_money_is_selected_with_none_and_nobody_else_is(cast):
    selection = cast.closed_selection()
    without, with_money, _third = selection.items.select_related("submission")
    content = without.submission.content
    for member in content["members"]:
        member["money"] = [{**row, "role": "investor"} for row in member["money"]]
    Submission.objects.filter(pk=without.submission_id).update(content=content)
    proposed = {"selection": selection, "by": cast["officer"], "at": LATER}

    for item, won in ((without, 1), (with_money, 0)):
        change = {item.pk: Change(granted=won, outcome="SELECTED", reason="먼저 뽑음")}
        refused(Reason.MONEY_WRONG, operations.propose, changes=change, **proposed)
    operations.propose(changes={}, **proposed)
    operations.decide(selection=selection, by=cast["officer2"], at=LATER)

    decision = Decision.objects.get(application=without.application)
    assert (decision.outcome, decision.granted, decision.months) == (Outcome.SELECTED, 0, 24)
