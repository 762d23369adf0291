"""How fast figures are measured, against peers in the same run: `make bench-measuring`.

Invented facts of every kind, known since and until some day; all indicators of the plan of the
demonstration that facts measure, over five years, as known on a day. Peers answer the same questions
from a bare table: SQL in SQLite, and DuckDB where it is installed (`uv pip install duckdb`). All
figures have to agree.
"""

import argparse
import random
import sqlite3
import time
from collections.abc import Iterator
from datetime import date, timedelta
from decimal import Decimal
from fractions import Fraction
from pathlib import Path
from typing import Any

from dure.engines.measuring import (
    AddsUp,
    Definition,
    Fact,
    Period,
    Selection,
    known_on,
    measure,
)
from dure.foundation import promotion_plans

ROOT = Path(__file__).parents[1]
PAGE = ROOT / "docs" / "reference" / "measuring-speed.md"
PLAN = ROOT / "demo" / "promotion-plan.toml"
YEARS = range(2024, 2029)
FIRST, DAYS, AS_OF = date(2024, 1, 1), 1826, date(2028, 6, 30)
VALUES = {
    "region": ["SEOUL", "BUSAN", "DAEGU", "GYEONGGI", "JEJU", ""],
    "size": ["small", "mid", "large", "public"],
    "field": ["AI", "SMARTFAC", "BIO", "ENERGY"],
    "outcome": ["KEPT", "NO_SHOW"],
    "next_step": ["JOINT_DEVELOPMENT", "PURCHASE_TALK", "NDA", "NO_FIT", ""],
    "result": ["SELECTED", "RESERVE", "REJECTED"],
    "role": ["government", "demand", "lead", "partner"],
}
COLUMNS = ("kind", "id", "day", "since", "until", "value", *VALUES)
FAR = "9999-12-31"


def invented(count: int, kinds: list[str]) -> Iterator[Fact]:
    """Facts of the kinds, one in twenty withdrawn later."""
    chance = random.Random(1)
    for number in range(count):
        on = FIRST + timedelta(chance.randrange(DAYS))
        since = on + timedelta(chance.randrange(60))
        until = since + timedelta(chance.randrange(1, 400)) if chance.random() < 0.05 else None
        dimensions = {name: chance.choice(values) for name, values in VALUES.items()}
        yield Fact(
            chance.choice(kinds), str(number), on, since, until, chance.randrange(10**9), dimensions
        )


def definitions() -> list[Definition]:
    """The measured indicators of the plan."""
    plan = promotion_plans.read(PLAN.read_bytes())
    return [
        definition
        for indicator in plan.indicators
        if (definition := promotion_plans.definition_of(indicator))
    ]


def row(fact: Fact) -> tuple[Any, ...]:
    until = fact.known_until.isoformat() if fact.known_until else FAR
    own = (fact.dimensions.get(name, "") for name in VALUES)
    days = (fact.on.isoformat(), fact.known_from.isoformat(), until)
    return (fact.kind, fact.id, *days, int(fact.value), *own)


def sql_of(selection: Selection, adds_up: AddsUp, period: Period, cumulative: bool) -> str:
    what = "SUM(value)" if adds_up in {AddsUp.SUM, AddsUp.SHARE} else "COUNT(*)"
    first = "0001-01-01" if cumulative else period.first.isoformat()
    sql = f"SELECT {what} FROM facts WHERE kind = '{selection.kind}'"
    sql += f" AND day BETWEEN '{first}' AND '{period.last}' AND since <= '{AS_OF}' AND until > '{AS_OF}'"
    for name, values in selection.where.items():
        sql += f" AND {name} IN ({', '.join(repr(value) for value in sorted(values))})"
    return sql


def asked(connection: Any, definition: Definition, period: Period) -> Fraction | None:
    def one(selection: Selection) -> Fraction:
        sql = sql_of(selection, definition.adds_up, period, definition.cumulative)
        return Fraction(int(connection.execute(sql).fetchone()[0] or 0))

    top = one(definition.of)
    if definition.per is None:
        return top
    whole = one(definition.per)
    return top * definition.times / whole if whole else None


def agrees(ours: Decimal | None, theirs: Fraction | None) -> bool:
    if ours is None or theirs is None:
        return ours is None and theirs is None
    return abs(Fraction(ours) - theirs) <= Fraction(1, 20_000)


def peer(
    connection: Any, fill: Any, questions: list[Any], values: list[Any]
) -> tuple[float, float]:
    """Processor seconds to fill the table and to answer all questions, which have to agree."""
    began = time.process_time()
    fill(connection)
    filled = time.process_time()
    answers = [asked(connection, *question) for question in questions]
    ended = time.process_time()
    wrong = [q for q, a, b in zip(questions, values, answers, strict=True) if not agrees(a, b)]
    if wrong:
        raise SystemExit(f"{len(wrong)} figures disagree, the first: {wrong[0]}")
    return filled - began, ended - filled


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--facts", type=int, default=1_000_000)
    parser.add_argument("--write", action="store_true")
    given = parser.parse_args()
    asks = definitions()
    kinds = sorted({asked.of.kind for asked in asks})
    facts = list(invented(given.facts, kinds))
    questions = [(asked, Period.of_year(year)) for asked in asks for year in YEARS]

    began = time.process_time()
    known = known_on(facts, AS_OF)
    sorted_at = time.process_time()
    measured = [measure(definition, known, period).value for definition, period in questions]
    ended = time.process_time()
    lines = [("ours", sorted_at - began, ended - sorted_at)]

    rows = [row(fact) for fact in facts]
    marks = ", ".join("?" * len(COLUMNS))
    text = ", ".join(f"{name} {'BIGINT' if name == 'value' else 'TEXT'}" for name in COLUMNS)

    def fill_sqlite(connection: Any) -> None:
        connection.execute(f"CREATE TABLE facts ({text})")
        connection.executemany(f"INSERT INTO facts VALUES ({marks})", rows)

    lines.append(
        (
            "SQL (SQLite, no index)",
            *peer(sqlite3.connect(":memory:"), fill_sqlite, questions, measured),
        )
    )
    try:
        import duckdb
        import pyarrow as pa
    except ImportError:
        print("DuckDB is not installed: uv pip install duckdb")
    else:
        columns = {
            name: list(values)
            for name, values in zip(COLUMNS, zip(*rows, strict=True), strict=True)
        }
        table = pa.table(columns)

        def fill_duckdb(connection: Any) -> None:
            connection.register("arrived", table)
            connection.execute("CREATE TABLE facts AS SELECT * FROM arrived")

        lines.append(("DuckDB", *peer(duckdb.connect(), fill_duckdb, questions, measured)))

    report = page(given.facts, len(asks), len(questions), lines)
    print(report)
    if given.write:
        PAGE.write_text(report, encoding="utf-8")


def page(facts: int, indicators: int, questions: int, lines: list[tuple[str, float, float]]) -> str:
    rows = "\n".join(f"| {name} | {load:.2f} s | {ask:.2f} s |" for name, load, ask in lines)
    return f"""# How fast figures are measured

Made by `make bench-measuring`; do not edit. {facts:,} invented facts, {indicators} indicators over five
years ({questions} figures) as known on a day; processor time, so that what else runs on the machine does
not count. The aim is 10 seconds. All figures agree with those of the peers, which answer from a bare table
of the same rows.

| what | facts taken in | all figures |
|---|---:|---:|
{rows}
"""


if __name__ == "__main__":
    main()
