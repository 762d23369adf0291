"""A firm's papers: each once, encrypted, warned before they run out, and who looked is kept."""

from datetime import date, timedelta
from pathlib import Path

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import IntegrityError, connection
from django.urls import reverse

from dure.apps.notices.models import Notice
from dure.apps.papers import operations, queries
from dure.apps.papers.kinds import kinds_serving, paper_kinds
from dure.apps.papers.models import Paper, PaperLook, PaperVersion
from dure.apps.papers.reasons import Reason
from dure.foundation import programmes
from dure.foundation.verdict import Refused
from tests.apps.papers.conftest import PDF, TODAY, make_paper, pdf
from tests.conftest import NOON

pytestmark = pytest.mark.django_db
DAY = timedelta(days=1)


def test_what_is_filed_comes_back_and_the_look_is_kept(cast):
    version = make_paper(cast)

    content = operations.open_version(
        version=version, purpose="지원서", by=cast["supplier"], at=NOON
    )

    assert content == PDF
    look = PaperLook.objects.get()
    assert (look.user, look.purpose, look.version) == (cast["supplier"], "지원서", version)


def test_neither_files_nor_database_show_what_stands_in_a_paper(cast, box, settings):
    version = make_paper(cast)
    planted = b"7731"

    files = [path for path in (box / "uploads").rglob("*") if path.is_file()]
    assert files
    assert not any(planted in path.read_bytes() for path in files)
    with connection.cursor() as cursor:
        for model in (Paper, PaperVersion, PaperVersion.pgh_event_model):
            cursor.execute(f"SELECT * FROM {model._meta.db_table}")
            assert planted not in repr(cursor.fetchall()).encode()
    # The key of a file is itself locked by one that is not in the database.
    settings.DURE_KEYS = str(box / "other-keys")
    with pytest.raises(Refused) as refused:
        operations.open_version(version=version, by=cast["supplier"], at=NOON)
    assert refused.value.reason == Reason.FILE_GONE


def test_files_of_two_papers_cannot_be_exchanged(cast, box):
    first, second = make_paper(cast), make_paper(cast, kind="BANK_ACCOUNT")
    folder = Path(box / "uploads" / "papers")
    a, b = (folder / paper.stored_as.hex for paper in (first, second))
    a.write_bytes(b.read_bytes())

    with pytest.raises(Refused):
        operations.open_version(version=first, by=cast["supplier"], at=NOON)


def test_a_paper_is_there_once_and_newer_ones_are_versions_of_it(cast):
    paper = make_paper(cast).paper
    with pytest.raises(Refused) as refused:
        make_paper(cast)
    assert refused.value.reason == Reason.FILED_ALREADY

    newer = operations.add_version(
        paper=paper, file=pdf("새 납세증명.pdf"), issued_on=TODAY, by=cast["supplier"], at=NOON
    )

    assert newer.number == 2
    assert [v.number for v in queries.box_of(cast["supplier"])] == [2]


def test_the_usual_time_of_its_kind_counts_unless_another_is_printed(cast):
    usual = make_paper(cast, issued_on=TODAY)
    printed = make_paper(
        cast, kind="SME_CERTIFICATE", issued_on=TODAY, expires_on=date(2027, 3, 31)
    )
    endless = make_paper(cast, kind="BUSINESS_REGISTRATION", issued_on=date(2014, 5, 1))

    assert usual.expires_on == TODAY + 30 * DAY
    assert printed.expires_on == date(2027, 3, 31)
    assert endless.expires_on is None


def test_a_higher_app_finds_the_valid_paper_of_a_document(cast):
    make_paper(cast, kind="CORPORATE_REGISTER", issued_on=TODAY - 200 * DAY)
    assert queries.valid_paper(cast.supplier, "registration", TODAY) is None

    registration = make_paper(cast, kind="BUSINESS_REGISTRATION", issued_on=date(2014, 5, 1))

    assert queries.valid_paper(cast.supplier, "registration", TODAY) == registration
    assert queries.valid_paper(cast.buyer, "registration", TODAY) is None


def test_its_people_are_warned_once_before_a_paper_runs_out(cast):
    make_paper(cast, issued_on=TODAY - 23 * DAY)  # 7 days are left
    make_paper(cast, kind="SOCIAL_INSURANCE", issued_on=TODAY - 22 * DAY)  # 8 are

    assert operations.warn(at=NOON) == 1
    assert operations.warn(at=NOON) == 0
    notice = Notice.objects.get(recipient=cast["supplier"])
    assert notice.kind == "PAPER_RUNS_OUT"
    assert operations.warn(at=NOON + DAY) == 1


