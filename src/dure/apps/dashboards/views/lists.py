"""The lists behind the figures of the start page."""

from typing import Any

from django.contrib.auth.decorators import login_required
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.timezone import localtime
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from dure.apps.catalog.models import Need
from dure.apps.dashboards import permissions
from dure.apps.dashboards.presenters import own, waiting
from dure.apps.dashboards.queries.figures import needs_unanswered
from dure.apps.dashboards.queries.waiting import everything_waiting, queues_of
from dure.apps.matches.queries import needs_without_match
from dure.foundation import vocabularies
from dure.foundation.ui import listing
from dure.foundation.ui.answers import or_404, sheet_response

PAGE = 30
SORTS = {
    "title": ("title", "pk"),
    "organisation": ("organisation__name", "pk"),
    "published": ("published_at", "pk"),
}


@require_safe
@login_required
def waiting_export(request: HttpRequest) -> HttpResponse:
    """All that waits for the reader, as a workbook."""
    if not queues_of(request.user):
        raise Http404
    now = timezone.now()
    rows = (
        waiting.row(waiting_thing, request.user, now)
        for waiting_thing in everything_waiting(request.user, now)
    )
    return sheet_response(_("What waits"), waiting.headers(), rows)


@require_safe
@login_required
def behind(request: HttpRequest, figure: str) -> HttpResponse:
    """The needs that a figure of the start page counts."""
    or_404(permissions.may_read_figures(request.user))
    needs, title, lead = _needs_behind(figure)
    narrowed = needs.select_related("organisation").defer("search")
    return listing.list_page(
        request,
        "dashboards/behind.html",
        listing.in_order(narrowed, request.GET.get("sort"), SORTS, "published"),
        per_page=PAGE,
        sheet=lambda rows: {
            "title": title,
            "headers": [_("Need"), _("Organisation"), _("Field"), _("Published")],
            "rows": (_need_row(need) for need in rows.iterator(2000)),
        },
        context=lambda page: {
            "cards": [own.card(need, request.user) for need in page],
            "title": title,
            "lead": lead,
            "breadcrumb": [{"label": title}],
        },
    )


def _needs_behind(figure: str) -> tuple[QuerySet[Need], str, str]:
    match figure:
        case "unmatched":
            return (
                needs_without_match(),
                _("Needs without a match"),
                _(
                    "Nothing on offer fits them yet. Ask firms directly, or ask the owner "
                    "to say more."
                ),
            )
        case "unanswered":
            return (
                needs_unanswered(),
                _("Needs whose matches nobody answered"),
                _(
                    "There are suggestions, but the demand organisation has not answered "
                    "any of them."
                ),
            )
    raise Http404


def _need_row(need: Need) -> list[Any]:
    language = get_language()
    return [
        need.title_in(language),
        str(need.organisation),
        vocabularies.name_of("fields", need.field, language) if need.field else "",
        localtime(need.published_at) if need.published_at else "",
    ]
