"""Consultation records, the tasks that follow, the report."""

import io
from datetime import date

import pytest
from django.urls import reverse
from django.utils.timezone import localdate
from openpyxl import load_workbook

from dure.apps.consultations.models import ConsultationRecord
from dure.apps.consultations.notices import fair_task
from dure.apps.consultations.operations import records
from dure.apps.consultations.queries import statistics_of, tasks_of
from dure.apps.consultations.reasons import Reason as ConsultationReason
from dure.apps.fairs.models import Pair
from dure.apps.fairs.reasons import Reason
from dure.apps.fairs.stages import FairStage
from dure.apps.notices.models import Notice
from dure.apps.trail.queries import history_of
from dure.foundation.verdict import Refused
from tests.apps.consultations.conftest import at
from tests.html import flat

DUE = date(2026, 12, 17)


def said(cast, **values):
    """A purchase talk that the supplier sees to, unless `values` say otherwise."""
    return {
        "outcome": "KEPT",
        "no_show": "",
        "result": "시제품을 보내기로 했습니다.",
        "next_step": "PURCHASE_TALK",
        "why": "",
        "owner": cast["supplier"],
        "due_on": DUE,
        **values,
    }


def record(cast, pair, by="member", seen_at=None, **values):
    return records.record_consultation(
        of=pair, values=said(cast, **values), seen_at=seen_at, by=cast[by], at=at(10, 30)
    )


def test_a_record_becomes_a_task_that_its_owner_hears_of(cast, meeting):
    kept = record(cast, meeting.pair)

    assert list(tasks_of(cast["supplier"])) == [kept]
    assert kept.meeting == meeting
    notice = Notice.objects.get()
    assert (notice.recipient, notice.kind) == (cast["supplier"], fair_task.code)
    assert notice.facts == {"organisation": "한빛중공업", "due": "2026-12-17"}


def test_what_two_write_at_once_is_not_lost(cast, meeting):
    first = record(cast, meeting.pair)

    with pytest.raises(Refused) as refusal:
        record(cast, meeting.pair, by="supplier", next_step="NO_FIT", why="NOT_READY")
    changed = record(cast, meeting.pair, by="supplier", seen_at=first.updated_at, next_step="NDA")

    assert refusal.value.reason == Reason.CHANGED_MEANWHILE
    assert changed.pk == first.pk
    assert changed.next_step == "NDA"


@pytest.mark.parametrize(
    ("values", "reason"),
    [
        ({"next_step": "NO_FIT", "owner": None, "due_on": None}, Reason.INCOMPLETE),
        ({"owner": None}, Reason.INCOMPLETE),
        ({"due_on": None}, Reason.INCOMPLETE),
        ({"outcome": "NO_SHOW", "next_step": "", "no_show": ""}, Reason.INCOMPLETE),
    ],
)
def test_half_a_record_is_refused(cast, meeting, values, reason):
    with pytest.raises(Refused) as refusal:
        record(cast, meeting.pair, **values)

    assert refusal.value.reason == reason
    assert not ConsultationRecord.objects.exists()


def test_a_stranger_sees_to_nothing(cast, meeting):
    with pytest.raises(Refused) as refusal:
        record(cast, meeting.pair, owner=cast["rival"])

    assert refusal.value.reason == ConsultationReason.NOT_THEIR_PERSON


@pytest.mark.parametrize(
    ("by", "stage", "reason"),
    [
        ("rival", FairStage.HELD, ConsultationReason.NOT_YOUR_MEETING),
        ("auditor", FairStage.HELD, ConsultationReason.NOT_YOUR_MEETING),
        ("supplier", FairStage.RELEASED, Reason.NOT_YET),
    ],
)
def test_others_write_no_record(cast, hall, meeting, by, stage, reason):
    hall.fair.stage = stage
    hall.fair.save()

    with pytest.raises(Refused) as refusal:
        record(cast, meeting.pair, by=by)

    assert refusal.value.reason == reason


def test_a_task_is_done_undone_and_handed_over(cast, meeting):
    kept = record(cast, meeting.pair)

    done = records.finish_task(record=kept, by=cast["supplier"], at=at(11))
    assert (done.done_at, list(tasks_of(cast["supplier"]))) == (at(11), [])

    records.reopen_task(record=done, by=cast["supplier"])
    records.hand_over(record=kept, owner=cast["member"], due_on=DUE, by=cast["supplier"], at=at(12))
    assert list(tasks_of(cast["member"])) == [kept]
    with pytest.raises(Refused) as refusal:
        records.finish_task(record=kept, by=cast["supplier"], at=at(13))
    assert refusal.value.reason == ConsultationReason.NOT_YOUR_TASK


