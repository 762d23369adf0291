"""Lists of payments into savings: checked whole, then entered whole or not at all."""

import tempfile
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from pathlib import Path
from typing import IO

from django.db import transaction
from django.utils.timezone import localdate

from dure.apps.instruments import adapter, permissions
from dure.apps.instruments.kinds import MovementKind, SchemeKind
from dure.apps.instruments.models import Movement, Scheme, Stake
from dure.apps.instruments.operations.keeping import locked, of_kind
from dure.apps.instruments.operations.savings import collect
from dure.apps.instruments.reasons import CollectionProblem
from dure.apps.instruments.stages import StakeStage
from dure.apps.people.models import User
from dure.foundation.sheets import Draft, Problem, read_rows, read_tables

Key = tuple[int, str, date]


@dataclass
class Collected:
    """What came of a list: how many rows it has, were entered and were known, and its problems."""

    rows: int = 0
    entered: int = 0
    known: int = 0
    won: int = 0
    problems: list[Problem] = field(default_factory=list)


@transaction.atomic
def take_list(*, scheme: Scheme, file: IO[bytes], name: str, by: User, at: datetime) -> Collected:
    """Enter a list of monthly payments; with a problem anywhere nothing of it.

    Rows that were entered before are passed over, so a list can be handed in twice. Raises
    UnreadableFile, Refused.
    """
    permissions.may_run(by).require()
    scheme = locked(scheme)
    of_kind(scheme, SchemeKind.SAVINGS)
    drafts, result = _read(file, name)
    stakes = {stake.number: stake for stake in scheme.stakes.select_related("scheme")}
    before = {
        (movement.stake_id, movement.part, movement.month): movement
        for movement in Movement.objects.filter(
            stake__scheme=scheme, kind=MovementKind.PAID_IN, month__isnull=False
        )
    }
    seen: dict[Key, int] = {}
    fresh = []
    for draft in drafts:
        judged = _judged(draft, stakes, before, seen, localdate(at))
        if isinstance(judged, Problem):
            result.problems.append(judged)
        elif judged is None:
            result.known += 1
        else:
            fresh.append(judged)
    if not result.problems and fresh:
        made = collect(payments=fresh, by=by, at=at)
        result.entered, result.won = len(made), sum(each.amount for each in made)
    return result


def _read(file: IO[bytes], name: str) -> tuple[list[Draft], Collected]:
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / ("list.csv" if name.lower().endswith(".csv") else "list.xlsx")
        path.write_bytes(file.read())
        tables = read_tables(path, adapter.COLUMNS)
    result, drafts = Collected(), []
    for table in tables:
        result.rows += len(table.rows)
        found, problems = read_rows(table, adapter.read_payment, table.rows)
        drafts += found
        result.problems += [*table.problems, *problems]
    return drafts, result


def _judged(
    draft: Draft,
    stakes: Mapping[str, Stake],
    before: Mapping[Key, Movement],
    seen: dict[Key, int],
    today: date,
) -> Movement | Problem | None:
    """The payment of a row, what is wrong with it, or None where it was entered before."""
    said = draft.values
    stake = stakes.get(said["number"])
    if stake is None:
        return draft.problem("number", CollectionProblem.NO_SAVER)
    key = (stake.pk, said["payer"], said["month"])
    if key in seen:
        return draft.problem("month", CollectionProblem.MONTH_TWICE, row=seen[key])
    seen[key] = draft.row.number
    if known := before.get(key):
        is_same = (known.amount, known.on) == (said["amount"], said["paid_on"])
        return None if is_same else draft.problem("amount", CollectionProblem.PAID_OTHERWISE)
    if stake.stage != StakeStage.RUNNING:
        return draft.problem("number", CollectionProblem.SAVING_OVER)
    due = adapter.part_of(stake, said["month"])
    if due is None:
        return draft.problem("month", CollectionProblem.MONTH_OUTSIDE)
    if said["amount"] != due:
        return draft.problem("amount", CollectionProblem.PART_DIFFERS, due=f"{due:,}")
    if said["paid_on"] > today:
        return draft.problem("paid_on", CollectionProblem.PAID_LATER)
    return Movement(
        stake=stake, kind=MovementKind.PAID_IN, part=said["payer"], month=said["month"],
        amount=due, on=said["paid_on"],
    )  # fmt: skip
