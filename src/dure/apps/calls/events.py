"""What higher apps hear of calls."""

from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True, slots=True)
class DeadlineMoved:
    """A call's deadline was extended for all, or for one organisation."""

    call_id: int
    organisation_id: int | None
    at: datetime


@dataclass(frozen=True, slots=True)
class CallEnded:
    """A call closed, was closed early, or was cancelled."""

    call_id: int
    stage: str
    at: datetime
