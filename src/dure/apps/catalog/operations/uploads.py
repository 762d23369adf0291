"""A spreadsheet handed in on a page: checked, and taken in once its owner says so."""

from django.core.files.uploadedfile import UploadedFile

from dure.apps.catalog import permissions
from dure.apps.imports import operations as imports
from dure.apps.jobs.models import Job
from dure.apps.people.models import User

CHECK, IMPORT = "check_sheet", "import_sheet"


def take_upload(*, kind: str, file: UploadedFile, by: User) -> Job:
    """Keep a spreadsheet and put its check in the queue. Raises Refused."""
    permissions.may_import(by, kind).require()
    return imports.take_upload(check=CHECK, file=file, arguments={"kind": kind}, by=by)


def confirm_import(*, job: Job, by: User) -> Job:
    """Put the import of a checked file in the queue. Raises Refused."""
    return imports.confirm_upload(
        job=job,
        check=CHECK,
        take=IMPORT,
        may=lambda arguments: permissions.may_import(by, arguments["kind"]),
        by=by,
    )
