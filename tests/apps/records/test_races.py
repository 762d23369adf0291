"""Several who record at once: one order without gaps, nobody waits for ever, a kill leaves nothing half."""

import multiprocessing
import os
import signal
import time

import pytest
from django.db import connection, connections, transaction

from dure.apps.people.models import Organisation
from dure.apps.records.adapter import faults
from dure.apps.records.models import Entry, Place
from dure.apps.records.operations import NewRecord, record, record_all, seal
from tests.apps.records.conftest import TEST
from tests.conftest import NOON

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.slow]
WRITERS, EACH = 4, 15


def act(pk, about):
    """Something is done to an organisation, and recorded in the same transaction."""
    with transaction.atomic():
        organisation = Organisation.objects.select_for_update().get(pk=pk)
        record(kind=TEST, about=about, content={}, parties=[organisation], by=None, at=NOON)
        organisation.summary = about
        organisation.save(update_fields=["summary"])


def write(name, organisations, times):
    connection.connect()
    for n in range(times):
        # In another order than the others: who took the record's lock early would wait in a circle.
        for pk in organisations if n % 2 else reversed(organisations):
            act(pk, f"{name}:{n}")


def forked(*arguments):
    connections.close_all()
    return multiprocessing.get_context("fork").Process(target=write, args=arguments)


def test_writers_get_one_order_without_gaps(cast):
    both = [cast.buyer.pk, cast.supplier.pk]
    writers = [forked(f"w{n}", both, EACH) for n in range(WRITERS)]
    for writer in writers:
        writer.start()
    for _ in range(5):
        seal(at=NOON)
        time.sleep(0.1)
    for writer in writers:
        writer.join(60)

    assert [writer.exitcode for writer in writers] == [0] * WRITERS
    indexes = list(Place.objects.order_by("index").values_list("index", flat=True))
    assert indexes == list(range(WRITERS * EACH * 2 + 1))
    seal(at=NOON)
    assert list(faults()) == []


def test_who_is_killed_leaves_neither_act_nor_entry_alone(cast):
    pk = cast.buyer.pk
    writer = forked("killed", [pk], 10_000)
    writer.start()
    while Entry.objects.count() < 20 and writer.is_alive():
        time.sleep(0.01)
    os.kill(writer.pid, signal.SIGKILL)
    writer.join()

    with connection.cursor() as cursor:  # its last transaction ends when the server notices
        cursor.execute("SELECT pg_advisory_lock(1606202618), pg_advisory_unlock(1606202618)")
    last = Place.objects.select_related("entry").order_by("-index").first()
    assert Organisation.objects.get(pk=pk).summary == last.entry.about
    assert Entry.objects.filter(place=None).count() == 0
    seal(at=NOON)
    assert list(faults()) == []


def test_what_one_act_records_gets_its_places_at_once_and_in_order(cast):
    with transaction.atomic():
        made = record_all(
            [NewRecord(TEST, f"test:{n}", {"n": n}) for n in range(50)], by=None, at=NOON
        )
        made += [record(kind=TEST, about="test:50", content={}, by=None, at=NOON)]
        assert not Place.objects.exists()

    places = Place.objects.exclude(index=0).order_by("index")
    assert list(places.values_list("entry", flat=True)) == [entry.pk for entry in made]
    assert [entry.about for entry in made] == [f"test:{n}" for n in range(51)]
    assert list(places.values_list("index", flat=True)) == list(range(1, 52))
