"""Suggestions to read and answer: those of one need or technology, and all of mine."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.contrib.auth.decorators import login_required
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.dateparse import parse_datetime
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe
from django.views.decorators.vary import vary_on_headers

from dure.apps.catalog.models import Need, Technology
from dure.apps.catalog.queries import needs_visible_to, technologies_visible_to
from dure.apps.catalog.stages import NEED_OPEN, TECHNOLOGY_SHOWN
from dure.apps.matches import operations, permissions, queries
from dure.apps.matches.forms import InboxForm
from dure.apps.matches.models import LIKELY, Direction, Suggestion
from dure.apps.matches.presenters.cards import Card, cards
from dure.apps.matches.presenters.figures import tabs_for
from dure.apps.people.queries import roles_of
from dure.foundation.parsing import row_id
from dure.foundation.ui import listing
from dure.foundation.ui.answers import or_404
from dure.foundation.ui.listing import page_of

GROUPS_ON_A_PAGE = 6
OPEN_IN_A_GROUP = 5
# Looks closer together than this are one visit; what is new stays new during a visit.
VISIT = timedelta(minutes=30)


@dataclass(frozen=True, slots=True)
class Group:
    """The suggestions for one need or technology of the reader's own."""

    entry: Need | Technology
    url: str
    is_need: bool
    cards: list[Card]
    count: int
    fresh: int

    @property
    def hidden(self) -> int:
        """How many more there are than shown."""
        return self.count - len(self.cards)


@require_safe
@vary_on_headers("HX-Request")
def for_need(request: HttpRequest, need_id: int) -> HttpResponse:
    """The technologies suggested for a need."""
    need = get_object_or_404(needs_visible_to(request.user), pk=need_id)
    suggestions = queries.suggestions_for_need(need, request.user)
    return _matches_of(request, need, suggestions, is_open=need.stage in NEED_OPEN)


@require_safe
@vary_on_headers("HX-Request")
def for_technology(request: HttpRequest, technology_id: int) -> HttpResponse:
    """The needs suggested for a technology."""
    technology = get_object_or_404(technologies_visible_to(request.user), pk=technology_id)
    suggestions = queries.suggestions_for_technology(technology, request.user)
    return _matches_of(
        request, technology, suggestions, is_open=technology.stage in TECHNOLOGY_SHOWN
    )


@login_required
@require_safe
def inbox(request: HttpRequest) -> HttpResponse:
    """What I should answer; those who answer for nobody are sent where their work is."""
    has_own = bool(roles_of(request.user).organisations)
    if not has_own and permissions.may_read_answers(request.user):
        may_introduce = permissions.may_run_matching(request.user)
        return redirect("matches:mutual" if may_introduce else "matches:answers")
    since = _new_since(request)
    mine = queries.own_suggestions(request.user)
    form = InboxForm(request.GET, about=_own_entries(request, mine))
    suggestions = form.narrow(mine, since)
    context = {
        "tabs": tabs_for(request.user, "inbox"),
        "breadcrumb": [{"label": _("Matches")}],
        "form": form,
        "chips": listing.chips(form, request.GET),
        "left": mine.filter(own_answer__isnull=True, strength__in=LIKELY).count(),
        "further": form.unlikely(mine).count(),
        "is_member": has_own,
        "running": queries.running_matching(),
        "here": request.get_full_path(),
    }
    if request.GET.get("one"):
        return render(request, "matches/one.html", context | _one(request, suggestions, since))
    return render(request, "matches/inbox.html", context | _grouped(request, suggestions, since))


def _matches_of(
    request: HttpRequest,
    entry: Need | Technology,
    suggestions: QuerySet[Suggestion],
    *,
    is_open: bool,
) -> HttpResponse:
    or_404(permissions.may_see_matches(request.user, entry))
    look = queries.last_look_of(request.user)
    shown = cards(suggestions, request.user, since=look.at if look else None)
    running = queries.running_matching()
    page = "_matches_of.html" if request.htmx else "matches_of.html"
    context = {
        "entry": entry,
        "entry_url": entry.get_absolute_url(),
        "is_need": isinstance(entry, Need),
        "to_answer": [card for card in shown if not card.settled and card.is_likely],
        "further": [card for card in shown if not card.settled and not card.is_likely],
        "settled": [card for card in shown if card.settled],
        "is_open": is_open,
        "running": running,
        "is_matched": _was_matched(entry),
        "may_run": permissions.may_run_matching(request.user),
        "here": request.path,
        "address": request.path,
        "title": _("Matches"),
        "breadcrumb": [
            {"label": _("Matches"), "url": reverse("matches:inbox")},
            {"label": str(entry)},
        ],
    }
    return render(request, f"matches/{page}", context)


