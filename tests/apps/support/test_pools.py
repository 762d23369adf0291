"""Pools of experts: invited, brought together with firms, tasks found and linked to support."""

from datetime import timedelta

import pytest
from django.urls import reverse

from dure.apps.support import operations, queries
from dure.apps.support.kinds import pools
from dure.apps.support.models import Invitation
from dure.apps.support.reasons import Reason
from dure.foundation.measures import MEASURES
from dure.foundation.verdict import Refused
from tests.conftest import NOON

pytestmark = pytest.mark.django_db
TODAY = NOON.date()


def refused(call, *arguments, **named):
    with pytest.raises(Refused) as refusal:
        call(*arguments, **named)
    return refusal.value.reason


@pytest.fixture
def programme(cast):
    return operations.hold_programme(
        pool=pools()["materials"], title="소재 교류의 날", on=TODAY, by=cast["coordinator"], at=NOON
    )


def invite(cast, *profiles, programme=None, by="officer"):
    return operations.invite(profiles=profiles, programme=programme, on=TODAY, by=cast[by], at=NOON)


def test_experts_are_invited_once_and_answer_once(cast, programme):
    first, second = cast.partner_profile(), cast.partner_profile("EX-2")
    assert invite(cast, first, second) == 2
    assert invite(cast, first, second) == 0
    assert invite(cast, first, programme=programme) == 1
    assert refused(invite, cast, first, by="supplier") == Reason.NOT_AN_OFFICER
    other = cast.partner_profile("EX-3", pool="bio")
    assert refused(invite, cast, other, programme=programme) == Reason.OTHER_FIELD

    into_pool = Invitation.objects.get(profile=first, programme=None)
    answer = {"invitation": into_pool, "is_accepted": True, "at": NOON}
    assert refused(operations.answer_invitation, **answer, by=cast["supplier"]) == (
        Reason.NOT_AN_OFFICER
    )
    assert operations.answer_invitation(**answer, by=cast["professor"]).answer == "ACCEPTED"
    assert (
        refused(operations.answer_invitation, **answer, by=cast["officer"]) == Reason.SAID_ALREADY
    )


def find(cast, programme, **more):
    question = {"title": "센서 감도", "text": "", "by": cast["coordinator"], "at": NOON}
    return operations.find_task(programme=programme, **(question | more))


def test_tasks_are_found_and_linked_to_a_request_or_other_support(cast, programme):
    expert = cast.partner_profile()
    task = find(cast, programme, expert=expert, organisation=cast.supplier)
    other = find(cast, programme)
    foreign = cast.partner_profile("EX-2", pool="bio")
    assert refused(find, cast, programme, expert=foreign) == Reason.OTHER_FIELD
    request = cast.support_request("expert")

    def link(task, by="officer", **to):
        return operations.link_task(task=task, by=cast[by], at=NOON, **to)

    assert refused(link, task) == Reason.FIELD_MISSING
    assert refused(link, task, by="coordinator", request=request) == Reason.NOT_A_READER
    assert link(task, request=request).linked_on == TODAY
    assert link(other, linked_to="구매조건부 사업").linked_to == "구매조건부 사업"
    assert refused(link, other, linked_to="x") == Reason.SAID_ALREADY


def test_the_funnel_adds_up(cast, programme, as_role):
    first, second = cast.partner_profile(), cast.partner_profile("EX-2")
    cast.partner_profile("EX-3", pool="carbon")
    invite(cast, first, second)
    invite(cast, first, programme=programme)
    invitation = Invitation.objects.filter(profile=first).first()
    operations.answer_invitation(
        invitation=invitation, is_accepted=True, by=cast["officer"], at=NOON
    )
    operations.link_task(
        task=find(cast, programme), linked_to="다른 사업", by=cast["officer"], at=NOON
    )
    find(cast, programme, title="다른 과제")

    figures = queries.figures_of_pools()

    assert list(figures["materials"].values()) == [2, 2, 1, 1, 2, 1]
    assert list(figures["carbon"].values()) == [1, 0, 0, 0, 0, 0]
    page = as_role("member").get(reverse("support:pools"))
    assert [figure["value"] for figure in page.context["funnel"]["people"]] == [3, 2, 1]
    assert [figure["value"] for figure in page.context["funnel"]["tasks"]] == [2, 1]
    shown = as_role("coordinator").get(reverse("support:pool", args=["materials"]))
    assert "소재 교류의 날" in shown.content.decode()


def test_members_read_no_tasks_of_others(cast, programme, as_role):
    find(cast, programme, organisation=cast.supplier)
    url = reverse("support:pool", args=["materials"])

    assert "센서 감도" in as_role("supplier").get(url).content.decode()
    assert "센서 감도" not in as_role("member").get(url).content.decode()


def test_tasks_and_requests_are_counted_as_known_on_a_day(cast, programme):
    find(cast, programme)
    request = cast.support_request()
    cast.support_step(
        request, "withdrawn", by="supplier", outcome="withdrawn", at=NOON + timedelta(days=3)
    )

    tasks = [fact.dimensions for fact in MEASURES["expert_tasks"].facts()]
    assert [task["reached"] for task in tasks] == ["found"]
    rows = [
        (row.dimensions["outcome"], (row.known_from - TODAY).days, row.known_until)
        for row in MEASURES["support_requests"].rows()
    ]
    assert rows == [
        ("technology-partner:open", 0, TODAY + timedelta(days=3)),
        ("technology-partner:withdrawn", 3, None),
    ]


def test_a_programme_is_entered_once(cast, programme):
    again = {"pool": pools()["materials"], "title": "소재 교류의 날", "on": TODAY, "at": NOON}

    assert refused(operations.hold_programme, **again, by=cast["officer"]) == Reason.NAMED_ALREADY
