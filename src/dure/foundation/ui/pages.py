"""The pages of one thing, which several apps bring: the tabs above them and the way back.

The app of the thing leads the way back; every app offers its own pages. So a lower app never names
a page of a higher one.
"""

from collections import defaultdict
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any

Link = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Page:
    """A page of a thing; `place` orders the tabs, and it is offered when `is_there`."""

    place: int
    name: str
    label: str
    url: str
    is_there: bool = True


Offer = Callable[..., Iterable[Page]]
_offers: dict[type, list[Offer]] = defaultdict(list)
_ways: dict[type, Callable[[Any], list[Link]]] = {}


def offers_pages(kind: type) -> Callable[[Offer], Offer]:
    """Let a function say which pages of a thing of this `kind` concern a reader.

    It is called with the reader, the thing, and what the page knows of the two already.
    """

    def register(offer: Offer) -> Offer:
        _offers[kind].append(offer)
        return offer

    return register


def leads_back(
    kind: type,
) -> Callable[[Callable[[Any], list[Link]]], Callable[[Any], list[Link]]]:
    """Let a function lead from the start to the first page of a thing of this `kind`."""

    def register(way: Callable[[Any], list[Link]]) -> Callable[[Any], list[Link]]:
        _ways[kind] = way
        return way

    return register


def tabs_for(reader: Any, thing: Any, current: str, **known: Any) -> list[Link]:
    """The pages of a thing that concern a reader; `current` is the name of the open one.

    What the page knows already, the offers need not ask for again.
    """
    pages = [page for offer in _offers[type(thing)] for page in offer(reader, thing, **known)]
    return [
        {"label": page.label, "url": page.url, "current": page.name == current}
        for page in sorted(pages, key=lambda page: page.place)
        if page.is_there or page.name == current
    ]


def breadcrumb(thing: Any, page: str) -> list[Link]:
    """The way back from a page of a thing."""
    return [*_ways[type(thing)](thing), {"label": page, "url": ""}]
