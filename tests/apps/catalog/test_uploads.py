"""A spreadsheet from a page: kept, checked, taken in once its owner says so."""

import os
from datetime import timedelta
from pathlib import Path

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone

from dure.apps.catalog.models import Need
from dure.apps.catalog.operations import confirm_import, take_upload
from dure.apps.catalog.reasons import Reason
from dure.apps.imports.operations import forget_uploads
from dure.apps.imports.operations.uploads import uploads_folder
from dure.apps.imports.reasons import Reason as ImportReason
from dure.apps.jobs.models import Job, JobStage
from dure.apps.jobs.operations import cancel, run
from dure.foundation.verdict import Refused
from tests.conftest import NOON

GOOD = "관리번호,기관,제목,내용\nN-1,124-81-00998,하나,글\n"
BAD = "관리번호,기관,제목,내용\nN-1,없는 곳,하나,글\n"


@pytest.fixture(autouse=True)
def media(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path


def upload(cast, text=GOOD, *, by="officer", name="수요.csv", kind="needs"):
    """A spreadsheet handed in by a person of the cast."""
    file = SimpleUploadedFile(name, text.encode())
    return take_upload(kind=kind, file=file, by=cast[by])


def done(job):
    """The job, after a worker has been at it."""
    return run(job_id=str(job.pk), clock=lambda: NOON)


def test_upload_is_kept_checked_and_imported_when_confirmed(cast):
    check = done(upload(cast))
    assert (check.stage, check.title, check.result["new"]) == (JobStage.DONE, "수요.csv", 1)
    assert Need.objects.count() == 0

    done(confirm_import(job=check, by=cast["officer"]))

    assert Need.objects.get().title == "하나"
    assert Job.objects.filter(kind="find_duplicates").count() == 1


def test_name_of_the_upload_is_never_a_path(cast):
    job = upload(cast, name="../../etc/passwd.exe")

    path = Path(job.arguments["path"])
    assert (path.parent, path.suffix, job.title) == (uploads_folder(), "", "passwd.exe")


def test_unreadable_upload_is_a_problem_and_not_an_error(cast):
    check = done(upload(cast, "그냥 글", name="수요.xlsx"))

    assert check.stage == JobStage.DONE
    assert [problem["kind"] for problem in check.result["problems"]] == ["NO_HEADER"]


@pytest.mark.parametrize(
    ("kind", "by", "reason"),
    [
        ("organisations", "manager", Reason.NOT_AN_OFFICER),
        ("needs", "newcomer", Reason.NOTHING_TO_IMPORT_FOR),
        ("everything", "officer", Reason.UNKNOWN_KIND),
    ],
)
def test_upload_is_refused(cast, kind, by, reason):
    with pytest.raises(Refused) as refusal:
        upload(cast, kind=kind, by=by)

    assert refusal.value.reason == reason


def test_upload_that_is_too_large_is_refused_and_not_kept(cast, settings):
    settings.DURE_UPLOAD_LIMIT = 10

    with pytest.raises(Refused) as refusal:
        upload(cast)

    assert refusal.value.reason == ImportReason.FILE_TOO_LARGE
    assert not list(uploads_folder().glob("*"))


def not_checked(cast):
    return upload(cast)


def has_problems(cast):
    return done(upload(cast, BAD))


def of_somebody_else(cast):
    return done(upload(cast, by="officer2"))


def nothing_new(cast):
    done(confirm_import(job=done(upload(cast)), by=cast["officer"]))
    return done(upload(cast))


def confirmed_already(cast):
    check = done(upload(cast))
    confirm_import(job=check, by=cast["officer"])
    return check


def an_import(cast):
    return done(confirm_import(job=done(upload(cast)), by=cast["officer"]))


@pytest.mark.parametrize(
    ("made", "reason"),
    [
        (not_checked, ImportReason.NOT_CHECKED),
        (has_problems, ImportReason.HAS_PROBLEMS),
        (of_somebody_else, ImportReason.NOT_YOUR_UPLOAD),
        (nothing_new, ImportReason.NOTHING_NEW),
        (confirmed_already, ImportReason.IMPORTED_ALREADY),
        (an_import, ImportReason.NOT_CHECKED),
    ],
)
def test_confirm_import_is_refused(cast, made, reason):
    job = made(cast)

    with pytest.raises(Refused) as refusal:
        confirm_import(job=job, by=cast["officer"])

    assert refusal.value.reason == reason


def test_import_can_be_confirmed_again_after_it_was_cancelled(cast):
    check = done(upload(cast))
    first = confirm_import(job=check, by=cast["officer"])
    cancel(job=first, by=cast["officer"], at=NOON)

    second = done(confirm_import(job=check, by=cast["officer"]))

    assert (second.stage, Need.objects.count()) == (JobStage.DONE, 1)


def test_old_uploads_are_forgotten(cast):
    old, new = (Path(upload(cast).arguments["path"]) for _ in range(2))
    long_ago = (timezone.now() - timedelta(days=31)).timestamp()
    os.utime(old, (long_ago, long_ago))

    assert forget_uploads(at=timezone.now()) == 1
    assert (old.exists(), new.exists()) == (False, True)
