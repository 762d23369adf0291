"""`dure plan`: promotion plans as files, and their figures measured from the database."""

import json
import sys
from datetime import date, datetime
from decimal import Decimal
from pathlib import Path
from typing import Any

import click

from dure.config.startup import with_django
from dure.foundation import promotion_plans
from dure.foundation.programmes import UnusableFile
from dure.foundation.promotion_plans import Plan, Strategy, Task

_file = click.Path(exists=True, dir_okay=False, path_type=Path)
_language = click.option(
    "--language",
    type=click.Choice(["ko", "en"]),
    default="en",
    show_default=True,
    help="Language of the sentences.",
)


class Unusable(click.ClickException):
    exit_code = 2


@click.group("plan")
def plan_command() -> None:
    """Promotion plans: check and show their files, load them, measure their figures."""


@plan_command.command()
@click.argument("file", type=_file)
@_language
def check(file: Path, language: str) -> None:
    """Explain every mistake of a plan FILE by line and key, and name figures that do not agree.

    Exit code 2 for a malformed file, 1 for figures that do not agree and are not explained.
    """
    plan = _read(file, language)
    discrepancies = promotion_plans.discrepancies(plan)
    for discrepancy in discrepancies:
        why = f" ({discrepancy.explained.in_language(language)})" if discrepancy.explained else ""
        click.echo(f"{file.name}: {discrepancy.place}: {discrepancy.message(language)}{why}")
    figures = sum(len(indicator.actuals) for indicator in plan.indicators)
    click.echo(
        f"{file.name}: {plan.id}: {len(plan.strategies)} strategies, {len(plan.tasks)} tasks, "
        f"{len(plan.indicators)} indicators, {figures} figures"
    )
    sys.exit(1 if any(discrepancy.explained is None for discrepancy in discrepancies) else 0)


@plan_command.command("list")
@_language
def list_command(language: str) -> None:
    """List the plans that dure comes with."""
    for plan_id, path in promotion_plans.shipped().items():
        plan = _read(path, language)
        years = f"{plan.first_year}-{plan.last_year}"
        click.echo(f"{plan_id:16}{years:12}{plan.name.in_language(language)}")


@plan_command.command()
@click.argument("plan")
@_language
def show(plan: str, language: str) -> None:
    """Say what a PLAN (an id or a file) wants, does, and what came of it."""
    loaded_plan = _plan(plan, language)
    click.echo(
        f"{loaded_plan.name.in_language(language)} ({loaded_plan.first_year}-{loaded_plan.last_year})"
    )
    for strategy in loaded_plan.strategies:
        click.echo(f"\n{strategy.id} {strategy.name.in_language(language)}")
        _show_indicators(loaded_plan, strategy, language)
        for task in loaded_plan.tasks_of(strategy):
            click.echo(f"  {task.id} {task.name.in_language(language)}")
            _show_indicators(loaded_plan, task, language)


def _show_indicators(plan: Plan, place: Strategy | Task, language: str) -> None:
    for indicator in plan.indicators_of(place):
        targets, actuals = (
            [
                f"{period} {promotion_plans.amount(value, indicator.unit, language)}"
                for period, value in values.items()
            ]
            for values in (indicator.targets, indicator.actuals)
        )
        aims = f" [target {', '.join(targets)}]" if targets else ""
        click.echo(
            f"    - {indicator.name.in_language(language)}: {', '.join(actuals) or '–'}{aims}"
        )


@plan_command.command()
def schema() -> None:
    """Print the JSON Schema of plan files."""
    click.echo(json.dumps(promotion_plans.json_schema(), ensure_ascii=False, indent=2))


@plan_command.command()
@click.argument("files", nargs=-1, type=_file)
def load(files: tuple[Path, ...]) -> None:
    """Load plan files, or all that come with dure when none is named; the same file once."""
    with_django()
    from django.utils import timezone

    from dure.apps.indicators import operations

    for file in files or promotion_plans.shipped().values():
        try:
            loaded, is_new = operations.load(file.read_bytes(), at=timezone.now())
        except UnusableFile as error:
            raise _unusable(file, error, "en") from error
        except operations.AnotherFile as error:
            raise Unusable(f"{file.name}: {error}") from error
        click.echo(f"{loaded.slug}: {'loaded' if is_new else 'was loaded already'}")


