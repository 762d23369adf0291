"""`dure records`: whether the sealed record is what was recorded, and proofs out of it."""

from datetime import UTC, datetime, timedelta
from pathlib import Path

import click

from dure.config.startup import with_django

MOST_SHOWN = 1_000
EXISTING = click.Path(exists=True, dir_okay=False, path_type=Path)


@click.group("records")
def records_command() -> None:
    """The sealed record: signed, checked against changes behind its back, proven to others."""


@records_command.command()
@click.option(
    "--against", multiple=True, type=EXISTING, help="A checkpoint that was kept elsewhere."
)
def verify(against: tuple[Path, ...]) -> None:
    """Compute the whole record anew; exit code 1 with a line for every fault, the first bad entry last.

    It finds what a superuser changed, took out, put in or reordered with SQL. Entries that were
    deleted within the minute before the next checkpoint leave a gap only if later ones follow.
    """
    with_django()
    from dure.apps.records.operations import check
    from dure.engines.transparency import BadCheckpoint, BadNote

    try:
        kept, faults = check(against=[path.read_bytes() for path in against], at=datetime.now(UTC))
    except (BadNote, BadCheckpoint) as error:
        raise click.ClickException(f"a checkpoint is not one of this record: {error}") from error
    for fault in faults[:MOST_SHOWN]:
        click.echo(f"{fault.kind.value}  {fault.where}  {fault.kind.label}")
    click.echo(f"{kept.size:,} entries, {kept.fault_count:,} faults")
    if faults:
        if kept.first_bad is not None:
            click.echo(f"first bad entry: no. {kept.first_bad}")
        raise SystemExit(1)


@records_command.command()
@click.argument("number", type=click.IntRange(0))
@click.option("-o", "--output", type=click.Path(dir_okay=False, path_type=Path), required=True)
def prove(number: int, output: Path) -> None:
    """Write the proof of the entry with this NUMBER into a zip file, to be checked by dure-verify."""
    with_django()
    from dure.apps.records.adapter import bundle
    from dure.apps.records.operations import seal, stamp
    from dure.apps.records.queries import entry_at, first_covering

    entry = entry_at(number)
    if entry is None:
        raise click.ClickException(f"the record has no entry no. {number}")
    checkpoint = first_covering(number)
    if checkpoint is None:
        now = datetime.now(UTC)
        seal(at=now)
        stamp(at=now)
        checkpoint = first_covering(number)
    content = bundle(entry, checkpoint)
    output.write_bytes(content)
    click.echo(f"{output}: {len(content):,} bytes")


@records_command.command()
def seal() -> None:
    """Sign a checkpoint now; a worker does it every minute."""
    with_django()
    from dure.apps.records.operations import seal, stamp

    now = datetime.now(UTC)
    made = seal(at=now)
    click.echo(f"checkpoint on {made.size:,} entries" if made else "nothing to sign")
    if stamped := stamp(at=now):
        click.echo(f"{stamped:,} timestamps")


@records_command.command("new-key")
@click.option("--overlap", default=90, show_default=True, type=click.IntRange(1, 3650))
def new_key(overlap: int) -> None:
    """Let a new key sign from now on, and the one before it beside it for so many days."""
    with_django()
    from dure.apps.records.operations import rotate_key

    key = rotate_key(overlap=timedelta(days=overlap), at=datetime.now(UTC))
    click.echo(f"{key}\npublish this key; a backup of the folder of keys is needed from now on")
