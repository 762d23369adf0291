"""From a draft to certificates and feedback; the waiting list moves up by itself."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils.timezone import localdate

from dure.apps.notices.models import Notice
from dure.apps.records.queries import entries_about
from dure.apps.training import operations, queries
from dure.apps.training.kinds import as_number, new_number
from dure.apps.training.models import Certificate, Feedback, Seat
from dure.apps.training.reasons import Reason
from dure.apps.training.stages import SeatStage
from dure.foundation.verdict import Refused
from tests.apps.training.cast import LATER
from tests.conftest import NOON

pytestmark = pytest.mark.django_db


def refused(reason, act, **arguments):
    with pytest.raises(Refused) as refusal:
        act(**arguments)
    assert refusal.value.reason == reason


def told(event):
    return {
        notice.recipient.name for notice in Notice.objects.all() if notice.facts["event"] == event
    }


def test_who_comes_too_late_waits_and_moves_up_in_order(cast):
    course = cast.open_course(1, ("supplier", "member", "rival"))
    stages = dict(course.taken.values_list("user__name", "stage"))
    assert stages == {"supplier": "SEATED", "member": "WAITING", "rival": "WAITING"}
    assert queries.place_of(Seat.objects.get(user=cast["rival"])) == 2

    operations.give_back(course=course, by=cast["supplier"], at=NOON)

    assert told("MOVED_UP") == {"member"}
    operations.register(course=course, by=cast["supplier"], at=NOON + timedelta(hours=1))
    assert queries.place_of(Seat.objects.get(user=cast["supplier"])) == 2


def test_more_seats_let_the_first_in_and_never_fewer_than_are_taken(cast):
    course = cast.open_course(1, ("supplier", "member", "rival"))
    values = {"seats": 2, "title": "새 제목"}

    operations.edit(course=course, values=values, by=cast["officer"], at=NOON)

    assert told("MOVED_UP") == {"member"}
    refused(
        Reason.SEATS_TAKEN, operations.edit, course=course, values={"seats": 1},
        by=cast["officer"], at=NOON,
    )  # fmt: skip


def test_who_was_there_long_enough_gets_a_certificate_that_is_sealed(cast):
    course = cast.open_course(5, ("supplier", "member", "rival"))
    first, second = course.days.get(), cast.course_day(course, hours=1)
    seats = dict(course.taken.values_list("user__name", "pk"))
    refused(Reason.NOT_OVER, operations.close, course=course, by=cast["officer"], at=NOON)
    for day, present in ((first, ["supplier", "member"]), (second, ["rival"])):
        operations.note_presences(
            day=day, present=[seats[name] for name in present], by=cast["officer"], at=LATER
        )

    assert operations.close(course=course, by=cast["officer"], at=LATER) == 2

    certificate = Certificate.objects.get(seat__user=cast["supplier"])
    assert certificate.minutes == 240
    assert told("CERTIFIED") == {"supplier", "member"}
    assert told("FEEDBACK") == {"supplier", "member", "rival"}
    assert len(entries_about(f"certificate:{certificate.pk}")) == 1


def test_a_certificate_is_a_paper_that_anybody_checks(cast, as_role, client):
    cast.held_course(("supplier",))
    certificate = Certificate.objects.get()

    paper = as_role("supplier").get(reverse("training:certificate", args=[certificate.pk]))
    assert paper.content.startswith(b"%PDF")
    typed = certificate.number.lower().replace("-", " ")
    check = reverse("training:check")
    assert "Managing research money" in client.get(check, {"number": typed}).content.decode()
    wrong = client.get(check, {"number": new_number()}).content.decode()

    assert "Managing research" not in wrong
    assert as_role("rival").get(paper.wsgi_request.path).status_code == 404
    assert as_number(typed) == certificate.number


def test_feedback_has_no_name_and_is_shown_from_five_on(cast, as_role):
    people = ("supplier", "member", "manager", "rival", "newcomer")
    course = cast.held_course(people)
    page = course.get_absolute_url()
    for place, name in enumerate(people, 1):
        shown = as_role("officer").get(page).content.decode()
        assert "뻔한 말" not in shown
        operations.give_feedback(course=course, score=min(place, 5), text="뻔한 말", by=cast[name])
    refused(
        Reason.ANSWERED_BEFORE, operations.give_feedback, course=course, score=1, text="",
        by=cast["rival"],
    )  # fmt: skip

    assert "뻔한 말" in as_role("officer").get(page).content.decode()
    assert "뻔한 말" not in as_role("supplier").get(page).content.decode()
    assert {field.name for field in Feedback._meta.get_fields()} == {
        "id",
        "course",
        "score",
        "text",
    }


def test_cancelling_and_reminding_tell_whom_it_concerns_once(cast):
    course = cast.open_course(1, ("supplier", "member"))

    assert operations.remind(at=NOON) == 1
    assert operations.remind(at=NOON) == 0
    operations.cancel(course=course, why="강사 사정", by=cast["officer"], at=NOON)

    assert told("SOON") == {"supplier"}
    assert told("CANCELLED") == {"supplier", "member"}


def test_an_officer_offers_a_course_with_the_forms(cast, as_role):
    day = localdate() + timedelta(days=9)  # the forms read the clock
    as_role("officer").post(reverse("training:new"), {
        "kind": "SEMINAR", "topic": "PATENTS", "level": "ALL", "title": "특허 세미나",
        "text": "출원 전략", "seats": 30, "register_until": day.isoformat(), "percent": 0,
    })  # fmt: skip
    course = queries.courses_visible_to(cast["officer"]).get()
    as_role("officer").post(reverse("training:add_day", args=[course.pk]), {
        "on": day.isoformat(), "begins": "10:00", "ends": "12:00", "place": "온라인",
    })  # fmt: skip
    as_role("officer").post(reverse("training:publish", args=[course.pk]))
    as_role("supplier").post(
        reverse("training:register", args=[course.pk]), {"organisation": cast.supplier.pk}
    )

    assert Seat.objects.get().stage == SeatStage.SEATED
    answer = as_role("officer").get(reverse("training:participants", args=[course.pk]))
    assert answer["Content-Type"].endswith("sheet")
