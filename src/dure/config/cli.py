"""The `dure` command: everything that can be done without a browser."""

import os
import sys
from pathlib import Path

import click

from dure.config.backup_command import backup, restore
from dure.config.export_command import export_command
from dure.config.import_command import import_command, template_command
from dure.config.jobs_command import jobs
from dure.config.ledger_command import ledger_command
from dure.config.plan_command import plan_command
from dure.config.programme_command import programme_command, settle
from dure.config.records_command import records_command
from dure.config.roadmap_command import roadmap
from dure.config.startup import with_django


@click.group()
@click.version_option(package_name="dure")
def main() -> None:
    """두레 (dure): demand-led technology cooperation, from the need to the result."""


@main.command()
@click.option(
    "--needs", type=click.Path(exists=True, dir_okay=False, path_type=Path), required=True
)
@click.option(
    "--technologies", type=click.Path(exists=True, dir_okay=False, path_type=Path), required=True
)
@click.option("--top", default=10, show_default=True, type=click.IntRange(1, 1000))
@click.option("--output", type=click.Path(dir_okay=False, path_type=Path), required=True)
def match(needs: Path, technologies: Path, top: int, output: Path) -> None:
    """Match needs with technologies on plain files (.csv or .xlsx): no database, no server."""
    from dure.config.match_files import match_files

    match_files(needs=needs, technologies=technologies, output=output, top=top)


