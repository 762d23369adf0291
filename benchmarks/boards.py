"""How fast boards of figures answer over a million facts: `make bench-boards`.

A database of its own is filled with needs and technologies over five years, each with its history, in
the regions, fields and sizes that there are. What a job counts ahead is counted and timed; then an
analyst, a centre, a demand organisation and a firm open their boards, as they are and narrowed.
"""

import argparse
import json
import os
import statistics
import subprocess
import sys
import tempfile
import time
from datetime import timedelta
from pathlib import Path
from typing import Any

ROOT = Path(__file__).parents[1]
PAGE = ROOT / "docs" / "reference" / "board-speed.md"
NEEDS, TECHNOLOGIES, ORGANISATIONS = 200_000, 800_000, 2_000
YEARS, TURNS = 5, 25
PASSWORD = "bench-only-1"
NARROWED = ("", "?region=BUSAN", "?field=SENSOR", "?region=SEOUL&size=small")


def fill(needs: int, technologies: int) -> dict[str, Any]:
    """Organisations, people who read boards, needs and technologies; returns the readers by board."""
    from django.utils import timezone

    from dure.apps.catalog.models import Need, Technology
    from dure.apps.indicators.roles import Role as Figures
    from dure.apps.people.models import Membership, Organisation, User
    from dure.apps.people.operations import appoint
    from dure.foundation import vocabularies

    at = timezone.now()
    regions, fields = (sorted(vocabularies.entries(name)) for name in ("regions", "fields"))
    second = User.objects.create_user("second@bench.example", PASSWORD, name="second")
    verified = {"verified_at": at, "verified_by": second}
    Organisation.objects.bulk_create(
        Organisation(
            name=f"기관 {n}", kind="LARGE" if n % 2 else "SME", region=regions[n % len(regions)],
            other_id=f"bench {n}", **verified,
        )
        for n in range(ORGANISATIONS)
    )  # fmt: skip
    owners = list(Organisation.objects.filter(other_id__startswith="bench ").order_by("pk"))
    readers = {}
    for board, owner in (("demand", owners[1]), ("firm", owners[0])):
        user = User.objects.create_user(f"{board}@bench.example", PASSWORD, name=board)
        Membership.objects.create(user=user, organisation=owner, role="MANAGER", stage="ACTIVE")
        readers[board] = user
    analyst = User.objects.create_user("analyst@bench.example", PASSWORD, name="analyst")
    appoint(user=analyst, role=Figures.ANALYST, by=None)
    readers["ministry"] = analyst
    handed = {"stage": "PUBLISHED", "handed_in_by": analyst, "handed_in_at": at,
              "published_by": second, "published_at": at}  # fmt: skip
    for model, count, parity in ((Need, needs, 1), (Technology, technologies, 0)):
        first = model(organisation=owners[parity], title="첫 기록", body="본문", **handed)
        first.save()
        _repeat(first, count, [o.pk for o in owners[parity::2]], regions, fields)
    return readers


def _repeat(
    first: Any, count: int, owners: list[int], regions: list[str], fields: list[str]
) -> None:
    """Write a record again and again, with other owners, regions, fields and days; triggers keep history."""
    from django.db import connection

    days = int(timedelta(days=365 * YEARS).days)
    other = {
        "organisation_id": f"(ARRAY{owners})[1 + n % {len(owners)}]",
        "region": f"(ARRAY{regions})[1 + (n / 7) % {len(regions)}]",
        "field": f"(ARRAY{fields})[1 + (n / 3) % {len(fields)}]",
        "handed_in_at": f"handed_in_at - make_interval(days => n % {days})",
    }
    about = type(first)._meta  # noqa: SLF001
    columns = [f.column for f in about.concrete_fields if not f.primary_key]
    listed = ", ".join(f'"{column}"' for column in columns)
    values = ", ".join(other.get(column, f'"{column}"') for column in columns)
    table = about.db_table
    with connection.cursor() as cursor:
        cursor.execute(
            f"INSERT INTO {table} ({listed}) SELECT {values} FROM {table},"
            f" generate_series(1, {count - 1}) AS n WHERE id = {first.pk}"
        )


