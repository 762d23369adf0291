"""`dure screen`: from files to findings, the same bytes, and every malformed cell by its place."""

import csv
import gzip
import io
import json
from collections import defaultdict

import duckdb
import openpyxl
import pytest
from click.testing import CliRunner
from django.conf import settings

from dure.config.cli import main

DATA = settings.DURE_DATA / "ledger_misuse" if settings.DURE_DATA else None

PROJECTS = "id,firm,start,end,total,plan_materials\nA,F1,2026-01-01,2026-12-31,100000000,5000000\n"
EXPENSES = (
    "row,project,date,time,item,vendor,vendor_name,account,method,amount,vat,purpose,evidence,person,"
    "attendees,in_plan\n"
    "1,A,2026-04-01,,materials,V1,가나상사,K1,transfer,1234560,0,볼트,E100,,,1\n"
    "2,A,2026-04-09,,materials,V1,가나상사,K1,transfer,1234560,0,볼트,E100,,,1\n"
    "3,A,2026-04-11,00:30,meeting,V2,=cmd,,card,90000,0,회의,E102,,3,1\n"
)
KOREAN = (
    "번호,과제번호,집행일,시각,비목,거래처번호,거래처,계좌,지급방법,금액,증빙번호\n"
    '1,A,2026.04.01,,연구재료비,123-45-67890,가나상사,110-222-333333,계좌이체,"1,234,560원",E100\n'
    "2,A,20260409,,연구재료비,1234567890,가나상사,110222333333,계좌이체,1234560,E100\n"
)


def screen(folder, expenses, projects=PROJECTS, relations=None, name="expenses.csv", more=()):
    """The result of the command and its two files."""
    source = folder / name
    source.write_bytes(expenses if isinstance(expenses, bytes) else expenses.encode())
    (folder / "projects.csv").write_text(projects, encoding="utf-8")
    tied = []
    if relations:
        (folder / "relations.csv").write_text(relations, encoding="utf-8")
        tied = ["--relations", str(folder / "relations.csv")]
    output, summary = folder / "findings.csv", folder / "summary.csv"
    command = ["screen", str(source), "--projects", str(folder / "projects.csv"), *tied]
    command += ["--output", str(output), "--summary", str(summary), *more]
    return CliRunner().invoke(main, command), output, summary


def lines(path):
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def test_findings_and_the_order_of_projects(tmp_path):
    relations = "firm,vendor,relation,percent\nF1,V2,kin,\n"
    result, output, summary = screen(tmp_path, EXPENSES, relations=relations)

    assert result.exit_code == 0, result.output
    by_signal = {line["signal"]: line for line in lines(output)}
    assert by_signal["same_evidence"] == {
        "project": "A", "signal": "same_evidence", "level": "strong", "score": "1.0000",
        "sentence": "가나상사: proof E100 over 1,234,560 won stands 2 times.", "rows": "1;2",
    }  # fmt: skip
    assert by_signal["related_party"]["sentence"].startswith("'=cmd: tied")
    assert lines(summary)[0]["rank"] == "1"
    assert "silent: double_pay" in result.output
    assert "without person" in result.output


def test_the_same_bytes_again_and_in_any_order_of_rows(tmp_path):
    header, *rows = EXPENSES.splitlines(keepends=True)
    _, output, summary = screen(tmp_path, EXPENSES)
    before = output.read_bytes(), summary.read_bytes()

    screen(tmp_path, header + "".join(reversed(rows)))

    assert (output.read_bytes(), summary.read_bytes()) == before


@pytest.mark.parametrize("encoding", ["utf-8-sig", "cp949"])
def test_korean_headers_dates_and_amounts(tmp_path, encoding):
    result, output, _ = screen(tmp_path, KOREAN.encode(encoding), more=["--language", "ko"])

    assert result.exit_code == 0, result.output
    (line,) = [line for line in lines(output) if line["signal"] == "same_evidence"]
    assert line["sentence"] == "가나상사: 증빙 E100, 1,234,560원 집행이 2번 있어요."


