"""`dure backup` and `dure restore`: database, uploads and keys as one file."""

import os
import shutil
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from datetime import UTC, datetime
from importlib.metadata import version
from pathlib import Path
from typing import IO

import click
import psycopg
from psycopg.conninfo import make_conninfo

from dure.config import env, postgres
from dure.config.archive import DERIVED, DRAFT, BadArchive, Description, Reader, Writer, kept_files
from dure.config.startup import with_django

LOCK_TIMEOUT = "10s"
ENCRYPTED = {"require", "verify-ca", "verify-full"}


@click.command()
@click.argument("file", type=click.Path(dir_okay=False, path_type=Path))
def backup(file: Path) -> None:
    """Write the whole site to FILE, readable by nobody else; the site may go on running.

    The database is as it was at one moment, with all files that it knew then.
    """
    home, file = env.home(), file.resolve()
    if file.exists():
        raise click.ClickException(f"{file} is there already.")
    if file.is_relative_to(home):
        raise click.ClickException(f"{file} is inside the home that it is to save.")
    _start_server(home)
    with _new_file(file) as target:
        now = datetime.now(UTC).isoformat(timespec="seconds")
        with Writer(target, Description(version=version("dure"), created_at=now)) as archive:
            # Before and after the database: no file is missing that was there at its moment.
            archive.add_new_files(home)
            with _dump() as dump:
                archive.add_database(dump)
            archive.add_new_files(home)
    click.echo(f"{file}: {file.stat().st_size:,} bytes")


@click.command()
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--replace", is_flag=True, help="Also when the home or the database is not empty.")
def restore(file: Path, replace: bool) -> None:
    """Bring the site in FILE back into an empty home and an empty database.

    Restore only your own backups: whoever makes one can run anything on the database. With
    --replace what was there is gone; stop the site first. Killed before its end, it has changed
    nothing and may be run again.
    """
    home = env.home()
    try:
        archive = Reader(file)
    except BadArchive as error:
        raise click.ClickException(str(error)) from error
    _check_version(archive.description)
    if not replace and any(kept_files(home)):
        raise click.ClickException(f"{home} is not empty; --replace would replace what is there.")
    home.mkdir(parents=True, exist_ok=True)
    free = shutil.disk_usage(home).free
    if archive.size > free:
        raise click.ClickException(f"{archive.size:,} bytes are needed, {free:,} are free.")
    _start_server(home)
    if not replace and _has_tables():
        raise click.ClickException("The database is not empty; --replace would replace it.")
    draft = home / DRAFT
    shutil.rmtree(draft, ignore_errors=True)  # of a restore that was killed
    (draft / "home").mkdir(parents=True, mode=0o700)
    draft.chmod(0o700)
    try:
        archive.extract_files(draft / "home")
        archive.extract_database(draft / "dump")
    except OSError as error:
        raise click.ClickException(f"Nothing was restored: {error}") from error
    _load(draft / "dump", draft / "script")
    _switch(home, draft)
    _ask_for_index()
    click.echo(f"{home}: as it was at {archive.description.created_at}")


def _check_version(description: Description) -> None:
    """Refuse what a later dure made: its tables are unknown here."""
    created_by, ours = description.version, version("dure")
    if _numbers(created_by) > _numbers(ours):
        raise click.ClickException(
            f"The backup is of dure {created_by}; this is {ours}: update first."
        )


def _numbers(release: str) -> list[int]:
    return [int(part) if part.isdigit() else 0 for part in release.split(".")]


def _start_server(home: Path) -> None:
    if not os.environ.get("DATABASE_URL"):
        postgres.start(home / "postgres")


def _has_tables() -> bool:
    address, password = _address()
    with psycopg.connect(address, password=password or None) as connection:
        rows = connection.execute("SELECT FROM pg_tables WHERE schemaname = 'public' LIMIT 1")
        return rows.fetchone() is not None


