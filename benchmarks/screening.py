"""How fast screening is and how good at the top of its list: `make bench-screening`.

Made ledgers at the published base rates (benchmarks/ledgers.py). Speed and memory are those of
`dure screen` as a process of its own, on Parquet files. Peers in the same run: five of its signals in
pandas on a tenth of the rows, times ten, and the same five in plain SQL on all of them; an isolation
forest over figures of each project; the best single signal. On the made data of `DURE_DATA`, what
is found of each kind.
"""

import argparse
import csv
import gzip
import json
import math
import os
import statistics
import subprocess
import sys
import tempfile
import time
from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import duckdb
from sklearn.ensemble import IsolationForest

from benchmarks.ledgers import make, write

ROOT = Path(__file__).parents[1]
PAGE = ROOT / "docs" / "reference" / "screening.md"
BEGINS, ENDS = "<!-- measured -->", "<!-- /measured -->"
PROJECTS, ROWS = 41_000, 8_000_000
FIRST, MANY = 100, 500
# A child's peak counts what its parent held when it was started; this parent holds next to nothing.
WATCH = """
import resource, subprocess, sys, time
began = time.perf_counter()
subprocess.run(sys.argv[1:], check=True, capture_output=True)
print(time.perf_counter() - began, resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss)
"""
FIGURES = """
SELECT project, count(*) AS payments, sum(amount) AS whole, max(amount) AS largest,
  count(DISTINCT vendor) AS vendors, count(DISTINCT account) AS accounts,
  count(*) FILTER (item = 'labour') AS pays, sum(amount) FILTER (item = 'materials') AS materials,
  sum(amount) FILTER (item = 'equipment') AS equipment, sum(amount) FILTER (item = 'service') AS service,
  count(*) FILTER (time >= '23:00' OR time < '06:00') AS nights, count(*) FILTER (NOT in_plan) AS unplanned,
  count(*) FILTER (amount % 100000 = 0) AS round_sums, count(*) FILTER (evidence IS NULL) AS bare,
  count(*) - count(DISTINCT evidence) AS repeated, stddev(ln(abs(amount) + 1)) AS spread
FROM '{expenses}' GROUP BY project ORDER BY project"""
FIVE_IN_SQL = (
    (
        "SELECT project, evidence, vendor, amount, string_agg(\"row\", ';') FROM '{e}' WHERE amount > 0"
        " GROUP BY ALL HAVING count(*) > 1 AND evidence IS NOT NULL"
    ),
    (
        "SELECT project, person, month, string_agg(\"row\", ';') FROM (SELECT *, date_trunc('month', date)"
        " AS month FROM '{e}' WHERE item = 'labour') GROUP BY ALL HAVING count(*) > 1"
    ),
    (
        "SELECT account, count(DISTINCT vendor), string_agg(DISTINCT project, ';') FROM '{e}'"
        " WHERE vendor IS NOT NULL AND account IS NOT NULL GROUP BY 1"
        " HAVING count(DISTINCT vendor) BETWEEN 2 AND 4"
    ),
    (
        "SELECT project, vendor, sum(amount) AS paid FROM '{e}' WHERE item <> 'labour' GROUP BY project, vendor"
        " QUALIFY paid > 0.5 * sum(paid) OVER (PARTITION BY project)"
    ),
    (
        "SELECT project, count(*), string_agg(\"row\", ';') FROM '{e}'"
        " WHERE time >= '23:00' OR time < '06:00' GROUP BY 1"
    ),
)


def screened(folder: Path) -> tuple[float, float]:
    """Seconds and megabytes of `dure screen` on the files of a folder."""
    command = [
        sys.executable, "-m", "dure.config.cli", "screen", f"{folder}/expenses.parquet",
        "--projects", f"{folder}/projects.parquet", "--relations", f"{folder}/relations.parquet",
        "--output", f"{folder}/findings.csv", "--summary", f"{folder}/summary.csv",
    ]  # fmt: skip
    process = subprocess.run(
        [sys.executable, "-c", WATCH, *command], check=True, capture_output=True
    )
    seconds, kilobytes = process.stdout.split()[-2:]
    return float(seconds), int(kilobytes) / 1024


