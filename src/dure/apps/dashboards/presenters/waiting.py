"""What waits for an officer: each as one line with the one button that settles it."""

from datetime import datetime
from typing import Any

from django.urls import reverse
from django.utils.timezone import localtime
from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _

from dure.apps.catalog.permissions import may_publish
from dure.apps.dashboards.queries.office import Waiting, WaitingKind
from dure.apps.people.models import User
from dure.apps.people.permissions import may_verify
from dure.foundation.verdict import YES

EXCERPT = 600
LATE_DAYS = 3
# The page behind each kind of waiting, where there is one.
QUEUES = {
    WaitingKind.NEED: "catalog:need_review",
    WaitingKind.TECHNOLOGY: "catalog:technology_review",
    WaitingKind.ORGANISATION: "people:unverified",
    WaitingKind.PAIR: "matches:mutual",
    WaitingKind.RESEMBLANCE: "catalog:resemblances",
}


def queue_url(kind: WaitingKind) -> str:
    """The page with the whole queue of one kind."""
    if kind in QUEUES:
        return reverse(QUEUES[kind])
    if kind == WaitingKind.JOB:
        return f"{reverse('jobs:list')}?stage=FAILED"
    return f"{reverse('dashboards:start')}#waiting"


def line(waiting: Waiting, user: User, now: datetime) -> dict[str, Any]:
    """One thing that waits, in words."""
    said = SAID[waiting.kind](waiting.thing, user)
    days = (localtime(now).date() - localtime(waiting.since).date()).days
    return {
        "kind": waiting.kind.value,
        "kind_label": waiting.kind.label,
        "pk": waiting.thing.pk,
        "since": localtime(waiting.since),
        "days": _("today")
        if days <= 0
        else ngettext("%(n)s day", "%(n)s days", days) % {"n": days},
        "is_late": days >= LATE_DAYS,
        "may": YES,
        "text": "",
        "href": "",
        **said,
    }


def headers() -> list[str]:
    """The headers of the workbook of what waits."""
    return [_("What waits"), _("Title"), _("Who"), _("Waiting since"), _("Days")]


def row(waiting: Waiting, user: User, now: datetime) -> list[Any]:
    """One line of the workbook of what waits."""
    said = line(waiting, user, now)
    days = (localtime(now).date() - said["since"].date()).days
    return [said["kind_label"], said["title"], said["who"], said["since"], max(days, 0)]


def settled_sentence(kind: WaitingKind, thing: Any) -> str:
    """What stands in place of the line once it is settled."""
    match kind:
        case WaitingKind.NEED | WaitingKind.TECHNOLOGY:
            return _("Published: %(title)s") % {"title": thing}
        case WaitingKind.ORGANISATION:
            return _("Verified: %(title)s") % {"title": thing}
        case WaitingKind.JOIN:
            return _("Let in: %(title)s") % {"title": thing.user}
    return _("Introduced: %(title)s") % {
        "title": f"{thing.need.organisation} · {thing.technology.organisation}"
    }


def _entry(thing: Any, user: User) -> dict[str, Any]:
    language = get_language()
    is_need = thing._meta.model_name == "need"  # noqa: SLF001 -- Django's public model API
    name = "catalog:need_detail" if is_need else "catalog:technology_detail"
    return {
        "title": thing.title_in(language),
        "url": reverse(name, args=[thing.pk]),
        "who": str(thing.organisation),
        "text": thing.body_in(language)[:EXCERPT],
        "action": _("Publish"),
        "may": may_publish(user, thing),
    }


def _organisation(thing: Any, user: User) -> dict[str, Any]:
    number = thing.business_number
    return {
        "title": str(thing),
        "url": reverse("people:organisation_detail", args=[thing.pk]),
        "who": f"{number[:3]}-{number[3:5]}-{number[5:]}" if number else thing.other_id,
        "action": _("Verify"),
        "may": may_verify(user, thing),
    }


def _join(thing: Any, user: User) -> dict[str, Any]:
    return {
        "title": f"{thing.user} → {thing.organisation}",
        "url": f"{reverse('people:organisation_detail', args=[thing.organisation_id])}#people",
        "who": thing.user.email,
        "action": _("Let in"),
    }


def _pair(thing: Any, user: User) -> dict[str, Any]:
    language = get_language()
    return {
        "title": thing.need.title_in(language),
        "url": reverse("matches:for_need", args=[thing.need_id]),
        "who": f"{thing.need.organisation} · {thing.technology.organisation}",
        "text": f"{_('Technology')}: {thing.technology.title_in(language)}",
        "action": _("Introduce them"),
    }


def _resemblance(thing: Any, user: User) -> dict[str, Any]:
    language = get_language()
    return {
        "title": f"{thing.first.title_in(language)} ≈ {thing.second.title_in(language)}",
        "url": reverse("catalog:resemblances"),
        "who": f"{thing.first.organisation} · {thing.second.organisation}",
        "action": _("Compare"),
        "href": f"{reverse('catalog:resemblances')}#pair-{thing.pk}",
    }


def _job(thing: Any, user: User) -> dict[str, Any]:
    return {
        "title": _(thing.title) if thing.title else thing.kind,
        "url": reverse("jobs:detail", args=[thing.pk]),
        "who": str(thing.asked_by or _("The platform")),
        "action": _("See why"),
        "href": reverse("jobs:detail", args=[thing.pk]),
    }


SAID = {
    WaitingKind.NEED: _entry,
    WaitingKind.TECHNOLOGY: _entry,
    WaitingKind.ORGANISATION: _organisation,
    WaitingKind.JOIN: _join,
    WaitingKind.PAIR: _pair,
    WaitingKind.RESEMBLANCE: _resemblance,
    WaitingKind.JOB: _job,
}
