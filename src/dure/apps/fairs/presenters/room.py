"""The days, halls and tables of a fair: as a form shows them, and what they can hold."""

from itertools import groupby
from typing import Any

from django.utils.timezone import localtime
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from dure.apps.fairs.models import Fair, Slot
from dure.apps.fairs.operations import SetUp


def form_values(fair: Fair) -> dict[str, Any]:
    """What stands in the form of days and halls, read back from the slots and tables of a fair."""
    values: dict[str, Any] = {}
    slots = list(fair.slots.order_by("starts_at"))
    for number, (on, group) in enumerate(groupby(slots, _day), start=1):
        of_day = list(group)
        values[f"on_{number}"] = on
        values[f"opens_{number}"] = localtime(of_day[0].starts_at).time()
        values[f"closes_{number}"] = localtime(of_day[-1].ends_at).time()
        if number == 1:
            values |= _pauses(of_day)
    if meetings := [slot for slot in slots if not slot.is_break]:
        length = meetings[0].ends_at - meetings[0].starts_at
        values["slot_minutes"] = round(length.total_seconds() / 60)
    halls = list(fair.halls.order_by("pk").prefetch_related("tables"))
    for number, hall in enumerate(halls, start=1):
        values[f"hall_{number}"], values[f"hall_en_{number}"] = hall.name, hall.name_en
        values[f"tables_{number}"] = len(hall.tables.all())
    tables = [table for hall in halls for table in hall.tables.all()]
    if tables:
        spare = sum(table.is_spare for table in tables)
        values["spare_percent"] = round(100 * spare / len(tables))
    return values


def capacity_words(setup: SetUp) -> dict[str, Any]:
    """How many meetings a set-up can hold at most, and what it is that limits it."""
    facts = {
        "slots": setup.slots,
        "tables": setup.tables,
        "spare": setup.spare,
        "meetings": setup.meetings,
    }
    words = ngettext(
        "%(slots)d slot at %(tables)d tables; %(spare)d more are kept free for walk-ins.",
        "%(slots)d slots at %(tables)d tables; %(spare)d more are kept free for walk-ins.",
        setup.slots,
    )
    limits = {
        "TABLES": _("The tables set the limit."),
        "DEMAND": _("The demand organisations set the limit: no more of them are free at a time."),
        "SUPPLY": _("The small firms set the limit."),
        "": "",
    }
    return {"meetings": setup.meetings, "words": words % facts, "limit": limits[setup.limit]}


def _day(slot: Slot) -> Any:
    return localtime(slot.starts_at).date()


def _pauses(slots: list[Slot]) -> dict[str, Any]:
    breaks = [slot for slot in slots if slot.is_break]
    values = {"pause_from_1": None, "pause_to_1": None}
    for number, pause in enumerate(breaks, start=1):
        values[f"pause_from_{number}"] = localtime(pause.starts_at).time()
        values[f"pause_to_{number}"] = localtime(pause.ends_at).time()
    return values
