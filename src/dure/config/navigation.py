"""The main navigation, which stands above all apps."""

from typing import Any

from django.contrib.auth.models import AnonymousUser
from django.http import HttpRequest
from django.urls import reverse
from django.utils.functional import SimpleLazyObject
from django.utils.translation import gettext as _

from dure.apps.notices.queries import unread_count
from dure.apps.people.permissions import may_appoint
from dure.apps.people.queries import standing_of


def links(request: HttpRequest) -> list[dict[str, object]]:
    """The links in the header for whoever reads."""
    pages = [
        (_("Needs"), "catalog:need_list"),
        (_("Technologies"), "catalog:technology_list"),
        (_("Organisations"), "people:organisation_list"),
    ]
    # A request that was refused before anybody looked who it is has no reader.
    reader = getattr(request, "user", AnonymousUser())
    if reader.is_authenticated:
        pages.insert(0, (_("My desk"), "dashboards:start"))
        pages.append((_("Matches"), "matches:inbox"))
        pages.append((_("Fairs"), "fairs:list"))
    if standing_of(reader).is_officer:
        pages.append((_("Jobs"), "jobs:list"))
    addresses = [(label, reverse(name)) for label, name in pages]
    return [
        {
            "label": label,
            "url": url,
            "current": request.path == url or (url != "/" and request.path.startswith(url)),
        }
        for label, url in addresses
    ]


def personal(request: HttpRequest) -> dict[str, Any]:
    """Context of the header for whoever is signed in: notices, and the menu behind the name.

    Both are looked up only by a page that shows a header, and once.
    """
    user = getattr(request, "user", None)
    if user is None or not user.is_authenticated:
        return {}
    return {
        "header_links": SimpleLazyObject(lambda: _header_links(user)),
        "user_menu": SimpleLazyObject(lambda: _user_menu(user)),
    }


def _header_links(user: Any) -> list[dict[str, Any]]:
    return [
        {
            "label": _("Notices"),
            "url": reverse("notices:list"),
            "icon": "bell",
            "count": unread_count(user),
        }
    ]


def _user_menu(user: Any) -> list[dict[str, str]]:
    pages = [(_("My account"), "people:account"), (_("My jobs"), "jobs:list")]
    if may_appoint(user):
        pages.append((_("People and roles"), "people:appointments"))
    return [{"label": label, "url": reverse(name)} for label, name in pages]