@plan_command.command()
@click.option("--year", type=click.IntRange(1900, 2200), required=True)
@click.option("--plan", "plan", help="An id or a file.  [default: all plans of that year]")
@click.option("--as-of", type=click.DateTime(["%Y-%m-%d"]), help="As known on that day.")
@click.option("--json", "as_json", is_flag=True, help="As JSON, with what each breaks down into.")
@_language
def measure(
    year: int, plan: str | None, as_of: datetime | None, as_json: bool, language: str
) -> None:
    """Measure what the platform knows of the indicators of a YEAR; nothing is stored."""
    plans = [_plan(plan, language)] if plan else _in_force(year, language)
    with_django()
    from dure.apps.indicators import adapter

    day = as_of.date() if as_of else date.today()  # noqa: DTZ011 -- the local day
    rows: list[dict[str, Any]] = []
    for measured_plan in plans:
        for indicator, figure in adapter.measured_year(measured_plan, year, day):
            rows.append(
                {
                    "plan": measured_plan.id,
                    "indicator": indicator.id,
                    "name": indicator.name.in_language(language),
                    "unit": indicator.unit,
                    "year": year,
                    "as_of": day.isoformat(),
                    "value": None if figure.value is None else str(figure.value),
                    "facts": len(figure.behind),
                    "cells": figure.cells,
                }
            )
    if as_json:
        click.echo(json.dumps(rows, ensure_ascii=False, indent=1))
        return
    for row in rows:
        value = None if row["value"] is None else Decimal(row["value"])
        text = promotion_plans.amount(value, row["unit"], language)
        click.echo(f"{row['plan']:14}{row['indicator']:24}{text:>24}  {row['name']}")


@plan_command.command("verify")
@_language
def verify(language: str) -> None:
    """Measure every published figure again as known on its day; name those that disagree, and why.

    Exit code 1 when one does.
    """
    with_django()
    from dure.apps.indicators import adapter, queries

    published = [revision for plan in queries.plans() for revision in queries.published_in(plan)]
    disagreements = adapter.disagreements(published)
    for disagreement in disagreements:
        unit = disagreement.revision.figure.indicator.unit
        published_value, right = (
            promotion_plans.amount(value, unit, language)
            for value in (disagreement.revision.value, disagreement.right)
        )
        click.echo(
            f"{disagreement.revision.figure.indicator.code} {disagreement.revision.figure.period}: published "
            f"{published_value}, measured again {right}; gone: {', '.join(disagreement.gone) or 'none'}; "
            f"come: {', '.join(disagreement.come) or 'none'}"
        )
    click.echo(f"{len(published)} published figures, {len(disagreements)} disagree")
    sys.exit(1 if disagreements else 0)


def _in_force(year: int, language: str) -> list[Plan]:
    plans = [_read(path, language) for path in promotion_plans.shipped().values()]
    return [plan for plan in plans if plan.first_year <= year <= plan.last_year]


def _plan(given: str, language: str) -> Plan:
    """The plan of an id, or of a file."""
    shipped = promotion_plans.shipped()
    if given in shipped:
        return _read(shipped[given], language)
    if Path(given).is_file():
        return _read(Path(given), language)
    raise Unusable(f"There is no plan or file {given!r}. `dure plan list` names all.")


def _read(path: Path, language: str) -> Plan:
    try:
        return promotion_plans.read(path.read_bytes())
    except UnusableFile as error:
        raise _unusable(path, error, language) from error


def _unusable(path: Path, error: UnusableFile, language: str) -> Unusable:
    return Unusable(
        "\n".join(
            f"{path.name}:{mistake.line}: {mistake.key}: {mistake.message(language)}"
            for mistake in error.mistakes
        )
    )