def test_what_runs_out_waits_on_the_desk(cast, as_role):
    make_paper(cast, issued_on=TODAY - 29 * DAY)

    assert "Certificate of paid national taxes" in as_role("supplier").get("/").content.decode()
    assert "Certificate of paid national taxes" not in as_role("officer").get("/").content.decode()


@pytest.mark.parametrize(
    ("values", "reason"),
    [
        ({"file": SimpleUploadedFile("a.pdf", b"MZ\x90 not a pdf")}, Reason.FILE_NOT_ALLOWED),
        ({"file": SimpleUploadedFile("a.exe", b"MZ\x90")}, Reason.FILE_NOT_ALLOWED),
        ({"file": SimpleUploadedFile("a.pdf", b"")}, Reason.FILE_EMPTY),
        ({"issued_on": TODAY + DAY}, Reason.ISSUED_LATER),
        ({"expires_on": TODAY - 2 * DAY}, Reason.DATES_REVERSED),
        ({"kind": "OTHER"}, Reason.TITLE_MISSING),
    ],
)
def test_what_cannot_be_filed_leaves_nothing(cast, box, values, reason):
    with pytest.raises(Refused) as refused:
        make_paper(cast, **values)

    assert refused.value.reason == reason
    assert not Paper.objects.exists()
    assert not [path for path in box.rglob("papers/*") if path.is_file()]


def test_a_file_beyond_the_limit_is_refused(cast, settings):
    settings.DURE_UPLOAD_LIMIT = 10

    with pytest.raises(Refused) as refused:
        make_paper(cast)

    assert refused.value.reason == Reason.FILE_TOO_LARGE


def test_removing_deletes_the_files(cast, box, django_capture_on_commit_callbacks):
    version = make_paper(cast)
    with django_capture_on_commit_callbacks(execute=True):
        operations.remove(paper=version.paper, by=cast["supplier"], at=NOON)

    assert not [path for path in (box / "uploads").rglob("*") if path.is_file()]
    assert not queries.box_of(cast["supplier"]).exists()
    assert make_paper(cast).number == 1  # and the kind is free again


def test_the_page_files_a_paper_and_says_that_it_was_not_scanned(cast, as_role):
    supplier = as_role("supplier")
    given = {
        "organisation": cast.supplier.pk, "kind": "BUSINESS_REGISTRATION",
        "issued_on": TODAY.isoformat(), "file": pdf(),
    }  # fmt: skip

    page = supplier.post(reverse("papers:new"), given, follow=True)

    assert "Not scanned for viruses" in page.content.decode()
    assert "사업자등록증 (열림테크).pdf" in page.content.decode()
    version = PaperVersion.objects.get()
    file = supplier.post(reverse("papers:open", args=[version.pk]))
    assert file.content == PDF
    assert file["Content-Disposition"].startswith("attachment")
    assert "Opened on its page" in supplier.get(f"/papers/{version.paper_id}/").content.decode()
    assert as_role("officer").get(f"/papers/{version.paper_id}/").status_code == 404


def test_the_box_is_had_as_excel(cast, as_role):
    make_paper(cast)

    sheet = as_role("supplier").get(reverse("papers:box"), {"format": "xlsx"})

    assert sheet["Content-Type"].endswith("spreadsheetml.sheet")


@pytest.mark.parametrize(("state", "number"), [("valid", 2), ("soon", 1), ("expired", 1)])
def test_papers_by_validity(cast, state, number):
    make_paper(cast, issued_on=TODAY - 29 * DAY)
    make_paper(cast, kind="SOCIAL_INSURANCE", issued_on=TODAY - 31 * DAY)
    make_paper(cast, kind="BANK_ACCOUNT")

    papers = queries.narrowed(queries.box_of(cast["supplier"]), on=TODAY, state=state)

    assert papers.count() == number


def test_kinds_serve_documents_that_programmes_ask_for():
    shared = programmes.rule_sets().rule_set("documents", "rnd", TODAY)
    asked = {document.id for document in shared.documents}

    assert {"registration", "statements", "sme_certificate"} <= asked
    assert all(
        kinds_serving(document) for document in ("registration", "statements", "sme_certificate")
    )
    assert all(kind.warn_days < (kind.days or 10**6) for kind in paper_kinds().values())


@pytest.mark.parametrize(
    ("values", "constraint"),
    [
        ({"kind": "OTHER"}, "other_papers_have_a_title"),
        ({"kind": "PATENT", "removed_at": NOON}, "paper_removed_by_somebody"),
    ],
)
def test_what_must_never_be_the_database_refuses(cast, values, constraint):
    with pytest.raises(IntegrityError, match=constraint):
        Paper.objects.create(
            organisation=cast.supplier, created_by=cast["supplier"], created_at=NOON, **values
        )