def order_of(folder: Path) -> list[str]:
    with (folder / "summary.csv").open(encoding="utf-8") as file:
        return [line["project"] for line in csv.DictReader(file)]


def single_signals(folder: Path) -> Mapping[str, list[str]]:
    """By signal its projects, the strongest finding first."""
    strongest: dict[str, dict[str, float]] = defaultdict(dict)
    with (folder / "findings.csv").open(encoding="utf-8") as file:
        for line in csv.DictReader(file):
            known = strongest[line["signal"]]
            known[line["project"]] = max(known.get(line["project"], 0.0), float(line["score"]))
    return {
        signal: sorted(known, key=lambda project: (-known[project], project))
        for signal, known in strongest.items()
    }


def forest_order(folder: Path) -> list[str]:
    with duckdb.connect() as connection:
        figures = connection.execute(FIGURES.format(expenses=f"{folder}/expenses.parquet")).df()
    values = figures.drop(columns="project").astype(float).fillna(0.0)
    forest = IsolationForest(n_estimators=200, random_state=1, n_jobs=2).fit(values)
    figures["score"] = forest.score_samples(values)
    return list(figures.sort_values(["score", "project"])["project"])


def at(order: Sequence[str], bad: Mapping[str, str], first: int) -> tuple[float, float]:
    """Precision and recall in the first projects."""
    caught = sum(project in bad for project in order[:first])
    return caught / first, caught / len(bad)


def quality(projects: int, rows: int, seed: int, folder: Path) -> dict[str, Any]:
    """How good one ledger's list is, with its size in proportion: 100 and 500 of 41,000."""
    made = make(projects, rows, seed)
    written = write(made, folder)
    bad = {f"P{project:05d}": kind for project, kind in made.schemes.items()}
    del made
    seconds, megabytes = screened(folder)
    first, many = (max(1, round(n * projects / PROJECTS)) for n in (FIRST, MANY))
    order = order_of(folder)
    singles = {
        signal: (at(listed, bad, first)[0], at(listed, bad, many)[1])
        for signal, listed in single_signals(folder).items()
    }
    forest = forest_order(folder)
    first_projects = set(order[:many])
    return {
        "rows": written, "seconds": seconds, "megabytes": megabytes,
        "precision": at(order, bad, first)[0], "recall": at(order, bad, many)[1],
        "singles": singles,
        "forest": (at(forest, bad, first)[0], at(forest, bad, many)[1]),
        "kinds": [(kind, project in first_projects) for project, kind in bad.items()],
    }  # fmt: skip


def in_sql(folder: Path) -> float:
    began = time.perf_counter()
    with duckdb.connect() as connection:
        for query in FIVE_IN_SQL:
            connection.execute(query.format(e=f"{folder}/expenses.parquet")).fetchall()
    return time.perf_counter() - began


def in_pandas(folder: Path) -> float:
    """The same five on a tenth of the projects, times ten."""
    with duckdb.connect() as connection:
        frame = connection.execute(
            f"SELECT * FROM '{folder}/expenses.parquet' WHERE CAST(substr(project, 2) AS INT) % 10 = 0"
        ).df()
    began = time.perf_counter()
    paid = frame[frame.amount > 0]
    keys = ["project", "evidence", "vendor", "amount"]
    twice = paid[paid.duplicated(keys, keep=False) & paid.evidence.notna()]
    twice.groupby(keys, dropna=False)["row"].agg(";".join)
    pay = frame[frame["item"] == "labour"].assign(month=lambda f: f["date"].dt.to_period("M"))
    pay = pay[pay.duplicated(["project", "person", "month"], keep=False)]
    pay.groupby(["project", "person", "month"])["row"].agg(";".join)
    vendors = frame.dropna(subset=["vendor", "account"]).groupby("account")["vendor"].nunique()
    frame[frame.account.isin(vendors[vendors.between(2, 4)].index)].groupby("account")["row"].agg(
        ";".join
    )
    bought = frame[frame["item"] != "labour"]
    sums = bought.groupby(["project", "vendor"])["amount"].sum()
    _ = sums[sums > 0.5 * sums.groupby("project").transform("sum")]
    night = frame[(frame.time >= "23:00") | (frame.time < "06:00")]
    night.groupby("project")["row"].agg(";".join)
    return 10 * (time.perf_counter() - began)


