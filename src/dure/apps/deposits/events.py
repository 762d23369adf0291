"""What deposits announce after commit."""

from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True, slots=True)
class DepositAccepted:
    """Files are in keeping from a day on."""

    deposit_id: int
    accepted_on: date
