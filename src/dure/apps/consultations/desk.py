"""What waits after fairs on the start page: the day at hand, what to write down, one's tasks."""

from datetime import datetime
from typing import Any

from django.urls import reverse
from django.utils.timezone import localtime
from django.utils.translation import get_language

from dure.apps.consultations.queries import agenda_of, fairs_in_hand, own_fairs, tasks_of, to_record
from dure.apps.fairs.models import Fair, Meeting, Registration, Side
from dure.apps.fairs.stages import FairStage
from dure.apps.people.models import User
from dure.foundation.desk import Section, offer_section

SHOWN = 4


def section(user: User, now: datetime) -> dict[str, Any] | None:
    """What of fairs concerns `user` today; None when nothing does."""
    values: dict[str, Any] = {
        "agendas": [_agenda(registration, now) for registration in own_fairs(user)],
        "desks": [_desk(fair) for fair in fairs_in_hand(user) if fair.stage != FairStage.HELD],
        "unrecorded": [_unrecorded(meeting) for meeting in to_record(user, now, SHOWN)],
        "tasks": list(tasks_of(user)[:SHOWN]),
        "tasks_url": reverse("consultations:tasks"),
        "today": localtime(now).date(),
    }
    has_something = any(values[part] for part in ("agendas", "desks", "unrecorded", "tasks"))
    return values if has_something else None


def today(user: User, now: datetime) -> dict[str, Any] | None:
    """The fairs that are held now, for whoever looks after their day; it comes before all else."""
    held = [fair for fair in fairs_in_hand(user) if fair.stage == FairStage.HELD]
    return {"desks": [_desk(fair) for fair in held]} if held else None


def _agenda(registration: Registration, now: datetime) -> dict[str, Any]:
    """One's next meeting at a fair."""
    meeting = agenda_of(registration).filter(slot__ends_at__gt=now).first()
    other = None
    if meeting is not None:
        is_demand = registration.side == Side.DEMAND
        other = meeting.pair.supply if is_demand else meeting.pair.demand
    return {
        "fair": registration.fair,
        "organisation": registration.organisation,
        "meeting": meeting,
        "other": other.organisation if other else None,
        "url": reverse("consultations:agenda_of", args=[registration.pk]),
    }


def _desk(fair: Fair) -> dict[str, Any]:
    page = "consultations:day" if fair.stage == FairStage.HELD else "fairs:detail"
    return {"fair": fair, "url": reverse(page, args=[fair.pk])}


def _unrecorded(meeting: Meeting) -> dict[str, Any]:
    pair, language = meeting.pair, get_language()
    return {
        "title": f"{pair.demand.organisation} – {pair.supply.organisation}",
        "subject": pair.need.title_in(language) if pair.need else "",
        "meeting": meeting,
        "url": reverse("consultations:record", args=[pair.pk]),
    }


offer_section(Section("fairs_today", "consultations/_desk_today.html", place=0, content=today))
offer_section(Section("fairs", "consultations/_desk_section.html", place=80, content=section))
