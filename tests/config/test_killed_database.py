"""kill -9 of the embedded database under a running site: all starts again, nothing is lost."""

import csv
import os
import signal
import socket
import subprocess
import sys
import urllib.request
from contextlib import closing, suppress
from pathlib import Path

import psycopg
import pytest

from dure.config import env, postgres
from tests.migrated import fill
from tests.processes import dure, wait_until

ROWS = 2_000
ENTRIES = 60  # of each kind; fifty are matched and saved at a time
# Two imports and two matchings, each given to the worker when the one before has ended.
ASK = f"""
import csv, itertools, sys
from dure.config.startup import with_django
with_django()
from tests.cast import make_cast
from dure.apps.jobs.operations import enqueue
from dure.config import env
cast = make_cast()
for name, make in (("needs", cast.need), ("technologies", cast.technology)):
    with (env.ROOT / "demo" / f"{{name}}.csv").open(encoding="utf-8-sig", newline="") as file:
        for row in itertools.islice(csv.DictReader(file), {ENTRIES}):
            make(title=row["title"], body=row["body"])
for number, sheet in enumerate(sys.argv[1:]):
    later = {{"by": cast["officer"], "seconds_until_workers": 7200}}
    enqueue(kind="match_all", title="Match everything", arguments={{"n": number}}, **later)
    arguments = {{"kind": "needs", "path": sheet}}
    enqueue(kind="import_sheet", title=sheet, arguments=arguments, **later)
"""
GIVE_NEXT = """
UPDATE procrastinate_jobs SET scheduled_at = NULL WHERE id = (
    SELECT min(id) FROM procrastinate_jobs
    WHERE status = 'todo' AND scheduled_at > now() + interval '1 hour'
)
"""
KILLS = ("postmaster", "everything")

pytestmark = pytest.mark.slow


@pytest.fixture
def home(empty_home, django_db_blocker):
    """A home whose server has the tables."""
    with django_db_blocker.unblock():
        fill(empty_home / "postgres")
    return empty_home


@pytest.fixture
def ask_for(home):
    """A function that runs a query on the home's database."""

    def function(query: str, *values: object) -> list[tuple]:
        known = postgres.connection(home / "postgres")
        with psycopg.connect(**known, autocommit=True) as connection:
            cursor = connection.execute(query, values)
            return cursor.fetchall() if cursor.description else []

    return function


def sheet(home: Path, prefix: str) -> str:
    path = home / f"{prefix}.csv"
    with path.open("w", newline="", encoding="utf-8") as file:
        table = csv.writer(file)
        table.writerow(["관리번호", "사업자등록번호", "제목", "내용"])
        table.writerows(
            [f"{prefix}-{n}", "1248100998", f"제목 {n}", "배기열 회수"] for n in range(ROWS)
        )
    return str(path)


def kill_database(home: Path, how: str) -> None:
    """Kill -9 the postmaster, alone or with every process it started."""
    [first, *_] = (home / "postgres" / "data" / "postmaster.pid").read_text().split()
    postmaster = int(first)
    children = []
    for stat in Path("/proc").glob("[0-9]*/stat"):
        try:
            parent = int(stat.read_text().rpartition(")")[2].split()[1])
        except (FileNotFoundError, ProcessLookupError):  # ended meanwhile
            continue
        children += [int(stat.parent.name)] if parent == postmaster else []
    for pid in [postmaster, *(children if how == "everything" else [])]:
        with suppress(ProcessLookupError):  # a child ends by itself once the postmaster is gone
            os.kill(pid, signal.SIGKILL)


def free_port() -> int:
    with closing(socket.socket()) as server:
        server.bind(("127.0.0.1", 0))
        return server.getsockname()[1]


def answers(port: int) -> bool:
    try:
        with urllib.request.urlopen(f"http://127.0.0.1:{port}/", timeout=5) as page:
            return page.status == 200
    except OSError:
        return False


@pytest.mark.enable_socket
def test_site_goes_on_after_kill_9_of_its_database(home, ask_for):
    port, log = free_port(), home / "log"
    own = {"DURE_HOME": str(home), "DURE_DEBUG": "1"}
    sheets = [sheet(home, how) for how in KILLS]

    def job(number: int) -> tuple:
        try:
            return ask_for(
                "SELECT stage, step, done, attempts, error FROM jobs_job WHERE kind <> 'find_"
                "duplicates' ORDER BY requested_at OFFSET %s LIMIT 1",
                number,
            )[0]
        except psycopg.OperationalError:  # it is down
            return ("", "", 0, 0, "")

    def is_in(number: int, step: str, done: int) -> bool:
        stage, now, so_far, _, error = job(number)
        assert stage not in ("DONE", "FAILED"), f"it ended before the kill: {stage} {error}"
        return now == step and so_far >= done

    with dure("serve", "--port", str(port), "--processes", "1", output=log, **own) as site:
        wait_until(lambda: answers(port))
        asked = [sys.executable, "-c", ASK, *sheets]
        subprocess.run(asked, env={**os.environ, **own}, cwd=env.ROOT, check=True)
        for number, (how, step, done) in enumerate(
            (how, *at) for how in KILLS for at in (("Matching", 50), ("Saving", 500))
        ):
            ask_for(GIVE_NEXT)
            wait_until(lambda number=number, step=step, done=done: is_in(number, step, done))
            saved = ask_for("SELECT count(*) FROM matches_suggestion")
            ask_for("UPDATE people_organisation SET summary = %s", f"acknowledged {number}")
            kill_database(home, how)
            wait_until(lambda number=number: log.read_text().count("database died") > number)
            wait_until(lambda number=number: job(number)[0] == "DONE")

            assert ask_for("SELECT DISTINCT summary FROM people_organisation") == [
                (f"acknowledged {number}",)
            ]
            assert job(number)[3] == 2
            assert ask_for("SELECT count(*) FROM matches_suggestion") >= saved
            if step == "Saving":
                question = "SELECT count(*), count(DISTINCT external_id) FROM catalog_need"
                started = ask_for(f"{question} WHERE external_id LIKE %s", f"{how}-%")
                assert started == [(ROWS, ROWS)]
        assert answers(port)
        assert site.poll() is None
