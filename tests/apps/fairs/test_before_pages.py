"""The doors before the day: set-up, registration, wishes, timetable, board."""

from datetime import date
from io import BytesIO

import pytest
from django.urls import reverse
from openpyxl import load_workbook

from dure.apps.fairs.models import (
    Fair,
    Level,
    Meeting,
    Pair,
    Registration,
    Timetable,
    Unplaced,
    Wish,
)
from dure.apps.fairs.operations import plan, record_wish
from dure.apps.fairs.queries import draft_timetable, meeting_slots
from dure.apps.fairs.stages import FairStage, RegistrationStage
from dure.apps.jobs.models import Job
from dure.apps.jobs.operations import Progress
from dure.apps.people.models import Organisation, OrganisationKind
from tests.conftest import NOON

ROOM = {
    "on_1": "2026-12-03",
    "opens_1": "10:00",
    "closes_1": "12:00",
    "slot_minutes": "30",
    "spare_percent": "20",
    "hall_1": "1관",
    "tables_1": "10",
}


def at(name, *args):
    return reverse(f"fairs:{name}", args=args)


@pytest.fixture
def wishing(cast):
    """A fair that collects wishes; the buyer, the supplier and the stranger are let in."""
    fair = cast.fair(most_musts=1)
    fair.buyer = cast.registration(fair, cast.buyer)
    fair.supplier = cast.registration(fair, cast.supplier)
    fair.stranger = cast.registration(fair, cast.stranger)
    return fair


@pytest.fixture
def drafted(cast, wishing):
    """The same fair with a draft of two meetings of the buyer."""
    for other in (wishing.supplier, wishing.stranger):
        record_wish(
            registration=wishing.buyer, other=other, level=Level.MEET, by=cast["officer"], at=NOON
        )
    wishing.stage = FairStage.PLANNING
    wishing.save()
    job = Job.objects.create(kind="plan_fair", title="x", requested_by=cast["officer"])
    plan(fair=wishing, is_near=False, by=cast["officer"], at=NOON, progress=Progress(job))
    wishing.draft = draft_timetable(wishing)
    return wishing


def test_an_officer_sets_a_fair_up_with_what_is_guessed(as_role):
    client = as_role("officer")
    shown = client.get(at("new"))
    guessed = shown.context["room"]
    assert (guessed["slot_minutes"].value(), guessed["spare_percent"].value()) == (20, 15)

    answer = client.post(at("new"), {"name": "박람회", "place": "세종", **ROOM})

    fair = Fair.objects.get()
    assert answer["Location"] == at("detail", fair.pk)
    assert fair.slots.count() == 4
    assert fair.tables.filter(is_spare=True).count() == 2


def test_a_faulty_set_up_keeps_what_was_typed(as_role):
    answer = as_role("officer").post(at("new"), {"name": "박람회", **ROOM, "closes_1": "09:00"})

    assert answer.status_code == 422
    assert b'value="\xeb\xb0\x95\xeb\x9e\x8c\xed\x9a\x8c"' in answer.content
    assert not Fair.objects.exists()


def test_the_count_is_live_and_says_what_sets_the_limit(as_role):
    answer = as_role("officer").get(at("capacity"), ROOM)

    assert "At most 32 meetings" in answer.content.decode()
    assert "The tables set the limit." in answer.content.decode()


def test_days_and_halls_come_back_into_their_form(as_role, cast):
    fair = cast.fair()

    form = as_role("officer").get(at("room", fair.pk)).context["room"]

    assert form["on_1"].value() == date(2026, 12, 3)
    assert (form["slot_minutes"].value(), form["spare_percent"].value()) == (30, 20)
    assert [form[f"tables_{n}"].value() for n in (1, 2)] == [3, 2]


