"""How fast the ledger is, against peers in the same run: `make bench-ledger`.

A ledger of projects, each paid in instalments out of a budget that all share; one line in ten
corrects nothing and is only there to be summed. Peers: a plain `SUM` over a bare table of the same
rows in the same PostgreSQL, and beancount where it is installed (`uv pip install beancount`), reading
the same journal from memory. Writers are processes of their own; some are killed with -9 while they
post, and afterwards the whole ledger is checked.
"""

import argparse
import json
import multiprocessing
import os
import random
import signal
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from contextlib import suppress
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

ROOT = Path(__file__).parents[1]
PAGE = ROOT / "docs" / "reference" / "ledger-speed.md"
FIRST_DAY = date(2026, 1, 1)
AT = datetime(2026, 11, 30, tzinfo=UTC)
WRITERS, KILLED, BATCH, REPEATS = 20, 4, 1_000, 20


def new_entry(key: str, project: int, amount: int, day: date) -> Any:
    from dure.apps.ledger.operations import AccountName, NewEntry, Posting

    lines = (
        Posting(AccountName("BENCH_CASH", f"bench:{project}"), amount),
        Posting(AccountName("BENCH_FUNDING", f"bench:{project}"), -amount),
    )
    return NewEntry(key, day, "BENCH", f"bench:{project}", lines)


def register() -> None:
    from dure.apps.ledger.kinds import Side, account_kind, entry_kind

    account_kind("BENCH_CASH", "Cash", Side.DEBIT, has_floor=True)
    account_kind("BENCH_FUNDING", "Funding", Side.CREDIT)
    entry_kind("BENCH", "Bench")


def fill(entries: int, projects: int) -> float:
    """Post the entries; the seconds that it took."""
    from dure.apps.ledger.operations import post, seal

    chance = random.Random(1)
    began = time.perf_counter()
    for first in range(0, entries, BATCH):
        post(
            [
                new_entry(
                    f"fill/{n}",
                    chance.randrange(projects),
                    chance.randrange(1, 10**9),
                    FIRST_DAY + timedelta(days=chance.randrange(330)),
                )
                for n in range(first, min(first + BATCH, entries))
            ],
            by=None,
            at=AT,
        )
    seal(at=AT)
    return time.perf_counter() - began


def milliseconds(doing: Callable[[], object], repeats: int = REPEATS) -> float:
    times = []
    for _ in range(repeats):
        began = time.perf_counter()
        doing()
        times.append(1000 * (time.perf_counter() - began))
    return statistics.median(times)


def reading(projects: int) -> dict[str, float]:
    """Milliseconds of balances, ours and by a plain SUM over the same rows in a bare table."""
    from django.db import connection

    from dure.apps.ledger.models import Account
    from dure.apps.ledger.queries import balance, trial_balance

    with connection.cursor() as cursor:
        cursor.execute(
            """
            CREATE TABLE bare AS SELECT subject, kind, line.day, amount
            FROM ledger_line AS line JOIN ledger_account AS account ON account.id = account_id
            """
        )
        cursor.execute("ANALYZE")
    subject, day = f"bench:{projects // 2}", FIRST_DAY + timedelta(days=200)
    account = Account.objects.get(subject=subject, kind="BENCH_CASH")

    def bare(statement: str, *values: object) -> Callable[[], object]:
        def ask() -> object:
            with connection.cursor() as cursor:
                cursor.execute(statement, values)
                return cursor.fetchall()

        return ask

    one = bare(
        "SELECT sum(amount) FROM bare WHERE subject = %s AND kind = %s AND day <= %s",
        *(subject, "BENCH_CASH", day),
    )
    assert int(one()[0][0] or 0) == balance(account, day)
    return {
        "balance": milliseconds(lambda: balance(account, day)),
        "balance_bare": milliseconds(one, 5),
        "trial": milliseconds(trial_balance, 3),
        "trial_bare": milliseconds(bare("SELECT kind, sum(amount) FROM bare GROUP BY kind"), 3),
    }


def beancount_ms(entries: int) -> float | None:
    """Milliseconds in which beancount reads the journal and sums every account."""
    with suppress(ImportError):
        from beancount import loader
        from beancount.core import realization

        from dure.apps.ledger.models import Line

        lines = Line.objects.select_related("account").order_by("entry", "pk")[: 2 * entries]
        journal, seen, last = [], set(), None
        for line in lines.iterator():
            name = f"Assets:{line.account.kind.title().replace('_', '')}:P{line.account_id}"
            if name not in seen:
                seen.add(name)
                journal.insert(0, f"2020-01-01 open {name}")
            if line.entry_id != last:
                journal.append(f'\n{line.day} * "x"')
                last = line.entry_id
            journal.append(f"  {name}  {line.amount} KRW")
        text = "\n".join(journal)
        began = time.perf_counter()
        found, errors, _ = loader.load_string(text)
        realization.realize(found)
        assert not errors
        return 1000 * (time.perf_counter() - began)
    return None