def interval(values: Sequence[float]) -> str:
    """Mean and a 95 % interval of the mean."""
    mean = statistics.fmean(values)
    if len(values) < 2:
        return f"{mean:.2f}"
    half = 1.96 * statistics.stdev(values) / math.sqrt(len(values))
    return f"{mean:.2f} ± {half:.2f}"


def best_single(runs: Sequence[Mapping[str, Any]], which: int) -> str:
    signals = {signal for run in runs for signal in run["singles"]}
    values = {s: [run["singles"].get(s, (0.0, 0.0))[which] for run in runs] for s in signals}
    best = max(sorted(values), key=lambda signal: statistics.fmean(values[signal]))
    return f"{interval(values[best])} ({best})"


def known_rows(data: Path) -> list[str]:
    """What is found of each kind in the made data of `DURE_DATA`, and of what only looks like it."""
    source = data / "ledger_misuse"
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        command = [
            sys.executable, "-m", "dure.config.cli", "screen", f"{source}/expenses.csv.gz",
            "--projects", f"{source}/projects.csv.gz", "--relations", f"{source}/relations.csv.gz",
            "--output", f"{folder}/findings.csv", "--summary", f"{folder}/summary.csv",
        ]  # fmt: skip
        subprocess.run(command, check=True, capture_output=True)
        with (folder / "findings.csv").open(encoding="utf-8") as file:
            findings = list(csv.DictReader(file))
        order = order_of(folder)
    return _of_kinds(source, findings, order)


MEANT = {
    "duplicate payee": {"shared_account"}, "end-of-term rush": {"last_days", "late_share"},
    "holiday": {"holidays"}, "odd hours": {"odd_hours"}, "outlier": {"high_price"},
    "per head limit": {"per_head"}, "personnel share": {"double_pay", "over_plan"},
    "related party": {"related_party"},
    "same evidence twice": {"same_evidence", "near_evidence", "same_claim", "evidence_elsewhere"},
    "split purchase": {"split_orders", "split_card"},
    "vendor concentration": {"vendor_share", "only_customer"},
}  # fmt: skip


def _of_kinds(source: Path, findings: list[dict[str, str]], order: list[str]) -> list[str]:
    by_row: dict[str, set[str]] = defaultdict(set)
    sizes: Counter[str] = Counter()
    for finding in findings:
        for row in finding["rows"].split(";"):
            by_row[row].add(finding["signal"])
            sizes[finding["signal"]] += 1
    with gzip.open(source / "labels.jsonl.gz", "rt", encoding="utf-8") as file:
        labels = [json.loads(line) for line in file]
    lines = [
        "| kind | planted groups found | look-alikes also found | rows flagged |",
        "|---|---:|---:|---:|",
    ]
    for kind in sorted(MEANT):
        counts = []
        for planted in (True, False):
            groups = [g for g in labels if g["kind"] == kind and g["planted"] is planted]
            hit = [g for g in groups if any(by_row[str(r)] & MEANT[kind] for r in g["rows"])]
            counts.append(f"{len(hit)} of {len(groups)}")
        flagged = sum(sizes[signal] for signal in MEANT[kind])
        lines.append(f"| {kind} | {counts[0]} | {counts[1]} | {flagged:,} |")
    bad = {label["project"] for label in labels if label["planted"]}
    tops = ", ".join(
        f"{at(order, dict.fromkeys(bad, ''), n)[0]:.2f} in the first {n}" for n in (10, 25, 50)
    )
    lines += [
        "",
        f"Of the projects, {len(bad)} of {len(order)} hold something planted; the list has {tops}.",
    ]
    return lines