def test_a_task_is_handed_over_on_its_page(as_role, cast, meeting, clock):
    kept = record(cast, meeting.pair)
    address = reverse("consultations:hand_over_task", args=[kept.pk])
    sent = {"owner": cast["member"].pk, "due_on": DUE.isoformat()}

    assert address in as_role("supplier").get(reverse("consultations:tasks")).content.decode()
    assert "member" in as_role("supplier").get(address).content.decode()
    as_role("member").post(address, sent)  # it is not theirs to give away
    kept.refresh_from_db()
    assert kept.owner == cast["supplier"]
    assert as_role("rival").get(address).status_code == 404
    wrong = as_role("supplier").post(address, sent | {"owner": cast["rival"].pk})
    assert wrong.status_code == 422

    answer = as_role("supplier").post(address, sent)

    kept.refresh_from_db()
    assert (answer.status_code, kept.owner) == (302, cast["member"])
    assert Notice.objects.filter(recipient=cast["member"]).exists()
    changed = history_of(kept)[0]
    assert changed.by == cast["supplier"]
    assert [field[2] for field in changed.fields] == [cast["member"].pk]


def test_a_firm_writes_it_down_from_the_agenda(as_role, cast, hall, meeting, clock):
    browser = as_role("supplier")
    address = reverse("consultations:record", args=[meeting.pair_id])

    asked = browser.get(address).content.decode()
    answer = browser.post(
        address,
        {
            "what": "KEPT",
            "next_step": "NDA",
            "owner": cast["supplier"].pk,
            "due_on": "2026-12-17",
            "result": "비밀유지계약을 맺고 도면을 봅니다.",
        },
    )

    assert "Did you meet?" in asked
    assert answer["Location"] == reverse("consultations:agenda", args=[hall.fair.pk])
    assert ConsultationRecord.objects.get().next_step == "NDA"
    assert "비밀유지계약" in as_role("member").get(address).content.decode()
    assert as_role("rival").get(address).status_code == 404


def test_the_form_says_what_is_missing(as_role, meeting, clock):
    page = as_role("supplier").post(
        reverse("consultations:record", args=[meeting.pair_id]),
        {"what": "KEPT", "next_step": "NO_FIT"},
    )

    assert "Say why it does not fit." in page.content.decode()


def test_an_answer_that_is_not_asked_for_does_no_harm(as_role, cast, meeting, clock):
    as_role("supplier").post(
        reverse("consultations:record", args=[meeting.pair_id]),
        {"what": "DEMAND", "next_step": "NDA", "owner": cast["supplier"].pk},
    )

    kept = ConsultationRecord.objects.get()
    assert (kept.outcome, kept.no_show, kept.next_step) == ("NO_SHOW", "DEMAND", "")


def test_tasks_are_finished_with_one_tap(as_role, cast, meeting, clock):
    kept = record(cast, meeting.pair)
    browser = as_role("supplier")

    listed = browser.get(reverse("consultations:tasks")).content.decode()
    browser.post(reverse("consultations:finish_task", args=[kept.pk]))

    kept.refresh_from_db()
    assert "Purchase talk" in listed
    assert kept.done_at == at(10, 10)


def test_the_start_page_names_the_next_meeting_and_the_task(as_role, cast, hall, meeting, clock):
    before = flat(as_role("supplier").get("/").content.decode())
    record(cast, meeting.pair)
    after = flat(as_role("supplier").get("/").content.decode())
    office = flat(as_role("officer").get("/").content.decode())

    assert "12-03 10:00, table 1: 한빛중공업" in before
    assert "What came of it? 한빛중공업 – 열림테크" in before
    assert "Purchase talk: 한빛중공업 – 열림테크" in after
    assert "Today at the desk" in office


def test_the_report_counts_the_chain(cast, hall, meeting):
    rival = cast.registration(hall.fair, cast.rival)
    stranger = cast.registration(hall.fair, cast.stranger)
    need = cast.need(organisation=cast.rival, title="센서")
    missed = Pair.objects.create(fair=hall.fair, demand=rival, supply=stranger, need=need)
    hall.wish(missed)
    hall.meeting(missed, slot=1)
    kept = record(cast, meeting.pair)
    record(
        cast, missed, by="rival", outcome="NO_SHOW", no_show="SUPPLY", next_step="", owner=None,
        due_on=None,
    )  # fmt: skip
    records.finish_task(record=kept, by=cast["supplier"], at=at(12))

    statistics = statistics_of(hall.fair, at(16))

    assert (statistics.requests, statistics.placed, statistics.held, statistics.unrecorded) == (
        1,
        2,
        1,
        0,
    )
    assert statistics.no_shows == {"SUPPLY": 1}
    assert statistics.results == {"PURCHASE_TALK": 1}
    assert statistics.chain == [2, 2, 1, 1, 1]
    rows = {str(row.registration.organisation): row for row in statistics.rows}
    assert (rows["바른센서"].placed, rows["바른센서"].no_shows) == (1, 1)
    assert (rows["한빛중공업"].held, rows["한빛중공업"].steps) == (1, 1)


