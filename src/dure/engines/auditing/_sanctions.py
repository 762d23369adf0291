"""What the dated tables say of misused money, for the people who decide."""

import tomllib
from dataclasses import dataclass
from datetime import date
from functools import cache
from importlib.resources import files
from operator import itemgetter
from typing import Any

MOST_MONTHS = 120


@dataclass(frozen=True, slots=True)
class Guidance:
    """A bar of so many months (none where the table does not speak of one) and a surcharge in won.

    `lowest` and `highest` surcharge are what a panel reaches by cutting or raising by half, within
    the cap. `is_read` is False where the table in force was not read and its draft stands in.
    """

    ban: tuple[int, int] | None
    longest_ban: int
    surcharge: int
    lowest: int
    highest: int
    is_waived: bool
    since: date
    source: str
    is_read: bool


def guidance(misused: int, grant: int, spent_on: date) -> Guidance | None:
    """What the table of the day of the spending says of `misused` won out of a grant.

    None for a day before the first table. Raises ValueError for negative money.
    """
    if misused < 0 or grant < 0:
        raise ValueError("money is not negative")
    table = next((table for table in reversed(_tables()) if table["since"] <= spent_on), None)
    if table is None:
        return None
    cap = table["most_times_grant"] * grant
    full = _surcharge(table["surcharge"], misused)
    ban = next(
        (tuple(step["months"]) for step in table["ban"] if misused <= step.get("to", misused)), None
    )
    return Guidance(
        ban=ban,
        longest_ban=min(MOST_MONTHS, ban[1] * 3 // 2) if ban else 0,
        surcharge=min(cap, full),
        lowest=min(cap, full // 2),
        highest=min(cap, full * 3 // 2),
        is_waived=misused < table["waived_below"],
        since=table["since"],
        source=table["source"],
        is_read=table["is_read"],
    )


def _surcharge(steps: list[dict[str, Any]], misused: int) -> int:
    step = next(step for step in reversed(steps) if misused >= step["from"])
    won: int = step["won"] + (misused - step["from"]) * step["percent"] // 100
    return won


@cache
def _tables() -> list[dict[str, Any]]:
    text = files("dure.engines.auditing").joinpath("sanctions.toml").read_text("utf-8")
    table = tomllib.loads(text)["table"]
    return sorted(table, key=itemgetter("since"))
