"""Pairs of needs that may be the same: an officer decides, one pair at a time."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from dure.apps.catalog import operations, permissions, queries
from dure.apps.catalog.models import DuplicateCandidate
from dure.apps.catalog.presenters.kinds import NEEDS
from dure.apps.catalog.presenters.pairs import halves, shared_words, verdict
from dure.apps.catalog.presenters.tabs import tabs_for
from dure.apps.catalog.views.review import officers_only
from dure.foundation.parsing import row_id, row_ids
from dure.foundation.ui.answers import flash_outcome


@require_safe
@officers_only
def duplicates(request: HttpRequest) -> HttpResponse:
    """The next pair to decide upon, the likeliest first; `?after=` passes over what was skipped."""
    waiting = queries.open_duplicates(request.user)
    likely = queries.duplicates_to_decide(request.user).count()
    skipped = _skipped(request.GET.get("after", ""))
    pair = waiting.exclude(pk__in=skipped).first()
    context = {
        "title": _("Near-duplicates"),
        "breadcrumb": [
            {"label": NEEDS.plural, "url": NEEDS.url("list")},
            {"label": _("Near-duplicates")},
        ],
        "tabs": tabs_for(request.user, NEEDS, "duplicates"),
        "pair": pair,
        "left": likely,
        "less_likely": waiting.count() - likely,
        "skipped": len(skipped),
        "passed": "-".join(map(str, skipped)),
        "just": queries.answered_duplicate(request.user, row_id(request.GET.get("just"))),
    }
    if pair:
        context |= _pair_context(request, pair) | {"skip_url": _after([*skipped, pair.pk])}
    return render(request, "catalog/duplicates.html", context)


@require_POST
@officers_only
def answer(request: HttpRequest, pk: int) -> HttpResponse:
    """Decide upon a pair: different, or the same and which of the two stays."""
    pair = get_object_or_404(queries.open_duplicates(request.user), pk=pk)
    keep = {"first": pair.first, "second": pair.second}.get(request.POST.get("keep", ""))
    done = _("Merged. The owners of both are told.") if keep else _("Kept apart.")
    with flash_outcome(request, done):
        operations.answer_duplicate(
            duplicate=pair,
            is_same=keep is not None,
            keep=keep,
            by=request.user,
            at=timezone.now(),
        )
    skipped = _skipped(request.POST.get("passed", ""))
    after = _after(skipped)
    return redirect(f"{reverse('catalog:duplicates')}{after}{'&' if after else '?'}just={pk}")


@require_POST
@officers_only
def undo(request: HttpRequest, pk: int) -> HttpResponse:
    """Take a decision back where it was made."""
    pair = queries.answered_duplicate(request.user, pk)
    if pair is None:
        raise Http404
    with flash_outcome(request, _("Taken back. The two stand as they stood before.")):
        operations.reopen_duplicate(duplicate=pair, by=request.user, at=timezone.now())
    return redirect("catalog:duplicates")


def _pair_context(request: HttpRequest, pair: DuplicateCandidate) -> dict:
    first, second = pair.first, pair.second
    return {
        "halves": halves(pair),
        "verdict": verdict(pair),
        "shared": " · ".join(shared_words(first, second)),
        "same_field": first.field == second.field != "",
        "may_keep_first": permissions.may_merge(request.user, second, first),
        "may_keep_second": permissions.may_merge(request.user, first, second),
    }


def _skipped(passed: str) -> list[int]:
    return row_ids(passed.split("-"))


def _after(skipped: list[int]) -> str:
    return f"?after={'-'.join(map(str, skipped))}" if skipped else ""