def run(needs: int, technologies: int) -> dict[str, Any]:
    """Fill, count ahead, open."""
    from dure.config.startup import with_django

    with_django()
    from dure.config.serving import prepare

    prepare()
    from django.db import connection
    from django.test import Client
    from django.urls import reverse
    from django.utils import timezone

    from dure.apps.indicators.operations import count_boards

    readers = fill(needs, technologies)
    with connection.cursor() as cursor:
        cursor.execute("VACUUM ANALYZE")
    began = time.perf_counter()
    counted = count_boards(at=timezone.now())
    ahead = time.perf_counter() - began
    times: dict[str, list[float]] = {}
    firsts: dict[str, float] = {}
    for board, user in readers.items():
        client = Client(headers={"host": "localhost"})
        client.force_login(user)
        address = reverse("indicators:board", args=[board])
        for turn in range(TURNS + 1):
            for query in NARROWED:
                began = time.perf_counter()
                answer = client.get(address + query)
                took = time.perf_counter() - began
                if answer.status_code != 200:
                    raise SystemExit(f"{board}: {answer.status_code}")
                if turn:
                    times.setdefault(board, []).append(took)
                else:
                    firsts[board] = max(took, firsts.get(board, 0))
    return {
        "facts": needs + technologies,
        "measures": counted,
        "ahead": ahead,
        "boards": {
            board: (statistics.median(taken), sorted(taken)[int(len(taken) * 0.95)], firsts[board])
            for board, taken in times.items()
        },
    }


def page_of(result: dict[str, Any], load: float) -> str:
    """The page in the reference."""
    rows = "\n".join(
        f"| {board} | {median * 1000:.0f} | {p95 * 1000:.0f} | {first * 1000:.0f} |"
        for board, (median, p95, first) in result["boards"].items()
    )
    return f"""# How fast boards of figures answer

Made by `make bench-boards`; do not edit. {result["facts"]:,} facts (needs and technologies of
{ORGANISATIONS:,} organisations over {YEARS} years, each with its history), on 2 cores. A job counts measures with
many facts ahead, every quarter of an hour: {result["measures"]} measures in {result["ahead"]:.0f} s. Each board is opened
{TURNS * len(NARROWED)} times, as it is and narrowed in three ways; the last column is the slowest of the first four, when
nothing is in memory yet. The aim is 300 ms at the 95th percentile. Load average when it began: {load:.1f}.

| board | median, ms | 95th percentile, ms | slowest first, ms |
|---|---:|---:|---:|
{rows}
"""


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--write", action="store_true", help="write the page in docs/reference")
    parser.add_argument("--needs", type=int, default=NEEDS)
    parser.add_argument("--technologies", type=int, default=TECHNOLOGIES)
    parser.add_argument("--one", type=Path, help=argparse.SUPPRESS)
    arguments = parser.parse_args()
    if arguments.one:
        arguments.one.write_text(json.dumps(run(arguments.needs, arguments.technologies)))
        return
    load = os.getloadavg()[0]
    with tempfile.TemporaryDirectory(prefix="dure-bench-") as home:
        Path(home).chmod(0o755)
        kept = Path(home) / "result.json"
        command = [sys.executable, "-m", "benchmarks.boards", "--one", str(kept)]
        command += ["--needs", str(arguments.needs), "--technologies", str(arguments.technologies)]
        try:
            subprocess.run(command, env={**os.environ, "DURE_HOME": home}, check=True)
        finally:
            from dure.config import postgres

            postgres.stop(Path(home) / "postgres")
        result = json.loads(kept.read_text())
    print(json.dumps(result, indent=2))
    if arguments.write:
        PAGE.write_text(page_of(result, load), encoding="utf-8")


if __name__ == "__main__":
    main()