def test_there_are_as_many_days_breaks_and_halls_as_wanted(as_role, cast):
    client = as_role("officer")
    typed = {"name": "박람회", "place": "세종", **ROOM}
    for kind, stem in (("on", "on"), ("pause_from", "pause_from"), ("hall", "hall")):
        for number in range(2, 6):
            shown = client.post(at("new"), typed | {"another": kind})
            room, form = shown.context["room"], shown.context["form"]
            assert shown.status_code == 200
            assert f"{stem}_{number}" in room.fields
            assert f"{stem}_{number + 1}" not in room.fields
            assert (form["name"].value(), room["hall_1"].value()) == ("박람회", "1관")
            typed |= {
                "on": {
                    f"on_{number}": f"2026-12-{2 + number:02}",
                    f"opens_{number}": "10:00",
                    f"closes_{number}": "12:00",
                },
                "pause_from": {
                    f"pause_from_{number}": f"10:{5 * number}",
                    f"pause_to_{number}": f"10:{5 * number + 5}",
                },
                "hall": {f"hall_{number}": f"{number}관", f"tables_{number}": "2"},
            }[kind]
    assert not Fair.objects.exists()

    client.post(at("new"), typed)

    fair = Fair.objects.get()
    back = client.get(at("room", fair.pk)).context["room"]
    assert (fair.halls.count(), fair.tables.count()) == (5, 18)
    assert [back[f"on_{n}"].value().day for n in range(1, 6)] == [3, 4, 5, 6, 7]
    assert f"{back['pause_from_4'].value():%H:%M}" == "10:25"


def test_a_fair_is_copied(as_role, cast):
    fair = cast.fair()

    as_role("officer").post(at("copy", fair.pk), {"name": "다음", "first_day": "2027-12-02"})

    copy = Fair.objects.get(name="다음")
    assert (copy.copied_from, copy.slots.count()) == (fair, fair.slots.count())


def test_a_firm_registers_in_one_evening(as_role, cast):
    fair = cast.fair(stage=FairStage.REGISTRATION)
    slots = list(meeting_slots(fair))

    as_role("supplier").post(
        at("register", fair.pk),
        {
            "parallel": "1",
            "name": ["김하늘", "이바다", ""],
            "position": ["대표", "", ""],
            "free": [slot.pk for slot in slots[2:]],
        },
    )

    made = Registration.objects.get(fair=fair)
    assert (made.organisation, made.side, made.stage) == (cast.supplier, "SUPPLY", "APPLIED")
    assert [person.name for person in made.attendees.order_by("pk")] == ["김하늘", "이바다"]
    assert set(made.absences.values_list("slot", flat=True)) == {slots[0].pk, slots[1].pk}


def test_nobody_opens_the_registration_of_others(as_role, wishing):
    assert as_role("rival").get(at("registration", wishing.buyer.pk)).status_code == 404
    assert as_role("supplier").get(at("registration", wishing.buyer.pk)).status_code == 404
    assert as_role("auditor").get(at("registration", wishing.buyer.pk)).status_code == 200


def test_an_officer_lets_many_in_and_refuses_with_a_reason(as_role, cast):
    fair = cast.fair(stage=FairStage.REGISTRATION)
    applied = [
        cast.registration(fair, firm, stage=RegistrationStage.APPLIED)
        for firm in (cast.buyer, cast.supplier, cast.stranger)
    ]
    client = as_role("officer")

    client.post(at("approve", fair.pk), {"ids": [applied[0].pk, applied[1].pk]})
    client.post(at("refuse", fair.pk), {"ids": [applied[2].pk], "reason": ""})
    assert Registration.objects.get(pk=applied[2].pk).stage == "APPLIED"
    client.post(at("refuse", fair.pk), {"ids": [applied[2].pk], "reason": "자리가 없습니다"})

    stages = Registration.objects.order_by("pk").values_list("stage", flat=True)
    assert list(stages) == ["APPROVED", "APPROVED", "REFUSED"]


def test_registrations_export_what_is_filtered(as_role, wishing):
    answer = as_role("officer").get(at("registrations", wishing.pk), {"format": "xlsx"})

    assert answer["Content-Type"].endswith("sheet")
    assert answer.content[:2] == b"PK"


def test_an_answer_folds_the_card_and_counts_down(as_role, wishing):
    answer = as_role("member").post(
        at("answer_wish", wishing.buyer.pk),
        {"other": wishing.supplier.pk, "level": "MUST"},
        HTTP_HX_REQUEST="true",
    )

    assert Wish.objects.get().level == "MUST"
    assert "Undo" in answer.content.decode()
    assert answer.context["musts_left"] == 0


