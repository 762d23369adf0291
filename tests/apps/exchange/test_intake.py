"""Exchange from spreadsheets: all or nothing, every mistake by its cell."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from django.utils import timezone

from dure.apps.exchange import operations
from dure.apps.exchange.models import Abroad, Delegation, Listing, Part
from dure.apps.jobs import operations as jobs
from dure.apps.jobs.models import Job
from dure.apps.jobs.operations import Progress
from dure.foundation.sheets import workbook
from tests.apps.exchange.cast import LEI

pytestmark = pytest.mark.django_db
NUMBER = "1358123458"
ABROAD = ["영문 기관명", "기관 유형", "국가", "LEI", "등록부", "등록번호", "시간대", "찾는 기술"]
PARTS = ["기관 번호", "기술명", "찾는 것", "사절단", "단장", "입국일", "출국일"]


@pytest.fixture
def bring_in(cast, tmp_path):
    path = tmp_path / "list.xlsx"

    def function(act, header, rows, **more):
        path.write_bytes(workbook("목록", header, rows))
        job = Job.objects.create(kind="list", title="", requested_by=cast["officer"])
        return act(path=path, by=cast["officer"], at=timezone.now(), progress=Progress(job), **more)

    return function


def counts(report):
    return report.rows, report.new, report.same, len(report.problems)


def problems(report):
    return [(problem.place, problem.kind) for problem in report.problems]


def test_organisations_from_abroad_are_entered_once_and_wait_for_verification(cast, bring_in):
    rows = [
        ["Hanoi Machine JSC", "중소기업", "베트남", "", "MPI", "0101234567", "Asia/Bangkok", "Pumps"],
        ["Rheinwerk GmbH", "SME", "DE", LEI, "", "", "Europe/Berlin", ""],
    ]  # fmt: skip
    assert counts(bring_in(operations.check_abroad, ABROAD, rows)) == (2, 2, 0, 0)
    assert not Abroad.objects.exists()
    assert counts(bring_in(operations.import_abroad, ABROAD, rows)) == (2, 2, 0, 0)
    assert counts(bring_in(operations.import_abroad, ABROAD, rows)) == (2, 0, 2, 0)
    entered = Abroad.objects.order_by("country").select_related("organisation")
    assert [
        (abroad.country, abroad.organisation.other_id, abroad.organisation.verified_at)
        for abroad in entered
    ] == [("DE", f"LEI {LEI}", None), ("VN", "VN MPI 0101234567", None)]


def test_what_is_wrong_with_an_organisation_stands_at_its_cell(bring_in):
    known = ["Hanoi Machine JSC", "SME", "VN", "", "MPI", "1", "Asia/Bangkok", ""]
    bring_in(operations.import_abroad, ABROAD, [known])
    report = bring_in(
        operations.import_abroad,
        ABROAD,
        [
            ["A", "SME", "VN", LEI[:-1] + "6", "", "", "Asia/Bangkok", ""],
            ["B", "SME", "VN", "", "MPI", "", "Asia/Bangkok", ""],
            ["C", "SME", "KR", "", "MPI", "3", "Asia/Seoul", ""],
            ["D", "SME", "VN", "", "MPI", "4", "Hanoi", ""],
            ["E", "SME", "VN", "", "MPI", "5", "Asia/Bangkok", ""],
            ["E", "SME", "VN", "", "MPI", "5", "Asia/Bangkok", ""],
            ["Someone Else Ltd", *known[1:]],
        ],
    )
    assert problems(report) == [
        ("목록!D2", "WRONG_LEI"),
        ("목록!F3", "NO_FOREIGN_NUMBER"),
        ("목록!C4", "NOT_ABROAD"),
        ("목록!G5", "WRONG_ZONE"),
        ("목록!A7", "FOREIGN_NUMBER_TWICE"),
        ("목록!A8", "NAMED_OTHERWISE"),
    ]
    assert Abroad.objects.count() == 1


def test_published_technologies_are_registered_by_their_title(cast, bring_in):
    header = ["사업자등록번호", "기술명"]
    cast.technology(title="배기열 회수기")
    cast.supplier.business_number = NUMBER
    cast.supplier.save()
    good = [NUMBER, "배기열 회수기"]
    nameless = bring_in(operations.import_listings, header, [good])
    assert problems(nameless) == [("목록!A2", "ENGLISH_NAME_MISSING")]
    cast.supplier.name_en = "Yeollim Tech"
    cast.supplier.save()
    wrong = bring_in(operations.import_listings, header, [good, [good[0], "없는 기술"], good])
    assert problems(wrong) == [("목록!B3", "UNKNOWN_TECHNOLOGY"), ("목록!B4", "TECHNOLOGY_TWICE")]
    assert counts(bring_in(operations.import_listings, header, [good])) == (1, 1, 0, 0)
    assert counts(bring_in(operations.import_listings, header, [good])) == (1, 0, 1, 0)
    assert Listing.objects.get().technology.title == "배기열 회수기"


def test_a_list_of_who_takes_part_brings_its_delegations(cast, bring_in):
    firm = cast.abroad().organisation
    listing, meeting = cast.exchange_listing(), cast.exchange_meeting()
    cast.supplier.business_number = NUMBER
    cast.supplier.save()
    home = [NUMBER, listing.technology.title, "", "", "", "", ""]
    guest = [
        firm.other_id,
        "",
        "Heat exchangers",
        "자카르타 사절단",
        "Budi",
        "2026-11-20",
        "2026-11-24",
    ]
    wrong = bring_in(
        operations.import_parts,
        PARTS,
        [
            [home[0], "없는 기술", "", "", "", "", ""],
            [guest[0], "", "", *guest[3:]],
            ["ID AHU 999999", *guest[1:]],
            [*guest[:5], "2026-11-24", "2026-11-20"],
        ],
        meeting=meeting,
    )
    assert problems(wrong) == [
        ("목록!B2", "NOT_REGISTERED_TECHNOLOGY"),
        ("목록!C3", "WISH_MISSING"),
        ("목록!A4", "NOBODY_OF_NUMBER"),
        ("목록!G5", "LEAVES_TOO_EARLY"),
    ]
    taken = bring_in(operations.import_parts, PARTS, [home, guest], meeting=meeting)
    assert counts(taken) == (2, 2, 0, 0)
    again = bring_in(operations.import_parts, PARTS, [home, guest], meeting=meeting)
    assert counts(again) == (2, 0, 2, 0)
    assert Part.objects.get(organisation=firm).delegation == Delegation.objects.get()
    assert Part.objects.get(organisation=cast.supplier).listing == listing


def test_an_upload_is_checked_confirmed_and_taken_in(cast, as_role):
    officer = as_role("officer")
    row = ["Hanoi Machine JSC", "SME", "VN", "", "MPI", "1", "Asia/Bangkok", ""]
    file = SimpleUploadedFile("list.xlsx", workbook("목록", ABROAD, [row]))
    template = officer.get(reverse("exchange:abroad_sheet_template"))
    assert template["Content-Type"].endswith("spreadsheetml.sheet")
    page = officer.post(reverse("exchange:abroad_sheet_upload"), {"file": file}, follow=True)
    check = page.context["job"]
    jobs.run(job_id=str(check.pk), clock=timezone.now)
    assert "The file is in order" in officer.get(page.request["PATH_INFO"]).content.decode()
    page = officer.post(reverse("exchange:abroad_sheet_confirm", args=[check.pk]), follow=True)
    jobs.run(job_id=str(page.context["job"].pk), clock=timezone.now)
    assert Abroad.objects.get().organisation.name == "Hanoi Machine JSC"
    assert as_role("supplier").get(reverse("exchange:abroad_sheet")).status_code == 404
