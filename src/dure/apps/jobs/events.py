"""Facts this app announces after commit."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID


@dataclass(frozen=True, slots=True)
class JobEnded:
    """A long job is done, has failed or was cancelled."""

    job_id: UUID
    at: datetime
