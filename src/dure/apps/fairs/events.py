"""Facts this app announces after commit."""

from dataclasses import dataclass
from datetime import datetime, timedelta


@dataclass(frozen=True, slots=True)
class FairMoved:
    """A fair came to another stage of its life."""

    fair_id: int
    stage: str
    at: datetime


@dataclass(frozen=True, slots=True)
class RegistrationsAnswered:
    """Organisations were let into a fair, or refused."""

    registration_ids: tuple[int, ...]
    at: datetime


@dataclass(frozen=True, slots=True)
class RegistrationWithdrawn:
    """An organisation does not come after all; what it held is free."""

    registration_id: int
    at: datetime


@dataclass(frozen=True, slots=True)
class AvailabilityChanged:
    """An organisation is at the fair at other times than it said before."""

    registration_id: int
    at: datetime


@dataclass(frozen=True, slots=True)
class MeetingsChanged:
    """On the day meetings were given free, put back or added in the released timetable."""

    fair_id: int
    at: datetime


@dataclass(frozen=True, slots=True)
class FairCopied:
    """A fair was made like an earlier one, `shift` later; `halls` leads from its halls to the new
    ones, by id.
    """

    fair_id: int
    copied_from_id: int
    shift: timedelta
    halls: dict[int, int]
