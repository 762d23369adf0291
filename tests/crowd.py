"""A fair with a crowd: as many organisations and wishes as wanted, for tests and benchmarks."""

import random
from datetime import date, datetime, time

from dure.apps.fairs.models import Absence, Fair, Level, Pair, Registration, Side, Wish
from dure.apps.fairs.operations import Day, HallPlan, plan, release, set_up_fair
from dure.apps.fairs.queries import draft_timetable, meeting_slots
from dure.apps.fairs.stages import FairStage, RegistrationStage
from dure.apps.jobs.models import Job
from dure.apps.jobs.operations import Progress
from dure.apps.people.models import Organisation, User

# How likely one is absent from a slot; with this little time in common a plan takes a while.
CHANCES = {Side.DEMAND: 0.5, Side.SUPPLY: 0.6}


def crowded_fair(
    demands: int, supplies: int, requests: int, *, officer: User, at: datetime
) -> tuple[Fair, list[Registration]]:
    """A fair of twelve slots at which everybody has said whom they want to meet."""
    fair = set_up_fair(
        values={"name": "기술협력 박람회", "place": "세종"},
        days=[Day(date(2026, 12, 3), time(9), time(15), 30)],
        halls=[HallPlan("1관", demands)],
        spare_percent=0,
        by=officer,
    )
    registrations = register(fair, demands, supplies, officer=officer, at=at)
    seed = random.Random(2023)
    pairs = Pair.objects.bulk_create(
        Pair(
            fair=fair,
            demand=registrations[place // supplies],
            supply=registrations[demands + place % supplies],
        )
        for place in seed.sample(range(demands * supplies), requests)
    )
    Wish.objects.bulk_create(
        Wish(
            pair=pair, side=side, level=seed.choice((Level.MUST, Level.MEET)),
            answered_by=officer, answered_at=at,
        )
        for pair in pairs
        for side in seed.choice((["DEMAND"], ["SUPPLY"], ["DEMAND", "SUPPLY"]))
    )  # fmt: skip
    fair.stage = FairStage.PLANNING
    fair.save()
    return fair, registrations


def register(
    fair: Fair, demands: int, supplies: int, *, officer: User, at: datetime
) -> list[Registration]:
    """New organisations and their approved registrations, the demand side first."""
    organisations = Organisation.objects.bulk_create(
        Organisation(
            business_number=f"{9_000_000_000 + n}", name=f"기관 {n}",
            kind="LARGE" if n < demands else "SME", verified_at=at, verified_by=officer,
        )
        for n in range(demands + supplies)
    )  # fmt: skip
    return Registration.objects.bulk_create(
        Registration(
            fair=fair, organisation=organisation, side=Side.DEMAND if n < demands else Side.SUPPLY,
            stage=RegistrationStage.APPROVED, applied_by=officer, applied_at=at,
            answered_by=officer, answered_at=at,
        )
        for n, organisation in enumerate(organisations)
    )  # fmt: skip


def be_absent(fair: Fair, registrations: list[Registration]) -> None:
    """Let everybody be away from many slots, the same on every run."""
    seed, slots = random.Random(7), list(meeting_slots(fair))
    Absence.objects.bulk_create(
        Absence(registration=registration, slot=slot)
        for registration in registrations
        for slot in slots
        if seed.random() < CHANCES[registration.side]
    )


def plan_and_release(fair: Fair, *, officer: User, at: datetime) -> None:
    """Give the fair a released timetable."""
    job = Job.objects.create(kind="plan_fair", title="x", requested_by=officer)
    plan(fair=fair, is_near=False, by=officer, at=at, progress=Progress(job))
    release(timetable=draft_timetable(fair), by=officer, at=at)
    fair.refresh_from_db()
