"""What no person types and no column holds: the NUL character."""

from collections.abc import Callable
from typing import Any

from django.core.exceptions import BadRequest
from django.http import HttpRequest, HttpResponse, QueryDict

# The API answers in its own form, and names the parameter.
API = "/api/"


class NoNul:
    """Answers 400 to a NUL in the address, the query or a form, before any page meets it."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_view(self, request: HttpRequest, *_: Any) -> None:
        """Look at everything that was sent as text. Raises BadRequest."""
        if request.path.startswith(API):
            return
        if "\0" in request.path or _has_nul(request.GET) or _has_nul(request.POST):
            raise BadRequest("There is a NUL character in the request.")


def _has_nul(values: QueryDict) -> bool:
    return any("\0" in name or any("\0" in v for v in texts) for name, texts in values.lists())
