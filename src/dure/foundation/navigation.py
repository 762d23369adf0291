"""The links above every page; an app's `navigation.py` adds its own.

MAIN.offer(Link("notes:list", _("Notes"), place=60, shown_to=signed_in))
"""

from collections.abc import Callable, Collection, Iterator
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

    In the header it has an icon and may have a number beside it. `is_kept` in a menu that is
    narrowed for somebody: the way home.
    """

    route: str
    label: Promise
    place: int
    shown_to: Callable[[Any], object] = everybody
    icon: str = ""
    count: Callable[[Any], int] | None = None
    is_kept: bool = False


def _faults(link: Link) -> Iterator[str]:
    yield from missing_route(link.route)


class Menu(Registry[Link]):
    """A row of links; each page stands in it once."""

    def __init__(self, what: str, faults: Callable[[Link], Iterator[str]]) -> None:
        super().__init__(what, faults)
        self._narrowed: list[tuple[Callable[[Any], object], frozenset[str]]] = []

    def offer(self, link: Link) -> None:
        """Add a link."""
        self.add(link.route, link)

    def narrow(self, applies: Callable[[Any], object], routes: Collection[str]) -> None:
        """For people to whom it applies, the menu has these pages alone, and those that are kept."""
        self._narrowed.append((applies, frozenset(routes)))

    def has_for(self, user: Any, link: Link) -> bool:
        """Whether somebody gets a link: it is shown to them, and the menu is not narrowed to others."""
        is_left = link.is_kept or all(
            link.route in routes for applies, routes in self._narrowed if applies(user)
        )
        return is_left and bool(link.shown_to(user))


MAIN = Menu("link of the main menu", _faults)
HEADER = Menu("link of the header", _faults)
PERSONAL = Menu("link of the personal menu", _faults)
FOOTER = Menu("link of the footer", _faults)


def links(menu: Menu, user: Any) -> list[Link]:
    """The links of one of the menus that `user` gets, in their order."""
    return sorted((link for link in menu if menu.has_for(user, link)), key=lambda link: link.place)


def main_menu(request: HttpRequest, user: Any) -> list[dict[str, Any]]:
    """The main menu for whoever reads, with the page or part of the site that they are on."""
    entries = [(link, reverse(link.route)) for link in links(MAIN, user)]
    return [
        {
            "label": link.label,
            "url": url,
            "current": request.path == url or (url != "/" and request.path.startswith(url)),
        }
        for link, url in entries
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
