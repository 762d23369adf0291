"""`dure import` and `dure template`: spreadsheets in, as on the page."""

import unicodedata
from pathlib import Path
from typing import Any

import click
from django.utils import translation

from dure.config.startup import with_django

KINDS = ("needs", "technologies", "organisations")
PROBLEMS_SHOWN = 50
WIDEST = {"place": 24, "header": 20, "value": 30}


@click.command("import")
@click.argument("kind", type=click.Choice(KINDS))
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--check", "is_check", is_flag=True, help="Only say what the import would do.")
@click.option(
    "--by", metavar="E-MAIL", help="Who imports; else the first administrator or officer."
)
@click.option("--english", is_flag=True, help="In English.")
def import_command(kind: str, file: Path, is_check: bool, by: str | None, english: bool) -> None:
    """Import needs, technologies or organisations from a .xlsx or .csv file: all or nothing.

    Exit code 2 when the file has problems; they are listed, and nothing is imported.
    """
    with_django()
    from dure.config.running import run_here

    with translation.override("en" if english else "ko"):
        job = run_here(
            kind="check_sheet" if is_check else "import_sheet",
            title=file.name[:200],
            arguments={"kind": kind, "path": str(file.resolve()), "name": file.name},
            by=_person(by),
        )
        _show(job.result)
    if job.result["problem_count"]:
        raise click.exceptions.Exit(2)


@click.command("template")
@click.argument("kind", type=click.Choice(KINDS))
@click.argument("output", type=click.Path(dir_okay=False, path_type=Path))
@click.option("--english", is_flag=True, help="In English.")
def template_command(kind: str, output: Path, english: bool) -> None:
    """Write the workbook to fill in."""
    with_django()
    from dure.apps.catalog.operations.importing import TEMPLATES
    from dure.foundation.sheets import template

    output.write_bytes(template(kind, TEMPLATES[kind].columns, "en" if english else "ko"))
    click.echo(str(output))


def _person(email: str | None) -> Any:
    from dure.apps.people.models import User
    from dure.apps.people.queries import holders_of
    from dure.apps.people.roles import Role

    if email:
        person = User.objects.filter(email__iexact=email, is_active=True).first()
        if person is None:
            raise click.ClickException(f"Nobody signs in as {email}.")
        return person
    for role in (Role.ADMINISTRATOR, Role.OFFICER):
        if person := holders_of(role).order_by("pk").first():
            return person
    raise click.ClickException("There is no administrator or officer yet; say who, with --by.")


def _show(result: dict[str, Any]) -> None:
    from dure.foundation.sheets import Problem

    problems = [Problem(**problem) for problem in result["problems"][:PROBLEMS_SHOWN]]
    for problem in problems:
        place = _cell(problem.place, WIDEST["place"])
        header = _cell(problem.header, WIDEST["header"])
        value = _cell(problem.value, WIDEST["value"])
        click.echo(f"{place}  {header}  {value}  {problem.fix}")
    if result["problem_count"] > len(problems):
        click.echo(f"… {result['problem_count'] - len(problems):,}")
    names = ("rows", "new", "changed", "same", "problem_count")
    labels = {
        "ko": ("행", "신규", "변경", "동일", "문제"),
        "en": ("rows", "new", "changed", "same", "problems"),
    }[translation.get_language() or "ko"]
    counts = zip(labels, names, strict=True)
    click.echo("  ".join(f"{label} {result[name]:,}" for label, name in counts))


def _cell(text: str, width: int) -> str:
    """`text` cut or filled to `width` columns of a terminal, where a Hangul syllable takes two."""
    plain, taken = "", 0
    for character in " ".join(text.split()):
        wide = 2 if unicodedata.east_asian_width(character) in "WF" else 1
        if taken + wide > width:
            return f"{plain[:-1]}…" if plain else ""
        plain, taken = plain + character, taken + wide
    return plain + " " * (width - taken)
