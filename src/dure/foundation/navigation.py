"""The links above every page; an app's `navigation.py` adds its own.

MAIN.offer(Link("notes:list", _("Notes"), place=60, shown_to=signed_in))
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

from django.contrib.auth.base_user import AbstractBaseUser
from django.contrib.auth.models import AnonymousUser
from django.http import HttpRequest
from django.urls import reverse
from django.utils.functional import Promise

from dure.foundation.registry import Registry
from dure.foundation.routes import missing_route

Someone = AbstractBaseUser | AnonymousUser


def everybody(user: Someone) -> bool:
    """Shown to visitors too."""
    return True


def signed_in(user: Someone) -> bool:
    """Shown to whoever is signed in."""
    return user.is_authenticated


@dataclass(frozen=True, slots=True)
class Link:
    """A link to a page: its place in the row, the smallest first, and who gets it.

    In the header it has an icon and may have a number beside it.
    """

    route: str
    label: Promise
    place: int
    shown_to: Callable[[Any], object] = everybody
    icon: str = ""
    count: Callable[[Any], int] | None = None


def _faults(link: Link) -> Iterator[str]:
    yield from missing_route(link.route)


class Menu(Registry[Link]):
    """A row of links; each page stands in it once."""

    def offer(self, link: Link) -> None:
        """Add a link."""
        self.add(link.route, link)


MAIN = Menu("link of the main menu", _faults)
HEADER = Menu("link of the header", _faults)
PERSONAL = Menu("link of the personal menu", _faults)
FOOTER = Menu("link of the footer", _faults)


def links(menu: Menu, user: Any) -> list[Link]:
    """The links of one of the menus that `user` gets, in their order."""
    return sorted((link for link in menu if link.shown_to(user)), key=lambda link: link.place)


def main_menu(request: HttpRequest, user: Any) -> list[dict[str, Any]]:
    """The main menu for whoever reads, with the page or part of the site that they are on."""
    found = [(link, reverse(link.route)) for link in links(MAIN, user)]
    return [
        {
            "label": link.label,
            "url": url,
            "current": request.path == url or (url != "/" and request.path.startswith(url)),
        }
        for link, url in found
    ]


def header_links(user: Any) -> list[dict[str, Any]]:
    """The links beside the name of whoever is signed in; what is for everybody a visitor has too."""
    return [
        {
            "label": link.label,
            "url": reverse(link.route),
            "icon": link.icon,
            "count": link.count(user) if link.count else 0,
        }
        for link in links(HEADER, user)
    ]


def footer_links(user: Any) -> list[dict[str, Any]]:
    """The links below every page."""
    return [{"label": link.label, "url": reverse(link.route)} for link in links(FOOTER, user)]


def personal_menu(user: Any) -> list[dict[str, Any]]:
    """The menu behind the name of whoever is signed in."""
    return [{"label": link.label, "url": reverse(link.route)} for link in links(PERSONAL, user)]
