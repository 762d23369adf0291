"""How many files one account may have read at once, so that nobody keeps every process busy."""

import time
from collections.abc import Callable
from contextlib import ExitStack
from hashlib import sha256
from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from dure.foundation.advisory_lock import advisory_lock
from dure.foundation.web._bodies import is_of_files

SECONDS_TO_WAIT = 5
PATIENCE, PAUSE = 3.0, 0.05


class FewUploads:
    """Answers 429 to a file of somebody of whom `DURE_UPLOADS_AT_ONCE` are being read already.

    It counts over all processes, from before the body is read until the answer: a file is parsed in
    between. Stands before whoever reads a body first. Whoever presses a button three times waits for
    `PATIENCE` seconds: a form without a file is answered in far less.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        with ExitStack() as request.upload_slot:  # type: ignore[attr-defined]
            return self.get_response(request)

    def process_view(
        self, request: HttpRequest, view: Callable[..., HttpResponse], *_: Any
    ) -> HttpResponse | None:
        """Take one of the places of whoever sends a file, or refuse."""
        if not (is_of_files(request, view) and request.user.is_authenticated):
            return None
        until = time.monotonic() + PATIENCE
        while not _has_place(request, request.user.pk):
            if time.monotonic() > until:
                return _refused(request)
            time.sleep(PAUSE)
        return None


def _has_place(request: HttpRequest, account: int) -> bool:
    for place in range(settings.DURE_UPLOADS_AT_ONCE):
        lock = advisory_lock(place_of(account, place), is_patient=False)
        if request.upload_slot.enter_context(lock):  # type: ignore[attr-defined]
            return True
    return False


def _refused(request: HttpRequest) -> HttpResponse:
    response = render(request, "uploads.html", status=429)
    response["Retry-After"] = str(SECONDS_TO_WAIT)
    response["Connection"] = "close"
    return response


def place_of(account: int, place: int) -> int:
    """The lock of one of the places that an account has for its files, a 64-bit number."""
    digest = sha256(f"upload:{account}:{place}".encode()).digest()
    return int.from_bytes(digest[:8], signed=True)
