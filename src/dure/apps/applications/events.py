"""What higher apps hear of applications."""

from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True, slots=True)
class ApplicationSubmitted:
    """A version of an application was received."""

    application_id: int
    submission_id: int
    at: datetime


@dataclass(frozen=True, slots=True)
class ApplicationsOpened:
    """The applications of a call, or of a round of it, were opened: their content can be read."""

    call_id: int
    round_id: int | None
    at: datetime
