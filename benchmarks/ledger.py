"""How fast the ledger is, against peers in the same run: `make bench-ledger`.

A ledger of projects, each paid in instalments. Peers: a plain `SUM` over a bare table of the same
rows in the same PostgreSQL, and beancount where it is installed (`uv pip install beancount`), reading
the first hundred thousand entries of the same journal from memory. Writers are processes of their own;
some are killed with -9 while they post, and afterwards the whole ledger is checked. They post to
projects at random; then once more all out of one budget, where each waits for the one before.
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
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

ROOT = Path(__file__).parents[1]
PAGE = ROOT / "docs" / "reference" / "ledger-speed.md"
FIRST_DAY = date(2026, 1, 1)
AT = datetime(2026, 11, 30, tzinfo=UTC)
WRITERS, KILLED, BATCH, REPEATS = 20, 4, 1_000, 20
OF_BEANCOUNT = 100_000


def new_entry(key: str, project: int, amount: int, day: date, *, is_of_budget: bool = False) -> Any:
    from dure.apps.ledger.operations import AccountName, NewEntry, Posting

    source = "bench:budget" if is_of_budget else f"bench:{project}"
    lines = (
        Posting(AccountName("BENCH_CASH", f"bench:{project}"), amount),
        Posting(AccountName("BENCH_FUNDING", source), -amount),
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


@contextmanager
def owner() -> Iterator[Any]:
    """A cursor of the owner of the tables; the application may create none."""
    import psycopg

    from dure.config import env

    known = env.database(is_owner=True)
    with (
        psycopg.connect(
            host=known["HOST"], port=known["PORT"], user=known["USER"], dbname=known["NAME"]
        ) as server,
        server.cursor() as cursor,
    ):
        yield cursor


def reading(projects: int) -> dict[str, float]:
    """Milliseconds of balances, ours and by a plain SUM over the same rows in a bare table."""
    from django.db import connection

    from dure.apps.ledger.models import Account
    from dure.apps.ledger.queries import balance, trial_balance

    with owner() as cursor:
        cursor.execute(
            """
            CREATE TABLE bare AS SELECT subject, kind, line.day, amount
            FROM ledger_line AS line JOIN ledger_account AS account ON account.id = account_id
            """
        )
        cursor.execute("GRANT SELECT ON bare TO PUBLIC")
        cursor.execute("ANALYZE")
    subject, day = f"bench:{projects // 2}", FIRST_DAY + timedelta(days=200)
    account = Account.objects.get(subject=subject, kind="BENCH_CASH")

    def bare(statement: str, *values: object) -> Callable[[], object]:
        def ask() -> object:
            with connection.cursor() as cursor:
                cursor.execute(statement, values)
                return cursor.fetchall()

        return ask

    bare_sum = bare(
        "SELECT sum(amount) FROM bare WHERE subject = %s AND kind = %s AND day <= %s",
        *(subject, "BENCH_CASH", day),
    )
    assert int(bare_sum()[0][0] or 0) == balance(account, day)
    return {
        "balance": milliseconds(lambda: balance(account, day)),
        "balance_bare": milliseconds(bare_sum, 5),
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
        entries_read, errors, _ = loader.load_string(text)
        realization.realize(entries_read)
        assert not errors
        return 1000 * (time.perf_counter() - began)
    return None


def write(
    name: str, projects: int, seconds: float, is_of_budget: bool, ready: Any, posted: Any
) -> None:
    """Post one entry after another, each in a transaction of its own, until time is up."""
    from django.db import connection

    from dure.apps.ledger.operations import post

    connection.connect()
    chance = random.Random(name)
    ready.wait()
    ends, n = time.monotonic() + seconds, 0
    while time.monotonic() < ends:
        project, amount = chance.randrange(projects), 1 + n
        entry = new_entry(f"{name}/{n}", project, amount, FIRST_DAY, is_of_budget=is_of_budget)
        post([entry], by=None, at=AT)
        n += 1
    posted.put((n, time.process_time() + server_seconds()))


def server_seconds() -> float:
    """Seconds of processor that the server has used for this connection; nought where nobody says."""
    from django.db import connection

    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_backend_pid()")
        place = Path(f"/proc/{cursor.fetchone()[0]}/stat")
    if not place.exists():
        return 0.0
    ticks = place.read_text().rpartition(")")[2].split()[11:13]
    return sum(map(int, ticks)) / os.sysconf("SC_CLK_TCK")


def writing(projects: int, seconds: float, *, is_of_budget: bool = False) -> dict[str, float]:
    """Postings a second of all writers together, some of whom are killed on the way.

    And milliseconds of processor for a posting, of writer and server: what others do on the machine
    meanwhile is no matter to it.
    """
    from django.db import connections

    from dure.apps.ledger.models import Entry

    before = Entry.objects.count()
    connections.close_all()
    fork = multiprocessing.get_context("fork")
    ready, posted = fork.Barrier(WRITERS + 1), fork.SimpleQueue()
    name = f"w{time.time_ns()}"
    writers = [
        fork.Process(
            target=write, args=(f"{name}/{n}", projects, seconds, is_of_budget, ready, posted)
        )
        for n in range(WRITERS)
    ]
    for writer in writers:
        writer.start()
    ready.wait()
    began = time.monotonic()
    time.sleep(seconds / 2)
    for writer in writers[:KILLED]:
        os.kill(writer.pid, signal.SIGKILL)
    counts = [posted.get() for _ in writers[KILLED:]]
    for writer in writers:
        writer.join()
    took = time.monotonic() - began
    count, busy = (sum(column) for column in zip(*counts, strict=True))
    return {"writing": (Entry.objects.count() - before) / took, "busy": 1000 * busy / count}


def measured(entries: int, projects: int, seconds: float) -> dict[str, Any]:
    from dure.config.serving import prepare
    from dure.config.startup import with_django

    with_django()
    prepare()
    register()
    from dure.apps.ledger.adapter import faults
    from dure.apps.ledger.operations import seal

    figures: dict[str, Any] = {"entries": entries, "projects": projects}
    figures["fill"] = entries / fill(entries, projects)
    figures |= reading(projects)
    figures["beancount"] = beancount_ms(min(entries, OF_BEANCOUNT))
    figures["load"] = os.getloadavg()[0]
    figures |= writing(projects, seconds)
    figures["one_budget"] = writing(projects, seconds, is_of_budget=True)["writing"]
    seal(at=AT)
    began = time.perf_counter()
    figures["faults"] = len(list(faults()))
    figures["verify"] = time.perf_counter() - began
    return figures


def lines_of(figures: dict[str, Any]) -> list[str]:
    peers = min(figures["entries"], OF_BEANCOUNT)
    peer = f"{figures['beancount']:,.0f} ms" if figures["beancount"] else "–"
    balance, trial = (
        f"{figures[name]:.1f} ms | {figures[f'{name}_bare']:.1f} ms"
        for name in ("balance", "trial")
    )
    by_many = f"posted one by one by {WRITERS} writers, {KILLED} of them killed"
    busy = f"{figures['writing']:.0f}/s; {figures['busy']:.1f} ms of processor each"
    return [
        f"{figures['entries']:,} entries of {figures['projects']:,} projects; load {figures['load']:.1f} when the writers began.",
        "",
        f"| what | ours | plain `SUM` | beancount, which reads all (of {peers:,}) |",
        "|---|---:|---:|---:|",
        f"| balance of a project at a day | {balance} | {peer} |",
        f"| trial balance | {trial} | {peer} |",
        f"| {by_many} | {busy} | – | – |",
        f"| the same, all out of one budget | {figures['one_budget']:.0f}/s | – | – |",
        f"| posted {BATCH:,} at a time by one | {figures['fill']:,.0f}/s | – | – |",
        f"| the whole check | {figures['verify']:.1f} s, {figures['faults']} faults | – | – |",
    ]


HEAD = """# How fast the ledger is

Made by `make bench-ledger`; do not edit. Two cores, shared with PostgreSQL, which keeps what it is
told (fsync on). The plain `SUM` is over a bare table of the same rows without an index.

"""


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--entries", type=int, default=1_000_000)
    parser.add_argument("--projects", type=int, default=10_000)
    parser.add_argument("--seconds", type=float, default=10)
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
        figures = json.loads(result.read_text())
    lines = lines_of(figures)
    print("\n".join(lines))
    if figures["faults"]:
        sys.exit("the ledger is not what was posted")
    if asked.write:
        PAGE.write_text(HEAD + "\n".join(lines) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
