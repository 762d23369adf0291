"""How far the needs of a year came, where they stopped, and how long each step took."""

from typing import Any

from django.contrib.auth.decorators import login_required
from django.core.paginator import Page
from django.http import Http404, HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from dure.apps.indicators import presenters, queries
from dure.apps.indicators.forms import ChainFilter
from dure.apps.indicators.queries import Chain, Step
from dure.foundation.measures import MEASURES
from dure.foundation.ui.listing import list_page

ON_A_PAGE = 50


@require_safe
@login_required
def chain(request: HttpRequest) -> HttpResponse:
    """The funnel of the needs that were chosen, and those that stopped at one of its steps."""
    if not queries.reads_inside(request.user):
        raise Http404
    today = timezone.localdate()
    form = ChainFilter(request.GET, today=today, language=get_language())
    needs = form.narrow(queries.needs_of_year(form.of_year))
    chain = queries.chain_kept(needs, form.key)

    def link(**changed: str) -> str:
        query = request.GET.copy()
        query.pop("page", None)
        for name, value in changed.items():
            query[name] = value
        return f"?{query.urlencode()}"

    def context(page: Page[Any]) -> dict[str, Any]:
        return {
            "year": form.of_year,
            "bars": presenters.funnel_of(chain, lambda step: link(stopped=step)),
            "losses": presenters.losses_of(chain, lambda step: link(stopped=step)),
            "waits": presenters.waits_of(chain),
            "regions": presenters.regions_of(
                queries.needs_by_region(needs), lambda code: link(region=code)
            ),
            "step": form.step,
            "silent": queries.unanswered(today)[:ON_A_PAGE],
            "breadcrumb": presenters.crumbs(None, (_("How far needs came"), "")),
        }

    return list_page(
        request,
        "indicators/chain.html",
        _stopped(request, chain, form.step),
        form=form,
        per_page=ON_A_PAGE,
        context=context,
        sheet=presenters.stopped_sheet,
    )


def _stopped(request: HttpRequest, chain: Chain, step: Step) -> list[dict[str, Any]]:
    ids = sorted(chain.stopped(step))
    opened = MEASURES["needs"].records(request.user, [str(pk) for pk in ids])
    return [{"id": pk, "record": opened.get(str(pk))} for pk in ids]
