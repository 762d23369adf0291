"""The demonstration of projects runs through the operations, once."""

import pytest

from dure.apps.people import demo as people_demo
from dure.apps.people.models import Organisation
from dure.apps.programmes.operations import load_shipped
from dure.apps.projects import demo
from dure.apps.projects.models import Expense, FollowUp, Mark, Project, SampleDraw
from dure.apps.projects.stages import ProjectStage
from dure.config.demo import FOLDER
from dure.foundation.demo import Demonstration
from tests.conftest import NOON


@pytest.mark.django_db
def test_every_project_has_its_story(cast):
    demonstration = Demonstration(FOLDER, None, "pass-word-1", lambda line: None, lambda: None)
    load_shipped(at=NOON)
    people_demo.load(demonstration)
    Organisation.objects.update(is_invented=True)
    for firm, person in ((cast.sister, "newcomer"), (cast.stranger, "reviewer")):
        people_demo.join(cast[person], firm)

    demo.load(demonstration)
    spent = Expense.objects.count()
    demo.load(demonstration)

    assert Expense.objects.count() == spent > 100
    closed = Project.objects.get(stage=ProjectStage.CLOSED)
    recovery = closed.recoveries.get()
    assert closed.settlement.result["returned"] > 0
    assert 0 < recovery.open < recovery.amount
    assert FollowUp.objects.filter(project=closed, answered_at__isnull=False).count() == 1
    assert Mark.objects.values("stage").distinct().count() == 4
    staged = Project.objects.get(number="CH-25-0021")
    assert staged.settlement.result["carried"]["grant"] > 0
    assert staged.settlement.objection.decision == ""
    why = dict(SampleDraw.objects.get().projects.values_list("project__number", "why"))
    assert len(why) == 8
    assert len([reason for reason in why.values() if reason]) == 1
