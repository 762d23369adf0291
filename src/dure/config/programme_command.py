"""`dure programme`: programmes as files, without a database."""

import json
import sys
from datetime import date, datetime
from difflib import get_close_matches
from pathlib import Path
from typing import Any

import click

from dure.config.startup import with_django
from dure.foundation import programmes
from dure.foundation.programmes import Programme, UnusableFile, UnusablePlan

_MISTAKES_SHOWN = 200

_language = click.option(
    "--language",
    type=click.Choice(["ko", "en"]),
    default="en",
    show_default=True,
    help="Language of the sentences.",
)
_on = click.option(
    "--on",
    type=click.DateTime(["%Y-%m-%d"]),
    help="The day whose shared rules apply: that of the agreement.  [default: today]",
)
_file = click.Path(exists=True, dir_okay=False, path_type=Path)


class Unusable(click.ClickException):
    exit_code = 2


@click.group("programme")
def programme_command() -> None:
    """Programmes as files: check, list and show them, and hold plans of money against them."""


@programme_command.command()
@click.argument("file", type=_file)
@_language
def check(file: Path, language: str) -> None:
    """Explain every mistake of a programme FILE by line, key and remedy."""
    programme = _read(file, language)
    click.echo(f"{file.name}: {programme.id}, {programme.name.in_language(language)}")


@programme_command.command("list")
@_language
def list_command(language: str) -> None:
    """List the programmes that dure comes with."""
    for programme_id, path in programmes.shipped().items():
        programme = _read(path, language)
        click.echo(f"{programme_id:28}{programme.version:8}{programme.name.in_language(language)}")


@programme_command.command()
@click.argument("programme")
@click.option("--language", type=click.Choice(["ko", "en"]), help="One language instead of both.")
@_on
def show(programme: str, language: str | None, on: datetime | None) -> None:
    """Say who may apply to a PROGRAMME (an id or a file), who pays what, and what is asked when."""
    read = _programme(programme, language or "en")
    for shown_language in [language] if language else ["ko", "en"]:
        click.echo(f"{read.name.in_language(shown_language)} ({read.id}, {read.version})")
        click.echo(read.summary.in_language(shown_language))
        for section in programmes.described(read, _day(on), shown_language):
            click.echo(f"\n{section.title}")
            for line in section.lines:
                click.echo(f"  - {line}")
        click.echo()


@programme_command.command()
def schema() -> None:
    """Print the JSON Schema of programme files."""
    click.echo(json.dumps(programmes.json_schema(), ensure_ascii=False, indent=2))


@programme_command.command()
def load() -> None:
    """Release the programmes that dure comes with where the database does not know them yet."""
    with_django()
    from django.utils import timezone

    from dure.apps.programmes.operations import load_shipped

    click.echo(f"{load_shipped(at=timezone.now())} new")


@programme_command.command()
@click.argument("programme")
@click.argument("plan", type=_file)
@_language
@_on
def plan(programme: str, plan: Path, language: str, on: datetime | None) -> None:
    """Hold a PLAN (JSON) of money against a PROGRAMME (an id or a file).

    Exit code 0 when the plan passes, 1 when it does not, 2 when a file is malformed.
    """
    rules = _programme(programme, language)
    try:
        read = programmes.read_plan(plan.read_bytes())
    except UnusablePlan as error:
        raise _unusable(plan, error) from error
    judgement = programmes.judge_plan(rules, read, _day(on))
    _print(judgement.as_json(language))
    sys.exit(0 if judgement.passes else 1)


@programme_command.command()
@click.argument("programme")
@click.option("--applications", type=_file, required=True, help="The field of applications (JSON).")
@click.option("--places", type=click.IntRange(0, 1_000_000), help="How many can be selected.")
@_language
@_on
def simulate(
    programme: str, applications: Path, places: int | None, language: str, on: datetime | None
) -> None:
    """Run a call of a PROGRAMME (an id or a file) on a field of applications, to try its rules."""
    rules = _programme(programme, language)
    try:
        field = programmes.read_field(applications.read_bytes())
    except UnusablePlan as error:
        raise _unusable(applications, error) from error
    _print(programmes.simulate(rules, field, places, _day(on), language))


@click.command()
@click.argument("settlement", type=_file)
@click.option("--rules", "rule_set", default="rnd", show_default=True, help="Whose settlement.")
@_on
def settle(settlement: Path, rule_set: str, on: datetime | None) -> None:
    """Settle a project's account (JSON) to the won, with the steps for a check by hand.

    Exit code 0 when it is settled, 2 when the file is malformed.
    """
    try:
        rules = programmes.rule_sets().rule_set("settlement", rule_set, _day(on))
    except KeyError as error:
        known = ", ".join(programmes.rule_sets().ids("settlement"))
        raise Unusable(
            f"There are no settlement rules {rule_set!r}; use one of: {known}"
        ) from error
    try:
        _print(programmes.settled(settlement.read_bytes(), rules))
    except UnusablePlan as error:
        raise _unusable(settlement, error) from error


def _programme(given: str, language: str) -> Programme:
    """Return the programme of an id, or of a file."""
    shipped = programmes.shipped()
    if given in shipped:
        return _read(shipped[given], language)
    path = Path(given)
    if path.is_file():
        return _read(path, language)
    near = get_close_matches(given, shipped, n=1)
    hint = f" Did you mean {near[0]}?" if near else " `dure programme list` names all."
    raise Unusable(f"There is no programme or file {given!r}.{hint}")


def _read(path: Path, language: str) -> Programme:
    try:
        return programmes.read(path.read_bytes())
    except UnusableFile as error:
        lines = [
            f"{path.name}:{mistake.line}: {mistake.key}: {mistake.message(language)}"
            for mistake in error.mistakes
        ]
        if len(lines) > _MISTAKES_SHOWN:
            lines[_MISTAKES_SHOWN:] = [f"... and {len(lines) - _MISTAKES_SHOWN} more"]
        raise Unusable("\n".join(lines)) from error


def _unusable(path: Path, error: UnusablePlan) -> Unusable:
    return Unusable("\n".join(f"{path.name}: {fault}" for fault in error.faults[:_MISTAKES_SHOWN]))


def _day(on: datetime | None) -> date:
    return on.date() if on else date.today()  # noqa: DTZ011 -- rules change with the local day


def _print(answer: dict[str, Any]) -> None:
    click.echo(json.dumps(answer, ensure_ascii=False, indent=1))
