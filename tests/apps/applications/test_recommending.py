"""A recommending body reads the applications that named it after the opening, and ranks them."""

from datetime import timedelta

import pytest
from django.urls import reverse

from dure.apps.applications import operations, permissions, queries
from dure.apps.applications.models import Recommendation
from dure.apps.applications.reasons import Reason
from dure.apps.calls.operations import close_due, drop_recommender, name_recommender
from dure.apps.notices.models import Notice
from dure.apps.operators.adapter import rules
from dure.apps.operators.models import Operator, OperatorApplication, OperatorCall
from dure.foundation.facts import facts_about
from tests.apps.applications.cast import DEADLINE, _save, open_call
from tests.apps.applications.test_life import refused
from tests.conftest import NOON

pytestmark = pytest.mark.django_db
MORNING, LATER = DEADLINE + timedelta(days=1), DEADLINE + timedelta(days=9)


@pytest.fixture
def body(cast):
    return body_with_an_application(cast)


def body_with_an_application(cast, *, opened=True):
    """The rival recommends in a call; the small firm named it in its application."""
    call = open_call(cast)
    body = name_recommender(
        call=call, organisation=cast.rival, quota=1, until=LATER, by=cast["officer2"], at=NOON
    )
    draft = cast.whole_application(call)
    project = {"title": "코팅", "months": 24, "recommender": body.pk}
    _save(draft, "project", project, cast["supplier"])
    operations.file(application=draft, by=cast["supplier"], at=NOON)
    operations.submit(application=draft, by=cast["supplier"], at=NOON)
    if opened:
        close_due(at=DEADLINE)
        operations.open_due(at=MORNING)
    return body


def ranked(body, ranks, by, at=MORNING):
    return {"recommender": body, "ranks": ranks, "reasons": {}, "by": by, "at": at}


def theirs(body):
    return list(queries.applications_to_recommend(body))


def test_it_reads_nothing_before_the_opening_and_only_its_own_after(cast, as_role):
    body = body_with_an_application(cast, opened=False)
    assert theirs(body) == []
    assert permissions.may_recommend(cast["rival"], body, NOON).reason == Reason.STILL_TO_OPEN
    close_due(at=DEADLINE)
    operations.open_due(at=MORNING)
    other = cast.opened_application()

    [application] = theirs(body)
    rival = as_role("rival")
    assert rival.get(reverse("applications:opened", args=[application.pk])).status_code == 200
    assert rival.get(reverse("applications:opened", args=[other.pk])).status_code == 404
    assert rival.get(reverse("applications:preview", args=[application.pk])).status_code == 404
    notices = Notice.objects.filter(kind="APPLICATIONS_TO_RECOMMEND")
    assert set(notices.values_list("recipient", flat=True)) == {cast["rival"].pk}


def test_a_ranking_replaces_the_one_before_and_the_office_sees_it(cast, as_role, body):
    [application] = theirs(body)
    rival, address = as_role("rival"), reverse("applications:recommend", args=[body.pk])

    rival.post(address, {f"rank_{application.pk}": "1", f"reason_{application.pk}": "시장"})
    rival.post(address, {f"rank_{application.pk}": "1", f"reason_{application.pk}": "기술"})

    kept = Recommendation.objects.get()
    assert (kept.rank, kept.reason, kept.ranked_by) == (1, "기술", cast["rival"])
    page = as_role("officer").get(reverse("applications:of_call", args=[body.call_id]))
    assert f"{cast.rival}: 1" in page.content.decode()
    assert not queries.to_recommend(cast["rival"], MORNING).exists()


def test_ranks_run_from_one_within_the_quota_and_in_time(cast, body):
    [application] = theirs(body)
    by = cast["rival"]

    refused(
        Reason.RANKS_NOT_IN_ORDER, operations.recommend, **ranked(body, {application.pk: 2}, by)
    )
    refused(Reason.RANKS_NOT_IN_ORDER, operations.recommend, **ranked(body, {10**6: 1}, by))
    refused(
        Reason.RANKING_OVER, operations.recommend, **ranked(body, {application.pk: 1}, by, LATER)
    )
    refused(
        Reason.NOT_THEIR_PEOPLE,
        operations.recommend,
        **ranked(body, {application.pk: 1}, cast["officer"]),
    )
    assert not Recommendation.objects.exists()


def test_more_than_the_quota_is_refused(cast, body):
    other = cast.opened_application()
    other.recommender = body
    other.save()
    first, second = theirs(body)

    refused(
        Reason.MORE_THAN_THE_QUOTA,
        operations.recommend,
        **ranked(body, {first.pk: 1, second.pk: 2}, cast["rival"]),
    )


def test_a_body_puts_nothing_forward_that_it_takes_part_in(cast, body):
    [application] = theirs(body)
    application.participants.create(
        organisation=cast.rival, role="partner", stage="JOINED", invited_by=cast["supplier"],
        invited_at=NOON,
    )  # fmt: skip

    refused(
        Reason.OWN_APPLICATION,
        operations.recommend,
        **ranked(body, {application.pk: 1}, cast["rival"]),
    )


def test_a_body_taken_off_before_the_opening_reads_nothing(cast):
    body = body_with_an_application(cast, opened=False)
    drop_recommender(recommender=body, by=cast["officer"])
    close_due(at=DEADLINE)
    operations.open_due(at=MORNING)

    [submission] = queries.opened_submissions(body.call, cast["officer"])
    assert submission.application.recommender is None


def test_what_an_operator_put_forward_is_a_fact_for_the_rules_once_its_date_is_past(cast, body):
    [application] = theirs(body)
    operations.recommend(**ranked(body, {application.pk: 1}, cast["rival"]))
    named = {"operator_recommendation", "centre_recommendation"}

    def known(on):
        return {fact.name for fact in facts_about(cast.supplier, on.date())} & named

    assert known(LATER) == set()
    operator_of(application.call.version.programme, cast)
    assert known(LATER) == {"operator_recommendation"}
    assert known(MORNING) == set()


def operator_of(programme, cast):
    """Make the rival an operator of a programme."""
    called = OperatorCall.objects.create(
        programme=programme, name="운영사", places=1, closes_at=NOON, rule=rules()["standard"],
        opened_by=cast["officer"], opened_at=NOON,
    )  # fmt: skip
    applied = OperatorApplication.objects.create(
        call=called, organisation=cast.rival, plan="x", applied_by=cast["rival"], applied_at=NOON
    )
    Operator.objects.create(
        programme=programme, organisation=cast.rival, application=applied,
        starts_on=NOON.date(), ends_on=NOON.date() + timedelta(days=1000),
    )  # fmt: skip
