"""The inputs that failed once, after bug reports on other programs, each under its number.

They stand beside the real data; `cases.csv` names for each the test that holds it without them.
"""

import csv
import os
import re
import subprocess
import sys
from importlib import import_module
from pathlib import Path

import pytest
from click.testing import CliRunner
from django.conf import global_settings as default
from django.conf import settings

from dure.apps.catalog.adapter.documents import need_values, requests_in
from dure.apps.catalog.models import Language, Need
from dure.apps.catalog.operations import import_sheet
from dure.apps.fairs.adapter.participants import PARTICIPANT_COLUMNS, participant_reader
from dure.apps.jobs.models import Job
from dure.apps.jobs.operations import Progress
from dure.config.cli import main
from dure.config.env import ROOT
from dure.foundation.documents import read_document
from dure.foundation.sheets import read_rows, read_tables
from tests.conftest import NOON
from tests.processes import database_url

CASES = settings.DURE_DATA and settings.DURE_DATA.parent / "cases" / "2026-11-29"
TABLE = Path(__file__).with_name("cases.csv")
HELPERS = ("README.md", "read_form.py", "read_participants.py")
PASSWORD = "dure-demo-2026"

needs_cases = pytest.mark.skipif(
    not CASES or not CASES.exists(), reason="the reported inputs are not beside DURE_DATA"
)


def rows_of_table():
    with TABLE.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


@pytest.mark.parametrize("row", rows_of_table(), ids=lambda row: row["case"])
def test_each_case_has_a_test_of_its_own(row):
    path, _, name = row["tests"].partition("::")
    module = import_module(path.removesuffix(".py").replace("/", "."))

    assert callable(getattr(module, name))


@needs_cases
def test_every_case_is_in_the_table():
    here = {path.name for path in CASES.iterdir()} - set(HELPERS)

    assert here == {row["case"] for row in rows_of_table()}
    assert len(here) == 26


# Sheets


@pytest.fixture
def taken_in(cast):
    """What importing a sheet of needs leaves: the needs, and where there are problems."""
    cast.buyer.name = "누리온자동차"
    cast.buyer.save()

    def function(name):
        job = Job.objects.create(kind="import_sheet", title="", requested_by=cast["officer"])
        report = import_sheet(
            kind="needs", path=CASES / name, by=cast["officer"], at=NOON, progress=Progress(job)
        )
        problems = [(problem.kind, problem.place) for problem in report.problems]
        return list(Need.objects.order_by("external_id")), problems

    return function


@needs_cases
def test_s01_amounts(taken_in):
    needs, problems = taken_in("s01_amounts.csv")

    assert problems == []
    budgets = [need.budget for need in needs]
    assert budgets == [25_000_000, 150_000_000, 320_000_000_000, 120_000_000]


@needs_cases
def test_s02_budget_in_thousands(taken_in):
    needs, problems = taken_in("s02_budget_in_thousands.xlsx")

    assert ([need.budget for need in needs], problems) == ([150_000_000], [])


@needs_cases
@pytest.mark.parametrize(
    ("name", "problems"),
    [
        ("s03_row_wider_than_header.csv", [("MORE_CELLS", "E2")]),
        (
            "s04_strict_with_errors.xlsx",
            [("FORMULA_ERROR", "수요!E2"), ("FORMULA_WITHOUT_VALUE", "수요!A3")],
        ),
        (
            "s04_same_transitional.xlsx",
            [("FORMULA_ERROR", "수요!E2"), ("FORMULA_WITHOUT_VALUE", "수요!A3")],
        ),
    ],
)
def test_s03_and_s04_are_told_with_their_place_and_nothing_is_taken(taken_in, name, problems):
    assert taken_in(name) == ([], problems)


@needs_cases
@pytest.mark.parametrize(
    ("name", "lines"),
    [
        ("s05_hidden_sheet.xlsx", 1),
        ("s06_semicolons_in_cells.csv", 8),
        ("s06_tabs_in_cells.csv", 6),
    ],
)
def test_s05_and_s06_are_one_need(taken_in, name, lines):
    needs, problems = taken_in(name)

    assert ([need.external_id for need in needs], problems) == (["N-1"], [])
    assert len(needs[0].body.splitlines()) == lines


