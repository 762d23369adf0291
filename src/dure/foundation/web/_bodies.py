"""How much may be sent to which page, decided before anything of it is read."""

from collections.abc import Callable
from typing import Any

from django.conf import settings
from django.core.files.uploadhandler import MemoryFileUploadHandler
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from dure.foundation.parsing import whole_number

MEASURED, IN_MEMORY = "takes_files", "takes_files_in_memory"


def takes_files(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """Mark a page to which people who are signed in may send files."""
    setattr(view, MEASURED, True)
    return view


def takes_files_in_memory(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """Mark a page that takes one file, which is never written to a disk as it came."""
    setattr(view, IN_MEMORY, True)
    return takes_files(view)


def is_of_files(request: HttpRequest, view: Callable[..., HttpResponse]) -> bool:
    """True for a form with files, sent to a page that takes them."""
    is_sent = request.method == "POST" and request.content_type == "multipart/form-data"
    return is_sent and getattr(view, MEASURED, False)


class InMemory(MemoryFileUploadHandler):
    """Keeps a file in memory, whatever its size: the length of the whole body is checked before."""

    def handle_raw_input(self, *_: Any, **__: Any) -> None:
        """Take every file."""
        self.activated = True


class BodyLimit:
    """Refuses what is too large for its page with 413; stands before whoever reads a body first.

    Files go only to pages that take them, and only from people who are signed in: a form takes
    `DATA_UPLOAD_MAX_MEMORY_SIZE`, which never touches a disk, and a file `DURE_UPLOAD_LIMIT`
    (times `DURE_FILES_AT_ONCE` where files may be written) beside it. A body without a length counts
    as empty in Django.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_view(
        self, request: HttpRequest, view: Callable[..., HttpResponse], *_: Any
    ) -> HttpResponse | None:
        """Look at the length that was announced, once it is known for which page."""
        if getattr(view, IN_MEMORY, False):
            request.upload_handlers = [InMemory(request)]
        length = whole_number(request.META.get("CONTENT_LENGTH")) or 0
        limit = settings.DATA_UPLOAD_MAX_MEMORY_SIZE
        if length <= limit:
            return None
        if getattr(view, MEASURED, False) and request.user.is_authenticated:
            count = 1 if getattr(view, IN_MEMORY, False) else settings.DURE_FILES_AT_ONCE
            limit += settings.DURE_UPLOAD_LIMIT * count
        if length <= limit:
            return None
        response = render(request, "413.html", {"megabytes": limit // 1024**2}, status=413)
        response["Connection"] = "close"
        return response
