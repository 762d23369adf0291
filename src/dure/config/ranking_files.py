"""`dure rank`: score sheets from a JSON file, the ranking with every reason into a CSV file."""

import csv
import io
from datetime import date
from decimal import Decimal
from fractions import Fraction
from pathlib import Path
from typing import Annotated

import click
from pydantic import Field

from dure.config.answer_files import write_text
from dure.engines import scoring
from dure.engines.scoring import Entry, Places, Quota, Ranked, Sheet, UnusableSheets, written
from dure.foundation.programmes import SelectionRules, rule_sets
from dure.foundation.strict_json import StrictJson, UnusableJson, read_strictly

_MOST_BYTES = 50_000_000
_FAULTS_SHOWN = 20
_DECIMALS = 4
_COLUMNS = (
    *("rank", "application", "panel", "score", "bonus", "final", "outcome", "cause", "of"),
    *("sheets", "left_out", "spread", "wide"),
)

_Id = Annotated[str, Field(min_length=1, max_length=200)]
_Percent = Annotated[float, Field(ge=0, le=100, allow_inf_nan=False)]
_Points = Annotated[float, Field(ge=0, le=1000, allow_inf_nan=False)]
_Count = Annotated[int, Field(ge=0, le=1_000_000)]


class _Criterion(StrictJson):
    id: _Id
    weight: Annotated[float, Field(gt=0, le=1000, allow_inf_nan=False)]
    minimum: _Percent | None = None


class _Sheet(StrictJson):
    reviewer: _Id
    marks: dict[_Id, _Percent | _Id]
    failed: list[_Id] = []


class _Application(StrictJson):
    id: _Id
    panel: Annotated[str, Field(max_length=200)] = ""
    bonus: _Points = 0.0
    penalty: _Points = 0.0
    belongs: dict[_Id, Annotated[str, Field(max_length=200)]] = {}
    tier: _Count = 0
    sheets: Annotated[list[_Sheet], Field(max_length=200)]


class _Quota(StrictJson):
    by: _Id
    value: _Id
    least: _Count = 0
    most: _Count | None = None
    reserve: _Count = 0


class _Round(StrictJson):
    rules: _Id
    on: str
    criteria: Annotated[list[_Criterion], Field(min_length=1, max_length=200)]
    pass_score: Annotated[int, Field(ge=0, le=1000)] | None = None
    most_bonus: Annotated[int, Field(ge=0, le=1000)] | None = None
    places: _Count
    reserve: _Count = 0
    quotas: list[_Quota] = []
    applications: Annotated[list[_Application], Field(max_length=100_000)]


class UnusableRound(click.ClickException):
    exit_code = 2


def ranking_files(sheets: Path, output: Path) -> None:
    """Write the ranking of the sheets in `sheets` to `output`.

    Raises UnusableRound, with the place of every fault, and writes nothing then.
    """
    try:
        read = read_strictly(_Round, sheets.read_bytes(), _MOST_BYTES)
        entries, rules, places = _engine(read)
        ranking = scoring.rank(entries, rules, places)
    except UnusableJson as error:
        faults = error.faults[:_FAULTS_SHOWN]
        raise UnusableRound("\n".join(f"{sheets.name}: {fault}" for fault in faults)) from error
    except UnusableSheets as error:
        raise UnusableRound(f"{sheets.name}: {error}") from error
    if faults_found := scoring.check(entries, rules, places, ranking):
        raise AssertionError(f"the ranking does not follow from its sheets: {faults_found}")
    write_text(output, _table(ranking.lines))
    click.echo(f"{len(ranking.lines)} applications, written: {output}", err=True)


def _engine(read: _Round) -> tuple[list[Entry], scoring.Rules, Places]:
    rule_set = _rule_set(read)
    criteria = tuple(
        scoring.Criterion(
            criterion.id,
            _exact(criterion.weight),
            None if criterion.minimum is None else _exact(criterion.minimum),
        )
        for criterion in read.criteria
    )
    if len({criterion.id for criterion in criteria}) < len(criteria):
        raise UnusableJson(["criteria: an id stands twice"])
    grades = {grade.id: Fraction(grade.percent) for grade in rule_set.grades}
    entries = [
        Entry(
            id=application.id,
            panel=application.panel,
            bonus=_exact(application.bonus),
            penalty=_exact(application.penalty),
            belongs=dict(application.belongs),
            tier=application.tier,
            sheets=tuple(
                Sheet(
                    sheet.reviewer,
                    {
                        criterion: _mark(
                            mark, grades, f"applications[{at}].sheets[{number}].marks.{criterion}"
                        )
                        for criterion, mark in sheet.marks.items()
                    },
                    frozenset(sheet.failed),
                )
                for number, sheet in enumerate(application.sheets)
            ),
        )
        for at, application in enumerate(read.applications)
    ]
    quotas = tuple(
        Quota(quota.by, quota.value, quota.least, quota.most, quota.reserve)
        for quota in read.quotas
    )
    return (
        entries,
        rule_set.scoring(criteria, read.pass_score, read.most_bonus),
        Places(read.places, read.reserve, quotas),
    )


def _rule_set(read: _Round) -> SelectionRules:
    try:
        on = date.fromisoformat(read.on)
    except ValueError as error:
        raise UnusableJson([f"on: {read.on!r} is not a day like 2026-05-31"]) from error
    try:
        selection_rules: SelectionRules = rule_sets().rule_set("selection", read.rules, on)
    except KeyError as error:
        known = ", ".join(rule_sets().ids("selection"))
        raise UnusableJson([f"rules: no rule set is called {read.rules!r} ({known})"]) from error
    return selection_rules


def _mark(mark: float | str, grades: dict[str, Fraction], place: str) -> Fraction:
    if isinstance(mark, str):
        if mark not in grades:
            raise UnusableJson([f"{place}: no grade is called {mark!r} ({', '.join(grades)})"])
        return grades[mark]
    return _exact(mark)


def _exact(number: float) -> Fraction:
    """Return the shortest decimal that is the number: as it stands in the file."""
    return Fraction(Decimal(str(number)))


def _table(lines: tuple[Ranked, ...]) -> str:
    written_to = io.StringIO()
    table = csv.DictWriter(written_to, _COLUMNS, lineterminator="\n")
    table.writeheader()
    for line in lines:
        score = line.score
        numbers = {"score": score.score, "bonus": line.bonus, "final": line.final}
        table.writerow(
            {
                "rank": line.rank,
                "application": line.id,
                "panel": line.panel,
                **{name: written(value, _DECIMALS) for name, value in numbers.items()},
                "outcome": line.outcome.lower(),
                "cause": line.cause.lower(),
                "of": line.of,
                "sheets": len(score.totals),
                "left_out": " ".join(str(at + 1) for at in sorted(score.left_out)),
                "spread": written(score.spread, _DECIMALS),
                "wide": "yes" if score.is_wide else "no",
            }
        )
    return written_to.getvalue()
