"""Registrations in words: lines of the officer's list, of a workbook, and the grid of times."""

from collections.abc import Iterable, Iterator, Sequence
from itertools import groupby
from typing import Any

from django.utils.formats import date_format
from django.utils.timezone import localtime
from django.utils.translation import gettext as _

from dure.apps.fairs.models import Fair, Registration, Slot
from dure.apps.fairs.stages import RegistrationStage

TONES = {
    RegistrationStage.APPLIED: "warning",
    RegistrationStage.APPROVED: "success",
    RegistrationStage.REFUSED: "danger",
    RegistrationStage.WITHDRAWN: "",
}


def rows(registrations: Iterable[Registration], slots: int) -> list[dict[str, Any]]:
    """Lines of the list; `registrations` come with attendees, absences and counts of wishes."""
    return [
        {
            "it": registration,
            "tone": TONES[RegistrationStage(registration.stage)],
            "people": ", ".join(person.name for person in registration.attendees.all()),
            "free": slots - len(registration.absences.all()),
            "slots": slots,
        }
        for registration in registrations
    ]


def days_of(slots: Sequence[Slot], fair: Fair, free: set[int]) -> list[dict[str, Any]]:
    """The slots of a fair day by day, each with whether it is ticked; breaks in their place."""
    breaks = [slot for slot in fair.slots.all() if slot.is_break]
    everything = sorted([*slots, *breaks], key=lambda slot: slot.starts_at)
    return [
        {
            "label": date_format(on, "Y-m-d (D)"),
            "slots": [{"slot": slot, "is_free": slot.pk in free} for slot in group],
        }
        for on, group in groupby(everything, lambda slot: localtime(slot.starts_at).date())
    ]


def headers() -> list[str]:
    """The headers of the workbook."""
    return [
        _("Organisation"),
        _("Business registration number"),
        _("Comes as"),
        _("Status"),
        _("Meetings at the same time"),
        _("Most meetings"),
        _("Not available"),
        _("Attendees"),
        _("Interpreter"),
        _("Must meet"),
        _("Would like to meet"),
        _("No, thank you"),
        _("Unanswered proposals"),
        _("Applied"),
        _("Note"),
    ]


def cells(registrations: Iterable[Registration]) -> Iterator[list[Any]]:
    """The lines of the workbook."""
    for registration in registrations:
        absent = [
            f"{localtime(row.slot.starts_at):%m-%d %H:%M}" for row in registration.absences.all()
        ]
        people = [
            f"{person.name} ({person.position})" if person.position else person.name
            for person in registration.attendees.all()
        ]
        yield [
            str(registration.organisation),
            registration.organisation.business_number or "",
            registration.get_side_display(),
            registration.get_stage_display(),
            registration.parallel,
            registration.max_meetings or "",
            "; ".join(absent),
            "; ".join(people),
            registration.interpreter,
            registration.musts,
            registration.meets,
            registration.noes,
            registration.open_proposals,
            localtime(registration.applied_at),
            registration.note,
        ]
