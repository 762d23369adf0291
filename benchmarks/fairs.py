"""A fair under load: `make bench-fairs`.

500 people of a fair of 2023's size (40 × 147, 924 requests, 12 slots) refresh their agenda at once,
the page and the calendar feed, against the web server, worker and PostgreSQL as `dure serve` runs
them; once while nothing else happens and once while the worker plans the fair anew, again and
again. Latencies are from the moment at which everybody presses the button, so that they hold the
time in the queue.
"""

import argparse
import asyncio
import json
import os
import statistics
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import httpx

ROOT = Path(__file__).parents[1]
PAGE = ROOT / "docs" / "reference" / "fairs-under-load.md"
PORT = 8766
DEMANDS, SUPPLIES, REQUESTS = 40, 147, 924
PEOPLE = 500
CROWDS = (50, 150, 500)


@dataclass(frozen=True)
class Visitor:
    """What somebody refreshes: their agenda, with the cookie of their session, and their feed."""

    cookie: str
    page: str
    feed: str


@dataclass
class Round:
    """Seconds of every answer to a crowd that came at once, and how long it took in all."""

    page: list[float] = field(default_factory=list)
    feed: list[float] = field(default_factory=list)
    errors: list[str] = field(default_factory=list)
    seconds: float = 0.0
    plans: int = 0

    @property
    def throughput(self) -> float:
        return (len(self.page) + len(self.feed)) / self.seconds


# The fair


def fill() -> tuple[int, int, list[Visitor]]:
    """Make the fair with its released timetable; its id, the officer's, and 500 people."""
    from django.utils import timezone

    from dure.apps.fairs.models import Attendee
    from dure.apps.people.models import Appointment, User
    from dure.apps.people.roles import Role
    from tests.crowd import be_absent, crowded_fair, plan_and_release

    at = timezone.now()
    officer = User.objects.create(email="officer@bench.example", name="officer")
    Appointment.objects.create(user=officer, role=Role.OFFICER)
    fair, registrations = crowded_fair(DEMANDS, SUPPLIES, REQUESTS, officer=officer, at=at)
    be_absent(fair, registrations)
    people = _people(registrations)
    Attendee.objects.bulk_create(
        Attendee(registration=registrations[n % len(registrations)], name=person.name)
        for n, person in enumerate(people)
    )
    plan_and_release(fair, officer=officer, at=at)
    return fair.pk, officer.pk, [_visitor(fair, registrations, n, p) for n, p in enumerate(people)]


def _people(registrations: list[Any]) -> list[Any]:
    from dure.apps.people.models import Membership, User

    people = User.objects.bulk_create(
        User(email=f"person{n}@bench.example", name=f"사람 {n}") for n in range(PEOPLE)
    )
    Membership.objects.bulk_create(
        Membership(
            user=person, organisation=registrations[n % len(registrations)].organisation,
            role="MANAGER", stage="ACTIVE",
        )
        for n, person in enumerate(people)
    )  # fmt: skip
    return people


def _visitor(fair: Any, registrations: list[Any], n: int, person: Any) -> Visitor:
    """Sign a person in; 500 passwords would measure nothing but their hashing."""
    from django.conf import settings
    from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY
    from django.contrib.sessions.backends.db import SessionStore
    from django.urls import reverse

    from dure.apps.consultations.queries import feed_of

    session = SessionStore()
    session[SESSION_KEY] = str(person.pk)
    session[BACKEND_SESSION_KEY] = settings.AUTHENTICATION_BACKENDS[0]
    session[HASH_SESSION_KEY] = person.get_session_auth_hash()
    session.create()
    return Visitor(
        cookie=f"{settings.SESSION_COOKIE_NAME}={session.session_key}",
        page=reverse("consultations:agenda", args=[fair.pk]),
        feed=reverse("consultations:feed", args=[feed_of(registrations[n % len(registrations)])]),
    )


# The load


