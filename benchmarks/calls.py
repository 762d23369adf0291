"""The last minute of a call: `make bench-calls`.

300 firms approve their applications in the same instant against the web server, worker and
PostgreSQL as `dure serve` runs them; every tenth presses twice. None may be lost and none doubled,
and the slowest says how long the last of all waited for its receipt. Then the deadline passes and
all are opened.
"""

import argparse
import asyncio
import json
import os
import secrets
import statistics
import subprocess
import sys
import tempfile
import time
from datetime import timedelta
from pathlib import Path
from typing import Any

import httpx

from benchmarks.fairs import _wait_for_the_site

ROOT = Path(__file__).parents[1]
PAGE = ROOT / "docs" / "reference" / "calls-under-load.md"
PORT = 8766
FIRMS, TWICE = 300, 10


def fill() -> list[tuple[int, str]]:
    """Make a call and 300 filed applications; the number of each and a session of its signatory."""
    from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY
    from django.contrib.sessions.backends.db import SessionStore
    from django.utils import timezone

    from dure.apps.applications import adapter, operations
    from dure.apps.applications.models import Application, DraftPart
    from dure.apps.people.models import Membership, Organisation, User
    from tests.apps.applications.cast import open_call
    from tests.cast import make_cast

    now, cast = timezone.now(), make_cast()
    call = open_call(cast, closes_at=now + timedelta(minutes=30))
    model = cast.whole_application(call)
    parts = adapter.read_parts(model)
    old = str(model.participants.get().pk)
    firms = []
    for n in range(FIRMS):
        user = User.objects.create(email=f"firm{n}@bench.example", name=f"서명권자 {n}")
        firm = Organisation.objects.create(
            business_number=f"{9_000_000_000 + n}", name=f"기업 {n}", kind="SME",
            verified_at=now, verified_by=cast["officer"],
        )  # fmt: skip
        Membership.objects.create(user=user, organisation=firm, role="MANAGER", stage="ACTIVE")
        draft = operations.start(call=call, organisation=firm, by=user, at=now)
        lead = draft.participants.get()
        for name, value in parts.items():
            own = name.removesuffix(f"/{old}")
            new = name if own == name else f"{own}/{lead.pk}"
            DraftPart.objects.update_or_create(
                application=draft, name=new,
                defaults={
                    "locked": adapter.sealed_value(draft.pk, new, value), "edited_by": user,
                    "edited_at": now, "participant": None if own == name else lead,
                },
            )  # fmt: skip
        Application.objects.filter(pk=draft.pk).update(stage="FILED", filed_by=user, filed_at=now)
        session = SessionStore()
        session[SESSION_KEY] = str(user.pk)
        session[BACKEND_SESSION_KEY] = "allauth.account.auth_backends.AuthenticationBackend"
        session[HASH_SESSION_KEY] = user.get_session_auth_hash()
        session.create()
        firms.append((draft.pk, session.session_key))
    return firms


async def press(firms: list[tuple[int, str]]) -> tuple[list[float], list[str]]:
    """Let everybody approve at once; seconds until each saw its receipt, and what went wrong."""
    times: list[float] = []
    errors: list[str] = []
    limits = httpx.Limits(max_connections=None, max_keepalive_connections=0)
    async with httpx.AsyncClient(
        base_url=f"http://127.0.0.1:{PORT}", timeout=300, limits=limits
    ) as client:

        async def one(pk: int, session: str) -> None:
            token = secrets.token_hex(16)
            headers = {"Cookie": f"sessionid={session}; csrftoken={token}"}
            form = {"csrfmiddlewaretoken": token}
            try:
                answer = await client.post(
                    f"/applications/{pk}/approve/", headers=headers, data=form
                )
                receipt = await client.get(f"/applications/{pk}/receipt/", headers=headers)
            except httpx.HTTPError as error:
                errors.append(repr(error))
                return
            times.append(time.perf_counter() - began)
            if answer.status_code != 302 or receipt.status_code != 200:
                errors.append(f"{answer.status_code} {receipt.status_code}")

        began = time.perf_counter()
        twice = [firm for n, firm in enumerate(firms) if n % TWICE == 0]
        await asyncio.gather(*(one(*firm) for firm in [*firms, *twice]))
    return times, errors


def run() -> dict[str, Any]:
    """Fill, press, count, open."""
    from dure.config.startup import with_django

    with_django()
    from dure.config.serving import prepare

    prepare()
    firms = fill()
    serving = subprocess.Popen(
        [sys.executable, "-m", "dure.config.cli", "serve", "--port", str(PORT)],
        start_new_session=True,
    )
    try:
        _wait_for_the_site()
        times, errors = asyncio.run(press(firms))
    finally:
        serving.terminate()
        serving.wait()
    from django.utils import timezone

    from dure.apps.applications import operations
    from dure.apps.applications.models import Submission
    from dure.apps.calls.operations import close_due

    received = Submission.objects.values_list("application", flat=True)
    counts = {"received": len(received), "firms": len(set(received))}
    later = timezone.now() + timedelta(days=2)
    close_due(at=later)
    began = time.perf_counter()
    operations.open_due(at=later)
    return {
        **counts,
        "opened": Submission.objects.filter(opened_at__isnull=False).count(),
        "seconds_to_open": time.perf_counter() - began,
        "median": statistics.median(times),
        "slowest": max(times),
        "errors": errors[:5],
    }


def page_of(figures: dict[str, Any], load: float) -> str:
    """The page in the reference."""
    return f"""# The last minute of a call

Made by `make bench-calls` on 2 cores, with the load, PostgreSQL, two web processes and the worker all
on them. {FIRMS} firms approve an application of 20 parts in the same instant, each over a connection
of its own, and then look at their receipt; every tenth presses twice. Times count from that instant.
Load average when it began: {load:.1f}.

| what | figure |
|---|---:|
| firms that pressed | {FIRMS} |
| submissions received | {figures["received"]} |
| of different firms (none lost, none doubled) | {figures["firms"]} |
| errors | {len(figures["errors"])} |
| receipt, median | {figures["median"]:.1f} s |
| receipt, slowest | {figures["slowest"]:.1f} s |
| opened after the deadline | {figures["opened"]} in {figures["seconds_to_open"]:.1f} s |

A submission counts from the moment at which its request reached a web process, however long it then
waited (each takes 256 at once and works on 8). What comes after the deadline is late, kept as it was, and
can be admitted by two officers, for a fault of the platform. There is no peer that could be run here: portals for applications are hosted by their makers.
"""


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--write", action="store_true", help="write the page in docs/reference")
    parser.add_argument("--one", type=Path, help=argparse.SUPPRESS)
    arguments = parser.parse_args()
    if arguments.one:
        arguments.one.write_text(json.dumps(run()))
        return
    load = os.getloadavg()[0]
    with tempfile.TemporaryDirectory(prefix="dure-bench-") as home:
        Path(home).chmod(0o755)
        result = Path(home) / "result.json"
        command = [sys.executable, "-m", "benchmarks.calls", "--one", str(result)]
        try:
            subprocess.run(command, env={**os.environ, "DURE_HOME": home}, check=True)
        finally:
            from dure.config import postgres

            postgres.stop(Path(home) / "postgres")
        figures = json.loads(result.read_text())
    print(json.dumps(figures, indent=2))
    if arguments.write:
        PAGE.write_text(page_of(figures, load), encoding="utf-8")


if __name__ == "__main__":
    main()
