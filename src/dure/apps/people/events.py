"""Facts this app announces after commit."""

from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True, slots=True)
class JoinRequested:
    """Somebody asked the managers of an organisation to be let in."""

    membership_id: int
    at: datetime


@dataclass(frozen=True, slots=True)
class JoinAnswered:
    """The managers said yes or no to somebody who asked."""

    membership_id: int
    is_welcome: bool
    at: datetime


@dataclass(frozen=True, slots=True)
class AccountClosed:
    """Somebody left the platform; what stays of them bears no name."""

    user_id: int
    at: datetime


@dataclass(frozen=True, slots=True)
class MandateGiven:
    """An organisation named a signatory, a delegate or a bookkeeper."""

    mandate_id: int
    at: datetime


@dataclass(frozen=True, slots=True)
class MandateEnded:
    """A mandate was ended before its time."""

    mandate_id: int
    at: datetime


@dataclass(frozen=True, slots=True)
class OrganisationVerified:
    """An officer confirmed that an organisation is what its number says."""

    organisation_id: int
    at: datetime
