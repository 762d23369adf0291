"""What concerns oneself: own groups, meetings to come, dues, pairs, calendars, strengths."""

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.timezone import localdate
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from dure.apps.groups import presenters, queries
from dure.apps.groups.pages import crumbs
from dure.apps.groups.presenters import calendars


@require_safe
@never_cache
@login_required
def mine(request: HttpRequest) -> HttpResponse:
    """One's own groups: when they meet, what is owed, who could fit, the calendar."""
    user, now = request.user, timezone.now()
    groups = list(queries.own_groups(user).order_by("name"))
    context = {
        "groups": presenters.rows(groups, localdate()),
        "meetings": queries.meetings_to_come(user, now),
        "dues": queries.own_dues(user),
        "pairs": queries.pairs_visible_to(user)[:20] if groups else [],
        "firms": queries.firms_spoken_for(user, localdate()) if groups else [],
        "calendars": calendars.addresses(user, groups),
        "breadcrumb": crumbs(None, _("My groups")),
    }
    return render(request, "groups/mine.html", context)
