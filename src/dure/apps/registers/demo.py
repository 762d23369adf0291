"""Facts of the demonstration: a list of several registers, taken in as officers do.

A higher app calls this, once the organisations are there.
"""

import csv
from datetime import timedelta
from pathlib import Path
from tempfile import TemporaryDirectory

from django.utils import timezone

from dure.apps.people.demo import officers
from dure.apps.registers import operations
from dure.apps.registers.models import RecordedFact
from dure.foundation.demo import Demonstration
from dure.foundation.sheets import workbook

HEADERS = ("business_number", "fact", "value", "as_of", "origin")


def take_in(demonstration: Demonstration) -> None:
    """Take the list in, unless there are facts; its days count back from today."""
    if RecordedFact.objects.exists():
        return
    today = timezone.localdate()
    with (demonstration.folder / "registers.csv").open(encoding="utf-8", newline="") as file:
        rows = [
            [
                *(row["business_number"], row["fact"], row["value"]),
                *((today - timedelta(days=int(row["days_ago"]))).isoformat(), row["origin"]),
            ]
            for row in csv.DictReader(file)
        ]
    with TemporaryDirectory() as folder:
        path = Path(folder) / "registers.xlsx"
        path.write_bytes(workbook("registers", HEADERS, rows))
        job = demonstration.run_job(
            kind=operations.IMPORT,
            title=path.name,
            arguments={"path": str(path)},
            by=officers()[0],
        )
    if job.result.get("problem_count"):
        raise ValueError(job.result["problems"][:3])
    demonstration.say(f"{len(rows)} facts from registers")
