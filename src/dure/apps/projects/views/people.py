"""The time of people in a project, month by month."""

from typing import Any

from django.contrib.auth.decorators import login_required
from django.core.paginator import Page
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from dure.apps.projects import operations, permissions, queries
from dure.apps.projects.forms import ShareForm
from dure.apps.projects.pages import frame, project_with_money
from dure.foundation.ui.answers import refusal_in
from dure.foundation.ui.form_page import sent
from dure.foundation.ui.listing import list_page

ON_A_PAGE = 60


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
@login_required
def people(request: HttpRequest, pk: int) -> HttpResponse:
    """Who gives how much of which month; another share is entered here."""
    project = project_with_money(request, pk)
    form = ShareForm(
        sent(request),
        members=queries.members_acted_for(request.user, project),
    )
    if request.method == "POST" and form.is_valid():
        cleaned = form.cleaned_data
        with refusal_in(form, "percent") as outcome:
            operations.name_share(
                **{**cleaned, "month_pay": cleaned["month_pay"] or 0}, by=request.user
            )
        if outcome.is_done:
            return redirect("projects:people", project.pk)
    shared = {
        **frame(request, project, "people"),
        "share_form": form,
        "may": permissions.may_file(request.user, project),
    }
    if form.errors:
        rows = queries.shares_of(project)[:ON_A_PAGE]
        return render(request, "projects/people.html", {**shared, "rows": rows}, status=422)

    def context(page: Page) -> dict[str, Any]:
        return {**shared, "rows": page.object_list}

    return list_page(
        request,
        "projects/people.html",
        queries.shares_of(project),
        per_page=ON_A_PAGE,
        sheet=lambda rows: {
            "title": _("People"),
            "headers": [
                *(_("Month"), _("Name"), _("Researcher's number"), _("Organisation")),
                *(_("Share in percent"), _("Pay of the month (won)")),
            ],
            "rows": [
                [row.month.strftime("%Y-%m"), row.name, row.researcher, str(row.member),
                 row.percent, row.month_pay]
                for row in rows
            ],
        },
        context=context,
    )  # fmt: skip
