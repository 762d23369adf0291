"""Reports that may tell of one deal: looked at side by side, merged, kept apart, parted again."""

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from dure.apps.outcomes import operations, permissions, presenters, queries
from dure.apps.outcomes.models import Twins
from dure.apps.outcomes.pages import crumbs
from dure.foundation.ui.answers import flash_outcome, or_404
from dure.foundation.ui.listing import list_page


@require_safe
@login_required
def twins(request: HttpRequest) -> HttpResponse:
    """Two reports each, the undecided first."""
    or_404(permissions.may_run(request.user))
    return list_page(
        request,
        "outcomes/twins.html",
        queries.twins_visible_to(request.user),
        per_page=10,
        context=lambda page: {
            "rows": [
                {
                    "twins": pair,
                    "compared": presenters.compared(pair),
                    "signs": presenters.sign_names(pair.signs),
                    "may_judge": permissions.may_judge_twins(request.user, pair),
                    "may_part": permissions.may_part(request.user, pair),
                }
                for pair in page
            ],
            "breadcrumb": crumbs(_("Reported twice?")),
        },
    )


@require_POST
@login_required
def judge(request: HttpRequest, pk: int) -> HttpResponse:
    """Merge into the one or the other, or keep apart."""
    twins, answer = _twins(request, pk), request.POST.get("answer")
    with flash_outcome(request) as outcome:
        if answer in ("first", "second"):
            kept = getattr(twins, answer)
            operations.merge(twins=twins, kept=kept, by=request.user, at=timezone.now())
            outcome.done = _("Merged. Both sides are told; it can be undone here.")
        else:
            operations.keep_apart(twins=twins, by=request.user, at=timezone.now())
            outcome.done = _("Kept as two.")
    return redirect("outcomes:twins")


@require_POST
@login_required
def part(request: HttpRequest, pk: int) -> HttpResponse:
    """Undo what was decided."""
    with flash_outcome(request, _("Undone. Both reports stand as before.")):
        operations.part(twins=_twins(request, pk), by=request.user, at=timezone.now())
    return redirect("outcomes:twins")


def _twins(request: HttpRequest, pk: int) -> Twins:
    return get_object_or_404(queries.twins_visible_to(request.user), pk=pk)
