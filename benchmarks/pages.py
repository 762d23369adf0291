"""How fast pages answer as the catalogue grows: `make bench-pages`.

For each size a database of its own is filled with technologies whose texts are mixed from the
bundled set, the site is served by the real web server, and 20 users at once open lists, searches,
details and suggestions. Printed: median and 95th percentile of each page in milliseconds.
"""

import argparse
import asyncio
import os
import random
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import httpx

from benchmarks import peer
from benchmarks.texts import table

ROOT = Path(__file__).parents[1]
PORT = 8765
USERS = 20
SEARCHES = (
    "열교환기",
    "충돌방지",
    "이차전지 분리막",
    "비전 검사",
    "sensor",
    "수소 누출",
    "작업자 안전",
)
PASSWORD = "bench-only-1"


def fill(size: int) -> tuple[list[int], int]:
    """Put `size` technologies and one need with suggestions into the database."""
    from allauth.account.models import EmailAddress
    from django.utils import timezone

    from dure.apps.catalog.adapter.words import fill_search
    from dure.apps.catalog.models import Need, Technology
    from dure.apps.matches.models import Direction, Strength, Suggestion
    from dure.apps.people.models import (
        Membership,
        MembershipRole,
        MembershipStage,
        Organisation,
        User,
    )

    at = timezone.now()
    seed = random.Random(size)
    owner = User.objects.create_user("owner@bench.example", PASSWORD, name="owner")
    EmailAddress.objects.create(user=owner, email=owner.email, verified=True, primary=True)
    second = User.objects.create_user("second@bench.example", PASSWORD, name="second")
    firms = [
        Organisation(
            name=f"열림테크 {n}",
            kind="SME",
            region="BUSAN",
            other_id=f"bench {n}",
            verified_at=at,
            verified_by=second,
        )
        for n in range(max(10, size // 50))
    ]
    Organisation.objects.bulk_create(firms, batch_size=1000)
    buyer = Organisation.objects.create(
        name="한빛중공업", kind="LARGE", other_id="bench buyer", verified_at=at, verified_by=second
    )
    Membership.objects.create(
        user=owner, organisation=buyer, role=MembershipRole.MANAGER, stage=MembershipStage.ACTIVE
    )
    fields = {
        "stage": "PUBLISHED",
        "handed_in_by": owner,
        "handed_in_at": at,
        "published_by": second,
        "published_at": at,
    }
    texts = _texts()
    made: list[int] = []
    for start in range(0, size, 2000):
        batch = []
        for n in range(start, min(size, start + 2000)):
            (title, body, field), (other, tail, _) = seed.choice(texts), seed.choice(texts)
            batch.append(
                Technology(
                    organisation=seed.choice(firms),
                    title=f"{title} {other[:12]} {n}",
                    body=f"{body} {tail}",
                    field=field,
                    trl=seed.randint(3, 9),
                    region="BUSAN",
                    cooperation=["JOINT"],
                    **fields,
                )
            )
        fill_search(batch)
        made += [t.pk for t in Technology.objects.bulk_create(batch, batch_size=500)]
    need = Need(
        organisation=buyer, title=texts[0][0], body=texts[0][1], field=texts[0][2], **fields
    )
    fill_search([need])
    need.save()
    Suggestion.objects.bulk_create(
        Suggestion(
            need=need,
            technology_id=pk,
            direction=Direction.FOR_NEED,
            rank=rank,
            strength=Strength.GOOD,
            score=1 / rank,
            evidence={"reasons": []},
            first_created_at=at,
            created_at=at,
        )
        for rank, pk in enumerate(seed.sample(made, 10), 1)
    )
    return made, need.pk


def _texts() -> list[tuple[str, str, str]]:
    return [(row["title"], row["body"], row["field"]) for row in table("technologies")]


async def measure(pages: dict[str, list[str]], rounds: int) -> dict[str, list[float]]:
    """Let the users open every page `rounds` times each; seconds by page."""
    base = f"http://127.0.0.1:{PORT}"
    times: dict[str, list[float]] = {name: [] for name in pages}

    async def user(number: int) -> None:
        async with httpx.AsyncClient(base_url=base, timeout=60, follow_redirects=True) as client:
            await _sign_in(client)
            for turn in range(rounds):
                for name, paths in pages.items():
                    path = paths[(number * rounds + turn) % len(paths)]
                    began = time.perf_counter()
                    answer = await client.get(path)
                    times[name].append(time.perf_counter() - began)
                    answer.raise_for_status()

    await asyncio.gather(*(user(number) for number in range(USERS)))
    return times


async def _sign_in(client: httpx.AsyncClient) -> None:
    await client.get("/accounts/login/")
    answer = await client.post(
        "/accounts/login/",
        data={
            "login": "owner@bench.example",
            "password": PASSWORD,
            "csrfmiddlewaretoken": client.cookies["csrftoken"],
        },
        headers={"Referer": str(client.base_url)},
    )
    answer.raise_for_status()


def run_size(size: int, rounds: int) -> dict[str, list[float]]:
    """Everything for one size, in this process: fill, serve, measure."""
    from dure.config.startup import with_django

    with_django()
    from dure.config.serving import prepare

    prepare()
    made, need = fill(size)
    from django.db import connection

    with connection.cursor() as cursor:
        cursor.execute("VACUUM ANALYZE")
    web = subprocess.Popen(
        [
            sys.executable,
            "-m",
            "granian",
            "--interface",
            "wsgi",
            "--port",
            str(PORT),
            "--workers",
            "2",
            "--blocking-threads",
            "4",
            "--no-ws",
            "--log-level",
            "error",
            "dure.config.wsgi:application",
        ]
    )
    pages = {
        "list": [
            "/technologies/",
            "/technologies/?page=3",
            "/technologies/?field=SENSOR",
            "/technologies/?trl_from=7",
        ],
        "search": [f"/technologies/?q={q}" for q in SEARCHES],
        "detail": [f"/technologies/{pk}/" for pk in made[:: max(1, len(made) // 50)]],
        "suggestions": [f"/matches/needs/{need}/"],
    }
    try:
        for _ in range(200):
            try:
                httpx.get(f"http://127.0.0.1:{PORT}/technologies/", timeout=30)
                break
            except httpx.TransportError:
                time.sleep(0.1)
        asyncio.run(measure(pages, 1))  # warm
        return asyncio.run(measure(pages, rounds))
    finally:
        web.terminate()
        web.wait()


def _apart(*arguments: str) -> str:
    """What this module prints in a process and a home of its own."""
    with tempfile.TemporaryDirectory(prefix="dure-bench-") as home:
        Path(home).chmod(0o755)
        try:
            return subprocess.run(
                [sys.executable, "-m", "benchmarks.pages", *arguments],
                env={**os.environ, "DURE_HOME": home},
                cwd=ROOT,
                check=True,
                stdout=subprocess.PIPE,
                text=True,
            ).stdout
        finally:
            from dure.config import postgres

            postgres.stop(Path(home) / "postgres")


def _beside_pretalx() -> list[str]:
    """A list of 50 rows here and in pretalx, in one run."""
    out = _apart("--own")
    own = float(next(line for line in out.splitlines() if line.startswith("OWN")).split()[1])
    with tempfile.TemporaryDirectory(prefix="pretalx-bench-") as home:
        theirs = peer.peer_cost(Path(home))
    return [
        "## A list of 50 rows, beside pretalx",
        "",
        (
            "Processor time of the web server for one page, the mean of 20, signed in, both in one run:"
            " our list of technologies, and the list of proposals of"
            f" {peer.PINNED[0].replace('==', ' ')} with its own defaults (SQLite)."
        ),
        "",
        "| | ms a page | ms a row |",
        "|---|---:|---:|",
        f"| dure | {own:.0f} | {own / peer.ROWS:.2f} |",
        f"| pretalx | {theirs:.0f} | {theirs / peer.ROWS:.2f} |",
    ]


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--sizes", type=int, nargs="+", default=[1_000, 10_000, 100_000])
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--write", action="store_true", help="write docs/reference/page-speed.md")
    parser.add_argument("--one", type=int, help=argparse.SUPPRESS)
    parser.add_argument("--peer", action="store_true", help="only the list beside that of pretalx")
    parser.add_argument("--own", action="store_true", help=argparse.SUPPRESS)
    arguments = parser.parse_args()
    if arguments.own:
        print("OWN", peer.own_cost())
        return
    if arguments.one:
        for name, seconds in run_size(arguments.one, arguments.rounds).items():
            ms = sorted(s * 1000 for s in seconds)
            print("ROW", name, round(statistics.median(ms)), round(ms[int(len(ms) * 0.95) - 1]))
        return
    lines = ["| technologies | page | median ms | 95th percentile ms |", "|---:|---|---:|---:|"]
    for size in () if arguments.peer else arguments.sizes:
        out = _apart("--one", str(size), "--rounds", str(arguments.rounds))
        for line in out.splitlines():
            if line.startswith("ROW"):
                _, name, median, p95 = line.split()
                lines.append(f"| {size:,} | {name} | {median} | {p95} |")
                print(lines[-1])
    beside = _beside_pretalx()
    print("\n".join(beside))
    if arguments.write:
        head = (
            "# Page speed\n\nMade by `make bench-pages` on 2 cores: 20 users at once, the real web server (2"
            " processes) and PostgreSQL on the same machine as the load.\n\n"
        )
        (ROOT / "docs" / "reference" / "page-speed.md").write_text(
            head + "\n".join([*lines, "", *beside]) + "\n"
        )


if __name__ == "__main__":
    main()
