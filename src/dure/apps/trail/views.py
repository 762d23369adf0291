"""The history of everything, for auditors."""

from datetime import datetime
from typing import Any

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from dure.apps.trail import permissions, queries
from dure.apps.trail.forms import ChangesFilter
from dure.apps.trail.presenters import in_words, lead
from dure.foundation.ui import listing
from dure.foundation.ui.answers import or_404, sheet_response, wants_workbook

SHOWN = 100
EXPORTED = 5000


@never_cache
@require_safe
@login_required
def changes(request: HttpRequest) -> HttpResponse:
    """Who changed what, in every record; as a workbook with `?format=xlsx`."""
    or_404(permissions.may_audit(request.user))
    form = ChangesFilter(request.GET)
    is_export = wants_workbook(request)
    words = form.cleaned_data.get("who", "")
    until, seen = _place_of(request)
    changes = queries.recent_changes(
        of=form.models(),
        by=queries.people_named(words) if words else None,
        since=form.since(timezone.now()),
        until=until,
        limit=EXPORTED if is_export else seen + SHOWN + 1,
    )
    if is_export:
        return _workbook(in_words(changes))
    shown = changes[seen : seen + SHOWN]
    return render(
        request,
        "trail/changes.html",
        {
            "lead": lead(is_guarded=queries.is_guarded()),
            "changes": in_words(shown),
            "older": _older(changes[: seen + SHOWN]) if len(changes) > seen + SHOWN else None,
            "is_first": until is None,
            "form": form,
            "chips": listing.chips(form, request.GET),
            "breadcrumb": [{"label": _("Changes")}],
        },
    )


def _place_of(request: HttpRequest) -> tuple[datetime | None, int]:
    """From which moment backwards the reader goes on, and how many of that moment they saw."""
    try:
        until = datetime.fromisoformat(request.GET.get("until", ""))
        seen = int(request.GET.get("seen", "0"))
    except ValueError:
        return None, 0
    return (until, min(max(seen, 0), EXPORTED)) if until.tzinfo else (None, 0)


def _older(seen: list[queries.Change]) -> dict[str, Any]:
    """Where the next page begins: the last moment that was shown, and how many of it were."""
    last = seen[-1].at
    return {"until": last.isoformat(), "seen": sum(change.at == last for change in seen)}


def _workbook(changes: list[dict[str, Any]]) -> HttpResponse:
    headers = [_("When"), _("Who"), _("Kind of record"), _("Record"), _("What"), _("Fields")]
    rows = (
        [
            change["when"],
            change["who"],
            change["kind"],
            change["thing"],
            change["what"],
            _fields(change),
        ]
        for change in changes
    )
    return sheet_response(_("Changes"), headers, rows)


def _fields(change: dict[str, Any]) -> str:
    lines = [
        f"{row['field']}: {row['before'] or '–'} → {row['after'] or '–'}"
        for row in change["changes"]
    ]
    return "\n".join(lines)[:30_000]
