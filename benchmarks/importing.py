"""How long 10,000 needs take from file to database, as .xlsx and as .csv; the bar is 60 seconds.

Run it on an empty database: `DURE_HOME=/tmp/bench python benchmarks/importing.py`. The texts are
those of the bundled demonstration, over and over with numbers, so their length is real.
"""

import csv
import os
import sys
import tempfile
import time
from pathlib import Path

ROWS = int(os.environ.get("ROWS", "10000"))
BAR_SECONDS = 60
DEMO = Path(__file__).parents[1] / "demo"


def sheet() -> list[list[str]]:
    """The header and the rows of the large sheet."""
    with (DEMO / "needs.csv").open(encoding="utf-8", newline="") as file:
        header, *known = list(csv.reader(file))
    at, title = header.index("external_id"), header.index("title")
    rows = []
    for number in range(ROWS):
        row = list(known[number % len(known)])
        row[at], row[title] = f"B-{number}", f"{row[title]} {number}"
        rows.append(row)
    return [header, *rows]


def main() -> int:
    """Import the sheet twice in each format; print seconds by step; 1 when the bar is missed."""
    from dure.config.startup import with_django

    with_django()
    from django.core.management import call_command
    from django.db import transaction
    from django.utils import timezone

    call_command("migrate", verbosity=0)
    from dure.apps.catalog.operations import import_sheet
    from dure.apps.jobs.models import Job
    from dure.apps.jobs.operations import Progress
    from dure.apps.people.models import User
    from dure.apps.people.operations import appoint
    from dure.apps.people.roles import Role
    from dure.foundation.sheets import workbook

    officer, _ = User.objects.get_or_create(email="benchmark@dure.example")
    appoint(user=officer, role=Role.OFFICER, by=None)

    class Stopwatch(Progress):
        """Notes when each step begins."""

        def __init__(self, job: Job) -> None:
            super().__init__(job)
            self.marks = [("READ", time.perf_counter())]

        def step(self, step: str, total: int = 0) -> None:
            self.marks.append((str(step), time.perf_counter()))
            super().step(step, total)

    def run(kind: str, path: Path) -> tuple[float, str]:
        job = Job.objects.create(kind="import_sheet", title=path.name, requested_by=officer)
        watch = Stopwatch(job)
        report = import_sheet(kind=kind, path=path, by=officer, at=timezone.now(), progress=watch)
        watch.marks.append(("", time.perf_counter()))
        steps: dict[str, float] = {}
        for (step, start), (_, end) in zip(watch.marks, watch.marks[1:], strict=False):
            steps[step] = steps.get(step, 0) + end - start
        assert not report.problems, report.problems[:3]
        counts = f"{report.new:,} new, {report.changed:,} changed, {report.same:,} same"
        times = ", ".join(f"{step} {seconds:.1f} s" for step, seconds in steps.items())
        return sum(steps.values()), f"{counts}; {times}"

    run("organisations", DEMO / "organisations.csv")
    header, *rows = sheet()
    longest = 0.0
    for suffix in ("csv", "xlsx"):
        with transaction.atomic(), tempfile.TemporaryDirectory() as folder:
            path = Path(folder) / f"needs.{suffix}"
            for name in ("first", "again", "all changed"):
                if name == "all changed":
                    body = header.index("body")
                    rows = [[*row[:body], row[body] + ".", *row[body + 1 :]] for row in rows]
                if suffix == "csv":
                    with path.open("w", encoding="utf-8-sig", newline="") as file:
                        csv.writer(file).writerows([header, *rows])
                else:
                    path.write_bytes(workbook("needs", header, rows))
                before = time.process_time()
                seconds, text = run("needs", path)
                longest = max(longest, seconds)
                own = time.process_time() - before
                print(f"{suffix:<5} {name:<12} {seconds:6.1f} s (own CPU {own:.1f} s)   {text}")
            transaction.set_rollback(True)
    load = os.getloadavg()[0]
    print(
        f"longest {longest:.1f} s, the bar is {BAR_SECONDS} s; load {load:.1f} on {os.cpu_count()}"
    )
    return int(longest > BAR_SECONDS)


if __name__ == "__main__":
    sys.exit(main())
