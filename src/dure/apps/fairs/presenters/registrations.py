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
            "it": each,
            "tone": TONES[RegistrationStage(each.stage)],
            "people": ", ".join(person.name for person in each.attendees.all()),
            "free": slots - len(each.absences.all()),
            "slots": slots,
        }
        for each in registrations
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
    for each in registrations:
        absent = [f"{localtime(row.slot.starts_at):%m-%d %H:%M}" for row in each.absences.all()]
        people = [
            f"{person.name} ({person.position})" if person.position else person.name
            for person in each.attendees.all()
        ]
        yield [
            str(each.organisation),
            each.organisation.business_number or "",
            each.get_side_display(),
            each.get_stage_display(),
            each.parallel,
            each.max_meetings or "",
            "; ".join(absent),
            "; ".join(people),
            each.interpreter,
            each.musts,
            each.meets,
            each.noes,
            each.open_proposals,
            localtime(each.applied_at),
            each.note,
        ]
