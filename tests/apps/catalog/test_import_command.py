"""`dure import` and `dure template`."""

import openpyxl
import pytest
from click.testing import CliRunner

from dure.apps.catalog.models import Need
from dure.apps.jobs.models import Job
from dure.config.cli import main

GOOD = "관리번호,기관,제목,내용\nN-1,124-81-00998,하나,글\n"
BAD = "관리번호,기관,제목,내용\nN-1,없는 곳,하나,글\n"


@pytest.fixture
def run(cast, tmp_path):
    """A function that runs `dure import needs FILE …` on a text."""

    def function(text, *options):
        path = tmp_path / "needs.csv"
        path.write_text(text, encoding="utf-8")
        return CliRunner().invoke(main, ["import", "needs", str(path), *options])

    return function


def test_import_takes_the_file_in_as_the_first_administrator(cast, run):
    result = run(GOOD)

    assert (result.exit_code, result.stdout) == (0, "행 1  신규 1  변경 0  동일 0  문제 0\n")
    assert Need.objects.get().handed_in_by == cast["administrator"]


def test_import_as_somebody_else_says_so(cast, run):
    run(GOOD, "--by", "OFFICER@example.org")

    assert Need.objects.get().handed_in_by == cast["officer"]
    assert Job.objects.get(kind="import_sheet").requested_by == cast["officer"]


def test_check_imports_nothing(run):
    result = run(GOOD, "--check", "--english")

    assert result.stdout == "rows 1  new 1  changed 0  same 0  problems 0\n"
    assert Need.objects.count() == 0


def test_problems_are_listed_with_place_and_fix_and_end_with_2(run):
    result = run(BAD, "--english")

    first, _ = result.stdout.splitlines()
    fix = "No organisation with this number or name. Import organisations first."
    assert result.exit_code == 2
    assert " ".join(first.split()) == f"B2 기관 없는 곳 {fix}"


@pytest.mark.parametrize("person", ["nobody@example.org", "newcomer@example.org"])
def test_import_by_somebody_who_may_not_is_refused(run, person):
    result = run(GOOD, "--by", person)

    assert result.exit_code == 1
    assert Need.objects.count() == 0


@pytest.mark.parametrize(("option", "header"), [((), "관리번호"), (("--english",), "External id")])
def test_template_is_a_workbook_in_either_language(tmp_path, option, header):
    path = tmp_path / "needs.xlsx"

    result = CliRunner().invoke(main, ["template", "needs", str(path), *option])

    assert result.exit_code == 0
    assert openpyxl.load_workbook(path).worksheets[0]["A1"].value == header
