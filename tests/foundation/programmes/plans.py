"""Short ways to write plans for the tests."""

import json
from datetime import date
from typing import Any

from dure.foundation import programmes
from dure.foundation.programmes import Judgement

DAY = date(2026, 11, 30)
MILLION = 1_000_000
INSTRUMENTS = {
    "government": "grant",
    "operator": "equity",
    "guarantor": "guarantee",
    "worker": "savings",
    "investor": "fund",
}


def row(role: str, won: int | None, instrument: str | None = None, **more: Any) -> dict[str, Any]:
    """A row of money; the instrument is the usual one of the role unless it is given."""
    usual = instrument or INSTRUMENTS.get(role, "own_share")
    return {"role": role, "instrument": usual, "kind": "cash", "amount": won, **more}


def plan(months: int | None, *money: dict[str, Any], **more: Any) -> dict[str, Any]:
    """A plan as its file says it."""
    return {"months": months, "money": list(money), **more}


def judged(programme: str, written: dict[str, Any], on: date = DAY) -> Judgement:
    """What comes of a written plan in a programme that dure comes with."""
    read = programmes.read(programmes.shipped()[programme].read_bytes())
    return programmes.judge_plan(read, programmes.read_plan(json.dumps(written).encode()), on)


def broken(programme: str, written: dict[str, Any]) -> list[tuple[str, str | None]]:
    """Which rules a written plan breaks, and whose money it is."""
    return [
        (violation.rule.value, violation.role)
        for violation in judged(programme, written).violations
    ]
