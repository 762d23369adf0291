"""A room at a place is booked once for each time, whoever asks first; the database sees to it."""

import threading
from datetime import timedelta

import pytest
from django.db import IntegrityError, connection
from django.urls import reverse
from django.utils import timezone

from dure.apps.rooms.models import Booking
from dure.apps.rooms.operations import book, cancel
from dure.apps.rooms.reasons import Reason
from dure.foundation.verdict import Refused

pytestmark = pytest.mark.django_db


def booked(cast, *, who="supplier", firm=None, hours=0, length=2, place="busan"):
    now = timezone.now()
    begins = now + timedelta(days=1, hours=hours)
    return book(
        place=place, organisation=firm or cast.supplier, title="첫 만남", starts_at=begins,
        ends_at=begins + timedelta(hours=length), by=cast[who], at=now,
    )  # fmt: skip


def why(act, *arguments, **named):
    with pytest.raises(Refused) as raised:
        act(*arguments, **named)
    return raised.value.reason


def test_the_same_time_is_refused_and_the_next_one_not(cast):
    first = booked(cast)
    assert why(booked, cast, who="rival", firm=cast.rival, hours=1) == Reason.TAKEN
    booked(cast, who="rival", firm=cast.rival, hours=1, place="seoul")
    booked(cast, who="rival", firm=cast.rival, hours=2.1)

    cancel(booking=first, by=cast["supplier"], at=timezone.now())
    booked(cast, who="rival", firm=cast.rival, hours=0, length=1)


def test_raw_sql_overlaps_no_more_than_a_form(cast):
    made = booked(cast)
    with (
        pytest.raises(IntegrityError, match="one_booking_at_a_time"),
        connection.cursor() as cursor,
    ):
        cursor.execute(
            """INSERT INTO rooms_booking (place, title, during, stage, created_at, created_by_id,
                 organisation_id)
               SELECT place, title, during, stage, created_at, created_by_id, organisation_id
               FROM rooms_booking WHERE id = %s""",
            [made.pk],
        )


@pytest.mark.parametrize(
    ("change", "reason"),
    [
        ({"length": 0}, Reason.TIME_WRONG),
        ({"length": 9}, Reason.TIME_WRONG),
        ({"hours": -48}, Reason.IN_THE_PAST),
        ({"place": "jeju"}, Reason.UNKNOWN_PLACE),
        ({"who": "rival"}, Reason.NOT_VERIFIED),
    ],
)
def test_what_cannot_be_booked(cast, change, reason):
    assert why(booked, cast, **change) == reason


def test_bookings_on_pages(as_role, cast):
    client = as_role("supplier")
    day = (timezone.localdate() + timedelta(days=2)).isoformat()
    form = {
        "place": "daejeon", "day": day, "begins": "10:00", "ends": "12:00", "title": "시제품 시연",
        "organisation": cast.supplier.pk,
    }  # fmt: skip
    assert client.post(reverse("rooms:book"), form).status_code == 302
    assert client.post(reverse("rooms:book"), form | {"begins": "11:00"}).status_code == 422
    booking = Booking.objects.get()
    page = client.get(reverse("rooms:bookings")).content.decode()
    assert "시제품 시연" in page
    assert "Fair meeting room Daejeon" in page
    others = as_role("rival").get(reverse("rooms:bookings")).content.decode()
    assert "시제품 시연" not in others
    assert "Fair meeting room Daejeon" in others  # taken, not by whom
    assert "시제품 시연" in as_role("officer").get(reverse("rooms:bookings")).content.decode()
    as_role("rival").post(reverse("rooms:cancel", args=[booking.pk]))
    booking.refresh_from_db()
    assert booking.stage == "BOOKED"
    as_role("supplier").post(reverse("rooms:cancel", args=[booking.pk]))
    booking.refresh_from_db()
    assert booking.stage == "CANCELLED"


@pytest.mark.django_db(transaction=True)
def test_of_eight_who_ask_at_once_one_gets_it(cast):
    begins = timezone.now() + timedelta(days=1)
    answers = []

    def ask():
        try:
            book(
                place="seoul", organisation=cast.supplier, title="동시", starts_at=begins,
                ends_at=begins + timedelta(hours=1), by=cast["supplier"], at=timezone.now(),
            )  # fmt: skip
            answers.append("booked")
        except Refused as refused:
            answers.append(refused.reason)
        finally:
            connection.close()

    threads = [threading.Thread(target=ask) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(60)
    assert sorted(map(str, answers)) == ["TAKEN"] * 7 + ["booked"]