@needs_cases
def test_s07_korean_and_english_title(taken_in):
    [need], problems = taken_in("s07_korean_and_english_title.xlsx")

    assert problems == []
    titles = (need.title, need.title_en)
    assert titles == ("도장 건조로 배기열 회수 장치", "Heat recovery for paint ovens")


def participants_in(fair, name):
    slots = list(fair.slots.filter(is_break=False).order_by("starts_at", "pk"))
    [table] = read_tables(CASES / name, PARTICIPANT_COLUMNS)
    return read_rows(table, participant_reader(slots), table.rows)


@needs_cases
def test_s08_slots_that_excel_took_for_a_date(cast):
    drafts, problems = participants_in(cast.fair(), "s08_slots_typed_as_1-4.xlsx")

    assert drafts == []
    assert [(problem.kind, problem.place) for problem in problems] == [("IS_A_DATE", "수요!C2")]


@needs_cases
def test_s09_three_names_with_commas(cast):
    [draft], problems = participants_in(cast.fair(), "s09_three_names_with_commas.xlsx")

    assert problems == []
    assert [name for name, _ in draft.values["attendees"]] == ["김하늘", "이바다", "박구름"]


# Request forms

WHY = "제설 작업은 밤에 몰려 작업자가 다치기 쉽고 인력이 모자랍니다. 사람 없이 움직이는 장비가 필요합니다."
GOAL = "좁은 길에서 스스로 움직이며 눈을 치우는 소형 장비를 만듭니다."
SCOPE = "영상으로 사람을 알아보고 멈추는 기능과 염화칼슘을 고르게 뿌리는 장치를 개발합니다."
DRAFT = {
    "title": "골목길 무인 제설 장비 개발",
    "title_en": "",
    "body": f"[필요성]\n{WHY}\n\n[목표]\n{GOAL}",
    "requirements": SCOPE,
    "trl": None,
    "keywords": [],
    "budget": None,
    "language": Language.KO,
}
FORMS = {
    "f01_table_in_a_cell.hwpx": {
        "requirements": f"{SCOPE} 성능 지표 단위 목표 사람 감지 거리 m 12 이상"
    },
    "f02_tracked_changes.hwpx": {"requirements": f"{SCOPE} 예산은 과제당 3억원 이내로 합니다."},
    "f03_memo_and_hidden_comment.hwpx": {
        "requirements": "영상으로 사람을 알아보고 멈추는 기능을 개발합니다. 염화칼슘을 고르게 뿌립니다."
    },
    "f04_content_heading_with_year.hwpx": {
        "body": f"[필요성]\n{WHY}\n\n[목표]\nㅇ {GOAL}",
        "requirements": f"(1차년도)\nㅇ {SCOPE} (2차년도)\nㅇ 현장에서 두 달 동안 시험합니다.",
    },
    "f05_keywords_with_brackets.hwpx": {
        "keywords": [
            "무인 제설", "사람 감지(AI)", "인공지능(영상, 음성)", "snow removal robot(SRR)",
            "human detection",
        ]
    },
    "f06_ruby_equation_compose.hwpx": {
        "title": "골목길 무인 제설 장비 개발 사업",
        "body": f"[필요성]\n{WHY}\n\n[목표]\n감지 속도 v geq 12 over s 를 넘는 장비를 만듭니다."
        " 목표 12 항 참고.",
    },
    "f07_amount_in_two_units.hwpx": {
        "budget": 150_000_000,
        "requirements": f"{SCOPE}\n\n[연구기간] 22개월",
    },
    "f08_decomposed_hangul.hwpx": {},
}  # fmt: skip


@needs_cases
@pytest.mark.parametrize("name", FORMS)
def test_f01_to_f08_are_read_as_they_stand_on_the_page(name):
    [request] = requests_in(read_document(CASES / name))

    assert need_values(request) == DRAFT | FORMS[name]


# Files without a server


