"""Fairs (기술협력 박람회): who comes, who wants to meet whom, who meets when."""

from dure.apps.fairs.models.fairs import DeskDuty, Fair, Hall, Slot, Table
from dure.apps.fairs.models.registrations import Absence, Attendee, Registration, Side
from dure.apps.fairs.models.timetables import FreedReason, Meeting, Timetable, Unplaced
from dure.apps.fairs.models.wishes import Level, Origin, Pair, Wish

__all__ = [
    "Absence",
    "Attendee",
    "DeskDuty",
    "Fair",
    "FreedReason",
    "Hall",
    "Level",
    "Meeting",
    "Origin",
    "Pair",
    "Registration",
    "Side",
    "Slot",
    "Table",
    "Timetable",
    "Unplaced",
    "Wish",
]
