"""`dure ledger`: whether the ledger is what was posted."""

from datetime import UTC, datetime

import click

from dure.config.startup import with_django

MOST_SHOWN = 1_000


@click.group("ledger")
def ledger_command() -> None:
    """The ledger: sealed, and checked against changes behind its back."""


@ledger_command.command()
def verify() -> None:
    """Compute every balance, digest and seal anew; exit code 1 with a line for every fault.

    It finds what a superuser changed with SQL, as long as the folder of keys was out of reach. Entries
    that were deleted within the minute before the next seal leave no trace.
    """
    with_django()
    from dure.apps.ledger.adapter import faults
    from dure.apps.ledger.queries import size

    count = 0
    for fault in faults():
        count += 1
        if count <= MOST_SHOWN:
            click.echo(f"{fault.kind.value}  {fault.where}  {fault.kind.label}")
    entries, accounts = size()
    click.echo(f"{entries:,} entries, {accounts:,} accounts, {count:,} faults")
    if count:
        raise SystemExit(1)


@ledger_command.command()
def seal() -> None:
    """Seal what was posted since the last seal; a worker does it every minute."""
    with_django()
    from dure.apps.ledger.operations import seal

    made = seal(at=datetime.now(UTC))
    click.echo(f"seal {made.number}, {made.entry_count:,} entries" if made else "nothing to seal")
