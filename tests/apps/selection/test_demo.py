"""The demonstration has a round decided and objected to, and one in the middle of its panels."""

import tomllib
from datetime import timedelta
from pathlib import Path

import pytest
from django.utils import timezone

from dure.apps.people.demo import OFFICER, SECOND_OFFICER
from dure.apps.selection import adapter, demo, queries
from dure.apps.selection.models import Decision, Objection, Sheet
from dure.apps.selection.stages import ObjectionStage, PanelStage
from tests.apps.selection.cast import LATER

FOLDER = Path(__file__).parents[3] / "demo"


def told(name):
    return tomllib.loads((FOLDER / name).read_text(encoding="utf-8"))


def test_there_are_thirty_applications_to_ten_challenges_each_with_its_quality():
    challenges = told("challenge-applications.toml")["challenges"]
    firms = [
        application["firm"] for challenge in challenges for application in challenge["applications"]
    ]

    assert (len(challenges), len(set(firms))) == (10, 30)
    assert set(told("selection.toml")["quality"]) == set(firms)
    assert {challenge["round"] for challenge in challenges} == {1, 2}


def test_the_pool_has_sixty_reviewers_of_different_names():
    reviewers = told("selection.toml")["reviewers"]

    assert len({reviewer["name"] for reviewer in reviewers}) == len(reviewers) == 60
    assert {reviewer.get("state") for reviewer in reviewers} == {
        None, "INVITED", "DECLINED", "BARRED", "ABSENT",
    }  # fmt: skip


def test_one_objection_is_open_and_another_leads_to_a_second_panel():
    script = told("selection.toml")

    assert {"ground", "text"} <= set(script["objection"])
    assert {"ground", "text", "answer"} == set(script["upheld"])
    assert {work["kind"] for work in script["works"]} == {"PROJECT", "PATENT", "PAPER"}


@pytest.fixture
def office(cast):
    for role, email in (("officer", OFFICER), ("officer2", SECOND_OFFICER)):
        cast[role].email = email
        cast[role].save()


@pytest.mark.django_db
@pytest.mark.usefixtures("office")
def test_a_call_whose_applications_have_reviewers_of_their_own_is_half_done(cast):
    call = cast.opened_call(slug="research-staff")
    cast.pool()

    demo._play_each(told("selection.toml"), timezone.now())

    selection = call.selections.get()
    panel = selection.panels.get()
    readers = [len(queries.readers_of(item)) for item in selection.items.all()]
    assert (panel.reviews, panel.stage, readers) == (5, PanelStage.SCORING, [5, 5, 5])
    assert 0 < Sheet.objects.count() < sum(readers)
    assert not panel.members.exclude(stage="PLEDGED").exists()


@pytest.mark.django_db
@pytest.mark.usefixtures("office")
def test_it_becomes_known_of_whom_a_reviewer_is_kin(cast):
    selection = cast.shaky_selection()

    demo._become_known(selection, told("selection.toml"), LATER + timedelta(days=1))

    assert queries.known_late(selection).count() == 1
    assert len(adapter.losses_of(selection)) == 1


@pytest.mark.django_db
@pytest.mark.usefixtures("office")
def test_the_second_panel_of_the_demonstration_has_some_of_its_sheets(cast):
    selection = cast.decided_selection()
    cast.pool(24)
    decision = selection.decisions.get(application__organisation=cast.rival)
    end = timezone.now() - timedelta(days=4)
    Decision.objects.update(objections_until=timezone.localdate() + timedelta(days=6))
    before = Sheet.objects.count()

    demo._play_second_panel(decision, told("selection.toml"), end)

    objection = Objection.objects.get()
    assert objection.stage == ObjectionStage.UPHELD
    decision.application.item.refresh_from_db()
    panel = decision.application.item.panel
    sheets = Sheet.objects.count() - before
    assert 0 < sheets < panel.members.count()
    assert panel.members.filter(is_chair=True).exists()
    assert not panel.members.exclude(stage="PLEDGED").exists()
