"""The officer's queue: what was handed in, oldest first; publish, return, undo."""

from collections.abc import Callable
from functools import wraps

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST, require_safe

from dure.apps.catalog import operations, permissions, queries
from dure.apps.catalog.models import Need, Technology
from dure.apps.catalog.presenters import words
from dure.apps.catalog.presenters.kinds import KINDS, EntryPages
from dure.apps.catalog.presenters.tabs import tabs_for
from dure.apps.people.permissions import may_run_programmes
from dure.foundation.parsing import row_ids
from dure.foundation.ui.answers import flash_outcome
from dure.foundation.ui.listing import page_of
from dure.values.text import clean

ROWS = 50
SKIPPED_NAMED = 5


def officers_only(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """Let officers in; for everybody else the page does not exist."""

    @wraps(view)
    @login_required
    def guarded(request: HttpRequest, *args: object, **more: object) -> HttpResponse:
        if not may_run_programmes(request.user):
            raise Http404
        return view(request, *args, **more)

    return guarded


@require_safe
@officers_only
def review(request: HttpRequest, kind: str) -> HttpResponse:
    """What waits to be published."""
    entry_kind = KINDS[kind]
    waiting = queries.entries_under_review(request.user, entry_kind.model).defer("search")
    page = page_of(request, waiting, ROWS)
    since = timezone.now() - permissions.UNDO_WITHIN
    context = {
        "kind": entry_kind,
        "title": _("To review"),
        "breadcrumb": [
            {"label": entry_kind.plural, "url": entry_kind.url("list")},
            {"label": _("To review")},
        ],
        "tabs": tabs_for(request.user, entry_kind, "review"),
        "others": [{"kind": other, "current": other is entry_kind} for other in KINDS.values()],
        "page": page,
        "has_invented": any(entry.organisation.is_invented for entry in page),
        "rows": [_row(request, entry_kind, entry) for entry in page],
        "undoable": queries.last_published_by(request.user, entry_kind.model, since).count(),
        "urls": {
            "publish": entry_kind.url("publish"),
            "return": entry_kind.url("return"),
            "undo": entry_kind.url("undo"),
        },
    }
    return render(request, "catalog/review.html", context)


@require_POST
@officers_only
def publish(request: HttpRequest, kind: str) -> HttpResponse:
    """Publish the ticked entries; those that this officer may not publish are skipped, by name."""
    entry_kind = KINDS[kind]
    chosen = list(_ticked(request, kind))
    if not chosen:
        return _nothing_ticked(request, kind)
    refused = [
        (entry, verdict)
        for entry in chosen
        if not (verdict := permissions.may_publish(request.user, entry))
    ]
    skipped = {entry.pk for entry, _verdict in refused}
    allowed = [entry for entry in chosen if entry.pk not in skipped]
    if count := len(allowed):
        message = ngettext("%(count)d entry published.", "%(count)d entries published.", count)
        with flash_outcome(request, message % {"count": count}):
            operations.publish(entries=allowed, by=request.user, at=timezone.now())
    for entry, verdict in refused[:SKIPPED_NAMED]:
        message = _("Not published: “%(title)s”. %(reason)s")
        messages.warning(request, message % {"title": entry, "reason": verdict.reason.label})
    if len(refused) > SKIPPED_NAMED:
        message = _("%(count)d more were not published; each says why in its row.")
        messages.warning(request, message % {"count": len(refused) - SKIPPED_NAMED})
    return redirect(entry_kind.url("review"))


@require_POST
@officers_only
def return_to_owners(request: HttpRequest, kind: str) -> HttpResponse:
    """Send the ticked entries back, all for the same reason."""
    reason, at = clean(request.POST.get("reason", "")), timezone.now()
    chosen = list(_ticked(request, kind))
    if not chosen:
        return _nothing_ticked(request, kind)
    with flash_outcome(request, _("Returned. The owners read your reason.")):
        for entry in chosen:
            operations.return_to_owner(entry=entry, reason=reason, by=request.user, at=at)
    return redirect(KINDS[kind].url("review"))


@require_POST
@officers_only
def undo(request: HttpRequest, kind: str) -> HttpResponse:
    """Take back what was published last, within ten minutes."""
    entry_kind, now = KINDS[kind], timezone.now()
    last = queries.last_published_by(request.user, entry_kind.model, now - permissions.UNDO_WITHIN)
    with flash_outcome(request, _("Undone. The entries are under review again.")):
        operations.unpublish(entries=last, by=request.user, at=now)
    return redirect(entry_kind.url("review"))


def _row(request: HttpRequest, kind: EntryPages, entry: Need | Technology) -> dict:
    return {
        "row": words.row(entry, kind.url("detail", entry.pk)),
        "may_publish": permissions.may_publish(request.user, entry),
    }


def _nothing_ticked(request: HttpRequest, kind: str) -> HttpResponse:
    messages.error(request, _("Nothing was ticked. Tick the entries first."))
    return redirect(KINDS[kind].url("review"))


def _ticked(request: HttpRequest, kind: str):
    # The button of one row settles that row alone, whatever else is ticked.
    ids = row_ids(request.POST.getlist("only") or request.POST.getlist("ids"))
    waiting = queries.entries_under_review(request.user, KINDS[kind].model)
    return waiting.filter(pk__in=ids)
