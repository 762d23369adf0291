"""A real worker, killed while it plans: what was released stands, and the plan is made after all."""

import pytest
from django.db import connection
from django.urls import reverse

from dure.apps.consultations.queries import feed_of
from dure.apps.fairs.models import (
    Meeting,
    Timetable,
    Unplaced,
)
from dure.apps.fairs.operations import ask_plan
from dure.apps.fairs.queries import draft_timetable
from dure.apps.fairs.stages import TimetableStage
from dure.apps.jobs.models import JobStage
from tests.cast import make_cast
from tests.conftest import NOON
from tests.crowd import be_absent, crowded_fair, plan_and_release
from tests.processes import database_url, dure, has_come_to, has_ended, kill, wait_until

DEMANDS, SUPPLIES, REQUESTS = 30, 90, 600
pytestmark = [pytest.mark.slow, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def officer():
    """Who plans."""
    return make_cast()["officer"]


@pytest.fixture
def fair(officer):
    """A fair with a released timetable; then everybody says that they are often absent.

    With little time in common a new plan takes the engine half a second, so that it has a middle.
    """
    fair, registrations = crowded_fair(DEMANDS, SUPPLIES, REQUESTS, officer=officer, at=NOON)
    plan_and_release(fair, officer=officer, at=NOON)
    be_absent(fair, registrations)
    return fair


def released(fair):
    """Every byte of the version that participants see, with when PostgreSQL last wrote it."""
    version = Timetable.objects.get(fair=fair, stage=TimetableStage.RELEASED).pk
    rows = []
    with connection.cursor() as cursor:
        for table, key in (
            ("timetable", "id"),
            ("meeting", "timetable_id"),
            ("unplaced", "timetable_id"),
        ):
            cursor.execute(
                f"SELECT *, xmin::text FROM fairs_{table} WHERE {key} = {version} ORDER BY id"
            )
            rows.append(cursor.fetchall())
    return rows


def agendas(client, fair):
    """Every byte of everybody's calendar."""
    return {
        registration.pk: client.get(
            reverse("consultations:feed", args=[feed_of(registration)])
        ).content
        for registration in fair.registrations.all()
    }


def counts():
    """How much there is of what a plan writes."""
    return [kind.objects.count() for kind in (Timetable, Meeting, Unplaced)]


def waits_for_a_lock():
    """True when some process is held up in the database by us."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM pg_stat_activity WHERE wait_event_type = 'Lock'")
        return cursor.fetchone()[0] > 0


def in_the_solver(job):
    """Kill a worker while the engine is at work."""
    with dure("worker", DATABASE_URL=database_url()) as worker:
        wait_until(lambda: has_come_to(job, "Making the timetable", 0))
        kill(worker)


def with_half_a_draft_written(job):
    """Kill a worker when it has written the meetings of the draft, but not what has no place."""
    ours = connection.copy()
    with dure("worker", DATABASE_URL=database_url()) as worker, ours.cursor() as cursor:
        cursor.execute("BEGIN")
        cursor.execute("LOCK TABLE fairs_unplaced IN SHARE MODE")
        wait_until(lambda: has_come_to(job, "Saving", 0) and waits_for_a_lock())
        kill(worker)
        cursor.execute("ROLLBACK")
    ours.close()
    wait_until(lambda: not waits_for_a_lock())


@pytest.mark.parametrize("killed", [in_the_solver, with_half_a_draft_written])
def test_what_was_released_stands_when_the_planner_is_killed(
    killed, client, fair, officer, tmp_path, monkeypatch
):
    monkeypatch.setenv("DURE_HOME", str(tmp_path))
    before, written, seen = released(fair), counts(), agendas(client, fair)
    assert sum(calendar.count(b"BEGIN:VEVENT") for calendar in seen.values()) > 400

    job = ask_plan(fair=fair, is_near=False, by=officer, at=NOON)
    killed(job)
    job.refresh_from_db()

    assert (job.stage, job.attempts) == (JobStage.RUNNING, 1)
    assert counts() == written
    assert draft_timetable(fair) is None
    assert released(fair) == before
    assert agendas(client, fair) == seen

    with dure("worker", DATABASE_URL=database_url()):
        wait_until(lambda: has_ended(job))

    assert (job.stage, job.attempts) == (JobStage.DONE, 2)
    draft = draft_timetable(fair)
    assert (draft.pk, draft.number) == (job.result["timetable"], 2)
    assert draft.meetings.count() == job.result["meetings"] > 100
    assert Timetable.objects.filter(fair=fair, stage=TimetableStage.DRAFT).count() == 1
    assert released(fair) == before