def test_the_same_from_gzip_parquet_and_excel(tmp_path):
    _, output, _ = screen(tmp_path, EXPENSES)
    expected = output.read_bytes()

    screen(tmp_path, gzip.compress(EXPENSES.encode()), name="expenses.csv.gz")
    assert output.read_bytes() == expected

    with duckdb.connect() as connection:
        connection.execute(
            f"COPY (SELECT * FROM read_csv('{tmp_path}/expenses.csv')) TO '{tmp_path}/typed.parquet'"
        )
    screen(tmp_path, (tmp_path / "typed.parquet").read_bytes(), name="e.parquet")
    assert output.read_bytes() == expected

    book = openpyxl.Workbook()
    for row in csv.reader(io.StringIO(EXPENSES)):
        book.active.append([int(c) if c.isdigit() else c or None for c in row])
        book.active.cell(book.active.max_row, 7).data_type = "s"
    book.save(tmp_path / "book.xlsx")
    result, *_ = screen(tmp_path, (tmp_path / "book.xlsx").read_bytes(), name="e.xlsx")
    assert result.exit_code == 0, result.output
    assert output.read_bytes() == expected


@pytest.mark.parametrize(
    ("expenses", "place"),
    [
        (EXPENSES.replace("2026-04-09", "9 April"), "row 3, column date: Write a date"),
        (EXPENSES.replace(",90000,", ",ninety,"), "row 4, column amount: Write whole won"),
        (EXPENSES.replace(",90000,", ",90000.5,"), "row 4, column amount"),
        (EXPENSES.replace(",90000,", ",,"), "row 4, column amount: This cell must be filled."),
        (EXPENSES.replace("00:30", "25:30"), "row 4, column time: Write a time"),
        (EXPENSES.replace("\n2,A", "\n1,A"), "column row: This number stands in 2 rows"),
        (EXPENSES.replace("\n2,A", "\n2,Z"), "of a project that"),
        (EXPENSES.replace(",90000,0", ",90000"), "row 4, column"),
        (EXPENSES.replace("amount", "sum"), "column amount (금액): This column is missing."),
        (EXPENSES.replace("vat", "amount"), "This column is there twice."),
        (EXPENSES.splitlines(keepends=True)[0], "no rows"),
        ("", "The file is empty."),
        (b"\xff\xfe\x00broken\x81\n\x81", "CP949"),
    ],
)
def test_what_is_malformed_is_named_by_file_row_and_column(tmp_path, expenses, place):
    result, output, summary = screen(tmp_path, expenses)

    assert result.exit_code == 2, result.output
    assert str(tmp_path / "expenses.csv") in result.output
    assert place in result.output
    assert not output.exists()
    assert not summary.exists()


@pytest.mark.parametrize("name", ["e.parquet", "e.xlsx", "e.csv.gz", "e.txt"])
def test_a_file_that_is_not_what_its_name_says(tmp_path, name):
    result, *_ = screen(tmp_path, b"nothing of the kind", name=name)

    assert result.exit_code == 2, result.output
    assert name in result.output


@pytest.mark.slow
@pytest.mark.skipif(DATA is None, reason="needs DURE_DATA")
def test_planted_misuse_is_found_kind_by_kind(tmp_path):
    output, summary = tmp_path / "findings.csv", tmp_path / "summary.csv"
    command = [
        "screen",
        str(DATA / "expenses.csv.gz"),
        "--projects",
        str(DATA / "projects.csv.gz"),
    ]
    command += ["--relations", str(DATA / "relations.csv.gz"), "--output", str(output)]
    result = CliRunner().invoke(main, [*command, "--summary", str(summary)])
    assert result.exit_code == 0, result.output

    flagged = defaultdict(set)
    for line in lines(output):
        if line["signal"] != "over_plan":  # names the largest rows of an item, not the planted ones
            for row in line["rows"].split(";"):
                flagged[row].add(line["signal"])
    with gzip.open(DATA / "labels.jsonl.gz", "rt", encoding="utf-8") as file:
        labels = [json.loads(label) for label in file]
    planted = [label for label in labels if label["planted"]]
    detected = [label for label in planted if any(flagged[str(row)] for row in label["rows"])]
    assert len(detected) / len(planted) >= 0.93
    bad = {label["project"] for label in planted}
    first = [line["project"] for line in lines(summary)[:25]]
    assert sum(project in bad for project in first) >= 23
