"""The evening before, everybody who has meetings is reminded, once."""

from datetime import datetime, timedelta

from django.db import transaction
from django.utils.timezone import localtime

from dure.apps.consultations.notices import fair_reminder
from dure.apps.fairs.models import Fair, Meeting, Registration, Side
from dure.apps.fairs.operations.locks import lock_fair
from dure.apps.fairs.queries import meetings_of, released_timetable
from dure.apps.fairs.stages import FairStage
from dure.apps.notices.models import Notice
from dure.apps.notices.operations import tell
from dure.apps.people.queries import people_of


def remind(*, at: datetime) -> int:
    """Remind the people of all fairs of their meetings of tomorrow; returns how many were told.

    It can be run as often as one likes: nobody is told twice of one day.
    """
    tomorrow = localtime(at).date() + timedelta(days=1)
    begins = localtime(at).replace(hour=0, minute=0, second=0, microsecond=0) + timedelta(days=1)
    fairs = Fair.objects.filter(
        stage__in=(FairStage.RELEASED, FairStage.HELD),
        slots__is_break=False,
        slots__starts_at__gte=begins,
        slots__starts_at__lt=begins + timedelta(days=1),
    )
    sent = 0
    for pk in sorted(set(fairs.values_list("pk", flat=True))):
        with transaction.atomic():
            # Two workers do not remind of the same fair at once.
            fair = lock_fair(pk)
            url = f"/fairs/{fair.pk}/agenda/?day={tomorrow:%Y-%m-%d}"
            sent += _remind_of(fair, url, begins, at)
    return sent


def _remind_of(fair: Fair, url: str, begins: datetime, at: datetime) -> int:
    timetable = released_timetable(fair)
    if timetable is None:
        return 0
    meetings = meetings_of(timetable).filter(
        slot__starts_at__gte=begins, slot__starts_at__lt=begins + timedelta(days=1)
    )
    agendas: dict[Registration, list[Meeting]] = {}
    for meeting in meetings:
        agendas.setdefault(meeting.pair.demand, []).append(meeting)
        agendas.setdefault(meeting.pair.supply, []).append(meeting)
    known = Notice.objects.filter(kind=fair_reminder.code, url=url).values("recipient")
    sent = 0
    for registration, theirs in agendas.items():
        people = list(people_of(registration.organisation).exclude(pk__in=known))
        tell(
            recipients=people,
            kind=fair_reminder,
            facts=_facts(registration, theirs),
            url=url,
            at=at,
        )
        sent += len(people)
    return sent


def _facts(registration: Registration, theirs: list[Meeting]) -> dict[str, str | int]:
    first = theirs[0]
    is_demand = registration.side == Side.DEMAND
    other = first.pair.supply if is_demand else first.pair.demand
    return {
        "when": f"{localtime(first.slot.starts_at):%m-%d %H:%M}",
        "table": first.table.number,
        "organisation": other.organisation.name,
        "more": len(theirs) - 1,
    }
