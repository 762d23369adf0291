"""Royalties of the cast: the supplier led a project of 60M that is closed."""

from datetime import date

from dure.apps.royalties import operations
from dure.apps.royalties.models import Royalty
from tests.cast import Cast
from tests.conftest import NOON


def closed_project(cast: Cast, number: str = "P-77"):
    """A project of 2025 that is closed, agreed under the rates of 2024-12-31."""
    return cast.project(
        number, agreed_on=date(2025, 1, 2), begins_on=date(2025, 1, 2), ends_on=date(2025, 12, 31),
        stage="CLOSED",
    )  # fmt: skip


def royalty(cast: Cast, number: str = "P-77") -> Royalty:
    """What is asked of it in 2026, for 2025."""
    project = cast.closed_project(number)
    operations.ask_royalties(at=NOON)
    return Royalty.objects.get(project=project, year=2025)


def reported(cast: Cast, royalty: Royalty, **values) -> Royalty:
    """Licence income of 10M, and a fifth of own sales of 400M: 90M in all."""
    figures = {"licence_income": 10_000_000, "sales": 400_000_000, "contribution": 20, "note": ""}
    return operations.report(royalty=royalty, **figures | values, by=cast["supplier"], at=NOON)


def billed(cast: Cast, royalty: Royalty, **values) -> Royalty:
    """Without a relief."""
    relief = {"relief": 0, "relief_reason": ""}
    return operations.bill(royalty=royalty, **relief | values, by=cast["officer"], at=NOON)
