"""Measures how much of real request forms is read right and writes docs/reference/documents.md.

    python -m benchmarks.documents            measure and print
    python -m benchmarks.documents --write    measure and write the page

Data: the notices in `ko_notice_docs` of DURE_DATA, and notices.tsv beside this file: what stands in
them, checked by hand. The notices themselves are not part of the project.
"""

import argparse
import csv
import os
from collections import Counter
from pathlib import Path

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "dure.config.settings")
django.setup()

from benchmarks.texts import DATA  # noqa: E402 -- needs the settings
from dure.apps.catalog.adapter.documents import Request, need_values, requests_in  # noqa: E402
from dure.foundation.documents import read_document  # noqa: E402

TRUTH = Path(__file__).with_name("notices.tsv")
PAGE = Path(__file__).parents[1] / "docs" / "reference" / "documents.md"
FIELDS = ("title", "budget", "period", "requirements")
HEAD = """# Reading request forms

Made by `make bench-documents`; do not edit.

How much of real notices with requests for proposals is read right: {notices} Korean notices (.hwp and .hwpx)
of 2025 and 2026 with {requests} requests, whose titles, budgets (the whole sum in won), periods and whether they
say what is to be developed stand in `benchmarks/notices.tsv`, checked by hand against the text. A title counts
when it is the same, a budget when it is the same sum, a period when its length is in what was read,
requirements when there are any. The rules were made on these notices, so others may be read worse.

| notice | requests | title | budget | period | requirements | right | wrong amounts | found too much |
|---|---|---|---|---|---|---|---|---|
"""


def rights(request: Request | None, truth: dict[str, str]) -> Counter[str]:
    """Which fields of one request are right, and whether its amount is wrong rather than missing."""
    if request is None:
        return Counter()
    values = need_values(request)
    budget = values["budget"]
    period = "".join(request.text("period").split())
    return Counter(
        title=1,
        budget=int(budget == int(truth["budget"])),
        period=int("".join(truth["period"].split()) in period),
        requirements=int(bool(values["requirements"].split("[연구기간]")[0].strip())),
        wrong=int(budget not in (None, int(truth["budget"]))),
    )


def measured() -> dict[str, Counter[str]]:
    """What was read right, by notice."""
    with TRUTH.open(encoding="utf-8", newline="") as file:
        truths = list(csv.DictReader(file, delimiter="\t"))
    counts_by_file: dict[str, Counter[str]] = {}
    for name in dict.fromkeys(truth["file"] for truth in truths):
        of_file = [truth for truth in truths if truth["file"] == name]
        requests = requests_in(read_document(DATA / "ko_notice_docs" / name))
        by_title = {request.title: request for request in requests}
        counts = Counter(requests=len(of_file))
        for truth in of_file:
            counts += rights(by_title.get(truth["title"]), truth)
        counts["more"] = len(by_title.keys() - {truth["title"] for truth in of_file})
        counts_by_file[name] = counts
    return counts_by_file


def page(counts_by_file: dict[str, Counter[str]]) -> str:
    """The page for the docs."""
    total: Counter[str] = Counter()
    for counts in counts_by_file.values():
        total.update(counts)
    lines = [line(name, counts) for name, counts in counts_by_file.items()]
    head = HEAD.format(notices=len(counts_by_file), requests=total["requests"])
    return head + "\n".join([*lines, line("**all**", total)]) + "\n"


def line(name: str, counts: Counter[str]) -> str:
    """One row of the table."""
    requests = counts["requests"]
    right = sum(counts[field] for field in FIELDS) / (len(FIELDS) * requests)
    cells = [name, requests, *(counts[field] for field in FIELDS), f"{right:.3f}"]
    return "| " + " | ".join(map(str, [*cells, counts["wrong"], counts["more"]])) + " |"


def main() -> None:
    """Measure, print, and write the page when asked to."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--write", action="store_true")
    written = page(measured())
    print(written)
    if parser.parse_args().write:
        PAGE.write_text(written, encoding="utf-8")


if __name__ == "__main__":
    main()
