"""Many at once, and some of them killed: nothing is posted twice, by halves or beyond what is there."""

import os
import signal
import subprocess
import sys
import threading
import time

import pytest
from django.conf import settings
from django.db import connection

from dure.apps.ledger.adapter import faults
from dure.apps.ledger.models import Account, Entry, Line, Seal
from dure.apps.ledger.operations import seal
from dure.config.env import ROOT
from dure.foundation.verdict import Refused
from tests.apps.ledger.conftest import CASH, OTHER, THIRD, entry, posted
from tests.conftest import NOON
from tests.processes import database_url

pytestmark = pytest.mark.django_db(transaction=True)

WRITER = """
import django, itertools, sys
django.setup()
from tests.apps.ledger.conftest import CASH, OTHER, THIRD, entry, posted
from tests.conftest import NOON
for n in itertools.count():
    posted(entry(f"{sys.argv[1]}/{n}/in", 3), entry(f"{sys.argv[1]}/{n}/out", 2, to=THIRD, source=CASH), at=NOON)
    print(n, flush=True)
"""


def at_once(*doings):
    """What becomes of things that are done at the same moment."""
    ready, outcomes = threading.Barrier(len(doings)), []

    def run(doing):
        try:
            ready.wait()
            doing()
            outcomes.append("done")
        except Refused as refusal:
            outcomes.append(refusal.reason.value)
        finally:
            connection.close()

    threads = [threading.Thread(target=run, args=[doing]) for doing in doings]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return sorted(outcomes)


def test_of_two_who_spend_the_same_money_one_does():
    posted(entry("in", 100))

    outcomes = at_once(
        *(lambda key=key: posted(entry(key, 60, to=THIRD, source=CASH)) for key in ("a", "b"))
    )

    assert outcomes == ["OVERDRAWN", "done"]
    assert Account.objects.get(kind="TEST_CASH").balance == 40


def test_same_act_ten_times_at_once_is_posted_once():
    outcomes = at_once(*(lambda: posted(entry("once", 100)) for _ in range(10)))

    assert outcomes == ["done"] * 10
    assert (Entry.objects.count(), Line.objects.count()) == (1, 2)


def test_accounts_in_any_order_never_wait_for_each_other():
    names = [CASH, OTHER, THIRD]
    posted(entry("in", 10_000))
    pairs = [(a, b) for a in names for b in names if a != b]

    outcomes = at_once(
        *(
            lambda n=n, pair=pair: posted(entry(f"{n}", 1, to=pair[0], source=pair[1]))
            for n, pair in enumerate(pairs * 3)
        )
    )

    assert outcomes == ["done"] * 18
    assert list(faults()) == []


def test_seals_are_over_a_ledger_that_stands_still():
    doings = [lambda n=n: posted(entry(f"{n}", n + 1)) for n in range(12)]
    doings += [lambda: seal(at=NOON)] * 4

    assert at_once(*doings) == ["done"] * 16
    seal(at=NOON)
    assert Seal.objects.order_by("-number").first().entry_count == 12
    assert list(faults()) == []


def test_writers_killed_in_the_middle_leave_whole_entries():
    env = os.environ | {
        "DATABASE_URL": database_url(),
        "DJANGO_SETTINGS_MODULE": "dure.config.settings",
        "DURE_KEYS": settings.DURE_KEYS,
    }
    posted(entry("first"))  # the key and the accounts are there
    writers = [
        subprocess.Popen(
            [sys.executable, "-c", WRITER, name], env=env, cwd=ROOT, stdout=subprocess.PIPE
        )
        for name in ("x", "y", "z")
    ]
    for writer in writers:
        assert writer.stdout.readline()  # it has begun to post
    time.sleep(0.5)
    for writer in writers:
        writer.send_signal(signal.SIGKILL)
        writer.wait()
        writer.stdout.close()

    seal(at=NOON)

    assert Entry.objects.count() > 6
    assert (
        Entry.objects.filter(key__endswith="in").count()
        == Entry.objects.filter(key__endswith="out").count()
    )
    assert list(faults()) == []