@contextmanager
def _dump() -> Iterator[IO[bytes]]:
    """The database in PostgreSQL's own format, as it is at one moment."""
    with tempfile.TemporaryFile() as file:
        arguments = ("--format=custom", "--no-owner", "--no-privileges", "--dbname", _address()[0])
        process = subprocess.Popen(  # noqa: S603 -- PostgreSQL's program
            [_program("pg_dump"), *arguments],
            env=_environment(),
            stdout=subprocess.PIPE,
            stderr=file,
        )
        try:
            yield process.stdout
            if process.wait():
                file.seek(0)
                raise click.ClickException(f"pg_dump: {file.read().decode(errors='replace')}")
        finally:
            process.kill()
            process.wait()


def _load(dump: Path, script: Path) -> None:
    """Replace all that is in the database by what is in `dump`, in one transaction."""
    address = _address()[0]
    _run("pg_restore", "--no-owner", "--no-privileges", "--file", script, dump)
    renew = ("DROP SCHEMA public CASCADE", "CREATE SCHEMA public")
    steps = (f"--command={step}" for step in renew)
    quiet = ("--quiet", "--no-psqlrc", "--output", os.devnull)
    safe = ("--single-transaction", "--set=ON_ERROR_STOP=1")
    _run("psql", *quiet, *safe, "--dbname", address, *steps, "--file", script)


def _run(program: str, *arguments: object) -> None:
    ran = subprocess.run(  # noqa: S603 -- PostgreSQL's programs
        [_program(program), *map(str, arguments)],
        env=_environment(),
        check=False,
        stdin=subprocess.DEVNULL,
        capture_output=True,
    )
    if ran.returncode:
        message = ran.stderr.decode(errors="replace")[-2000:]
        raise click.ClickException(f"Nothing was restored; {program} says: {message}")


def _program(name: str) -> str:
    """The wheel's own; those of the system where the connection is encrypted, which it cannot."""
    is_encrypted = env.database(is_owner=True)["OPTIONS"].get("sslmode") in ENCRYPTED
    return (shutil.which(name) if is_encrypted else None) or str(postgres.programs() / name)


def _address() -> tuple[str, str]:
    """How libpq reaches the database, and the password, which no list of processes shows."""
    known = env.database(is_owner=True)
    parts = {
        "dbname": known["NAME"], "user": known["USER"], "host": known["HOST"], "port": known["PORT"]
    }  # fmt: skip
    given = {name: value for name, value in parts.items() if value}
    return make_conninfo("", **given, **known["OPTIONS"]), known["PASSWORD"]


def _environment() -> dict[str, str]:
    password = _address()[1]
    secret = {"PGPASSWORD": password} if password else {}
    return {**os.environ, **secret, "PGOPTIONS": f"-c lock_timeout={LOCK_TIMEOUT}"}


@contextmanager
def _new_file(path: Path) -> Iterator[IO[bytes]]:
    """A file that only its owner reads and that appears when it is whole."""
    draft = path.with_name(f".{path.name}.{os.getpid()}")
    try:
        with os.fdopen(os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as file:
            yield file
            file.flush()
            os.fsync(file.fileno())
        draft.rename(path)
    finally:
        draft.unlink(missing_ok=True)


def _switch(home: Path, draft: Path) -> None:
    """Put the restored files in place of those that were there; renames only."""
    (draft / "old").mkdir()
    for name in {path.name for path in home.iterdir()} - DERIVED | {"index"}:
        with suppress(FileNotFoundError):
            (home / name).rename(draft / "old" / name)
    for path in (draft / "home").iterdir():
        path.rename(home / path.name)
    shutil.rmtree(draft)


def _ask_for_index() -> None:
    """Bring the tables to this release, and let the next worker build the search index."""
    with_django()
    from django.core.management import call_command

    from dure.apps.jobs.operations import enqueue

    call_command("migrate", verbosity=0, interactive=False)
    enqueue(kind="rebuild_index", title="Rebuild the index", arguments={}, by=None)