def write(name: str, projects: int, seconds: float) -> None:
    """Post one entry after another, each in a transaction of its own, until time is up."""
    from django.db import connection

    from dure.apps.ledger.operations import post

    connection.connect()
    chance = random.Random(name)
    ends, n = time.monotonic() + seconds, 0
    while time.monotonic() < ends:
        entry = new_entry(f"{name}/{n}", chance.randrange(projects), 1 + n, FIRST_DAY)
        post([entry], by=None, at=AT)
        n += 1


def writing(projects: int, seconds: float) -> float:
    """Postings a second of all writers together, some of whom are killed on the way."""
    from django.db import connections

    from dure.apps.ledger.models import Entry

    connections.close_all()
    fork = multiprocessing.get_context("fork")
    writers = [
        fork.Process(target=write, args=(f"w{n}", projects, seconds)) for n in range(WRITERS)
    ]
    began = time.monotonic()
    for writer in writers:
        writer.start()
    time.sleep(seconds / 2)
    for writer in writers[:KILLED]:
        os.kill(writer.pid, signal.SIGKILL)
    for writer in writers:
        writer.join()
    took = time.monotonic() - began
    return Entry.objects.filter(key__startswith="w").count() / took


def measured(entries: int, projects: int, seconds: float) -> dict[str, Any]:
    from dure.config.serving import prepare
    from dure.config.startup import with_django

    with_django()
    prepare()
    register()
    from dure.apps.ledger.adapter import faults
    from dure.apps.ledger.operations import seal

    told: dict[str, Any] = {"entries": entries, "projects": projects}
    told["fill"] = entries / fill(entries, projects)
    told |= reading(projects)
    told["beancount"] = beancount_ms(entries)
    told["writing"] = writing(projects, seconds)
    seal(at=AT)
    began = time.perf_counter()
    told["faults"] = len(list(faults()))
    told["verify"] = time.perf_counter() - began
    return told


def lines_of(told: dict[str, Any]) -> list[str]:
    peer = f"{told['beancount']:,.0f} ms" if told["beancount"] else "–"
    balance, trial = (
        f"{told[name]:.1f} ms | {told[f'{name}_bare']:.1f} ms" for name in ("balance", "trial")
    )
    by_many = f"posted one by one by {WRITERS} writers, {KILLED} of them killed"
    return [
        f"{told['entries']:,} entries of {told['projects']:,} projects.",
        "",
        "| what | ours | plain `SUM` | beancount, which reads all |",
        "|---|---:|---:|---:|",
        f"| balance of a project at a day | {balance} | {peer} |",
        f"| trial balance | {trial} | {peer} |",
        f"| {by_many} | {told['writing']:.0f}/s | – | – |",
        f"| posted {BATCH:,} at a time by one | {told['fill']:,.0f}/s | – | – |",
        f"| the whole check | {told['verify']:.1f} s, {told['faults']} faults | – | – |",
    ]


HEAD = """# How fast the ledger is

Made by `make bench-ledger`; do not edit. Two cores, shared with PostgreSQL, which keeps what it is
told (fsync on). The plain `SUM` is over a bare table of the same rows without an index.

"""


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--entries", type=int, default=20_000)
    parser.add_argument("--projects", type=int, default=500)
    parser.add_argument("--seconds", type=float, default=6)
    parser.add_argument("--write", action="store_true", help="write the page in docs/reference")
    parser.add_argument("--one", type=Path, help=argparse.SUPPRESS)
    asked = parser.parse_args()
    if asked.one:
        asked.one.write_text(json.dumps(measured(asked.entries, asked.projects, asked.seconds)))
        return
    with tempfile.TemporaryDirectory(prefix="dure-bench-") as home:
        Path(home).chmod(0o755)
        result = Path(home) / "result.json"
        sizes = [f"--{name}={getattr(asked, name)}" for name in ("entries", "projects", "seconds")]
        try:
            subprocess.run(
                [sys.executable, "-m", "benchmarks.ledger", "--one", str(result), *sizes],
                env={**os.environ, "DURE_HOME": home},
                cwd=ROOT,
                check=True,
            )
        finally:
            from dure.config import postgres

            postgres.stop(Path(home) / "postgres")
        told = json.loads(result.read_text())
    lines = lines_of(told)
    print("\n".join(lines))
    if told["faults"]:
        sys.exit("the ledger is not what was posted")
    if asked.write:
        PAGE.write_text(HEAD + "\n".join(lines) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
