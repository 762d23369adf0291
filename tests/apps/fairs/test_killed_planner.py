"""A real worker, killed while it plans: what was released stands, and the plan is made after all."""

import random
from datetime import date, time

import pytest
from django.db import connection
from django.urls import reverse

from dure.apps.fairs.models import (
    Absence,
    Level,
    Meeting,
    Pair,
    Registration,
    Side,
    Timetable,
    Unplaced,
    Wish,
)
from dure.apps.fairs.operations import Day, HallPlan, ask_plan, plan, release, set_up_fair
from dure.apps.fairs.queries import draft_timetable, meeting_slots
from dure.apps.fairs.queries.day import feed_of
from dure.apps.fairs.stages import FairStage, RegistrationStage, TimetableStage
from dure.apps.jobs.models import Job, JobStage, Step
from dure.apps.jobs.operations import Progress
from dure.apps.people.models import Organisation
from tests.cast import make_cast
from tests.conftest import NOON
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
    fair = set_up_fair(
        values={"name": "기술협력 박람회", "place": "세종"},
        days=[Day(date(2026, 12, 3), time(9), time(15), 30)],
        halls=[HallPlan("1관", DEMANDS)],
        spare_percent=0,
        by=officer,
    )
    registrations = _register(fair, officer)
    _wish(fair, registrations, officer)
    fair.stage = FairStage.PLANNING
    fair.save()
    job = Job.objects.create(kind="plan_fair", title="x", asked_by=officer)
    plan(fair=fair, is_near=False, by=officer, at=NOON, progress=Progress(job))
    release(timetable=draft_timetable(fair), by=officer, at=NOON)
    fair.refresh_from_db()
    _be_absent(fair, registrations)
    return fair


def _register(fair, officer):
    organisations = Organisation.objects.bulk_create(
        Organisation(
            business_number=f"{9_000_000_000 + n}", name=f"기관 {n}",
            kind="LARGE" if n < DEMANDS else "SME", verified_at=NOON, verified_by=officer,
        )
        for n in range(DEMANDS + SUPPLIES)
    )  # fmt: skip
    return Registration.objects.bulk_create(
        Registration(
            fair=fair, organisation=organisation, side=Side.DEMAND if n < DEMANDS else Side.SUPPLY,
            stage=RegistrationStage.APPROVED, applied_by=officer, applied_at=NOON,
            answered_by=officer, answered_at=NOON,
        )
        for n, organisation in enumerate(organisations)
    )  # fmt: skip


def _wish(fair, registrations, officer):
    seed = random.Random(2023)
    places = seed.sample(range(DEMANDS * SUPPLIES), REQUESTS)
    pairs = Pair.objects.bulk_create(
        Pair(
            fair=fair,
            demand=registrations[place // SUPPLIES],
            supply=registrations[DEMANDS + place % SUPPLIES],
        )
        for place in places
    )
    levels = (Level.MUST, Level.MEET)
    Wish.objects.bulk_create(
        Wish(
            pair=pair, side=side, level=seed.choice(levels), answered_by=officer, answered_at=NOON
        )
        for pair in pairs
        for side in seed.choice((["DEMAND"], ["SUPPLY"], ["DEMAND", "SUPPLY"]))
    )  # fmt: skip


def _be_absent(fair, registrations):
    seed = random.Random(7)
    slots = list(meeting_slots(fair))
    Absence.objects.bulk_create(
        Absence(registration=registration, slot=slot)
        for registration in registrations
        for slot in slots
        if seed.random() < (0.5 if registration.side == Side.DEMAND else 0.6)
    )


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
        one.pk: client.get(reverse("fairs:feed", args=[feed_of(one)])).content
        for one in fair.registrations.all()
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
        wait_until(lambda: has_come_to(job, Step.PLAN, 0))
        kill(worker)


def with_half_a_draft_written(job):
    """Kill a worker when it has written the meetings of the draft, but not what has no place."""
    ours = connection.copy()
    with dure("worker", DATABASE_URL=database_url()) as worker, ours.cursor() as cursor:
        cursor.execute("BEGIN")
        cursor.execute("LOCK TABLE fairs_unplaced IN SHARE MODE")
        wait_until(lambda: has_come_to(job, Step.SAVE, 0) and waits_for_a_lock())
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
