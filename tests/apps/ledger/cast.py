"""What the cast can have of the ledger."""

from datetime import date

from dure.apps.ledger import operations
from dure.apps.ledger.models import Appropriation
from dure.apps.programmes.models import Programme
from dure.apps.programmes.operations import load_shipped
from tests.conftest import NOON


def appropriation(
    cast, slug: str = "challenge", year: int = 2026, amount: int = 1_000_000_000
) -> Appropriation:
    """What a programme has for a year, entered by the officer."""
    if not Programme.objects.exists():
        load_shipped(at=NOON)
    return operations.appropriate(
        programme=Programme.objects.get(slug=slug), year=year, amount=amount, reason="본예산",
        key="first", day=date(year, 1, 2), by=cast["officer"], at=NOON,
    )  # fmt: skip
