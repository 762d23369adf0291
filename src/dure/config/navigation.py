"""The main navigation, which stands above all apps."""

from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext as _

from dure.apps.people.queries import standing_of


def links(request: HttpRequest) -> list[dict[str, object]]:
    """The links in the header for whoever reads."""
    pages = [
        (_("Needs"), "catalog:need_list"),
        (_("Technologies"), "catalog:technology_list"),
        (_("Organisations"), "people:organisation_list"),
    ]
    if request.user.is_authenticated:
        pages.insert(0, (_("My desk"), "dashboards:start"))
        pages.append((_("Matches"), "matches:inbox"))
    if standing_of(request.user).is_officer:
        pages.append((_("Jobs"), "jobs:list"))
    addresses = [(label, reverse(name)) for label, name in pages]
    return [
        {"label": label, "url": url, "current": url != "/" and request.path.startswith(url)}
        for label, url in addresses
    ]
