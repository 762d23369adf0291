"""What every page's shell needs: navigation and languages."""

from collections.abc import Callable
from typing import Any

from django.conf import settings
from django.http import HttpRequest
from django.utils.module_loading import import_string

Link = dict[str, Any]


def shell(request: HttpRequest) -> dict[str, Any]:
    """Context for base.html.

    `navigation` comes from the callable named by the setting DURE_NAVIGATION, which takes the
    request and returns links {"label", "url", "current"}. `masthead` is a line above the header
    (setting DURE_MASTHEAD), for the sentence a government site must show.
    """
    return {
        "navigation": _navigation(request),
        "masthead": getattr(settings, "DURE_MASTHEAD", ""),
        "languages": [("ko", "한국어"), ("en", "English")],
    }


def _navigation(request: HttpRequest) -> list[Link]:
    path = getattr(settings, "DURE_NAVIGATION", "")
    if not path:
        return []
    links: Callable[[HttpRequest], list[Link]] = import_string(path)
    return links(request)
