"""What higher apps hear of selections."""

from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True, slots=True)
class Decided:
    """An application of a call was decided on, or its reserve moved up: `Decision` says how."""

    decision_id: int
    application_id: int
    outcome: str
    at: datetime
