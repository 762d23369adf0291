"""What waits on whose desk; an app's `desk.py` says what of its own.

A *queue* is work for whoever may do it: things in a row, the oldest first, most of them with one
button that settles them. A *section* is any other part of the start page. `apps/dashboards` shows
both.
"""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import QuerySet
from django.utils.functional import Promise

from dure.foundation.registry import Registry
from dure.foundation.routes import missing_route
from dure.foundation.verdict import YES, Verdict


@dataclass(frozen=True, slots=True)
class Line:
    """One thing that waits, in words.

    `who` is waiting for it, or what helps to know it by; `action` stands on the button, which leads
    to `href` or, where that is empty, settles the thing, unless `may` says why not.
    """

    title: str
    url: str
    who: str
    action: str
    text: str = ""
    href: str = ""
    may: Verdict = YES


def line_of(thing: Any, who: object, action: str, *, href: str = "", text: object = "") -> Line:
    """A thing that has a page of its own, to which the button leads unless it has an `href`."""
    page = thing.get_absolute_url()
    return Line(str(thing), page, str(who), action, text=str(text), href=href or page)


@dataclass(frozen=True, slots=True)
class Settling:
    """How a thing leaves its queue: the one operation, the message then, where it is undone.

    `run` may raise Refused.
    """

    run: Callable[[Any, Any, datetime], object]
    message: Callable[[Any], str]
    undo: str = ""


@dataclass(frozen=True, slots=True)
class Queue:
    """Work that waits for everybody to whom it is offered.

    `place` is where it stands among the queues, the smallest first; `waiting(user, now)` gives the
    things of `user`, the oldest first, and `since` when one began to wait (None: just now); `route`
    is the page with the whole queue, empty where the desk is.
    """

    code: str
    label: Promise
    place: int
    offered_to: Callable[[Any], object]
    waiting: Callable[[Any, datetime], QuerySet[Any]]
    since: Callable[[Any], datetime | None]
    line: Callable[[Any, Any], Line]
    route: str = ""
    settling: Settling | None = None


@dataclass(frozen=True, slots=True)
class Section:
    """A part of the start page: its template, its place from above, and what stands in it.

    `content(user, now)` gives what the template knows as `section`; None leaves the section out.
    """

    code: str
    template: str
    place: int
    content: Callable[[Any, datetime], Mapping[str, Any] | None]


def _faults(queue: Queue) -> Iterator[str]:
    routes = (queue.route.partition("?")[0], queue.settling.undo if queue.settling else "")
    for route in filter(None, routes):
        yield from missing_route(route)


QUEUES = Registry[Queue]("queue of the desk", _faults)
SECTIONS = Registry[Section]("section of the desk")


def offer_queue(queue: Queue) -> Queue:
    """Put a queue on the desks of those to whom it is offered."""
    return QUEUES.add(queue.code, queue)


def offer_section(section: Section) -> Section:
    """Put a section on the start page."""
    return SECTIONS.add(section.code, section)
