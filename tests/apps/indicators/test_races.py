"""Two people at once on one figure, and a process that is killed while it releases a report."""

import os
import signal
import subprocess
import sys

import pytest
from django.conf import settings
from django.db import connection, transaction

from dure.apps.indicators import operations
from dure.apps.indicators.models import Revision
from tests.at_once import at_once
from tests.conftest import NOON
from tests.processes import database_url, wait_until

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.slow]

RELEASE = """
from datetime import datetime, UTC
import django
django.setup()
from dure.apps.indicators import operations
from dure.apps.indicators.models import Report
from dure.apps.people.models import User
operations.release_report(
    report=Report.objects.get(), by=User.objects.get(name="officer2"), at=datetime.now(UTC)
)
"""


def test_of_two_who_confirm_at_the_same_moment_one_does(cast):
    draft = cast.drafted_figure()
    people = [cast["officer2"], cast.analyst()]

    outcomes = at_once(
        *(
            lambda person=person: operations.move(
                revision=draft, stage="CONFIRMED", by=person, at=NOON
            )
            for person in people
        )
    )

    assert outcomes == ["STAGE_CLOSED", "done"]
    assert Revision.objects.get(pk=draft.pk).confirmed_by in people


def test_killed_while_it_releases_a_report_is_a_draft_and_is_released_again(cast):
    cast.published_figure()
    report = operations.begin_report(plan=cast.small_plan(), year=2025, by=cast["officer"], at=NOON)
    for place in ("", "S1"):
        operations.write_block(report=report, place=place, text="글", by=cast["officer"], at=NOON)
    with transaction.atomic():
        with connection.cursor() as cursor:
            cursor.execute("LOCK TABLE indicators_reportevent IN EXCLUSIVE MODE")
        process = subprocess.Popen(
            [sys.executable, "-c", RELEASE],
            env={
                **os.environ,
                "DATABASE_URL": database_url(),
                "DURE_KEYS": str(settings.DURE_KEYS),
                "DJANGO_SETTINGS_MODULE": "dure.config.settings",
            },
        )
        try:
            wait_until(_history_waits)
        finally:
            process.send_signal(signal.SIGKILL)
            process.wait()
    wait_until(lambda: not _history_waits())
    report.refresh_from_db()
    assert (report.stage, report.figures) == ("DRAFT", {})

    report = operations.release_report(report=report, by=cast["officer2"], at=NOON)

    assert report.figures["factories 2025"] == "60"


def _history_waits():
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT count(*) FROM pg_locks WHERE NOT granted"
            " AND relation = 'indicators_reportevent'::regclass"
        )
        return cursor.fetchone()[0] > 0
