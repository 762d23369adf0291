"""Two hundred hand-overs at once, and a kill in the middle: no act without its entry, no entry without act."""

import multiprocessing
import os
import signal
import time

import pytest
from django.db import connection, connections
from django.utils import timezone

from dure.apps.ndas.models import Exchange
from dure.apps.people.models import User
from dure.apps.records.adapter import faults
from dure.apps.records.models import Entry, Place
from dure.apps.records.operations import seal
from dure.apps.rooms.models import Item, Room
from dure.apps.rooms.operations import NewItem, enter

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.slow]
WRITERS, EACH = 8, 25


def hand_over(room_pk, user_pk, times):
    """Hand over again and again, as one side, in a process of its own."""
    connection.connect()
    room, user = Room.objects.get(pk=room_pk), User.objects.get(pk=user_pk)
    for n in range(times):
        item = NewItem(
            kind="HAND_OVER", way="MEETING", text=f"견본 {n}", purpose="시험",
            said_on=timezone.localdate(),
        )  # fmt: skip
        enter(room=room, item=item, by=user, at=timezone.now())


def forked(*arguments):
    connections.close_all()
    return multiprocessing.get_context("fork").Process(target=hand_over, args=arguments)


def assert_whole(room):
    """Every line has its entry and every entry its line, and the record holds."""
    sealed_lines = Entry.objects.filter(about=f"room:{room.pk}", kind="ROOM_ENTERED").count()
    assert Item.objects.count() == Exchange.objects.count() == sealed_lines
    indexes = list(Place.objects.order_by("index").values_list("index", flat=True))
    assert indexes == list(range(len(indexes)))
    assert Entry.objects.filter(place=None).count() == 0
    seal(at=timezone.now())
    assert list(faults()) == []


def test_two_hundred_hand_overs_at_once(cast):
    room = cast.room()
    writers = [
        forked(room.pk, cast[("supplier", "member")[n % 2]].pk, EACH) for n in range(WRITERS)
    ]
    for writer in writers:
        writer.start()
    for writer in writers:
        writer.join(240)
    assert [writer.exitcode for writer in writers] == [0] * WRITERS
    assert Item.objects.count() == WRITERS * EACH
    assert_whole(room)


def test_who_is_killed_leaves_neither_line_nor_entry_alone(cast):
    room = cast.room()
    writer = forked(room.pk, cast["supplier"].pk, 10_000)
    writer.start()
    deadline = time.monotonic() + 120
    while Item.objects.count() < 10 and writer.is_alive() and time.monotonic() < deadline:
        time.sleep(0.01)
    os.kill(writer.pid, signal.SIGKILL)
    writer.join()
    with connection.cursor() as cursor:  # its last transaction ends when the server notices
        cursor.execute("SELECT pg_advisory_lock(1606202618), pg_advisory_unlock(1606202618)")
    assert Item.objects.count() >= 10
    assert_whole(room)