def _was_matched(entry: Need | Technology) -> bool:
    """True when matching has ended well since the entry was published."""
    last = queries.last_matched_at()
    return bool(last and entry.published_at and last >= entry.published_at)


def _own_entries(request: HttpRequest, mine: QuerySet[Suggestion]) -> list[tuple[str, str]]:
    rows = list(queries.by_own_entry(mine, None))
    entries = _entries_of(request, rows)
    named = [
        (f"{row['direction']}-{row['own_id']}", str(entry))
        for row in rows
        if (entry := entries.get((row["direction"], row["own_id"])))
    ]
    return sorted(named, key=lambda choice: choice[1])


def _grouped(
    request: HttpRequest, suggestions: QuerySet[Suggestion], since: datetime | None
) -> dict[str, Any]:
    page = page_of(request, queries.by_own_entry(suggestions, since), GROUPS_ON_A_PAGE)
    entries = _entries_of(request, page)
    best = queries.best_of_each(suggestions, list(page), OPEN_IN_A_GROUP)
    shown = cards(best, request.user, since=since)
    groups = []
    for row in page:
        key = (row["direction"], row["own_id"])
        theirs = [c for c in shown if (c.suggestion.direction, c.suggestion.own_id) == key]
        if entry := entries.get(key):
            groups.append(
                Group(
                    entry=entry,
                    url=_matches_page(entry),
                    is_need=isinstance(entry, Need),
                    cards=theirs,
                    count=row["count"],
                    fresh=row["fresh"] if since else 0,
                )
            )
    return {"page": page, "groups": groups}


def _one(
    request: HttpRequest, suggestions: QuerySet[Suggestion], since: datetime | None
) -> dict[str, Any]:
    """The next suggestion after the one that was set aside, and what was answered just before."""
    queue = list(suggestions.values_list("pk", flat=True))
    after = row_id(request.GET.get("after"))
    start = queue.index(after) + 1 if after in queue else 0
    waiting = queue[start:]
    shown = cards(suggestions.filter(pk__in=waiting[:1]), request.user, since=since)
    did = queries.own_suggestions(request.user).filter(pk=row_id(request.GET.get("did")))
    asked = request.GET.copy()
    asked.pop("did", None)
    later = asked.copy()
    later["after"] = str(shown[0].suggestion.pk) if shown else ""
    return {
        "back": f"{request.path}?{asked.urlencode()}",
        "later": f"?{later.urlencode()}",
        "card": shown[0] if shown else None,
        "set_aside": start,
        "waiting": len(waiting),
        "did": next(iter(cards(did, request.user)), None),
    }


def _entries_of(request: HttpRequest, rows: Any) -> dict[tuple[str, int], Need | Technology]:
    """The reader's own entries that groups are about."""
    entries: dict[tuple[str, int], Need | Technology] = {}
    for direction, visible in (
        (Direction.FOR_NEED, needs_visible_to),
        (Direction.FOR_TECHNOLOGY, technologies_visible_to),
    ):
        ids = [row["own_id"] for row in rows if row["direction"] == direction]
        for entry in visible(request.user).filter(pk__in=ids).defer("search"):
            entries[direction.value, entry.pk] = entry
    return entries


def _matches_page(entry: Need | Technology) -> str:
    kind = "need" if isinstance(entry, Need) else "technology"
    return reverse(f"matches:for_{kind}", args=[entry.pk])


def _new_since(request: HttpRequest) -> datetime | None:
    """Where «new» begins for this visit; opening the inbox is a look."""
    now = timezone.now()
    look = queries.last_look_of(request.user)
    if look is None or now - look.at > VISIT or "matches_since" not in request.session:
        request.session["matches_since"] = look.at.isoformat() if look else ""
    operations.note_look(by=request.user, at=now)
    return parse_datetime(request.session["matches_since"] or "")
