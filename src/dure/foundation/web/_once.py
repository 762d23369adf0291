"""A form that is sent twice is one form, however often the button was pressed."""

import hashlib
import json
from collections.abc import Callable
from contextlib import ExitStack
from typing import Any

from django.contrib.messages import ERROR, get_messages
from django.core.cache import cache
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect

from dure.foundation.advisory_lock import advisory_lock

TOKEN = "csrfmiddlewaretoken"  # noqa: S105 -- the name of a field
# Who comes back to an old page later than this means it anew.
SECONDS_KEPT = 600


class SentOnce:
    """Answers a form that came already as it was answered the first time, and does nothing again.

    Each page that is drawn has a token of its own against forgery, so the same token with the same
    answers is the same form. While one is worked on, its doubles wait. Kept is where the first one
    led: a form that comes back with errors, or was refused, may be sent again. Stands behind what
    refuses requests, as it reads the body.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        with ExitStack() as request.sent_once:  # type: ignore[attr-defined]
            response = self.get_response(request)
            key = getattr(request, "sent_once_key", None)
            if key and response.status_code == 302 and not _was_refused(request):
                cache.set(key, response["Location"], SECONDS_KEPT)
            return response

    def process_view(self, request: HttpRequest, *_: Any) -> HttpResponse | None:
        """Wait for an equal form that is being worked on; the answer to one that was."""
        is_form = request.method == "POST" and TOKEN in request.POST
        if not (is_form and request.user.is_authenticated):
            return None
        digest = _digest(request)
        request.sent_once.enter_context(  # type: ignore[attr-defined]
            advisory_lock(int.from_bytes(digest[:8], signed=True), is_patient=True)
        )
        key = f"sent-once:{digest.hex()}"
        if where := cache.get(key):
            return HttpResponseRedirect(where)
        request.sent_once_key = key  # type: ignore[attr-defined]
        return None


def _digest(request: HttpRequest) -> bytes:
    """What makes two forms the same: who sent them from where to where, every field and file."""
    files = [
        (name, file.name, hashlib.file_digest(file, "sha256").hexdigest(), file.seek(0))
        for name, sent in request.FILES.lists()
        for file in sent
    ]
    parts = [request.user.pk, request.get_full_path(), list(request.POST.lists()), files]
    return hashlib.sha256(json.dumps(parts).encode()).digest()


def _was_refused(request: HttpRequest) -> bool:
    messages: Any = get_messages(request)
    return any(queued_message.level >= ERROR for queued_message in messages._queued_messages)  # noqa: SLF001 -- reading them would take them away
