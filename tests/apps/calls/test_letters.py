"""Letters: looked at with their number of recipients, sent once to each, by a job."""

import json
from datetime import timedelta

import pytest
from django.core import mail
from django.utils import timezone

from dure.apps.calls import operations
from dure.apps.calls.models import Delivery, Letter, Recipient
from dure.apps.calls.reasons import Reason
from dure.apps.jobs.models import Job
from dure.apps.jobs.operations import run
from dure.foundation.verdict import Refused
from tests.conftest import NOON


@pytest.fixture
def watched(running, cast):
    for role in ("supplier", "rival"):
        operations.watch(call=running, by=cast[role], at=NOON)
    return running


def written(call, cast, expected=2, **more):
    words = {"audience": "WATCHERS", "channel": "EMAIL", "subject": "안내", "body": "내용"} | more
    return operations.write(call=call, **words, expected=expected, by=cast["officer"], at=NOON)


def test_a_letter_goes_once_to_each(watched, cast):
    job = written(watched, cast)

    done = run(job_id=str(job.pk), clock=timezone.now)
    run(job_id=str(job.pk), clock=timezone.now)

    assert sorted(message.to[0] for message in mail.outbox) == [
        "rival@example.org",
        "supplier@example.org",
    ]
    assert f"/calls/{watched.pk}/" in mail.outbox[0].body
    assert done.result == {"sent": 2, "kept": 0, "failed": 0}


def test_a_letter_that_was_cut_off_goes_on_where_it_was(watched, cast):
    job = written(watched, cast)
    Recipient.objects.filter(user=cast["rival"]).update(delivery=Delivery.SENT)

    run(job_id=str(job.pk), clock=timezone.now)

    assert [message.to for message in mail.outbox] == [["supplier@example.org"]]


def test_nothing_is_sent_to_a_list_that_changed_since_it_was_looked_at(watched, cast):
    operations.watch(call=watched, by=cast["manager"], at=NOON)

    with pytest.raises(Refused) as refusal:
        written(watched, cast)

    assert refusal.value.reason == Reason.LIST_CHANGED
    assert not Letter.objects.exists()


def test_the_office_sees_how_many_it_writes_to_before_it_does(watched, cast, as_role):
    page = as_role("officer")
    url = f"/calls/{watched.pk}/letters/write/"
    words = {"audience": "WATCHERS", "channel": "EMAIL", "subject": "Papers", "body": "Bring them."}

    seen = page.post(url, words).content.decode()
    assert "Send it to 2 recipients" in seen
    assert not Letter.objects.exists()

    sent = page.post(url, words | {"expected": "2", "send": "1"})
    assert sent["Location"] == f"/jobs/{Job.objects.get().pk}/"
    assert Recipient.objects.count() == 2


def test_text_messages_go_to_those_who_gave_a_number_and_are_not_said_to_be_sent(
    watched, cast, settings, tmp_path
):
    settings.DURE_MESSAGING_URL = ""
    settings.DURE_MESSAGING_FILE = tmp_path / "messages.jsonl"
    operations.set_mobile(mobile="010-1234-5678", by=cast["supplier"])
    assert operations.addresses(watched, "WATCHERS", "SMS") == (
        {cast["supplier"]: "01012345678"},
        1,
    )

    job = written(watched, cast, expected=1, channel="SMS")
    done = run(job_id=str(job.pk), clock=timezone.now)

    assert done.result == {"sent": 0, "kept": 1, "failed": 0}
    assert Recipient.objects.get().delivery == Delivery.KEPT
    line = json.loads(settings.DURE_MESSAGING_FILE.read_text(encoding="utf-8"))
    assert (line["to"], line["channel"]) == ("01012345678", "SMS")


