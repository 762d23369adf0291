"""The records of exchange groups."""

from dure.apps.groups.models.bodies import (
    DORMANT_AFTER,
    Activity,
    Goal,
    Group,
    Member,
    Officer,
)
from dure.apps.groups.models.meetings import CalendarAddress, Meeting, Photo, Presence
from dure.apps.groups.models.money import Booking, Due, DuesRate, YearAccount
from dure.apps.groups.models.proposals import Proposal
from dure.apps.groups.models.sparks import Package, PackageStep, Pair, Strength

__all__ = [
    "DORMANT_AFTER",
    "Activity",
    "Booking",
    "CalendarAddress",
    "Due",
    "DuesRate",
    "Goal",
    "Group",
    "Meeting",
    "Member",
    "Officer",
    "Package",
    "PackageStep",
    "Pair",
    "Photo",
    "Presence",
    "Proposal",
    "Strength",
    "YearAccount",
]