def test_the_report_is_for_staff_and_comes_as_a_workbook(as_role, cast, hall, meeting, clock):
    record(cast, meeting.pair)
    address = reverse("consultations:report", args=[hall.fair.pk])
    export = reverse("consultations:report_export", args=[hall.fair.pk])

    assert as_role("supplier").get(address).status_code == 404
    assert as_role("supplier").get(export).status_code == 404
    page = as_role("auditor").get(address).content.decode()
    book = load_workbook(io.BytesIO(as_role("auditor").get(export).content))
    rows = list(book["What came of it"].iter_rows(values_only=True))

    assert "Results by kind" in page
    assert rows[1][1:4] == ("한빛중공업", meeting.pair.technology.title, "열림테크")
    assert "Purchase talk" in rows[1]


def test_records_are_listed_and_narrowed(as_role, cast, hall, meeting, clock):
    record(cast, meeting.pair)
    address = reverse("consultations:records", args=[hall.fair.pk])
    browser = as_role("officer")

    assert "열림테크" in browser.get(address, {"step": "PURCHASE_TALK"}).content.decode()
    assert "Nothing fits these filters" in browser.get(address, {"step": "NDA"}).content.decode()


# The agreement that follows from a meeting


@pytest.fixture
def promised(cast, meeting):
    """Two who met and agreed on an agreement as the next step."""
    record(cast, meeting.pair, next_step="NDA")
    return meeting.pair


@pytest.mark.parametrize(
    ("role", "address"),
    [
        ("manager", "catalog:technology_ask"),
        ("supplier", "catalog:need_ask"),
        ("member", None),
        ("officer", None),
    ],
)
def test_who_signs_for_a_side_is_led_to_the_agreement(as_role, promised, role, address):
    page = as_role(role).get(reverse("consultations:record", args=[promised.pk])).content.decode()

    asking = {
        name: reverse(name, args=[entry.pk])
        for name, entry in (
            ("catalog:technology_ask", promised.technology),
            ("catalog:need_ask", promised.need),
        )
    }
    assert {name for name, url in asking.items() if f'href="{url}"' in page} == {address} - {None}
    assert "Nobody has asked for the agreement yet." in page


def test_the_agreement_shows_wherever_the_meeting_does(as_role, cast, promised):
    nda = cast.nda(promised.need)
    link = f'href="{reverse("ndas:nda", args=[nda.pk])}"'

    for role, page in (
        ("manager", reverse("consultations:record", args=[promised.pk])),
        ("supplier", reverse("consultations:record", args=[promised.pk])),
        ("supplier", reverse("consultations:tasks")),
    ):
        html = as_role(role).get(page).content.decode()
        assert link in html
        assert "To be signed" in html
        assert "Nobody has asked" not in html
    export = as_role("officer").get(reverse("consultations:report_export", args=[promised.fair_id]))
    [head, row] = load_workbook(io.BytesIO(export.content))["What came of it"].values
    row_by_head = dict(zip(head, row, strict=True))
    assert row_by_head["Non-disclosure agreement"] == "To be signed"
    assert row_by_head["Agreement asked for on"].date() == localdate(nda.requested_at)


def test_after_a_refusal_one_can_ask_again(as_role, cast, promised):
    cast.nda(promised.need, stage="REFUSED")

    page = (
        as_role("supplier")
        .get(reverse("consultations:record", args=[promised.pk]))
        .content.decode()
    )

    assert "Refused" in page
    assert f'href="{reverse("catalog:need_ask", args=[promised.need.pk])}"' in page


def test_the_desk_of_a_fair_does_not_see_an_agreement(as_role, cast, promised):
    nda = cast.nda(promised.need)
    promised.fair.desk_duties.create(
        person=cast["reviewer"], given_by=cast["officer"], given_at=at(9)
    )

    page = as_role("reviewer").get(reverse("consultations:record", args=[promised.pk]))

    assert page.status_code == 200
    assert reverse("ndas:nda", args=[nda.pk]) not in page.content.decode()