@pytest.mark.parametrize(
    "number", ["02-123-4567", "+82 10", "０１０１２３４５６７８", "0101234567890"]
)
def test_what_is_no_mobile_number_is_refused(cast, number):
    with pytest.raises(Refused) as refusal:
        operations.set_mobile(mobile=number, by=cast["supplier"])

    assert refusal.value.reason == Reason.BAD_NUMBER


def test_firms_of_the_regions_of_a_call_can_be_written_to(cast):
    from tests.apps.calls.conftest import announced_call

    call = announced_call(cast, regions=["BUSAN"], opens_at=NOON - timedelta(days=1))

    reached, _left = operations.addresses(call, "FIRMS", "EMAIL")

    assert list(reached) == [cast["supplier"]]


def begun(page, query):
    """The letter to the people of a filtered list, with the fields that a browser would send."""
    answer = page.get(f"/organisations/?{query}&letter=1")
    return answer, {"people": answer.context["form"].initial["people"], "channel": "EMAIL"}


def test_a_letter_goes_to_the_people_of_any_filtered_list(cast, as_role):
    page = as_role("officer")
    assert "letter=1" in page.get("/organisations/?q=x").content.decode()
    seen, words = begun(page, f"q={cast.supplier.name}")
    words |= {"subject": "서명", "body": "기한이 가까워요."}

    looked_at = page.post("/calls/letters/to-list/", words).content.decode()
    assert "Send it to 1 recipient" in looked_at
    assert cast.supplier.name in seen.content.decode()
    sent = page.post("/calls/letters/to-list/", words | {"send": "1"})

    run(job_id=str(Job.objects.get().pk), clock=timezone.now)
    assert sent.status_code == 302
    assert [message.to for message in mail.outbox] == [["supplier@example.org"]]
    letter = Letter.objects.get()
    assert letter.call is None
    assert cast.supplier.name in letter.list_name
    assert "서명" in page.get("/calls/letters/").content.decode()


def test_a_list_of_people_is_what_was_seen_by_whoever_writes(cast, as_role):
    _seen, words = begun(as_role("officer"), "")
    words |= {"subject": "A", "body": "B", "send": "1"}

    of_another = as_role("officer2").post("/calls/letters/to-list/", words)
    made_up = as_role("officer").post("/calls/letters/to-list/", words | {"people": "1"})

    assert of_another.status_code == made_up.status_code == 302
    assert not Letter.objects.exists()


@pytest.mark.parametrize("role", ["manager", "auditor", "visitor"])
def test_nobody_else_writes_to_a_list(cast, as_role, role):
    page = as_role(role)

    assert "letter=1" not in page.get("/organisations/").content.decode()
    assert "page" in page.get("/organisations/?letter=1").context


LISTS = (
    "/needs/", "/technologies/", "/introductions/", "/ndas/", "/agreements/", "/projects/",
    "/projects/recoveries/", "/deposits/", "/selection/pool/", "/organisations/",
    "/designations/innovation-product/",
)  # fmt: skip


@pytest.mark.parametrize("address", LISTS)
def test_every_filtered_list_of_people_or_firms_leads_to_a_letter(cast, as_role, address):
    cast.need()
    cast.technology()
    page = as_role("officer")

    assert "letter=1" in page.get(address).content.decode()
    assert page.get(f"{address}?letter=1").context["action"] == "/calls/letters/to-list/"
    assert "letter=1" not in as_role("auditor").get(address).content.decode()


def test_a_letter_to_a_list_of_agreements_and_projects_goes_to_the_people_of_their_parties(
    cast, as_role
):
    cast.drafted_agreement()
    cast.project()
    page = as_role("officer")

    for address in ("/agreements/", "/projects/"):
        signed = page.get(f"{address}?letter=1").context["form"].initial["people"]
        words = {
            "people": signed,
            "channel": "EMAIL",
            "subject": "서명",
            "body": "기한이 가까워요.",
        }
        looked_at = page.post("/calls/letters/to-list/", words)
        assert looked_at.context["preview"]["count"] >= 2
