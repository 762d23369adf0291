"""The language of an account, where the browser was told none."""

from collections.abc import Callable

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.utils import translation


class LanguageOfAccount:
    """Shows pages in the language of the account, if it is another than the platform's own.

    What somebody chose in this browser, a cookie, comes first. So a foreign firm reads English from
    the first page on, on whichever machine it signs in.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if settings.LANGUAGE_COOKIE_NAME not in request.COOKIES:
            language = getattr(request.user, "language", "") if _knows_people(request) else ""
            if language and language != settings.LANGUAGE_CODE:
                translation.activate(language)
                request.LANGUAGE_CODE = language
        return self.get_response(request)


def _knows_people(request: HttpRequest) -> bool:
    """Whether there is a session at all: a visitor's page asks the database nothing."""
    return settings.SESSION_COOKIE_NAME in request.COOKIES
