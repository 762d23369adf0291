"""Outcomes of the cast: the supplier's, with the buyer on the other side."""

from datetime import date
from decimal import Decimal

from django.core.files.base import ContentFile

from dure.apps.outcomes import operations
from dure.apps.outcomes.models import Outcome
from tests.cast import Cast
from tests.conftest import NOON


def outcome(
    cast: Cast,
    kind: str = "contract",
    by: str = "supplier",
    files=(),
    anchor=None,
    at=NOON,
    **values,
) -> Outcome:
    """A contract of 320M won that the supplier reports."""
    outcome_values = {
        "kind": kind, "title": "배기열 회수기 8대 공급", "organisation": cast.supplier,
        "counterpart": cast.buyer, "on": date(2026, 10, 5), "amount": Decimal(320_000_000),
        "currency": "KRW",
    }  # fmt: skip
    sides = {"supplier": cast.supplier, "manager": cast.buyer, "member": cast.buyer}
    return operations.report(
        values={**outcome_values, **values}, reported_for=sides.get(by), by=cast[by], at=at, files=files,
        anchor=anchor,
    )  # fmt: skip


def proof(cast: Cast, name: str = "계약서.pdf") -> ContentFile:
    """A file that shows something."""
    return ContentFile(b"%PDF-1.7", name)