def test_a_must_too_many_is_refused_on_the_card(as_role, wishing):
    client = as_role("member")
    client.post(
        at("answer_wish", wishing.buyer.pk), {"other": wishing.supplier.pk, "level": "MUST"}
    )

    answer = client.post(
        at("answer_wish", wishing.buyer.pk),
        {"other": wishing.stranger.pk, "level": "MUST"},
        HTTP_HX_REQUEST="true",
    )

    assert "No more" in answer.content.decode()
    assert Wish.objects.count() == 1


def test_an_answer_is_taken_back(as_role, wishing):
    client = as_role("member")
    client.post(at("answer_wish", wishing.buyer.pk), {"other": wishing.supplier.pk, "level": "NO"})

    client.post(at("take_back_wish", Wish.objects.get().pk))

    assert not Wish.objects.exists()


def test_the_other_side_neither_reads_nor_changes_my_wishes(as_role, cast, wishing):
    record_wish(
        registration=wishing.buyer, other=wishing.supplier, level=Level.NO,
        by=cast["member"], at=NOON,
    )  # fmt: skip
    client = as_role("supplier")

    assert client.get(at("wishes_of", wishing.buyer.pk)).status_code == 404
    assert client.post(at("take_back_wish", Wish.objects.get().pk)).status_code == 404
    assert "No, thank you</span>" not in client.get(at("wishes", wishing.pk)).content.decode()


def test_only_looking_by_oneself_counts_as_a_look(as_role, wishing):
    as_role("officer").get(at("wishes_of", wishing.buyer.pk))
    assert Registration.objects.get(pk=wishing.buyer.pk).looked_at is None

    as_role("member").get(at("wishes", wishing.pk))
    assert Registration.objects.get(pk=wishing.buyer.pk).looked_at is not None


def test_partners_are_found_by_name(as_role, cast, wishing):
    answer = as_role("member").get(at("partners", wishing.buyer.pk), {"q": "바른"})

    assert "바른센서" in answer.content.decode()
    assert "열림테크" not in answer.content.decode()


def test_the_overview_names_those_who_said_nothing(as_role, cast, wishing):
    record_wish(
        registration=wishing.buyer, other=wishing.supplier, level=Level.MEET,
        by=cast["member"], at=NOON,
    )  # fmt: skip

    answer = as_role("officer").get(at("wish_overview", wishing.pk), {"state": "silent"})

    assert {row.organisation for row in answer.context["page"]} == {cast.supplier, cast.stranger}


def test_the_timetable_says_how_good_it_is_and_why_not_more(as_role, drafted):
    Unplaced.objects.create(
        timetable=drafted.draft,
        pair=Pair.objects.first(),
        weight=10,
        cause="NO_COMMON_SLOT",
    )

    page = as_role("officer").get(at("timetable", drafted.pk)).content.decode()

    assert "Proven best" in page
    assert "are at no time both available" in page


def test_release_shows_first_what_it_changes(as_role, drafted):
    client = as_role("officer")
    shown = client.get(at("release", drafted.draft.pk))
    assert len(shown.context["rows"]) == 2

    client.post(at("release_now", drafted.draft.pk), {"revision": "7"})
    assert Timetable.objects.get().stage == "DRAFT"
    client.post(at("release_now", drafted.draft.pk), {"revision": "0"})

    assert Timetable.objects.get().stage == "RELEASED"


def change(client, fair, **data):
    return client.post(at("change_board", fair.draft.pk), data, HTTP_X_BOARD="1")


def test_a_move_on_the_board_says_what_it_costs(as_role, drafted):
    meeting, last = drafted.draft.meetings.order_by("pk").first(), meeting_slots(drafted).last()
    client = as_role("officer")
    query = {"what": "move", "meeting": meeting.pk, "slot": last.pk, "table": meeting.table_id}

    tried = client.get(at("try_board", drafted.draft.pk), query).content.decode()
    moved = change(client, drafted, **query, revision=0)

    assert "Possible." in tried
    assert "minutes" in tried
    assert moved.status_code == 200
    assert Meeting.objects.get(pk=meeting.pk).slot == last


def test_a_conflict_is_said_in_words(as_role, cast, drafted):
    first, other = drafted.draft.meetings.order_by("pk")
    table = drafted.tables.exclude(pk__in=[first.table_id, other.table_id]).first()

    answer = change(
        as_role("officer"), drafted,
        what="move", meeting=first.pk, slot=other.slot_id, table=table.pk, revision=0,
    )  # fmt: skip

    assert answer.status_code == 409
    assert f"{cast.buyer.name}: already in another meeting" in answer.content.decode()


