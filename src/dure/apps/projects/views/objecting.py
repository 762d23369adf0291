"""Objections to settlements: raised by the firm, decided by a panel."""

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils import timezone
from django.utils.timezone import localdate
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from dure.apps.projects import operations, permissions, queries
from dure.apps.projects.forms import ObjectionDecisionForm, ObjectionForm
from dure.apps.projects.models import Settlement
from dure.apps.projects.pages import way_to
from dure.foundation.ui.answers import or_404
from dure.foundation.ui.form_page import form_page, sent


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
@login_required
def raise_objection(request: HttpRequest, settlement_id: int) -> HttpResponse:
    """Object to a settlement, once."""
    settlement = get_object_or_404(queries.settlements_visible_to(request.user), pk=settlement_id)
    or_404(permissions.may_object(request.user, settlement, localdate()))
    until = queries.objections_until(settlement)
    return form_page(
        request,
        ObjectionForm(sent(request)),
        lambda cleaned: operations.raise_objection(
            settlement=settlement, **cleaned, by=request.user, at=timezone.now()
        ),
        title=_("Object to the settlement"),
        lead=_("Once, until %(until)s. A panel with an accountant hears it.") % {"until": until},
        button=_("Raise the objection"),
        done=_("The objection is raised. The programme office is told."),
        back=_page(settlement),
        breadcrumb=_breadcrumb(settlement, _("Object to the settlement")),
    )


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
@login_required
def decide_objection(request: HttpRequest, objection_id: int) -> HttpResponse:
    """Enter what the panel decided."""
    objection = get_object_or_404(queries.objections_visible_to(request.user), pk=objection_id)
    or_404(permissions.may_decide_objection(request.user, objection))
    settlement = objection.settlement
    form = ObjectionDecisionForm(sent(request), rows=operations.disallowed_rows(settlement))
    return form_page(
        request,
        form,
        lambda _cleaned: operations.decide_objection(
            objection=objection, **form.decided(), by=request.user, at=timezone.now()
        ),
        title=_("Decide the objection"),
        lead=objection.grounds,
        button=_("Decide"),
        done=_("Decided. The firm is told, and what goes back is computed anew."),
        back=_page(settlement),
        breadcrumb=_breadcrumb(settlement, _("Decide the objection")),
    )


def _page(settlement: Settlement) -> str:
    url = reverse("projects:settlement", args=[settlement.project_id])
    return f"{url}?stage={settlement.of_stage}#objection"


def _breadcrumb(settlement: Settlement, last: str) -> list[dict[str, str]]:
    settlement_page = {"label": _("Settlement"), "url": _page(settlement)}
    return [*way_to(settlement.project), settlement_page, {"label": last}]
