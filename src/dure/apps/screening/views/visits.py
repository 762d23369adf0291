"""Visits to where projects work, and how signals drift from year to year."""

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.utils.timezone import localdate
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from dure.apps.screening import adapter, operations, permissions, presenters, queries
from dure.apps.screening.forms import VisitForm
from dure.apps.screening.views.cases import auditors_only, way
from dure.foundation.ui.answers import or_404
from dure.foundation.ui.form_page import form_page, sent


@require_http_methods(["GET", "HEAD", "POST"])
@login_required
def visit(request: HttpRequest, case_id: int) -> HttpResponse:
    """Write down what a visit found."""
    case = get_object_or_404(queries.cases_visible_to(request.user), pk=case_id)
    or_404(permissions.may_ask(request.user, case))
    today = localdate()
    items = adapter.items_on(today)
    form = VisitForm(sent(request), items=items, initial={"visited_on": today})
    return form_page(
        request,
        form,
        lambda values: operations.write_visit(
            case=case,
            visited_on=values["visited_on"],
            results={code: values[code] for code in items},
            note=values["note"],
            by=request.user,
            at=timezone.now(),
        ),
        title=_("On-site visit"),
        lead=str(case.project),
        button=_("Keep the visit"),
        back=case.get_absolute_url(),
        breadcrumb=way((str(case.project), case.get_absolute_url()), (_("On-site visit"), "")),
        field="visited_on",
    )


@never_cache
@require_safe
@login_required
def drift(request: HttpRequest) -> HttpResponse:
    """How many projects show each signal from year to year, and what visits checked."""
    auditors_only(request)
    context = {
        "rows": presenters.drift(),
        "visits": presenters.visit_items(),
        "missing": presenters.missing_verdicts(),
        "breadcrumb": way((_("From year to year"), "")),
    }
    return render(request, "screening/drift.html", context)
