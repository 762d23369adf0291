"""What closed projects are asked in later years: who answered, with what, and promises to buy."""

from typing import Any

from django.contrib.auth.decorators import login_required
from django.core.paginator import Page
from django.http import FileResponse, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.timezone import localdate
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from dure.apps.projects import permissions, presenters, queries
from dure.apps.projects.forms import FollowUpsForm
from dure.foundation.ui.answers import or_404
from dure.foundation.ui.listing import list_page

ON_A_PAGE = 50


@require_safe
@login_required
def follow_ups(request: HttpRequest) -> HttpResponse:
    """What was asked of closed projects, who answered and who did not; also as a workbook."""
    or_404(permissions.may_read_projects(request.user))
    today = localdate()
    form = FollowUpsForm(request.GET)
    asked = queries.follow_ups_visible_to(request.user)

    def context(page: Page) -> dict[str, Any]:
        return {
            "rows": [presenters.follow_up_row(follow_up, today) for follow_up in page],
            "breadcrumb": [
                {"label": _("Projects"), "url": reverse("projects:list")},
                {"label": _("Follow-up")},
            ],
        }

    return list_page(
        request,
        "projects/follow_ups.html",
        form.narrow(asked, today).order_by("due_on", "pk"),
        form=form,
        per_page=ON_A_PAGE,
        sheet=lambda rows: presenters.follow_ups_sheet(rows, today),
        context=context,
    )


@require_safe
def promises(request: HttpRequest) -> HttpResponse:
    """How promises to buy were kept, by kind of buyer; for everybody."""
    context = {
        "rows": presenters.promise_rows(queries.promises()),
        "breadcrumb": [{"label": _("Promises to buy")}],
    }
    return render(request, "projects/promises.html", context)


@require_safe
@login_required
def answer_file(request: HttpRequest, file_id: int) -> FileResponse:
    """A file with an answer, to be saved, never shown: it may hold anything."""
    answer_file = get_object_or_404(queries.answer_files_visible_to(request.user), pk=file_id)
    return FileResponse(answer_file.file.open("rb"), as_attachment=True, filename=answer_file.name)
