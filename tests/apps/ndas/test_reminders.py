"""Reminders of agreements: on which day, to whom, and once."""

import threading
import time
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from django.db import OperationalError, connection, connections, transaction
from django.utils import translation

from dure.apps.ndas.models import NamedPerson, Reminder
from dure.apps.ndas.notices import nda_reminder
from dure.apps.ndas.operations import remind
from dure.apps.ndas.stages import NdaStage
from dure.apps.notices.models import Notice
from dure.apps.notices.operations import take_for_digest
from dure.apps.notices.presenters import digest, sentence
from dure.apps.people.models import Membership, MembershipStage
from tests.apps.ndas.conftest import colleague_of, signed

SEOUL = ZoneInfo("Asia/Seoul")


def kst(month, day, hour=0, minute=0):
    return datetime(2027, month, day, hour, minute, tzinfo=SEOUL)


# Its last day is 28 February 2027.
TIMES = {"answered_at": kst(1, 2, 10), "ends_at": kst(3, 1), "return_on": kst(3, 30).date()}


@pytest.fixture
def nda(cast, teaser):
    return signed(cast, teaser, **TIMES)


def marks():
    return list(Reminder.objects.order_by("pk").values_list("mark", flat=True))


def told(person):
    return Notice.objects.filter(recipient=person, kind=nda_reminder.code).count()


@pytest.mark.parametrize(
    ("at", "expected"),
    [
        (kst(1, 28, 23, 59), []),
        (kst(1, 29), [30]),
        (kst(2, 20, 23, 59), [30]),
        (kst(2, 21), [7]),
        (kst(2, 28, 23, 59), [7]),
        (kst(3, 1), [-1]),
        (kst(3, 20), [-1]),
        (kst(8, 20), [-1]),
    ],
)
def test_days_begin_at_midnight_in_seoul_and_only_the_last_round_matters(nda, at, expected):
    assert remind(at=at) == len(expected)
    assert marks() == expected


def test_day_by_day_everybody_concerned_is_told_once_each_round(cast, nda):
    reader = colleague_of(cast, "supplier", "reader")
    NamedPerson.objects.create(nda=nda, user=reader, email=reader.email)
    colleague = colleague_of(cast, "supplier", "colleague")

    days = [kst(1, 20, 7, 30) + timedelta(days=number) for number in range(70)]
    rounds = [day.date() for day in days for _ in range(remind(at=day) + remind(at=day))]

    assert rounds == [kst(1, 29).date(), kst(2, 21).date(), kst(3, 1).date()]
    assert marks() == [30, 7, -1]
    assert [told(cast[role]) for role in ("manager", "supplier", "member", "rival")] == [3, 3, 0, 0]
    assert told(reader) == 1  # a named person, when it is over
    assert told(colleague) == 0


def test_who_left_is_not_told(cast, nda):
    Membership.objects.filter(user=cast["supplier"]).update(stage=MembershipStage.ENDED)

    remind(at=kst(3, 1))

    assert told(cast["supplier"]) == 0
    assert told(cast["manager"]) == 1


def test_what_was_ended_early_is_told_on_the_day_after(cast, teaser):
    ended = {"stage": NdaStage.ENDED, "ended_at": kst(2, 10, 15), "ended_by": cast["supplier"]}
    signed(cast, teaser, **TIMES, **ended)

    assert remind(at=kst(2, 10, 23, 59)) == 0
    assert remind(at=kst(2, 11)) == 1
    assert remind(at=kst(3, 1)) == 0
    assert marks() == [-1]


def test_a_round_that_was_over_when_they_signed_is_left_out(cast, teaser):
    signed(cast, teaser, **{**TIMES, "answered_at": kst(2, 10, 9)})

    assert remind(at=kst(2, 11)) == 0
    assert remind(at=kst(2, 21)) == 1
    assert marks() == [7]


@pytest.mark.parametrize(
    "values",
    [
        {"stage": NdaStage.ASKED},
        {"stage": NdaStage.REFUSED},
        {"stage": NdaStage.WITHDRAWN},
        {
            "returned_as": "DESTROYED",
            "return_how": "모두 지웠습니다",
            "return_confirmed_at": kst(3, 1),
        },
    ],
)
def test_nobody_is_reminded_of_what_was_never_in_force_or_is_settled(cast, teaser, values):
    if "returned_as" in values:
        values = {**values, "return_confirmed_by": cast["supplier"]}
    signed(cast, teaser, **TIMES, **values)

    assert remind(at=kst(3, 2)) == 0
    assert not Notice.objects.filter(kind=nda_reminder.code).exists()


def test_each_side_reads_what_it_has_to_do(cast, nda):
    remind(at=kst(2, 21))
    remind(at=kst(3, 1))

    def said(role):
        notices = Notice.objects.filter(recipient=cast[role], kind=nda_reminder.code)
        with translation.override("en"):
            return [sentence(notice) for notice in notices.order_by("pk")]

    assert said("supplier") == [
        "The agreement with 한빛중공업 on “냉각 설비” runs out after 2027-02-28.",
        "The agreement with 한빛중공업 on “냉각 설비” is over: give back or destroy what you received by 2027-03-30.",
    ]
    assert said("manager") == [
        "The agreement with 열림테크 on “냉각 설비” runs out after 2027-02-28.",
        "The agreement on “냉각 설비” is over: 열림테크 gives back or destroys what it received by 2027-03-30.",
    ]


def test_the_daily_email_brings_it(cast, nda):
    remind(at=kst(3, 1, 7, 30))

    taken = take_for_digest(user=cast["supplier"], at=kst(3, 1, 8))

    assert "2027-03-30까지" in digest(cast["supplier"], taken).body


def in_threads(*works):
    """Run them at once, each with a connection of its own."""

    def run(work):
        try:
            work()
        finally:
            connection.close()

    threads = [threading.Thread(target=run, args=[work]) for work in works]
    for thread in threads:
        thread.start()
    return threads


@pytest.mark.django_db(transaction=True)
def test_two_workers_at_once_tell_once(cast, nda):
    together, counts = threading.Barrier(2), []

    def work():
        together.wait()
        counts.append(remind(at=kst(3, 1)))

    for thread in in_threads(work, work):
        thread.join()

    assert sorted(counts) == [0, 1]
    assert marks() == [-1]
    assert told(cast["supplier"]) == told(cast["manager"]) == 1


def waiting_one_is_killed(cursor):
    """Kill the connection that waits to write notices; true when there was one."""
    cursor.execute("SELECT pg_stat_clear_snapshot()")
    cursor.execute(
        "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE wait_event_type = 'Lock'"
        " AND query LIKE 'INSERT INTO \"notices_notice\"%' AND datname = current_database()"
    )
    return cursor.fetchone() is not None


@pytest.mark.django_db(transaction=True)
def test_what_a_worker_that_died_left_undone_is_told_by_the_next(cast, nda):
    failures = []

    def work():
        try:
            remind(at=kst(3, 1))
        except OperationalError as error:
            failures.append(error)
            connections["default"].connection = None

    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("LOCK TABLE notices_notice IN EXCLUSIVE MODE")
        [thread] = in_threads(work)
        until = time.monotonic() + 20
        while not waiting_one_is_killed(
            cursor
        ):  # as soon as it waits to write the notices, it dies
            assert time.monotonic() < until
            time.sleep(0.05)
        thread.join()

    assert len(failures) == 1
    assert marks() == []
    assert remind(at=kst(3, 1)) == 1
    assert told(cast["supplier"]) == told(cast["manager"]) == 1
