"""Entries of registers of the cast: the supplier's product, and the buyer that tries it."""

from dure.apps.designations import operations
from dure.apps.designations.kinds import registers
from dure.apps.designations.models import Entry
from tests.cast import Cast
from tests.conftest import NOON


def innovation_product(cast: Cast, title: str = "무선 누출 감지기", at=NOON) -> Entry:
    """A product for which the supplier asks to be designated."""
    return operations.open_entry(
        register=registers()["innovation-product"], title=title, organisation=cast.supplier,
        values={"specification": "LEL 1 % 감지", "field": "safety", "price": 1_200_000},
        by=cast["supplier"], at=at,
    )  # fmt: skip


def trial(cast: Cast, parent: Entry | None = None, record=None, at=NOON) -> Entry:
    """A trial that the buyer asks the supplier for."""
    return operations.open_entry(
        register=registers()["trial-purchase"], title="무선 누출 감지기", organisation=cast.supplier,
        counterpart=cast.buyer, values={}, parent=parent, record=record, by=cast["manager"], at=at,
    )  # fmt: skip


def stepped(
    cast: Cast, entry: Entry, *stages: str, by: str = "officer", on=None, **values
) -> Entry:
    """An entry brought from stage to stage."""
    for code in stages:
        entry = operations.take(
            entry=entry, stage=entry.file.stage(code), on=on or NOON.date(),
            values=values.get("values", {}), reason=values.get("reason", ""),
            number=values.get("number", ""), by=cast[by], at=values.get("at", NOON),
        )  # fmt: skip
    return entry
