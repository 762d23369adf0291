"""`dure export`: agreements and payments as open data, and a project whole."""

import json
from datetime import UTC, datetime
from pathlib import Path

import click

from dure.config.startup import with_django


@click.group("export")
def export_command() -> None:
    """Agreements and payments in the formats of others; a project whole."""


@export_command.command()
@click.option("--output", type=click.Path(dir_okay=False, path_type=Path), required=True)
def ocds(output: Path) -> None:
    """Write a package of OCDS 1.1 releases: signed agreements with what was paid so far."""
    with_django()
    from django.conf import settings

    from dure.apps.agreements.presenters.releases import release_package
    from dure.apps.agreements.queries import signed_agreements

    package = release_package(
        signed_agreements(),
        prefix=settings.DURE_OCID_PREFIX,
        uri=f"{settings.BASE_URL}/agreements/ocds.json",
        publisher=settings.BASE_URL,
        at=datetime.now(UTC),
    )
    output.write_text(json.dumps(package, ensure_ascii=False, indent=1), encoding="utf-8")
    click.echo(f"{len(package['releases']):,} releases")


@export_command.command()
@click.option("--output", type=click.Path(dir_okay=False, path_type=Path), required=True)
def package(output: Path) -> None:
    """Write a tabular data package (Frictionless, ZIP) of signed agreements and their payments."""
    with_django()
    from dure.apps.agreements.presenters.data_package import data_package
    from dure.apps.agreements.queries import signed_agreements

    output.write_bytes(data_package(signed_agreements(), at=datetime.now(UTC)))
    click.echo(str(output))


@export_command.command()
@click.argument("number")
@click.option("--output", type=click.Path(dir_okay=False, path_type=Path), required=True)
def project(number: str, output: Path) -> None:
    """Write all tables of the project with a NUMBER as a tabular data package (Frictionless, ZIP), or
    as an Excel file where OUTPUT ends in .xlsx."""
    with_django()
    from dure.apps.projects.presenters import project_package, project_workbook
    from dure.apps.projects.queries import project_by_number

    project = project_by_number(number)
    if project is None:
        raise click.ClickException(f"there is no project {number}")
    is_workbook = output.suffix.lower() == ".xlsx"
    content = (
        project_workbook(project, None)
        if is_workbook
        else project_package(project, None, at=datetime.now(UTC))
    )
    output.write_bytes(content)
    click.echo(str(output))