@main.command()
@click.argument("fair", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--output", type=click.Path(dir_okay=False, path_type=Path), required=True)
@click.option("--seconds", default=60.0, show_default=True, type=click.FloatRange(0.1, 86_400))
def timetable(fair: Path, output: Path, seconds: float) -> None:
    """Plan the meetings of a fair on plain files (JSON): no database, no server."""
    from dure.config.timetable_files import timetable_files

    timetable_files(fair=fair, output=output, seconds=seconds)


@main.command()
@click.argument("instance", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--output", type=click.Path(dir_okay=False, path_type=Path), required=True)
@click.option(
    "--objective", default="total", show_default=True, type=click.Choice(["total", "fair"])
)
@click.option("--seconds", default=60.0, show_default=True, type=click.FloatRange(0.1, 86_400))
def assign(instance: Path, output: Path, objective: str, seconds: float) -> None:
    """Assign reviewers to applications on plain files (JSON): no database, no server.

    Exit code 2 for a malformed file, 1 for demands that clash.
    """
    from dure.config.assignment_files import assignment_files
    from dure.engines.assigning import Objective

    assignment_files(instance, output, Objective(objective), seconds)


@main.command()
@click.argument("sheets", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--output", type=click.Path(dir_okay=False, path_type=Path), required=True)
def rank(sheets: Path, output: Path) -> None:
    """Rank applications by their score sheets on plain files (JSON, CSV): no database, no server."""
    from dure.config.ranking_files import ranking_files

    ranking_files(sheets, output)


@main.command()
@click.argument("expenses", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option(
    "--projects", type=click.Path(exists=True, dir_okay=False, path_type=Path), required=True
)
@click.option("--relations", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--output", type=click.Path(dir_okay=False, path_type=Path), required=True)
@click.option("--summary", type=click.Path(dir_okay=False, path_type=Path))
@click.option(
    "--language",
    default="en",
    show_default=True,
    type=click.Choice(["ko", "en"]),
    help="Language of the sentences.",
)
def screen(
    expenses: Path,
    projects: Path,
    relations: Path | None,
    output: Path,
    summary: Path | None,
    language: str,
) -> None:
    """Screen the spending of many projects for signals of misuse on plain files: no database.

    Parquet, CSV (also .gz) or Excel. Exit code 2 for a malformed file.
    """
    from dure.config.screening_files import screening_files
    from dure.foundation.ledgers import Files

    files = Files(expenses, projects, relations)
    screening_files(files, output, summary, language)


@main.command()
@click.argument(
    "files", nargs=-1, required=True, type=click.Path(exists=True, dir_okay=False, path_type=Path)
)
def fingerprint(files: tuple[Path, ...]) -> None:
    """Print the SHA-256 of FILES, a line each, as sha256sum does: to be pasted where a page asks for it."""
    from dure.values.fingerprints import fingerprint_of

    for path in files:
        with path.open("rb") as file:
            chunks = iter(lambda: file.read(1 << 20), b"")
            click.echo(f"{fingerprint_of(chunks)}  {path.name}")


@main.command(context_settings={"ignore_unknown_options": True, "allow_extra_args": True})
@click.pass_context
def manage(context: click.Context) -> None:
    """Run a Django management command, e.g. `dure manage migrate`."""
    with_django()
    from django.core.management import execute_from_command_line

    execute_from_command_line(["dure manage", *context.args])


@main.command()
@click.option("--host", default="127.0.0.1", show_default=True)
@click.option("--port", default=8000, show_default=True)
@click.option("--processes", default=2, show_default=True, help="Web server processes.")
def serve(host: str, port: int, processes: int) -> None:
    """Serve the site, with a worker for long jobs beside it."""
    with_django()
    from dure.config.serving import prepare
    from dure.config.serving import serve as run

    prepare()
    run(host=host, port=port, processes=processes)


@main.command()
def worker() -> None:
    """Work on long jobs until told to stop; start as many as there are machines."""
    with_django()
    from dure.config.serving import work

    work()


@main.command()
@click.option("--host", default="127.0.0.1", show_default=True)
@click.option("--port", default=8000, show_default=True)
@click.option("--no-serve", is_flag=True, help="Only load the data and compute the matches.")
def demo(host: str, port: int, no_serve: bool) -> None:
    """Set everything up with the demonstration data, match it, and serve the site."""
    with_django()
    from dure.config.demo import load
    from dure.config.serving import prepare
    from dure.config.serving import serve as run

    prepare()
    load()
    if not no_serve:
        run(host=host, port=port, processes=2)


@main.command()
def stop() -> None:
    """Stop the embedded database, which every other command leaves running for the next one."""
    from dure.config import env, postgres

    if os.environ.get("DATABASE_URL"):
        raise click.UsageError("DATABASE_URL names a database that is not dure's to stop.")
    home = env.home() / "postgres"
    click.echo("The database is stopped." if postgres.stop(home) else "No database was running.")


main.add_command(backup)
main.add_command(restore)
main.add_command(jobs)
main.add_command(roadmap)
main.add_command(import_command)
main.add_command(template_command)
main.add_command(programme_command)
main.add_command(plan_command)
main.add_command(ledger_command)
main.add_command(export_command)
main.add_command(records_command)
main.add_command(settle)


@main.group()
def index() -> None:
    """The search index, which can always be made again from the database."""


@index.command("rebuild")
def index_rebuild() -> None:
    """Build the index anew; the old one serves until the new one is whole."""
    with_django()
    from dure.config.running import run_here

    job = run_here(kind="rebuild_index", title="Rebuild the index", arguments={}, by=None)
    click.echo(f"{job.result['documents']:,} documents, {job.result['passages']:,} passages")


@main.command("match-all")
def match_all() -> None:
    """Match all needs with all technologies in the database, both ways."""
    with_django()
    from dure.config.running import run_here

    job = run_here(kind="match_all", title="Match everything", arguments={}, by=None)
    click.echo(f"{job.result['suggestions']:,} suggestions")


@main.command("daily-email")
def daily_email() -> None:
    """Send everybody's daily e-mail now; the worker does it at eight in the morning in Seoul.

    Nobody gets two on one day, and nobody gets one without news.
    """
    with_django()
    from django.utils import timezone

    from dure.apps.notices.tasks import send_digests

    click.echo(f"{send_digests(timezone.now()):,} e-mails")


@main.command("plan-fair")
@click.argument("fair", type=int)
@click.option("--by", "email", required=True, help="E-mail address of the officer who plans.")
@click.option("--near", is_flag=True, help="Keep to the version there is, with the fewest moves.")
def plan_fair(fair: int, email: str, near: bool) -> None:
    """Make a draft of the timetable of a fair, as the page of its timetable does."""
    with_django()
    from dure.apps.people.models import User
    from dure.config.running import run_here

    officer = User.objects.filter(email__iexact=email).first()
    if officer is None:
        raise click.ClickException(f"nobody has the e-mail address {email}")
    job = run_here(
        kind="plan_fair", title="Timetable", arguments={"fair": fair, "is_near": near}, by=officer
    )
    figures = job.result
    click.echo(
        f"{figures['meetings']:,} meetings, {figures['unplaced']:,} without a place; "
        f"weight {figures['weight']:,} of at most {figures['bound']:,}"
    )


if __name__ == "__main__":
    sys.exit(main())
