"""The way from a list to a letter to its people: one app offers it, the lists of all apps have it."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest, HttpResponse

Page = Callable[[HttpRequest, Iterable[Any], str], HttpResponse]


@dataclass(frozen=True, slots=True)
class LetterDoor:
    """Who may write to the people of a list, and the page on which one does.

    `page` gets the request for the list, the people and what the list is called with its filters.
    """

    may_write: Callable[[Any], object]
    page: Page


_doors: list[LetterDoor] = []


def offer_letters(may_write: Callable[[Any], object], page: Page) -> None:
    """Have letters written to the people of lists here."""
    _doors[:] = [LetterDoor(may_write, page)]


def door_for(user: Any) -> LetterDoor | None:
    """The way to a letter, for whoever may write one."""
    return next((door for door in _doors if door.may_write(user)), None)
