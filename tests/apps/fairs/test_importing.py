"""Participants from a spreadsheet: previewed, taken whole or not at all, and again without harm."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone

from dure.apps.fairs.adapter.participants import (
    MANY,
    PARTICIPANT_COLUMNS,
    available_slots,
    names_in,
)
from dure.apps.fairs.models import Absence, Attendee, Registration
from dure.apps.fairs.operations import (
    check_participants,
    confirm_participants,
    import_participants,
    take_participants,
)
from dure.apps.fairs.queries import meeting_slots
from dure.apps.fairs.stages import FairStage
from dure.apps.imports.reasons import Reason as ImportReason
from dure.apps.jobs import operations as jobs
from dure.apps.jobs.models import Job, JobStage
from dure.apps.jobs.operations import Progress
from dure.foundation.sheets import template, workbook
from dure.foundation.verdict import Refused
from tests.conftest import NOON

HEADER = ["기관명", "구분", "동시 상담 수", "최대 상담 수", "가능 시간", "참석자", "통역"]
ROWS = [
    ["124-81-00998", "수요", "2", "", "10:00-12:00; 14:00-15:00", "김하늘(부장); 이바다", ""],
    ["열림테크", "공급", "", "6", "5-8", "", "영어"],
]


@pytest.fixture
def bring_in(cast, tmp_path):
    """A function that imports rows into a fair for an officer, or only checks them."""
    path = tmp_path / "participants.xlsx"

    def function(fair, rows, header=HEADER, by="officer", is_check=False):
        path.write_bytes(workbook("참가자", header, rows))
        job = Job.objects.create(kind="import_participants", title="", requested_by=cast[by])
        given = {"fair": fair, "path": path, "by": cast[by], "progress": Progress(job)}
        if is_check:
            return check_participants(**given)
        return import_participants(**given, at=NOON)

    return function


def counts(report):
    return report.rows, report.new, report.changed, report.same, len(report.problems)


def test_import_registers_with_everything(cast, bring_in):
    fair = cast.fair()

    assert counts(bring_in(fair, ROWS, is_check=True)) == (2, 2, 0, 0, 0)
    assert not Registration.objects.exists()
    assert counts(bring_in(fair, ROWS)) == (2, 2, 0, 0, 0)

    buyer = Registration.objects.get(organisation=cast.buyer)
    supplier = Registration.objects.get(organisation=cast.supplier)
    slots = [slot.pk for slot in meeting_slots(fair)]
    assert (buyer.side, buyer.stage, buyer.parallel, buyer.max_meetings) == (
        "DEMAND", "APPROVED", 2, None,
    )  # fmt: skip
    assert (supplier.side, supplier.parallel, supplier.max_meetings, supplier.interpreter) == (
        "SUPPLY", 1, 6, "영어",
    )  # fmt: skip
    assert {a.slot_id for a in buyer.absences.all()} == set(slots[4:6])
    assert {a.slot_id for a in supplier.absences.all()} == set(slots[:4])
    assert list(buyer.attendees.order_by("pk").values_list("name", "position")) == [
        ("김하늘", "부장"), ("이바다", ""),
    ]  # fmt: skip


def test_import_again_changes_only_what_the_file_speaks_of(cast, bring_in):
    fair = cast.fair()
    bring_in(fair, ROWS)
    badges = set(Attendee.objects.values_list("pk", flat=True))

    again = bring_in(fair, ROWS)
    changed = bring_in(fair, [["열림테크", "공급", "3"]], header=HEADER[:3])

    assert (counts(again), counts(changed)) == ((2, 0, 0, 2, 0), (1, 0, 1, 0, 0))
    supplier = Registration.objects.get(organisation=cast.supplier)
    assert (supplier.parallel, supplier.max_meetings, supplier.absences.count()) == (3, 6, 4)
    assert set(Attendee.objects.values_list("pk", flat=True)) == badges


def test_every_problem_has_its_place_and_nothing_is_taken(cast, bring_in):
    fair = cast.fair()
    cast.registration(fair, cast.rival, stage="WITHDRAWN")
    rows = [
        ROWS[0],
        ["없는기업", "공급"],
        ["열림테크", "둘 다"],
        ["바른센서", "수요"],
        ["바른센서", "공급", "0", "", "22:00-23:00", "(부장)"],
        ["1248100998", "수요"],
        ["새솔화학", "수요"],
    ]

    report = bring_in(fair, rows)

    assert [(problem.kind, problem.place) for problem in report.problems] == [
        ("UNKNOWN_ORGANISATION", "참가자!A3"),
        ("NOT_IN_LIST", "참가자!B4"),
        ("NOT_A_BUYER", "참가자!B5"),
        ("OUT_OF_RANGE", "참가자!C6"),
        ("NOT_SLOTS", "참가자!E6"),
        ("NOT_NAMES", "참가자!F6"),
        ("DOUBLE_ROW", "참가자!A7"),
        ("NOT_COMING", "참가자!A8"),
    ]
    assert Registration.objects.count() == 1
    assert not Absence.objects.exists()


@pytest.mark.parametrize(
    ("text", "numbers"),
    [
        ("1-3", [1, 2, 3]),
        ("2, 8회차", [2, 8]),
        ("오전", [1, 2, 3, 4]),
        ("12-03 오후", [5, 6, 7, 8]),
        ("10:15~11:30", [2, 3]),
        ("12월 3일 13:00–14:00", [5, 6]),
        ("2026-12-03 10:00-10:30; 8", [1, 8]),
        ("12-04 10:00-12:00", None),
        ("9", None),
        ("3-1", None),
        ("25:00-26:00", None),
        ("아무 때나", None),
    ],
)
def test_times_as_people_write_them(cast, text, numbers):
    slots = list(meeting_slots(cast.fair()))

    numbers_found = available_slots(text, slots)

    assert numbers_found == (
        None if numbers is None else {slots[number - 1].pk for number in numbers}
    )


@pytest.mark.parametrize(("who", "stage"), [("manager", "WISHES"), ("officer", "HELD")])
def test_import_is_for_officers_before_the_timetable(cast, bring_in, who, stage):
    with pytest.raises(Refused):
        bring_in(cast.fair(stage=stage), ROWS, by=who)


def test_upload_is_checked_then_confirmed_once(cast):
    fair, officer = cast.fair(stage=FairStage.REGISTRATION), cast["officer"]
    file = SimpleUploadedFile("참가자.xlsx", workbook("참가자", HEADER, ROWS))

    check = take_participants(fair=fair, file=file, by=officer)
    with pytest.raises(Refused) as too_early:
        confirm_participants(job=check, by=officer)
    check = jobs.run(job_id=str(check.pk), clock=timezone.now)
    taken = confirm_participants(job=check, by=officer)
    with pytest.raises(Refused) as twice:
        confirm_participants(job=check, by=officer)
    taken = jobs.run(job_id=str(taken.pk), clock=timezone.now)

    assert too_early.value.reason == ImportReason.NOT_CHECKED
    assert twice.value.reason == ImportReason.IMPORTED_ALREADY
    assert (taken.stage, taken.result["new"]) == (JobStage.DONE, 2)
    assert Registration.objects.filter(fair=fair).count() == 2


def test_the_template_can_be_imported(cast, tmp_path):
    path = tmp_path / "template.xlsx"
    path.write_bytes(template("participants", PARTICIPANT_COLUMNS, "ko"))
    job = Job.objects.create(kind="check_participants", title="", requested_by=cast["officer"])

    report = check_participants(
        fair=cast.fair(), path=path, by=cast["officer"], progress=Progress(job)
    )

    assert [problem.kind for problem in report.problems] == ["NO_ROWS"]


@pytest.mark.parametrize(
    ("text", "people"),
    [
        ("김하늘, 이바다, 박구름", ["김하늘", "이바다", "박구름"]),
        ("김하늘(부장, 팀장), 이바다(대리)", ["김하늘(부장, 팀장)", "이바다(대리)"]),
        ("김하늘 부장 및 이바다 대리", ["김하늘 부장", "이바다 대리"]),
        ("Kim, Haneul; John Smith", ["Kim, Haneul", "John Smith"]),
    ],
)
def test_names_in_one_cell_are_parted(text, people):
    assert names_in(text) == people


@pytest.mark.parametrize(
    ("name", "is_several"),
    [
        ("Kim, Haneul", True),
        ("김하늘/이바다", True),
        ("김하늘 이바다", True),
        ("김하늘 외 2명", True),
        ("1. 김하늘 2. 이바다", True),
        ("John Smith and Jane Doe", True),
        ("김하늘 연구원", False),
        ("Nguyễn Thị Hạnh", False),
    ],
)
def test_what_may_be_several_people_is_not_taken_for_one(name, is_several):
    assert bool(MANY.search(name)) == is_several


@pytest.mark.parametrize("contact", ["010-1234-5678", "01012345678", "me@firm.kr"])
def test_a_telephone_number_is_no_position_and_comes_on_no_badge(cast, bring_in, contact):
    rows = [["열림테크", "공급", "", "", "", f"김하늘({contact})", ""]]

    report = bring_in(cast.fair(), rows)

    assert [problem.kind for problem in report.problems] == ["NOT_NAMES"]
    assert not Attendee.objects.exists()
