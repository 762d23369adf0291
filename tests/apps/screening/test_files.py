"""Spending handed in as files: screened as a job, faults with their place, silent signals, gone again."""

import gzip
from pathlib import Path

import duckdb
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from dure.apps.jobs.models import Job
from dure.apps.jobs.operations import run as work
from dure.apps.screening import operations
from dure.apps.screening.models import FileRun
from tests.conftest import NOON

pytestmark = pytest.mark.django_db

EXPENSES = """번호,과제번호,집행일,비목,거래처번호,거래처,금액,증빙번호
1,A,2026-04-01,재료비,1234567891,상사,1230450,E-100200
2,A,2026-04-09,재료비,1234567891,상사,1230450,E-100200
3,B,2026-04-10,재료비,2234567891,공업,550000,E-100300
"""
PROJECTS = "과제번호,기업번호\nA,1112223334\nB,1112223335\n"


@pytest.fixture(autouse=True)
def uploads(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path
    return tmp_path / "screening"


def sent(name, content):
    data = content.encode() if isinstance(content, str) else content
    return SimpleUploadedFile(name, data)


def in_korean(as_role, address):
    return as_role("auditor").get(address, headers={"accept-language": "ko"})


def handed_in(as_role, expenses=EXPENSES, projects=PROJECTS, name="집행.csv"):
    answer = as_role("auditor").post(
        reverse("screening:files"),
        {"expenses": sent(name, expenses), "projects": sent("과제.csv", projects)},
    )
    run = FileRun.objects.get()
    assert answer.url == run.get_absolute_url()
    waiting = as_role("auditor").get(answer.url)
    assert waiting.context["job"].stage == "WAITING"
    work(job_id=str(Job.objects.get(kind=operations.KIND).pk), clock=lambda: NOON)
    run.refresh_from_db()
    return run


def test_files_become_a_list_with_the_rows_behind_each_signal(as_role, uploads):
    run = handed_in(as_role)

    assert (run.projects, run.rows, run.faults) == (2, 3, [])
    assert list(uploads.glob("*")) == []
    page = in_korean(as_role, run.get_absolute_url())
    assert [row["place"].key for row in page.context["rows"]] == ["A", "B"]
    silent = dict(page.context["silent"])
    assert "연구원" in silent["한 달에 두 번 받은 인건비"]
    place = run.places.get(rank=1)
    shown = as_role("auditor").get(place.get_absolute_url()).content.decode()
    assert shown.count("1,230,450") >= 2
    assert "2026-04-09" in shown


def parquet(tmp_path, csv):
    source, target = tmp_path / "e.csv", tmp_path / "e.parquet"
    source.write_text(csv, encoding="utf-8")
    with duckdb.connect() as connection:
        connection.execute(f"COPY (FROM '{source}') TO '{target}' (FORMAT parquet)")
    return target.read_bytes()


@pytest.mark.parametrize("kind", [".csv", ".csv.gz", ".parquet"])
def test_each_kind_of_file_says_the_same(as_role, tmp_path, kind):
    content = {
        ".csv": EXPENSES.encode("cp949"),
        ".csv.gz": gzip.compress(EXPENSES.encode()),
        ".parquet": parquet(tmp_path, EXPENSES),
    }[kind]

    run = handed_in(as_role, content, name=f"집행{kind}")

    assert run.places.get(rank=1).findings.filter(signal="same_evidence").exists()


def test_a_fault_says_file_row_column_and_what_to_do_in_both_languages(as_role, uploads):
    run = handed_in(as_role, EXPENSES.replace("550000", "오십오만"))

    assert run.places.count() == 0
    assert list(uploads.glob("*")) == []
    fault = in_korean(as_role, run.get_absolute_url()).context["faults"][0]
    assert (fault["file"], fault["row"], fault["column"], fault["value"]) == (
        "집행.csv", 4, "금액", "오십오만",
    )  # fmt: skip
    assert fault["fix"].startswith("1500000처럼")
    page = as_role("auditor").get(run.get_absolute_url()).context["faults"][0]
    assert page["fix"] == "Write whole won, digits only, such as 1500000."


def test_an_expense_of_no_project_is_named(as_role):
    run = handed_in(as_role, EXPENSES + "4,C,2026-04-10,재료비,,,1000,\n")

    page = in_korean(as_role, run.get_absolute_url()).content.decode()
    assert "4번 행" in page


def test_a_small_file_that_unpacks_to_a_large_one_is_refused(as_role, monkeypatch):
    monkeypatch.setattr("dure.apps.screening.operations.files.MOST_MEGABYTES", 1)
    run = handed_in(as_role, gzip.compress(b"0" * 3_000_000), name="집행.csv.gz")

    assert run.faults[0]["named"] == {"megabytes": 1}


@pytest.mark.parametrize("name", ["집행.exe", "집행.parquet"])
def test_what_is_no_ledger_is_refused(as_role, name):
    address = reverse("screening:files")
    files = {"expenses": sent(name, b"MZ" * 50), "projects": sent("p.csv", PROJECTS)}

    answer = as_role("auditor").post(address, files)

    if name.endswith(".exe"):
        assert answer.status_code == 422
        assert not FileRun.objects.exists()
    else:
        work(job_id=str(Job.objects.get(kind=operations.KIND).pk), clock=lambda: NOON)
        assert FileRun.objects.get().faults[0]["remedy"] == "The file is damaged."


def test_a_run_is_taken_away_with_all_it_saw(as_role):
    run = handed_in(as_role)

    as_role("auditor").post(reverse("screening:delete_files", args=[run.pk]))

    assert not FileRun.objects.exists()


def test_the_list_of_files_narrowed_and_as_a_workbook(as_role):
    run = handed_in(as_role)
    address = run.get_absolute_url()

    assert as_role("auditor").get(f"{address}?signal=same_evidence").context["total"] == 1
    assert as_role("auditor").get(f"{address}?words=B").context["total"] == 1
    assert as_role("auditor").get(f"{address}?format=xlsx").status_code == 200


def test_files_whose_job_never_ended_are_deleted_after_a_week(uploads):
    uploads.mkdir()
    old = Path(uploads / "x.csv")
    old.write_text("x")

    assert operations.forget_files(at=NOON.replace(year=2099)) == 1
    assert not old.exists()
