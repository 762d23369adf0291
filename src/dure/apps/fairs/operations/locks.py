"""The one order in which everything of a fair is locked; whoever locks any of it does so here.

1. the fair
2. its timetables
3. registrations, by their ids
4. the rest: pair, then meeting, walk-in, record, wish

An operation takes what it needs from the top down, so no two can wait for each other in a circle.
No lock keeps others from writing rows that merely refer to the locked one.
"""

from collections.abc import Iterable
from typing import Any, TypeVar

from django.db.models import Model, QuerySet

from dure.apps.fairs.models import Fair, Registration, Timetable
from dure.apps.fairs.reasons import Reason
from dure.apps.fairs.stages import TimetableStage
from dure.foundation.verdict import Refused

Row = TypeVar("Row", bound=Model)


def locked(rows: QuerySet[Row]) -> QuerySet[Row]:
    """The rows as they are now, for nobody else to change until the transaction ends."""
    return rows.select_for_update(of=("self",), no_key=True)


def lock_fair(pk: int) -> Fair:
    """A fair, before anything of it."""
    return locked(Fair.objects.all()).get(pk=pk)


def lock_timetable(pk: int) -> Timetable:
    """A timetable, after its fair: of two versions one may replace the other."""
    fair = lock_fair(Timetable.objects.values_list("fair", flat=True).get(pk=pk))
    timetable = locked(Timetable.objects.all()).get(pk=pk)
    timetable.fair = fair
    return timetable


def lock_released(fair_id: int) -> Timetable:
    """The timetable that participants see, after its fair. Raises Refused where there is none."""
    fair = lock_fair(fair_id)
    released = locked(fair.timetables.filter(stage=TimetableStage.RELEASED)).first()
    if released is None:
        raise Refused(Reason.NO_RELEASED_TIMETABLE)
    released.fair = fair
    return released


def lock_registrations(registrations: Iterable[Any]) -> list[Registration]:
    """Registrations, given as they are or by their ids, with fair and organisation, by id."""
    rows = locked(Registration.objects.select_related("fair", "organisation"))
    ids = [getattr(registration, "pk", registration) for registration in registrations]
    return list(rows.filter(pk__in=ids).order_by("pk"))


def lock_registration(registration: Registration) -> Registration:
    """One registration, with fair and organisation."""
    [row] = lock_registrations([registration])
    return row