def test_the_second_officer_reads_who_moved_it(as_role, drafted):
    meeting = drafted.draft.meetings.order_by("pk").first()
    slots = list(meeting_slots(drafted))
    change(
        as_role("officer"), drafted,
        what="move", meeting=meeting.pk, slot=slots[-1].pk, table=meeting.table_id, revision=0,
    )  # fmt: skip

    answer = change(
        as_role("officer2"), drafted,
        what="move", meeting=meeting.pk, slot=slots[-2].pk, table=meeting.table_id, revision=0,
    )  # fmt: skip

    assert answer.status_code == 409
    assert "officer changed" in answer.content.decode()
    assert "Your move was not made." in answer.content.decode()


def test_changes_are_undone_one_after_the_other(as_role, drafted):
    meeting = drafted.draft.meetings.order_by("pk").first()
    slots, client = list(meeting_slots(drafted)), as_role("officer")
    for revision, slot in enumerate(slots[-2:]):
        change(
            client, drafted, what="move", meeting=meeting.pk, slot=slot.pk,
            table=meeting.table_id, revision=revision,
        )  # fmt: skip
    change(client, drafted, what="out", meeting=meeting.pk, revision=2)
    assert drafted.draft.meetings.count() == 1

    for _each in range(3):
        answer = client.post(at("undo_board", drafted.draft.pk), HTTP_X_BOARD="1")
        assert answer.status_code == 200

    back = drafted.draft.meetings.get(pair=meeting.pair_id)
    assert (back.slot_id, back.table_id) == (meeting.slot_id, meeting.table_id)


def test_the_board_works_without_script(as_role, drafted):
    meeting, last = drafted.draft.meetings.order_by("pk").first(), meeting_slots(drafted).last()
    client = as_role("officer")
    page = client.get(at("board", drafted.pk), {"pick": meeting.pk}).content.decode()
    assert 'id="pick"' in page

    answer = client.post(
        at("change_board", drafted.draft.pk),
        {"what": "move", "meeting": meeting.pk, "slot": last.pk, "table": "", "revision": "0",
         "is_blind": "on", "by": "demand"},
    )  # fmt: skip

    assert answer["Location"] == at("board", drafted.pk) + "?by=demand"
    assert Meeting.objects.get(pk=meeting.pk).slot == last


def test_the_board_tells_what_is_new_only_when_something_is(as_role, drafted):
    client = as_role("officer")
    address = at("board_since", drafted.draft.pk)
    assert client.get(address, {"revision": "0"}).status_code == 204

    meeting = drafted.draft.meetings.order_by("pk").first()
    change(as_role("officer2"), drafted, what="lock", meeting=meeting.pk, revision=0)

    assert "Somebody else" in as_role("officer").get(address, {"revision": "0"}).content.decode()


@pytest.mark.parametrize("role", ["member", "supplier", "newcomer", "reviewer"])
def test_the_board_and_the_lists_do_not_exist_for_others(as_role, drafted, role):
    client = as_role(role)
    for name in ("board", "timetable", "registrations", "wish_overview"):
        assert client.get(at(name, drafted.pk)).status_code == 404
    meeting = drafted.draft.meetings.order_by("pk").first()
    assert change(client, drafted, what="lock", meeting=meeting.pk, revision=0).status_code == 404


