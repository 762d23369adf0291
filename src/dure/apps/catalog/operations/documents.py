"""A document becomes drafts: requests for proposals (RFP) needs, an introduction a technology."""

import tempfile
from datetime import datetime
from pathlib import Path

from django.conf import settings
from django.core.files import File
from django.db import transaction

from dure.apps.catalog import permissions
from dure.apps.catalog.adapter.documents import need_values, requests_in
from dure.apps.catalog.adapter.offers import technology_values
from dure.apps.catalog.models import Need, Technology
from dure.apps.catalog.operations.entries import enter
from dure.apps.catalog.reasons import Reason
from dure.apps.imports.reasons import Reason as FileReason
from dure.apps.people.models import Organisation, User
from dure.foundation.documents import UnreadableDocument, read_document
from dure.foundation.verdict import Refused

MOST_REQUESTS = 50


def enter_from_document(
    *, organisation: Organisation, file: File, by: User, at: datetime
) -> list[Need]:
    """Enter a draft for every request for proposals in a .hwpx or .hwp document.

    What the form says is filled in; the field of the roadmap and everything that could not be
    read is left for the owner. Raises Refused.
    """
    permissions.may_enter(by, organisation).require()
    requests = requests_in(_lines_of(file))
    if not requests:
        raise Refused(Reason.NO_REQUEST_FOUND)
    with transaction.atomic():
        return [
            enter(kind=Need, organisation=organisation, values=need_values(request), by=by, at=at)
            for request in requests[:MOST_REQUESTS]
        ]


def enter_technology_from_document(
    *, organisation: Organisation, file: File, by: User, at: datetime
) -> Technology:
    """Enter a draft of the technology that a .hwpx or .hwp document describes. Raises Refused."""
    permissions.may_enter(by, organisation).require()
    values = technology_values(_lines_of(file))
    if values is None:
        raise Refused(Reason.NO_TECHNOLOGY_FOUND)
    return enter(kind=Technology, organisation=organisation, values=values, by=by, at=at)


def _lines_of(file: File) -> list[list[str]]:
    if file.size > settings.DURE_UPLOAD_LIMIT:
        raise Refused(FileReason.FILE_TOO_LARGE)
    with tempfile.TemporaryDirectory(prefix="dure-document-") as folder:
        path = Path(folder) / "document"
        with path.open("wb") as target:
            for chunk in file.chunks():
                target.write(chunk)
        try:
            return read_document(path)
        except UnreadableDocument as unreadable:
            raise Refused(Reason(f"DOCUMENT_{unreadable.problem}")) from unreadable
