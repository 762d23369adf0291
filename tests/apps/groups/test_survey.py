"""The survey: 274 rows at once; of 60 wrong cells each is named, and nothing is taken in."""

from datetime import timedelta

import pytest

from dure.apps.groups import operations
from dure.apps.groups.models import Group
from dure.apps.jobs.models import Job
from dure.apps.jobs.operations import Progress
from dure.foundation.sheets import workbook
from tests.conftest import NOON

pytestmark = pytest.mark.django_db
HEADER = [
    "교류회명", "연합회", "지역", "유형", "주력 업종", "설립 연도", "회장", "회원사 수", "최근 모임일",
]  # fmt: skip
LETTERS = "ABCDEFGHI"
# Column and what is wrong in it.
WRONG = [
    (0, "", "REQUIRED"),
    (1, "없는연합회", "NO_FEDERATION"),
    (2, "화성", "NOT_IN_LIST"),
    (3, "친목", "NOT_IN_LIST"),
    (7, "많음", None),
    (8, "작년", "NO_MEETING_DAY"),
]


@pytest.fixture
def bring_in(cast, tmp_path):
    path = tmp_path / "survey.xlsx"

    def function(rows, is_check=False):
        path.write_bytes(workbook("조사", HEADER, rows))
        job = Job.objects.create(kind=operations.IMPORT, title="", requested_by=cast["officer"])
        run = operations.check_groups if is_check else operations.import_groups
        return run(path=path, by=cast["officer"], at=NOON, progress=Progress(job))

    return function


def survey(count):
    return [
        [f"{n}번째 교류회", "경남연합회", "경남", "경험 교류", "", "1996", "홍길동", str(10 + n % 20),
         "2026-10-12"]
        for n in range(count)
    ]  # fmt: skip


def counts(report):
    return report.rows, report.new, report.changed, report.same, len(report.problems)


def test_274_groups_come_in_at_once_and_again_change_what_differs(cast, bring_in):
    cast.federation()
    rows = survey(274)
    assert counts(bring_in(rows, is_check=True)) == (274, 274, 0, 0, 0)
    assert Group.objects.count() == 1
    assert counts(bring_in(rows)) == (274, 274, 0, 0, 0)
    assert Group.objects.filter(parent__name="경남연합회").count() == 274

    rows[3][7] = "99"
    assert counts(bring_in(rows)) == (274, 0, 1, 273, 0)


def test_of_60_wrong_cells_each_is_named_and_nothing_is_taken_in(cast, bring_in):
    cast.federation()
    rows, wrong = survey(274), []
    for number in range(60):
        column, value, kind = WRONG[number % len(WRONG)]
        at = 4 * number
        rows[at][column] = value
        wrong.append((f"조사!{LETTERS[column]}{at + 2}", kind))

    report = bring_in(rows)

    assert len(report.problems) == 60
    assert sorted(problem.place for problem in report.problems) == sorted(p for p, _ in wrong)
    kinds = {problem.place: problem.kind for problem in report.problems}
    assert all(kind in (None, kinds[place]) for place, kind in wrong)
    assert Group.objects.count() == 1


def test_one_group_twice_and_a_meeting_to_come_are_named(cast, bring_in):
    cast.federation()
    rows = survey(3)
    rows[2][0] = rows[0][0]
    rows[1][8] = (NOON.date() + timedelta(days=2)).isoformat()

    problems = {(problem.place, problem.kind) for problem in bring_in(rows).problems}

    assert problems == {("조사!A4", "GROUP_TWICE"), ("조사!I3", "MEETING_TO_COME")}