def page(big: Mapping[str, Any], runs: Sequence[Mapping[str, Any]], arguments: Any) -> str:
    tenth = arguments.projects // 10
    kinds: dict[str, list[bool]] = defaultdict(list)
    for run in [*runs, big]:
        for kind, caught in run["kinds"]:
            kinds[kind].append(caught)
    lines = [
        (f"{arguments.projects:,} projects, {big['rows']:,} rows, two cores"
        f" (load {os.getloadavg()[0]:.1f} when written):"), "",
        "| what | seconds | memory |", "|---|---:|---:|",
        f"| `dure screen`, from Parquet to both files | {big['seconds']:.0f} | {big['megabytes'] / 1024:.1f} GB |",
        f"| five of its signals in plain SQL | {big['sql']:.0f} | |",
        f"| the same five in pandas, a tenth times ten | {big['pandas']:.0f} | |", "",
        f"At the top of the list, {FIRST} and {MANY} of {PROJECTS:,} projects in proportion:", "",
        f"| | precision in the first {FIRST} | recall in the first {MANY} |", "|---|---:|---:|",
        f"| ours, {arguments.projects:,} projects, one seed | {big['precision']:.2f} | {big['recall']:.2f} |",
    ]  # fmt: skip
    if runs:
        lines += [
            f"| ours, {tenth:,} projects, {len(runs)} seeds | {interval([r['precision'] for r in runs])} | {interval([r['recall'] for r in runs])} |"
        ]
    every = runs or [big]
    lines += [
        f"| best single signal | {best_single(every, 0)} | {best_single(every, 1)} |",
        f"| isolation forest | {interval([r['forest'][0] for r in every])} | {interval([r['forest'][1] for r in every])} |",
        "", f"Found among the first {MANY}, by scheme, all seeds together:", "",
        "| scheme | found |", "|---|---:|",
        *(f"| {kind.replace('_', ' ')} | {sum(caught)} of {len(caught)} |" for kind, caught in sorted(kinds.items())),
    ]  # fmt: skip
    data = Path(os.environ.get("DURE_DATA", ""))
    if os.environ.get("DURE_DATA") and (data / "ledger_misuse").exists():
        lines += [
            "",
            "On the made ledgers of `ledger_misuse` (250 projects, planted groups and look-alikes):",
            "",
        ]
        lines += known_rows(data)
    return "\n".join(lines)


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("--write", action="store_true")
    parser.add_argument("--projects", type=int, default=PROJECTS)
    parser.add_argument("--rows", type=int, default=ROWS)
    parser.add_argument("--seeds", type=int, default=20)
    arguments = parser.parse_args()
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        big = quality(arguments.projects, arguments.rows, 1, folder)
        big |= {"sql": in_sql(folder), "pandas": in_pandas(folder)}
        print(
            f"{big['seconds']:.0f} s, {big['megabytes']:.0f} MB, {big['precision']:.2f}, {big['recall']:.2f}",
            flush=True,
        )
        runs = []
        for seed in range(2, 2 + arguments.seeds):
            run = quality(arguments.projects // 10, arguments.rows // 10, seed, folder)
            print(f"seed {seed}: {run['precision']:.2f}, {run['recall']:.2f}", flush=True)
            runs.append(run)
    measured = page(big, runs, arguments)
    print(measured)
    if arguments.write:
        before, _, rest = PAGE.read_text(encoding="utf-8").partition(BEGINS)
        after = rest.partition(ENDS)[2]
        PAGE.write_text(f"{before}{BEGINS}\n\n{measured}\n\n{ENDS}{after}", encoding="utf-8")


if __name__ == "__main__":
    main()
