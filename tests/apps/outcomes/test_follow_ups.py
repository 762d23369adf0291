"""What a firm answers years later becomes outcomes by itself, once."""

from datetime import date, timedelta

import pytest
from django.urls import reverse

from dure.apps.outcomes import operations
from dure.apps.outcomes.kinds import Source
from dure.apps.outcomes.models import Outcome
from dure.apps.projects.models import FollowUp
from dure.apps.projects.queries import follow_up_link
from tests.conftest import NOON

pytestmark = pytest.mark.django_db
ANSWER = {
    "answered_as": "박대표", "sales": "3억4천만원", "jobs": "3", "promise": "IN_PART",
    "successes": ["SALES", "LICENCE"], "promise_reason": "증설 연기", "text": "두 대를 공급했습니다.",
}  # fmt: skip


@pytest.fixture
def asked(cast):
    project = cast.project(stage="CLOSED", agreed_on=date(2026, 1, 1))
    return FollowUp.objects.create(project=project, year=1, due_on=NOON.date())


@pytest.mark.django_db(transaction=True)
def test_an_answer_becomes_outcomes_at_once(cast, client, asked):
    answer = client.post(follow_up_link(asked), ANSWER)
    assert answer.status_code in (200, 302)

    made = {outcome.kind: outcome for outcome in Outcome.objects.all()}
    assert set(made) == {"sales", "jobs", "purchase", "licence"}
    assert (made["sales"].amount, made["sales"].currency) == (340_000_000, "KRW")
    assert made["jobs"].count == 3
    assert made["purchase"].counterpart == cast.buyer
    for outcome in made.values():
        assert (outcome.source, outcome.follow_up) == (Source.FOLLOW_UP, asked)
        assert (outcome.reported_by, outcome.reported_as) == (None, "박대표")
        assert outcome.chain.project == asked.project
        assert outcome.stage == "CLAIMED"

    assert operations.take_follow_ups(at=NOON + timedelta(days=30)) == 0
    assert Outcome.objects.count() == 4


def test_the_buyer_confirms_what_the_firm_says_it_bought(cast, asked, as_role):
    FollowUp.objects.filter(pk=asked.pk).update(
        answered_at=NOON, promise="KEPT", answered_as="박대표"
    )
    assert operations.take_follow_ups(at=NOON) == 1
    made = Outcome.objects.get()

    as_role("manager").post(reverse("outcomes:confirm", args=[made.pk]))

    made.refresh_from_db()
    assert made.stage == "CONFIRMED"


def test_an_answer_that_says_nothing_gives_nothing(asked):
    FollowUp.objects.filter(pk=asked.pk).update(answered_at=NOON, sales=0, promise="NOT_KEPT")

    assert operations.take_follow_ups(at=NOON) == 0
