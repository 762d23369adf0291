"""One monthly collection of 15,000 savers from an Excel list: `make bench-savings`.

Savers join one scheme; the list has a row for each of their three payers, is read, checked row by row
and posted as a whole, and then handed in once more. Afterwards the whole ledger is checked.
"""

import argparse
import json
import os
import subprocess
import sys
import tempfile
import time
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

ROOT = Path(__file__).parents[1]
PAGE = ROOT / "docs" / "reference" / "savings-speed.md"
AT = datetime(2026, 11, 27, 3, tzinfo=UTC)
MONTH, PAID_ON, JOINED = date(2026, 11, 1), date(2026, 11, 25), date(2026, 11, 25)
AMOUNT, MONTHS = 6_000_000, 36


def set_up(savers: int) -> tuple[Any, Any]:
    """A scheme with its savers, whose firm and state owe as they do after joining."""
    from dure.apps.instruments import operations
    from dure.apps.instruments.kinds import DUE, FREE, PLEDGE, Payer, SchemeKind
    from dure.apps.instruments.models import Stake
    from dure.apps.instruments.operations import posting
    from dure.apps.ledger.operations import appropriate
    from dure.apps.people.models import Appointment, Organisation, User
    from dure.apps.people.roles import Role
    from dure.apps.programmes.models import Programme
    from dure.apps.programmes.operations import load_shipped

    load_shipped(at=AT)
    officer = User.objects.create(email="officer@example.org", name="담당")
    Appointment.objects.create(user=officer, role=Role.OFFICER)
    firm = Organisation.objects.create(business_number="1208147521", name="열림테크", kind="SME")
    programme = Programme.objects.get(slug="young-worker-savings")
    appropriate(
        programme=programme, year=2026, amount=AMOUNT * savers, reason="본예산", key="1",
        day=JOINED, by=officer, at=AT,
    )  # fmt: skip
    scheme = operations.set_up(
        kind=SchemeKind.SAVINGS, programme=programme, name="1호", keeper=firm, by=officer, at=AT
    )
    stakes = Stake.objects.bulk_create(
        Stake(
            scheme=scheme, number=f"S{n:05d}", organisation=firm, name=f"청년 {n}", amount=AMOUNT,
            months=MONTHS, starts_on=JOINED, ends_on=date(2029, 11, 24), entered_by=officer,
            entered_at=AT,
        )
        for n in range(savers)
    )  # fmt: skip
    posting.post_all(
        [
            posting.entry_of(
                PLEDGE, stake.subject, "joined",
                [
                    line
                    for payer in Payer.values
                    for line in posting.both(stake, DUE, FREE, AMOUNT, part=payer)
                ],
                on=JOINED,
            )
            for stake in stakes
        ],
        by=officer, at=AT,
    )  # fmt: skip
    return scheme, officer


def the_list(scheme: Any) -> bytes:
    """The month's payments as a workbook, one row for each payer of each saver."""
    from dure.apps.instruments import adapter
    from dure.apps.instruments.kinds import Payer
    from dure.foundation.sheets import workbook

    first = scheme.stakes.first()
    due = adapter.part_of(first, MONTH)
    headers = ["가입번호", "납입자", "납입월", "금액", "납입일"]
    names = dict(zip(Payer.values, ["청년", "기업", "정부"], strict=True))
    rows = [
        [number, names[payer], MONTH.strftime("%Y-%m"), due, PAID_ON]
        for number in scheme.stakes.values_list("number", flat=True)
        for payer in Payer.values
    ]
    return workbook("납입", headers, rows)


def measured(savers: int) -> dict[str, Any]:
    from dure.config.serving import prepare
    from dure.config.startup import with_django

    with_django()
    prepare()
    from dure.apps.instruments import operations, presenters
    from dure.apps.instruments.kinds import COLLECTION
    from dure.apps.jobs.models import Job
    from dure.apps.jobs.operations import Progress
    from dure.apps.ledger.adapter import faults
    from dure.apps.ledger.operations import seal

    scheme, officer = set_up(savers)
    content = the_list(scheme)
    path = Path(tempfile.mkdtemp(dir=os.environ.get("DURE_HOME"))) / "list.xlsx"
    path.write_bytes(content)
    job = Job.objects.create(kind=COLLECTION, requested_by=officer, requested_at=AT)
    figures: dict[str, Any] = {"savers": savers, "size": len(content), "load": os.getloadavg()[0]}
    for name in ("first", "again"):
        began = time.perf_counter()
        report = operations.take_list(
            scheme=scheme, path=path, by=officer, at=AT, progress=Progress(job)
        )
        figures[name] = time.perf_counter() - began
        assert not report.problems, [str(problem) for problem in report.problems[:3]]
        figures[f"{name}_entered"] = report.new
    began = time.perf_counter()
    presenters.stake_sheet(scheme, PAID_ON, scheme.stakes.select_related("scheme", "organisation"))
    figures["sheet"] = time.perf_counter() - began
    seal(at=AT)
    figures["faults"] = len(list(faults()))
    return figures


def lines_of(figures: dict[str, Any]) -> list[str]:
    rows, load = 3 * figures["savers"], f"load {figures['load']:.1f}"
    return [
        f"{figures['savers']:,} savers, a list of {rows:,} rows ({figures['size'] / 1e6:.1f} MB); {load}.",
        "",
        "| what | |",
        "|---|---:|",
        f"| read, checked and posted ({figures['first_entered']:,} entries) | {figures['first']:.0f} s |",
        f"| handed in again: nothing is posted ({figures['again_entered']}) | {figures['again']:.0f} s |",
        f"| all savers with their arrears, as a sheet | {figures['sheet']:.1f} s |",
        f"| faults that the whole check finds | {figures['faults']} |",
    ]


HEAD = """# How fast a monthly collection is

Made by `make bench-savings`; do not edit. Two cores, shared with PostgreSQL (fsync on).

"""


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--savers", type=int, default=15_000)
    parser.add_argument("--write", action="store_true", help="write the page in docs/reference")
    parser.add_argument("--one", type=Path, help=argparse.SUPPRESS)
    asked = parser.parse_args()
    if asked.one:
        asked.one.write_text(json.dumps(measured(asked.savers)))
        return
    with tempfile.TemporaryDirectory(prefix="dure-bench-") as home:
        Path(home).chmod(0o755)
        result = Path(home) / "result.json"
        try:
            subprocess.run(
                [sys.executable, "-m", "benchmarks.savings", "--one", str(result),
                 f"--savers={asked.savers}"],
                env={**os.environ, "DURE_HOME": home}, cwd=ROOT, check=True,
            )  # fmt: skip
        finally:
            from dure.config import postgres

            postgres.stop(Path(home) / "postgres")
        figures = json.loads(result.read_text())
    lines = lines_of(figures)
    print("\n".join(lines))
    if figures["faults"] or figures["again_entered"]:
        sys.exit("the ledger is not what was collected")
    if asked.write:
        PAGE.write_text(HEAD + "\n".join(lines) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
