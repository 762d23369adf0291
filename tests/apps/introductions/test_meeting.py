"""Times for a meeting: proposed, chosen by one of two at once, in the calendar, and what came of it."""

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import ics
import pytest
from django.db import connection
from django.urls import reverse
from django.utils import timezone

from dure.apps.consultations.models import ConsultationRecord
from dure.apps.introductions import operations
from dure.apps.introductions.models import Introduction, MeetingProposal
from dure.foundation.verdict import Refused
from tests.apps.introductions.conftest import MORNING
from tests.conftest import NOON
from tests.html import flat

pytestmark = pytest.mark.django_db


def settle(proposal, stage, by, at=NOON):
    return operations.answer_proposal(proposal=proposal, stage=stage, by=by, at=at)


def test_one_of_the_times_is_chosen_and_the_others_fall_away(cast, introduced, propose):
    first, second = propose("supplier", MORNING, MORNING + timedelta(days=1))

    settle(second, "ACCEPTED", cast["member"])

    introduced.refresh_from_db()
    stages = dict(introduced.proposals.values_list("pk", "stage"))
    assert stages == {first.pk: "DECLINED", second.pk: "ACCEPTED"}
    assert introduced.stage == "MEETING_AGREED"
    assert introduced.quiet_since == second.ends_at


@pytest.mark.parametrize(
    ("times", "reason"),
    [
        ([NOON - timedelta(minutes=1)], "IN_THE_PAST"),
        ([NOON + timedelta(days=400)], "TOO_FAR_AHEAD"),
        ([MORNING + timedelta(days=n) for n in range(7)], "TOO_MANY_TIMES"),
    ],
)
def test_a_time_that_makes_no_sense_is_refused(propose, times, reason):
    with pytest.raises(Refused, match=reason):
        propose("supplier", *times)

    assert not MeetingProposal.objects.exists()


def test_the_same_time_is_not_proposed_twice(propose):
    propose("supplier")

    assert propose("member") == []


def test_nobody_accepts_what_they_proposed(cast, propose):
    [offer] = propose("supplier")

    with pytest.raises(Refused, match="NOT_THE_OTHER_SIDE"):
        settle(offer, "ACCEPTED", cast["supplier"])


def test_a_cancelled_meeting_leads_back_to_the_talks(cast, introduced, propose):
    [offer] = propose("supplier")
    settle(offer, "ACCEPTED", cast["member"])

    settle(offer, "CANCELLED", cast["supplier"], NOON + timedelta(hours=1))

    introduced.refresh_from_db()
    assert introduced.stage == "TALKING"
    assert introduced.quiet_since == NOON + timedelta(hours=1)


def test_a_foreign_calendar_reads_the_meeting(as_role, cast, introduced, propose):
    [offer] = propose("supplier")
    settle(offer, "ACCEPTED", cast["member"])

    answer = as_role("member").get(reverse("introductions:calendar", args=[offer.pk]))

    [event] = ics.Calendar(answer.content.decode()).events
    assert answer["Content-Type"].startswith("text/calendar")
    assert (event.begin.datetime, event.end.datetime) == (offer.starts_at, offer.ends_at)
    assert event.location == "창원 공장 2층"
    assert event.status == "CONFIRMED"
    assert "열림테크" in event.name


@pytest.mark.parametrize(("step", "stage"), [("PURCHASE_TALK", "MET"), ("NO_FIT", "ENDED")])
def test_a_meeting_outside_a_fair_leaves_a_record_with_the_next_step(
    as_role, cast, introduced, propose, step, stage
):
    now = timezone.now()
    [offer] = propose("supplier", at=NOON)
    settle(offer, "ACCEPTED", cast["member"])
    MeetingProposal.objects.update(starts_at=now - timedelta(hours=2))
    due = timezone.localdate(now) + timedelta(days=7)
    client = as_role("member")

    client.post(
        reverse("consultations:record_of_introduction", args=[introduced.pk]),
        {
            "what": "KEPT", "next_step": step, "why": "NOT_READY" if step == "NO_FIT" else "",
            "owner": cast["supplier"].pk, "due_on": due.isoformat(), "result": "견적을 받기로 함",
        },
    )  # fmt: skip

    introduced.refresh_from_db()
    record = ConsultationRecord.objects.get(introduction=introduced)
    assert record.next_step == step
    assert introduced.stage == stage
    assert introduced.proposals.get().stage == "HELD"
    tasks = flat(as_role("supplier").get(reverse("consultations:tasks")).content.decode())
    assert ("한빛중공업 – 열림테크" in tasks) == (step == "PURCHASE_TALK")
    page = client.get(introduced.get_absolute_url()).content.decode()
    assert "견적을 받기로 함" in page
    assert (due.isoformat() in page) == (step == "PURCHASE_TALK")


def test_a_stranger_writes_no_record(as_role, introduced):
    address = reverse("consultations:record_of_introduction", args=[introduced.pk])

    assert as_role("rival").post(address, {"what": "KEPT"}).status_code == 404


@pytest.mark.django_db(transaction=True)
def test_two_who_choose_at_once_agree_on_one_meeting(cast):
    introduced = cast.introduction()
    offers = operations.propose_times(
        introduction=introduced, times=[MORNING, MORNING + timedelta(days=1)], minutes=30,
        is_online=True, place="https://meet.example.org/1", by=cast["supplier"], at=NOON,
    )  # fmt: skip

    def choose(chosen):
        try:
            settle(MeetingProposal.objects.get(pk=chosen[0]), "ACCEPTED", chosen[1])
        except Refused as refusal:
            return refusal.reason.value
        finally:
            connection.close()
        return "done"

    with ThreadPoolExecutor(2) as pool:
        people = (cast["member"], cast["manager"])
        answers = list(pool.map(choose, zip([offer.pk for offer in offers], people, strict=True)))

    assert sorted(answers) == ["STAGE_CLOSED", "done"]
    assert MeetingProposal.objects.filter(stage="ACCEPTED").count() == 1
    assert Introduction.objects.get().stage == "MEETING_AGREED"
