"""What every page's shell needs: navigation and languages."""

from typing import Any

from django.conf import settings
from django.contrib.auth.models import AnonymousUser
from django.http import HttpRequest
from django.utils.functional import SimpleLazyObject

from dure.foundation import navigation


def shell(request: HttpRequest) -> dict[str, Any]:
    """Context for base.html.

    `masthead` is a line above the header (setting DURE_MASTHEAD), for the sentence a government
    site must show. The menus are looked up only by a page that shows a header, and once.
    """
    user = getattr(request, "user", AnonymousUser())
    context = {
        "navigation": SimpleLazyObject(lambda: navigation.main_menu(request, user)),
        "footer_links": SimpleLazyObject(lambda: navigation.footer_links(user)),
        "masthead": getattr(settings, "DURE_MASTHEAD", ""),
        "languages": [("ko", "한국어"), ("en", "English")],
    }
    context["header_links"] = SimpleLazyObject(lambda: navigation.header_links(user))
    if user.is_authenticated:
        context["user_menu"] = SimpleLazyObject(lambda: navigation.personal_menu(user))
    return context