async def press(visitors: list[Visitor]) -> Round:
    """Let all visitors refresh both at the same moment."""
    done = Round()
    limits = httpx.Limits(max_connections=None, max_keepalive_connections=0)
    async with httpx.AsyncClient(
        base_url=f"http://127.0.0.1:{PORT}", timeout=120, limits=limits
    ) as client:

        async def one(path: str, cookie: str, times: list[float], holds: str) -> None:
            try:
                answer = await client.get(path, headers={"Cookie": cookie})
            except httpx.HTTPError as error:
                done.errors.append(repr(error))
                return
            times.append(time.perf_counter() - began)
            if answer.status_code != 200 or holds not in answer.text:
                done.errors.append(f"{answer.status_code} {path}")

        wanted = [
            pressed
            for visitor in visitors
            for pressed in (
                one(visitor.page, visitor.cookie, done.page, visitor.feed),
                one(visitor.feed, "", done.feed, "END:VCALENDAR"),
            )
        ]
        began = time.perf_counter()
        await asyncio.gather(*wanted)
        done.seconds = time.perf_counter() - began
    return done


@contextmanager
def planning(fair_id: int, officer_id: int) -> Iterator[list[int]]:
    """Keep the worker planning; the list counts the plans made, one entry each."""
    plans: list[int] = []
    ends, began = threading.Event(), threading.Event()

    def keep_asking() -> None:
        from django.utils import timezone

        from dure.apps.fairs.models import Fair
        from dure.apps.fairs.operations import ask_plan
        from dure.apps.jobs.models import JobStage
        from dure.apps.people.models import User

        fair, officer = Fair.objects.get(pk=fair_id), User.objects.get(pk=officer_id)
        while not ends.is_set():
            job = ask_plan(fair=fair, is_near=False, by=officer, at=timezone.now())
            while not job.has_ended:
                time.sleep(0.05)
                job.refresh_from_db()
                if job.step == "Making the timetable":
                    began.set()
            if job.stage != JobStage.DONE:
                raise RuntimeError(f"the plan failed: {job.error}")
            plans.append(job.result["meetings"])

    asker = threading.Thread(target=keep_asking)
    asker.start()
    began.wait()
    try:
        yield plans
    finally:
        ends.set()
        asker.join()


def run_rounds(repeats: int) -> dict[str, Any]:
    """Everything in this process but the servers: fill, press, count."""
    from dure.config.startup import with_django

    with_django()
    from dure.config.serving import prepare

    prepare()
    fair_id, officer_id, visitors = fill()
    from django.db import connection

    with connection.cursor() as cursor:
        cursor.execute("VACUUM ANALYZE")
    serving = subprocess.Popen(
        [sys.executable, "-m", "dure.config.cli", "serve", "--port", str(PORT)],
        start_new_session=True,
    )
    try:
        _wait_for_the_site()
        asyncio.run(press(visitors[:100]))  # warm
        results: dict[str, Any] = {}
        for crowd in CROWDS:
            for is_planning in (False, True):
                rounds = [
                    _one_round(visitors[:crowd], is_planning, fair_id, officer_id)
                    for _ in range(repeats)
                ]
                results[f"{crowd} {'planning' if is_planning else 'alone'}"] = _figures(rounds)
        return results
    finally:
        serving.terminate()
        serving.wait()


def _one_round(visitors: list[Visitor], is_planning: bool, fair_id: int, officer_id: int) -> Round:
    if not is_planning:
        return asyncio.run(press(visitors))
    with planning(fair_id, officer_id) as plans:
        done = asyncio.run(press(visitors))
    done.plans = len(plans)
    return done


def _wait_for_the_site() -> None:
    for _ in range(600):
        try:
            httpx.get(f"http://127.0.0.1:{PORT}/", timeout=30)
        except httpx.TransportError:
            time.sleep(0.1)
        else:
            return
    raise RuntimeError("the site did not come up")


def _figures(rounds: list[Round]) -> dict[str, Any]:
    figures: dict[str, Any] = {
        "errors": sum(len(measured_round.errors) for measured_round in rounds),
        "said": [error for measured_round in rounds for error in measured_round.errors][:5],
        "throughput": statistics.median(measured_round.throughput for measured_round in rounds),
        "plans": sum(measured_round.plans for measured_round in rounds),
    }
    for kind in ("page", "feed"):
        ms = sorted(1000 * s for measured_round in rounds for s in getattr(measured_round, kind))
        figures[kind] = (
            [statistics.median(ms), ms[int(len(ms) * 0.95) - 1], ms[-1]] if ms else [0] * 3
        )
    return figures


