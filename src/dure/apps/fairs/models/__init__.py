"""Fairs (기술협력 박람회): who comes, who wants to meet whom, who meets when, what came of it."""

from dure.apps.fairs.models.briefings import Briefing, BriefingSeat, Commendation, Story
from dure.apps.fairs.models.consultations import (
    CheckIn,
    ConsultationRecord,
    NextStep,
    NoShow,
    Outcome,
    WalkIn,
)
from dure.apps.fairs.models.fairs import DeskDuty, Fair, Hall, Slot, Table
from dure.apps.fairs.models.registrations import Absence, Attendee, Registration, Side
from dure.apps.fairs.models.timetables import FreedBecause, Meeting, Timetable, Unplaced
from dure.apps.fairs.models.wishes import Level, Origin, Pair, Wish

__all__ = [
    "Absence",
    "Attendee",
    "Briefing",
    "BriefingSeat",
    "CheckIn",
    "Commendation",
    "ConsultationRecord",
    "DeskDuty",
    "Fair",
    "FreedBecause",
    "Hall",
    "Level",
    "Meeting",
    "NextStep",
    "NoShow",
    "Origin",
    "Outcome",
    "Pair",
    "Registration",
    "Side",
    "Slot",
    "Story",
    "Table",
    "Timetable",
    "Unplaced",
    "WalkIn",
    "Wish",
]
