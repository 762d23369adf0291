"""What writing pages say afterwards, and files that pages hand out."""

from collections.abc import Iterator
from contextlib import contextmanager

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.utils.http import content_disposition_header

from dure.foundation.verdict import Refused

_XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


@contextmanager
def answered(request: HttpRequest, done: str) -> Iterator[None]:
    """Say `done`, if anything, after the block, or the reason when an operation refused."""
    try:
        yield
    except Refused as refusal:
        messages.error(request, str(refusal.reason.label))
    else:
        if done:
            messages.success(request, done)


def workbook_response(content: bytes, name: str) -> HttpResponse:
    """A workbook to download; `name` may be Korean, without its ending."""
    return HttpResponse(
        content,
        content_type=_XLSX,
        headers={"Content-Disposition": content_disposition_header(True, f"{name}.xlsx")},
    )
