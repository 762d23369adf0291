"""Two at once, five hundred at once, and a process that is killed while it counts."""

import os
import signal
import subprocess
import sys
import threading
from concurrent.futures import ThreadPoolExecutor

import pytest
from django.conf import settings
from django.db import connection, transaction

from dure.apps.councils import operations
from dure.apps.councils.kinds import councils
from dure.apps.councils.models import Ballot, CountedBallot, Elector
from dure.foundation.verdict import Refused
from tests.cast import make_cast
from tests.conftest import NOON
from tests.processes import database_url, wait_until

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.slow]

COUNT = """
from datetime import datetime, UTC
import django
django.setup()
from dure.apps.councils import operations
from dure.apps.councils.models import Vote
from dure.apps.people.models import User
operations.close(
    vote=Vote.objects.get(), by=User.objects.get(name="officer"), at=datetime.now(UTC)
)
"""


def cast_one(elector, option):
    try:
        operations.cast(
            elector=elector, option=option, code=operations.fresh_code(),
            by=elector.voter.user, at=NOON,
        )  # fmt: skip
    except Refused as refusal:
        return refusal.reason.value
    finally:
        connection.close()
    return "done"


def electors_of(vote):
    return list(vote.electors.select_related("voter__user").order_by("pk"))


def test_of_two_votes_at_once_by_one_member_one_counts():
    vote = make_cast().general_meeting(5)
    elector = electors_of(vote)[0]
    with ThreadPoolExecutor(2) as pool:
        outcomes = sorted(pool.map(lambda option: cast_one(elector, option), ["yes", "no"]))

    assert outcomes == ["VOTED_ALREADY", "done"]
    assert Ballot.objects.count() == 1


def test_who_votes_while_it_is_counted_is_counted_or_told_no():
    cast = make_cast()
    vote = cast.general_meeting(8)
    electors, outcomes = electors_of(vote), []
    ready = threading.Barrier(9)

    def count():
        ready.wait()
        operations.close(vote=vote, by=cast["officer"], at=NOON)
        connection.close()

    def voting(elector):
        ready.wait()
        outcomes.append(cast_one(elector, "yes"))

    threads = [threading.Thread(target=count)]
    threads += [threading.Thread(target=voting, args=[elector]) for elector in electors]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert set(outcomes) <= {"done", "VOTE_CLOSED"}
    assert CountedBallot.objects.count() == outcomes.count("done")
    assert Elector.objects.filter(has_voted=True).count() == outcomes.count("done")
    assert not Ballot.objects.exists()


def test_five_hundred_members_vote_at_once_and_all_are_counted():
    cast = make_cast()
    vote = cast.general_meeting(500)
    options = ["yes" if n % 5 else "no" for n in range(500)]
    with ThreadPoolExecutor(8) as pool:
        outcomes = set(pool.map(cast_one, electors_of(vote), options))

    vote = operations.close(vote=vote, by=cast["officer"], at=NOON)

    assert outcomes == {"done"}
    assert vote.counts == {"yes": 400, "no": 100, "abstain": 0}
    assert (vote.present, vote.option) == (500, "yes")


def test_killed_while_it_counts_it_has_not_counted_and_counts_again():
    cast = make_cast()
    vote = cast.general_meeting(6)
    for elector in electors_of(vote):
        cast_one(elector, "yes")
    with transaction.atomic():
        with connection.cursor() as cursor:
            cursor.execute("LOCK TABLE councils_countedballot IN EXCLUSIVE MODE")
        process = subprocess.Popen(
            [sys.executable, "-c", COUNT],
            env={
                **os.environ,
                "DATABASE_URL": database_url(),
                "DURE_KEYS": str(settings.DURE_KEYS),
                "DJANGO_SETTINGS_MODULE": "dure.config.settings",
            },
        )
        try:
            wait_until(_counting_waits)
        finally:
            process.send_signal(signal.SIGKILL)
            process.wait()
    wait_until(lambda: not _counting_waits())
    vote.refresh_from_db()
    assert (vote.stage, Ballot.objects.count()) == ("OPEN", 6)
    assert not CountedBallot.objects.exists()

    vote = operations.close(vote=vote, by=cast["officer"], at=NOON)

    assert vote.counts["yes"] == 6
    assert councils()["general-meeting"].called(vote.option)


def _counting_waits():
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT count(*) FROM pg_locks WHERE NOT granted"
            " AND relation = 'councils_countedballot'::regclass"
        )
        return cursor.fetchone()[0] > 0