@pytest.fixture
def large(cast):
    """A fair of the size of 2023: 40 and 147 organisations, 400 meetings, 500 without a place."""
    fair = cast.fair(stage=FairStage.PLANNING)
    slots = list(meeting_slots(fair))
    for number in range(6, 60):
        fair.tables.create(hall=fair.halls.first(), number=number)
    tables = list(fair.tables.order_by("number"))
    sides = [("DEMAND", OrganisationKind.LARGE)] * 40 + [("SUPPLY", OrganisationKind.SME)] * 147
    firms = Organisation.objects.bulk_create(
        Organisation(
            name=f"기관 {number}", kind=kind, other_id=f"T{number}",
            verified_at=NOON, verified_by=cast["officer"],
        )
        for number, (_side, kind) in enumerate(sides)
    )  # fmt: skip
    rows = Registration.objects.bulk_create(
        Registration(
            fair=fair, organisation=firm, side=side, stage="APPROVED",
            applied_by=cast["officer"], applied_at=NOON,
            answered_by=cast["officer"], answered_at=NOON,
        )
        for firm, (side, _kind) in zip(firms, sides, strict=True)
    )  # fmt: skip
    demand, supply = rows[:40], rows[40:]
    pairs = Pair.objects.bulk_create(
        Pair(fair=fair, demand=demand[n % 40], supply=supply[(n % 40 + n // 40 * 7) % 147])
        for n in range(800)
    )
    draft = Timetable.objects.create(
        fair=fair, number=1, created_by=cast["officer"], created_at=NOON
    )
    Meeting.objects.bulk_create(
        Meeting(timetable=draft, pair=pair, slot=slots[n // 40], table=tables[n % 40])
        for n, pair in enumerate(pairs[:320])
    )
    Unplaced.objects.bulk_create(
        Unplaced(timetable=draft, pair=pair, weight=10, cause="DEMAND_FULL") for pair in pairs[320:]
    )
    Wish.objects.bulk_create(
        Wish(pair=pair, side="DEMAND", level="MEET", origin="OWN",
             answered_by=cast["officer"], answered_at=NOON)
        for pair in pairs
    )  # fmt: skip
    fair.draft, fair.first = draft, demand[0]
    return fair


@pytest.mark.parametrize(
    ("name", "query", "most"),
    [
        ("registrations", "", 14),
        ("wish_overview", "", 12),
        ("timetable", "", 13),
        ("board", "", 15),
        ("board", "?by=supply", 16),
    ],
)
def test_large_pages_ask_the_database_a_few_times(
    as_role, large, django_assert_max_num_queries, name, query, most
):
    client = as_role("officer")
    with django_assert_max_num_queries(most):
        assert client.get(at(name, large.pk) + query).status_code == 200


def test_wishes_and_release_of_a_large_fair_ask_a_few_times(
    as_role, large, django_assert_max_num_queries
):
    client = as_role("officer")
    with django_assert_max_num_queries(15):
        client.get(at("wishes_of", large.first.pk))
    with django_assert_max_num_queries(12):
        client.get(at("release", large.draft.pk))


def test_the_timetable_says_which_interpreters_are_needed(client, cast, drafted):
    Registration.objects.filter(pk=drafted.supplier.pk).update(interpreter="영어")
    Registration.objects.filter(pk=drafted.stranger.pk).update(interpreter="영어 ")
    client.force_login(cast["officer"])

    page = client.get(at("timetable", drafted.pk))
    [english] = page.context["interpreting"]
    book = client.get(at("timetable", drafted.pk), {"format": "xlsx"})

    assert (english.language, english.meetings, english.at_once) == ("영어", 2, 1)
    assert "영어" in page.content.decode()
    cells = list(load_workbook(BytesIO(book.content)).active.values)
    assert [row[cells[0].index("통역")] for row in cells[1:]] == ["영어", "영어"]


def test_a_visitor_reads_the_page_of_an_announced_fair_and_nothing_of_a_draft(
    as_role, cast, wishing
):
    visitor, draft = as_role("visitor"), cast.fair(name="초안 박람회")
    draft.stage = FairStage.DRAFT
    draft.save()

    page = visitor.get(at("detail", wishing.pk)).content.decode()
    listed = visitor.get(at("list")).content.decode()

    assert str(cast.buyer) in page
    assert str(cast.supplier) not in page
    assert str(wishing) in listed
    assert "초안 박람회" not in listed
    assert visitor.get(at("detail", draft.pk)).status_code == 404


def test_the_silent_and_those_without_a_meeting_are_listed_and_written_to(as_role, cast, drafted):
    officer, listed = as_role("officer"), at("registrations", drafted.pk)

    def names(left_to_do):
        page = officer.get(listed, {"left_to_do": left_to_do}).context["page"]
        return {registration.organisation for registration in page}

    assert names("silent") == {cast.supplier, cast.stranger}
    assert names("unplaced") == {cast.buyer, cast.supplier, cast.stranger}
    letter = officer.get(listed, {"left_to_do": "silent", "letter": "1"})
    assert letter.context["count"] >= 1
    assert "Has said no wish" in letter.context["list_name"]
