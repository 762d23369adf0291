"""How far the needs of a year came, and where they stopped."""

from typing import Any

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from dure.apps.indicators import presenters, queries
from dure.apps.indicators.queries import Chain, Step
from dure.foundation.measures import MEASURES
from dure.foundation.parsing import whole_number
from dure.foundation.ui.listing import list_page

ON_A_PAGE = 50


@require_safe
@login_required
def chain(request: HttpRequest) -> HttpResponse:
    """The funnel of a year, and the needs that stopped at one of its steps."""
    if not queries.reads_inside(request.user):
        raise Http404
    today = timezone.localdate()
    year = whole_number(request.GET.get("year", ""), low=1900, high=2200) or today.year
    wanted = request.GET.get("stopped", "")
    step = Step(wanted) if wanted in Step.values else Step.REGISTERED
    found = queries.chain_of_year(year)
    return list_page(
        request,
        "indicators/chain.html",
        _stopped(request, found, step),
        per_page=ON_A_PAGE,
        context=lambda page: {
            "year": year,
            "years": [year - 1, year + 1],
            "bars": [
                {
                    "label": each.label,
                    "value": len(ids),
                    "text": f"{len(ids):,}",
                    "url": f"?{urlencode({'year': year, 'stopped': each.value})}",
                }
                for each, ids in found.reached.items()
            ],
            "losses": [
                {
                    "label": each.label,
                    "count": len(found.stopped(each)),
                    "url": f"?{urlencode({'year': year, 'stopped': each.value})}",
                }
                for each in list(Step)[:-1]
            ],
            "step": step,
            "silent": queries.unanswered(today)[:ON_A_PAGE],
            "breadcrumb": presenters.crumbs(None, (_("How far needs came"), "")),
        },
        sheet=lambda rows: {
            "title": _("Needs that stopped"),
            "headers": [_("Record"), _("Title")],
            "rows": [[row["id"], row["record"].title if row["record"] else ""] for row in rows],
        },
    )


def _stopped(request: HttpRequest, found: Chain, step: Step) -> list[dict[str, Any]]:
    ids = sorted(found.stopped(step))
    opened = MEASURES["needs"].records(request.user, [str(pk) for pk in ids])
    return [{"id": pk, "record": opened.get(str(pk))} for pk in ids]
