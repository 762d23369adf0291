"""What writing pages say afterwards, and files that pages hand out."""

from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.forms import BaseForm
from django.http import Http404, HttpRequest, HttpResponse, StreamingHttpResponse
from django.utils.http import content_disposition_header
from django.utils.timezone import localdate

from dure.foundation.sheets import workbook
from dure.foundation.verdict import Refused, Verdict

_XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


@dataclass(slots=True)
class Outcome:
    """Whether an operation did what was asked; if not, why. `done` is what is said if it did."""

    done: str = ""
    refusal: Refused | None = None

    @property
    def is_done(self) -> bool:
        """True unless the operation refused."""
        return self.refusal is None

    @property
    def why_not(self) -> str:
        """The reason in words, with its details where it names some; empty when it is done."""
        if self.refusal is None:
            return ""
        label = str(self.refusal.reason.label)
        return label % self.refusal.details if "%(" in label else label


def or_404(verdict: Verdict) -> None:
    """A page that is not for the reader is not there. Raises Http404."""
    if not verdict:
        raise Http404


@contextmanager
def attempted() -> Iterator[Outcome]:
    """Keep the refusal of an operation in the block instead of raising it."""
    outcome = Outcome()
    try:
        yield outcome
    except Refused as refusal:
        outcome.refusal = refusal


@contextmanager
def flash_outcome(request: HttpRequest, done: str = "") -> Iterator[Outcome]:
    """Say `done`, if anything, after the block, or the reason when an operation refused.

    What is only known after the operation, the block sets itself: `outcome.done = …`.
    """
    with attempted() as outcome:
        outcome.done = done
        yield outcome
    if not outcome.is_done:
        messages.error(request, outcome.why_not)
    elif outcome.done:
        messages.success(request, outcome.done)


@contextmanager
def refusal_in(form: BaseForm, field: str | None = None) -> Iterator[Outcome]:
    """Show the reason when an operation refuses as an error of the form, or of one `field`."""
    with attempted() as outcome:
        yield outcome
    if not outcome.is_done:
        form.add_error(field, outcome.why_not)


def wants_workbook(request: HttpRequest) -> bool:
    """True where the page is asked for as Excel: `?format=xlsx`."""
    return request.GET.get("format") == "xlsx"


def sheet_response(
    title: str, headers: Sequence[str], rows: Iterable[Sequence[Any]], *, name: str = ""
) -> HttpResponse:
    """A table as a workbook to download, called `name` (else `title`) and today's date."""
    content = workbook(title, headers, rows)
    return workbook_response(content, f"{name or title}-{localdate().isoformat()}")


def pdf_response(content: bytes, name: str) -> HttpResponse:
    """A PDF file to look at; saved under `name`, which may be Korean and has no ending."""
    return HttpResponse(
        content,
        content_type="application/pdf",
        headers={"Content-Disposition": content_disposition_header(False, f"{name}.pdf")},
    )


def saved_file(content: bytes, name: str) -> HttpResponse:
    """A file that somebody handed in, under its own name: to be saved, never shown by the browser."""
    return HttpResponse(
        content,
        content_type="application/octet-stream",
        headers={
            "Content-Disposition": content_disposition_header(True, name),
            "X-Content-Type-Options": "nosniff",
        },
    )


def saved_pieces(pieces: Iterable[bytes], name: str, size: int) -> StreamingHttpResponse:
    """As `saved_file`, of a file of `size` bytes that is sent as it is read."""
    return StreamingHttpResponse(
        pieces,
        content_type="application/octet-stream",
        headers={
            "Content-Disposition": content_disposition_header(True, name),
            "Content-Length": str(size),
            "X-Content-Type-Options": "nosniff",
        },
    )


def workbook_response(content: bytes, name: str) -> HttpResponse:
    """A workbook to download; `name` may be Korean, without its ending."""
    return HttpResponse(
        content,
        content_type=_XLSX,
        headers={"Content-Disposition": content_disposition_header(True, f"{name}.xlsx")},
    )