# The page


def lines_of(results: dict[str, Any]) -> list[str]:
    head = (
        "| people at once | a plan runs | page: median, 95th, slowest ms "
        "| feed: median, 95th, slowest ms | answers a second | errors | plans made |"
    )
    lines = [head, "|---:|---|---:|---:|---:|---:|---:|"]
    for name, figures in results.items():
        crowd, how = name.split()
        times = [
            " / ".join(f"{value:,.0f}" for value in figures[kind]) for kind in ("page", "feed")
        ]
        lines.append(
            f"| {crowd} | {'yes' if how == 'planning' else 'no'} | {times[0]} | {times[1]} "
            f"| {figures['throughput']:.0f} | {figures['errors']} | {figures['plans']} |"
        )
    return lines


def said_of(results: dict[str, Any]) -> str:
    ratios = [
        results[f"{crowd} planning"]["page"][0] / results[f"{crowd} alone"]["page"][0]
        for crowd in CROWDS
    ]
    least, most = (f"{crowd} alone" for crowd in (CROWDS[0], CROWDS[-1]))
    growth = results[most]["page"][1] / results[least]["page"][1]
    shown = ", ".join(f"{ratio:.2f}" for ratio in ratios)
    return (
        f"With a plan running the median page takes {shown} times as long as without"
        f" ({', '.join(str(crowd) for crowd in CROWDS)} people). Ten times the people wait"
        f" {growth:.1f} times as long (95th percentile of the page, no plan).\n"
    )


HEAD = f"""# A fair under load

Made by `make bench-fairs` on 2 cores, with the load, PostgreSQL, two web processes and the worker all
on them, as `dure serve` runs them (the worker yields to the web). The fair is of the size of 2023: {DEMANDS} × {SUPPLIES},
{REQUESTS} requests, a released timetable, {PEOPLE} people with a session of their own. Everybody asks
for two things in the same instant, their agenda and their calendar feed, each over a connection of
its own; times count from that instant and so hold the time in the queue: the slowest is how long
the last of all had to wait. While "a plan runs" the worker plans the fair anew without a pause;
people are often absent (demand side 50 %, supply side 60 % of the slots), which makes it hard.

There is no peer: programs that people would otherwise use for such a day are hosted by their makers
or are spreadsheets, so that only two things can be compared here: with and without a plan, and few
people with many.

"""

# Other work on the machine makes everything wait longer; the reader must know of it.
BUSY = "Processes of others at work when it began (load average of a minute): {:.1f}.\n\n"


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--repeats", type=int, default=3)
    parser.add_argument("--write", action="store_true", help="write the page in docs/reference")
    parser.add_argument("--one", type=Path, help=argparse.SUPPRESS)
    arguments = parser.parse_args()
    if arguments.one:
        arguments.one.write_text(json.dumps(run_rounds(arguments.repeats)))
        return
    load = os.getloadavg()[0]
    with tempfile.TemporaryDirectory(prefix="dure-bench-") as home:
        Path(home).chmod(0o755)
        result = Path(home) / "result.json"
        command = [sys.executable, "-m", "benchmarks.fairs", "--one", str(result)]
        try:
            subprocess.run(
                [*command, "--repeats", str(arguments.repeats)],
                env={**os.environ, "DURE_HOME": home},
                cwd=ROOT,
                check=True,
            )
        finally:
            from dure.config import postgres

            postgres.stop(Path(home) / "postgres")
        results = json.loads(result.read_text())
    lines = lines_of(results)
    print("\n".join(lines), said_of(results), sep="\n\n")
    if wrong := [error for figures in results.values() for error in figures["said"]]:
        sys.exit(f"errors: {wrong}")
    if arguments.write:
        text = HEAD + BUSY.format(load) + "\n".join(lines) + "\n\n" + said_of(results)
        PAGE.write_text(text, encoding="utf-8")


if __name__ == "__main__":
    main()
