"""Every two operations that lock anything of a fair, at once: neither ever waits for the other in a
circle, which the database would end with an error for one of them.
"""

import threading
import time

import pytest
from django.db import connection

from dure.apps.consultations.operations import desk, records, reminders
from dure.apps.fairs import operations as fairs
from dure.apps.fairs.models import Attendee, Wish
from dure.apps.fairs.stages import FairStage
from dure.foundation.verdict import Refused
from tests.apps.consultations.conftest import Hall, at
from tests.conftest import NOON

pytestmark = [pytest.mark.slow, pytest.mark.django_db(transaction=True)]
NOW = at(10, 10)
# Between two statements that lock, so that each operation comes in the middle of the other.
PAUSE = 0.02
LOCKING = ("FOR NO KEY UPDATE", "FOR UPDATE", "INSERT INTO", "UPDATE ", "DELETE FROM")


class Day:
    """A fair being held or planned: a released timetable, a draft of the next, and who waits."""

    def __init__(self, cast, stage):
        self.cast, self.by = cast, cast["officer"]
        self.fair = cast.fair(stage=stage, registration_until=None)
        self.hall = Hall(cast, self.fair)
        self.pair = cast.pair(self.fair)
        self.demand, self.supply = self.pair.demand, self.pair.supply
        self.late = cast.registration(self.fair, cast.rival)
        self.other = cast.registration(self.fair, cast.stranger)
        self.applied = cast.registration(self.fair, cast.sister, stage="APPLIED")
        self.hall.wish(self.pair)
        self.meeting = self.hall.meeting(self.pair)
        freed = self.fair.pairs.create(demand=self.demand, supply=self.other)
        self.freed = self.hall.meeting(freed, slot=2, freed_at=NOON, freed_reason="NO_SHOW")
        self.waiting_pair = self.fair.pairs.create(demand=self.late, supply=self.other)
        self.waiting = self.fair.walk_ins.create(
            pair=self.waiting_pair, requested_by=self.by, requested_at=NOON
        )
        self.wish = Wish.objects.create(
            pair=self.waiting_pair, side="DEMAND", answered_by=self.by, answered_at=NOON
        )
        self.draft = fairs.copy_released(fair=self.fair, by=self.by, at=NOON)
        self.moved = self.draft.meetings.get(pair=self.pair)
        Attendee.objects.create(registration=self.supply, name="김열림")

    def slots(self):
        return {slot.pk for slot in self.hall.slots}


def of_desk(name, **given):
    return lambda day: getattr(desk, name)(
        by=day.by, at=NOW, **{k: v(day) for k, v in given.items()}
    )


def record(day):
    task = {"next_step": "NDA", "owner": day.cast["member"], "due_on": NOON.date()}
    kept = {"outcome": "KEPT", "result": "시제품", **task}
    records.record_consultation(of=day.pair, values=kept, seen_at=None, by=day.by, at=NOW)


def wish(registration, other):
    return lambda day: fairs.record_wish(
        registration=getattr(day, registration),
        other=getattr(day, other),
        level="MEET",
        by=day.by,
        at=NOW,
    )


ON_THE_DAY = {
    "no-show": of_desk("note_no_show", meeting=lambda d: d.meeting, no_show=lambda d: "SUPPLY"),
    "cancel": of_desk("cancel_meeting", meeting=lambda d: d.meeting),
    "restore": of_desk("restore_meeting", meeting=lambda d: d.freed),
    "fill": of_desk("fill_place", freed=lambda d: d.freed, pair=lambda d: d.waiting_pair),
    "walk in": of_desk(
        "take_walk_in", demand=lambda d: d.late, supply=lambda d: d.supply, slots=Day.slots
    ),
    "try again": of_desk("try_again", walk_in=lambda d: d.waiting, slots=Day.slots),
    "leave": of_desk("leave", walk_in=lambda d: d.waiting),
    "record": record,
    "move": lambda d: fairs.move(fair=d.fair, stage="RELEASED", by=d.by, at=NOW),
}
TIMETABLES = {
    "release": lambda d: fairs.release(timetable=d.draft, by=d.by, at=NOW),
    "discard": lambda d: fairs.discard(timetable=d.draft, by=d.by),
    "copy": lambda d: fairs.copy_released(fair=d.fair, by=d.by, at=NOW),
    "lock": lambda d: fairs.set_lock(
        meeting=d.moved, is_locked=True, revision=d.moved.revision, by=d.by
    ),
    "take out": lambda d: fairs.take_out(
        meeting=d.moved, revision=d.moved.revision, by=d.by, at=NOW
    ),
    "wish": wish("demand", "supply"),
    "wish of the other": wish("supply", "demand"),
    "wish anew": wish("supply", "late"),
    "take back": lambda d: fairs.clear_wish(wish=d.wish, by=d.by, at=NOW),
    "approve": lambda d: fairs.approve(registrations=[d.applied], by=d.by, at=NOW),
    "withdraw": lambda d: fairs.withdraw(registration=d.supply, by=d.by, at=NOW),
    "remind": lambda d: reminders.remind(at=at(18, day=2)),
}
BEFORE = {
    "edit": lambda d: fairs.edit_fair(fair=d.fair, values={"place": "x"}, seen_at=None, by=d.by),
    "halls": lambda d: fairs.set_halls(fair=d.fair, halls=[fairs.HallPlan("1관", 6)], by=d.by),
    "propose": lambda d: fairs.propose_wishes(fair=d.fair, by=d.by, at=NOW),
    "attendees": lambda d: fairs.set_attendees(
        registration=d.supply, attendees=[("박새봄", "")], by=d.by
    ),
    "times": lambda d: fairs.set_availability(
        registration=d.supply, absent=[d.hall.slots[0].pk], by=d.by, at=NOW
    ),
}


def race(day, *operations):
    """What each of the operations ends with when they run at once: None, or what it raised."""
    ready, ends = threading.Barrier(len(operations)), [None] * len(operations)

    def paused(execute, sql, params, many, context):
        answer = execute(sql, params, many, context)
        if any(word in sql for word in LOCKING):
            time.sleep(PAUSE)
        return answer

    def run(number, operation):
        with connection.cursor() as cursor:
            cursor.execute("SET deadlock_timeout = '20ms'")
        ready.wait()
        try:
            with connection.execute_wrapper(paused):
                operation(day)
        except Refused:
            pass
        except Exception as error:  # noqa: BLE001 -- told below
            ends[number] = error
        finally:
            connection.close()

    threads = [threading.Thread(target=run, args=numbered) for numbered in enumerate(operations)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return ends


STAGES = {FairStage.HELD: ON_THE_DAY | TIMETABLES, FairStage.PLANNING: BEFORE | TIMETABLES}


@pytest.mark.parametrize(
    ("stage", "first"), [(stage, name) for stage, known in STAGES.items() for name in known]
)
def test_no_two_operations_wait_for_each_other(cast, stage, first):
    names = list(STAGES[stage])
    failed = {}
    for second in names[names.index(first) :]:
        pair = [STAGES[stage][name] for name in (first, second)]
        if errors := [end for end in race(Day(cast, stage), *pair) if end]:
            failed[second] = errors
    assert failed == {}


def test_each_operation_alone_does_what_it_is_to_do(cast):
    """A race of operations that are refused at once would show nothing."""
    refused = {}
    for stage, operations in STAGES.items():
        for name, operation in operations.items():
            try:
                operation(Day(cast, stage))
            except Refused as refusal:
                refused[stage, name] = refusal.reason
    assert refused == {}
