"""One change on the board, and the change that takes it back."""

from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from typing import TypeVar

from django.db import transaction
from django.db.models import Model, QuerySet

from dure.apps.fairs.models import Meeting, Pair, Slot, Table, Timetable
from dure.apps.fairs.operations.arranging import (
    Outcome,
    move_meeting,
    place_pair,
    set_lock,
    take_out,
)
from dure.apps.fairs.queries import meetings_of
from dure.apps.fairs.reasons import Reason
from dure.apps.people.models import User
from dure.foundation.verdict import Refused

Row = TypeVar("Row", bound=Model)


class What(StrEnum):
    """What can be done on a board."""

    MOVE = "move"
    PLACE = "place"
    OUT = "out"
    LOCK = "lock"
    UNLOCK = "unlock"


@dataclass(frozen=True, slots=True)
class Step:
    """One change of a draft, in ids; plain values, so that it can be kept.

    `revision` is that of the meeting which the writer saw, `onto` the meeting that they saw at the
    new place. A PLACE that takes an OUT back names the `meeting` which was taken out.
    """

    what: What
    meeting: int | None = None
    pair: int | None = None
    slot: int | None = None
    table: int | None = None
    onto: int | None = None
    revision: int = 0


@dataclass(frozen=True, slots=True)
class Done:
    """What a step did: `inverse` takes it back, `changed` holds the revision that each changed
    meeting had before, by id, and `placed` is the meeting that stands anew.
    """

    inverse: Step
    changed: dict[int, int] = field(default_factory=dict)
    placed: Meeting | None = None
    outcome: Outcome | None = None


@transaction.atomic
def arrange(*, timetable: Timetable, step: Step, by: User, at: datetime) -> Done:
    """Do one change on the board of a draft. Raises Refused, also when others were faster."""
    if step.what == What.PLACE:
        return _place(timetable, step, by, at)
    meeting = meetings_of(timetable).filter(pk=step.meeting).first()
    if meeting is None:
        raise Refused(Reason.CHANGED_MEANWHILE, meeting=step.meeting)
    match step.what:
        case What.OUT:
            return _take_out(meeting, step, by, at)
        case What.MOVE:
            return _move(meeting, step, by, at)
    is_locked = step.what == What.LOCK
    set_lock(meeting=meeting, is_locked=is_locked, revision=step.revision, by=by)
    back = What.UNLOCK if is_locked else What.LOCK
    inverse = Step(back, meeting.pk, revision=step.revision + 1)
    return Done(inverse, {meeting.pk: step.revision})


def _place(timetable: Timetable, step: Step, by: User, at: datetime) -> Done:
    meeting = place_pair(
        timetable=timetable,
        pair=_known(Pair.objects.filter(fair=timetable.fair_id, pk=step.pair)),
        slot=_slot(timetable, step),
        table=_table(timetable, step),
        by=by,
        at=at,
    )
    return Done(Step(What.OUT, meeting.pk), placed=meeting)


def _take_out(meeting: Meeting, step: Step, by: User, at: datetime) -> Done:
    take_out(meeting=meeting, revision=step.revision, by=by, at=at)
    inverse = Step(
        What.PLACE,
        meeting=step.meeting,
        pair=meeting.pair_id,
        slot=meeting.slot_id,
        table=meeting.table_id,
    )
    return Done(inverse)


def _move(meeting: Meeting, step: Step, by: User, at: datetime) -> Done:
    outcome = move_meeting(
        meeting=meeting,
        slot=_slot(meeting.timetable, step),
        table=_table(meeting.timetable, step),
        onto=step.onto,
        revision=step.revision,
        by=by,
        at=at,
    )
    other = outcome.swapped_with
    inverse = Step(
        What.MOVE,
        meeting.pk,
        slot=meeting.slot_id,
        table=meeting.table_id,
        onto=other.pk if other else None,
        revision=step.revision + 1,
    )
    changed = {meeting.pk: step.revision} | ({other.pk: other.revision} if other else {})
    return Done(inverse, changed, outcome=outcome)


def _slot(timetable: Timetable, step: Step) -> Slot:
    return _known(Slot.objects.filter(fair=timetable.fair_id, pk=step.slot))


def _table(timetable: Timetable, step: Step) -> Table | None:
    if step.table is None:
        return None
    tables = Table.objects.filter(fair=timetable.fair_id, pk=step.table)
    return _known(tables.select_related("hall"))


def _known(rows: QuerySet[Row]) -> Row:
    """The one row; it may be gone since the step was said."""
    row = rows.first()
    if row is None:
        raise Refused(Reason.CHANGED_MEANWHILE)
    return row
