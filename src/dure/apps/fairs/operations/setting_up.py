"""A fair is set up, copied, changed, and moved through the stages of its life."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from itertools import pairwise
from typing import Any

from django.db import transaction
from django.db.models import ProtectedError
from django.utils.timezone import get_current_timezone, localdate

from dure.apps.fairs import permissions
from dure.apps.fairs.events import FairCopied, FairMoved
from dure.apps.fairs.models import DeskDuty, Fair, Hall, Slot, Table
from dure.apps.fairs.notices import fair_wishes
from dure.apps.fairs.operations.locks import lock_fair
from dure.apps.fairs.queries import meeting_slots, people_at, released_timetable
from dure.apps.fairs.reasons import Reason
from dure.apps.fairs.stages import FairStage
from dure.apps.notices.operations import tell
from dure.apps.people.models import User
from dure.foundation.announce import announce
from dure.foundation.verdict import Refused

SPARE_PERCENT = 15
COPIED = ("place", "place_en", "lead", "lead_en", "organiser", "most_musts")


@dataclass(frozen=True, slots=True)
class Pause:
    """A break in a day, such as lunch."""

    starts: time
    ends: time
    name: str = ""
    name_en: str = ""


@dataclass(frozen=True, slots=True)
class Day:
    """A day of a fair: when it is open, how long a slot lasts, and its breaks."""

    on: date
    opens: time
    closes: time
    slot_minutes: int = 20
    pauses: tuple[Pause, ...] = ()


@dataclass(frozen=True, slots=True)
class HallPlan:
    """A hall and how many tables stand in it."""

    name: str
    tables: int
    name_en: str = ""


@transaction.atomic
def set_up_fair(
    *,
    values: dict[str, Any],
    days: Sequence[Day],
    halls: Sequence[HallPlan],
    spare_percent: int = SPARE_PERCENT,
    by: User,
) -> Fair:
    """Make a fair as a draft; `values` are its fields by name. Raises Refused."""
    permissions.may_set_up(by).require()
    fair = Fair.objects.create(created_by=by, **values)
    _write_days(fair, days)
    _write_halls(fair, halls, spare_percent)
    return fair


@transaction.atomic
def copy_fair(*, fair: Fair, name: str, name_en: str = "", first_day: date, by: User) -> Fair:
    """Make a draft like an earlier fair, moved to begin on `first_day`; nobody is carried over.

    Slots, halls and tables are copied, at the same times of day and with the same days between;
    higher apps hear of it. Raises Refused.
    """
    permissions.may_set_up(by).require()
    copy = Fair.objects.create(
        name=name,
        name_en=name_en,
        copied_from=fair,
        created_by=by,
        **{field: getattr(fair, field) for field in COPIED},
    )
    slots = list(fair.slots.order_by("starts_at"))
    shift = timedelta()
    if slots:
        shift = first_day - localdate(slots[0].starts_at)
    halls = {}
    for hall in fair.halls.order_by("pk"):
        halls[hall.pk] = Hall.objects.create(fair=copy, name=hall.name, name_en=hall.name_en)
    Table.objects.bulk_create(
        Table(fair=copy, hall=halls[table.hall_id], number=table.number, is_spare=table.is_spare)
        for table in fair.tables.order_by("number")
    )
    for row in slots:
        row.pk, row.fair = None, copy
        row._state.adding = True  # noqa: SLF001 -- Django's way to copy a row
        row.starts_at += shift
        row.ends_at += shift
    Slot.objects.bulk_create(slots)
    new_halls = {old: hall.pk for old, hall in halls.items()}
    announce(FairCopied(copy.pk, fair.pk, shift, new_halls))
    return copy


@transaction.atomic
def edit_fair(*, fair: Fair, values: dict[str, Any], seen_at: datetime | None, by: User) -> Fair:
    """Change the words, deadlines and rules of a fair.

    `seen_at` is the `updated_at` that the writer saw; after a newer one nothing is written.
    Raises Refused.
    """
    fair = lock_fair(fair.pk)
    permissions.may_set_up(by, fair).require()
    if seen_at is not None and fair.updated_at != seen_at:
        raise Refused(Reason.CHANGED_MEANWHILE)
    for name, value in values.items():
        setattr(fair, name, value)
    fair.save()
    return fair


@transaction.atomic
def set_days(*, fair: Fair, days: Sequence[Day], by: User) -> list[Slot]:
    """Cut the days of a fair into slots and breaks.

    A slot that keeps its times stays what it is, with whoever said they cannot come then.
    Raises Refused, also when a meeting of any timetable stands in a slot that would go.
    """
    fair = lock_fair(fair.pk)
    permissions.may_set_up(by, fair).require()
    return _write_days(fair, days)


@transaction.atomic
def set_halls(
    *, fair: Fair, halls: Sequence[HallPlan], spare_percent: int = SPARE_PERCENT, by: User
) -> list[Table]:
    """Put tables into halls, numbered through; the last ones are kept free for walk-ins.

    Tables keep their number and so their meetings. Raises Refused, also when a meeting of any
    timetable is at a table that would go.
    """
    fair = lock_fair(fair.pk)
    permissions.may_set_up(by, fair).require()
    return _write_halls(fair, halls, spare_percent)


@transaction.atomic
def set_room(
    *,
    fair: Fair,
    days: Sequence[Day],
    halls: Sequence[HallPlan],
    spare_percent: int = SPARE_PERCENT,
    by: User,
) -> None:
    """Change days and halls together, or neither. Raises Refused as the two alone do."""
    set_days(fair=fair, days=days, by=by)
    set_halls(fair=fair, halls=halls, spare_percent=spare_percent, by=by)


@transaction.atomic
def move(*, fair: Fair, stage: str, reason: str = "", by: User, at: datetime) -> Fair:
    """Move a fair to another stage of its life; cancelling it needs a reason. Raises Refused.

    Registration opens with slots and tables, and the timetable is shown only once one was
    released.
    """
    fair = lock_fair(fair.pk)
    permissions.may_move(by, fair, stage).require()
    if stage == FairStage.REGISTRATION:
        _require_room(fair)
    if stage in (FairStage.RELEASED, FairStage.HELD) and released_timetable(fair) is None:
        raise Refused(Reason.NO_RELEASED_TIMETABLE)
    if stage == FairStage.CANCELLED and not reason.strip():
        raise Refused(Reason.REASON_MISSING)
    fair.stage = stage
    fair.cancellation_reason = reason.strip() if stage == FairStage.CANCELLED else ""
    fair.save()
    if stage == FairStage.WISHES:
        tell(
            recipients=people_at(fair),
            kind=fair_wishes,
            facts={"fair": fair.name},
            url=f"/fairs/{fair.pk}/wishes/",
            at=at,
        )
    announce(FairMoved(fair.pk, stage, at))
    return fair


@transaction.atomic
def give_desk_duty(*, fair: Fair, person: User, by: User, at: datetime) -> DeskDuty:
    """Put a person at the desk of a fair. Raises Refused."""
    permissions.may_give_desk_duty(by, fair).require()
    duty, _ = DeskDuty.objects.get_or_create(
        fair=fair, person=person, defaults={"given_by": by, "given_at": at}
    )
    return duty


@transaction.atomic
def take_desk_duty(*, duty: DeskDuty, by: User) -> None:
    """Take a person from the desk of a fair. Raises Refused."""
    permissions.may_give_desk_duty(by, duty.fair).require()
    duty.delete()


def slots_of(day: Day) -> Iterator[Slot]:
    """The slots and breaks of a day, in the local time of the platform, not yet of any fair.

    A slot that a break or the end of the day would cut short is left out. Raises Refused.
    """
    at, closes = _local(day.on, day.opens), _local(day.on, day.closes)
    if closes <= at or day.slot_minutes < 5:
        raise Refused(Reason.SLOT_TOO_SHORT)
    length = timedelta(minutes=day.slot_minutes)
    for pause in (*sorted(day.pauses, key=lambda pause: pause.starts), None):
        until = _local(day.on, pause.starts) if pause else closes
        while at + length <= until:
            yield Slot(starts_at=at, ends_at=at + length)
            at += length
        if pause:
            at = _local(day.on, pause.ends)
            yield Slot(
                starts_at=until, ends_at=at, is_break=True, name=pause.name, name_en=pause.name_en
            )


def _write_days(fair: Fair, days: Sequence[Day]) -> list[Slot]:
    wanted = sorted((slot for day in days for slot in slots_of(day)), key=lambda s: s.starts_at)
    if any(slot.ends_at <= slot.starts_at for slot in wanted):
        raise Refused(Reason.SLOT_TOO_SHORT)
    if any(after.starts_at < before.ends_at for before, after in pairwise(wanted)):
        raise Refused(Reason.SLOTS_OVERLAP)
    known = {(slot.starts_at, slot.ends_at, slot.is_break): slot for slot in fair.slots.all()}
    kept = {}
    for slot in wanted:
        slot.fair = fair
        if same := known.get((slot.starts_at, slot.ends_at, slot.is_break)):
            slot.pk, kept[same.pk] = same.pk, slot
    _delete(fair.slots.exclude(pk__in=kept))
    Slot.objects.bulk_update(kept.values(), ["name", "name_en"])
    Slot.objects.bulk_create(slot for slot in wanted if slot.pk is None)
    return list(fair.slots.order_by("starts_at"))


def _write_halls(fair: Fair, halls: Sequence[HallPlan], spare_percent: int) -> list[Table]:
    total = sum(hall.tables for hall in halls)
    first_spare = total - round(total * spare_percent / 100) + 1
    _delete(fair.tables.filter(number__gt=total))
    known = {table.number: table for table in fair.tables.all()}
    number = 0
    for plan in halls:
        hall, _ = Hall.objects.update_or_create(
            fair=fair, name=plan.name, defaults={"name_en": plan.name_en}
        )
        for _ in range(plan.tables):
            number += 1
            table = known.setdefault(number, Table(fair=fair, number=number))
            table.hall, table.is_spare = hall, number >= first_spare
            table.save()
    fair.halls.exclude(name__in=[plan.name for plan in halls]).delete()
    return list(fair.tables.order_by("number"))


def _delete(rows: Any) -> None:
    try:
        rows.delete()
    except ProtectedError as error:
        raise Refused(Reason.SLOT_IN_USE) from error


def _require_room(fair: Fair) -> None:
    if not meeting_slots(fair).exists():
        raise Refused(Reason.NO_SLOTS)
    if not fair.tables.exists():
        raise Refused(Reason.NO_TABLES)


def _local(on: date, at: time) -> datetime:
    return datetime.combine(on, at, tzinfo=get_current_timezone())
