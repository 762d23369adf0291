"""What waits for the programme office: entries to publish and near-duplicates to decide."""

from datetime import datetime
from typing import Any

from django.db.models import QuerySet
from django.urls import reverse
from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _

from dure.apps.catalog import operations, permissions, queries
from dure.apps.catalog.models import DuplicateCandidate, Need, Technology
from dure.apps.people.models import User
from dure.apps.people.permissions import may_run_programmes
from dure.foundation.desk import Line, Queue, Settling, offer_queue

EXCERPT = 600


def _under_review(kind: type[Need] | type[Technology], user: User) -> QuerySet[Any]:
    """What others handed in: nobody publishes their own."""
    return queries.entries_under_review(user, kind).exclude(handed_in_by=user).defer("search")


def _entry(entry: Need | Technology, user: User) -> Line:
    language = get_language()
    return Line(
        title=entry.title_in(language),
        url=entry.get_absolute_url(),
        who=str(entry.organisation),
        text=entry.body_in(language)[:EXCERPT],
        action=_("Publish"),
        may=permissions.may_publish(user, entry),
    )


def _resemblance(duplicate: DuplicateCandidate, user: User) -> Line:
    first, second, language = duplicate.first, duplicate.second, get_language()
    page = reverse("catalog:duplicates")
    return Line(
        title=f"{first.title_in(language)} ≈ {second.title_in(language)}",
        url=page,
        who=f"{first.organisation} · {second.organisation}",
        action=_("Compare"),
        href=f"{page}#pair-{duplicate.pk}",
    )


def _publish(entry: Need | Technology, by: User, at: datetime) -> object:
    return operations.publish(entries=[entry], by=by, at=at)


def _published(entry: Need | Technology) -> str:
    return _("Published: %(title)s") % {"title": entry}


offer_queue(
    Queue(
        code="NEED",
        label=gettext_lazy("Need to publish"),
        place=10,
        offered_to=may_run_programmes,
        waiting=lambda user, now: _under_review(Need, user),
        since=lambda need: need.handed_in_at,
        line=_entry,
        route="catalog:need_review",
        settling=Settling(_publish, _published, undo="catalog:need_undo"),
    )
)
offer_queue(
    Queue(
        code="TECHNOLOGY",
        label=gettext_lazy("Technology to publish"),
        place=20,
        offered_to=may_run_programmes,
        waiting=lambda user, now: _under_review(Technology, user),
        since=lambda technology: technology.handed_in_at,
        line=_entry,
        route="catalog:technology_review",
        settling=Settling(_publish, _published, undo="catalog:technology_undo"),
    )
)
offer_queue(
    Queue(
        code="DUPLICATE",
        label=gettext_lazy("Near-duplicates to decide"),
        place=60,
        offered_to=may_run_programmes,
        waiting=lambda user, now: queries.duplicates_to_decide(user).defer(
            "first__search", "second__search"
        ),
        since=lambda pair: max(pair.first.created_at, pair.second.created_at),
        line=_resemblance,
        route="catalog:duplicates",
    )
)