@needs_cases
@pytest.mark.timeout(300)  # the text model is read once
@pytest.mark.parametrize("suffix", [".csv", ".xlsx"])
def test_m01_match(tmp_path, suffix):
    output = tmp_path / f"matches{suffix}"
    files = ["--needs", CASES / "m01_needs.csv", "--technologies", CASES / "m01_technologies.csv"]
    result = CliRunner().invoke(main, ["match", *map(str, files), "--output", str(output)])

    assert result.exit_code == 0, result.output
    written = output.read_bytes()
    assert written.startswith({".csv": b"\xef\xbb\xbf", ".xlsx": b"PK"}[suffix])
    if suffix == ".csv":
        text = written.decode("utf-8-sig")
        assert "지역이 달라요" not in text.split("N-1")[1].splitlines()[0]
        assert not re.search(r'(?:^|,)"?=', text, re.MULTILINE)


@needs_cases
def test_t01_fair_with_a_byte_order_mark(tmp_path):
    output = tmp_path / "timetable.json"
    result = CliRunner().invoke(
        main, ["timetable", str(CASES / "t01_fair_with_bom.json"), "--output", str(output)]
    )

    assert result.exit_code == 0, result.output
    assert output.read_text(encoding="utf-8").count('"slot"') == 1


# The site


def script(name, *arguments, **env):
    """Run one of the scripts with the test's own database; what it prints."""
    child = subprocess.run(
        [sys.executable, str(CASES / name), *arguments],
        env={**os.environ, "PYTHONUTF8": "1", **env},
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
        timeout=240,
    )
    assert child.returncode == 0, child.stdout + child.stderr
    return child.stdout


def set_password(person, email):
    person.email = email
    person.set_password(PASSWORD)
    person.save()
    person.emailaddress_set.create(email=email, verified=True, primary=True)


@needs_cases
@pytest.mark.slow
@pytest.mark.enable_socket
@pytest.mark.django_db(transaction=True)
def test_w01_sign_in_behind_a_proxy(cast, tmp_path, settings):
    settings.PASSWORD_HASHERS = default.PASSWORD_HASHERS  # as the script's own process
    set_password(cast["auditor"], "auditor@dure.example")

    own = {"DATABASE_URL": database_url(), "DURE_HOME": str(tmp_path), "DURE_DEBUG": "1"}
    output = script("w01_sign_in_behind_a_proxy.py", **own)

    assert output.splitlines()[-1].endswith("another address: in")


@needs_cases
@pytest.mark.slow
@pytest.mark.enable_socket
@pytest.mark.django_db(transaction=True, reset_sequences=True)  # it writes for organisation 1
def test_w02_text_typed_by_hand(cast, live_server):
    set_password(cast["member"], "buyer@dure.example")
    cast.need(title="배터리 재활용")
    for number in range(3):
        cast.need(title=f"CO2 포집 {number}")
    cast.need(title="CO₂ 저장")

    lines = script("w02_text_typed_by_hand.py", live_server.url).splitlines()

    assert lines[:2] == ["search, composed and decomposed: 1 1", "search CO2 and CO₂: 4 4"]
    assert len(set(re.findall(r"/needs/\d+/", lines[2]))) == 1
    assert "/needs/new/" in lines[3]
    assert Need.objects.filter(title="두 번 누른 수요").count() == 1
    assert not Need.objects.filter(title__contains="\u202e").exists()
    assert [line.split()[-1] for line in lines if line.startswith("HEAD")] == ["200"] * 3


@needs_cases
def test_w03_words():
    for line in script("w03_words.py").splitlines():
        here, _, asked = line.partition(" | ")
        words, query = (
            set(re.findall(r"'([^']*)'", part.rpartition("[")[2])) for part in (here, asked)
        )
        assert query & words, line


@needs_cases
def test_w04_paper_without_fonts(tmp_path):
    script("w04_paper_without_fonts.py", str(tmp_path / "out.pdf"))

    assert (tmp_path / "out.pdf").read_bytes().startswith(b"%PDF")
    text = subprocess.run(
        ["pdftotext", str(tmp_path / "out.pdf"), "-"], capture_output=True, text=True, check=True
    ).stdout  # fmt: skip
    assert "Nguyễn Thị Hạnh" in text
