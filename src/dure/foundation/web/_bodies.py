"""How much may be sent to which page, decided before anything of it is read."""

from collections.abc import Callable
from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from dure.foundation.parsing import whole_number

MEASURED = "takes_files"


def takes_files(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """Mark a page to which people who are signed in may send files."""
    setattr(view, MEASURED, True)
    return view


class BodyLimit:
    """Refuses what is too large for its page with 413; stands before whoever reads a body first.

    Files go only to pages that take them, and only from people who are signed in: a form takes
    `DATA_UPLOAD_MAX_MEMORY_SIZE`, which never touches a disk, and a file `DURE_UPLOAD_LIMIT`
    (times `DURE_FILES_AT_ONCE`) beside it. A body without a length counts as empty in Django.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_view(
        self, request: HttpRequest, view: Callable[..., HttpResponse], *_: Any
    ) -> HttpResponse | None:
        """Look at the length that was announced, once it is known for which page."""
        length = whole_number(request.META.get("CONTENT_LENGTH")) or 0
        limit = settings.DATA_UPLOAD_MAX_MEMORY_SIZE
        if length <= limit:
            return None
        if getattr(view, MEASURED, False) and request.user.is_authenticated:
            limit += settings.DURE_UPLOAD_LIMIT * settings.DURE_FILES_AT_ONCE
        if length <= limit:
            return None
        response = render(request, "413.html", {"megabytes": limit // 1024**2}, status=413)
        response["Connection"] = "close"
        return response
