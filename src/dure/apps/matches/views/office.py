"""The programme office's pages: introduce pairs, all answers, quality, bars, start matching."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from dure.apps.matches import operations, permissions, queries
from dure.apps.matches.forms import AnswersForm, BarForm
from dure.apps.matches.models import Answer, BarKind, NotForUs, Side
from dure.apps.matches.presenters import figures
from dure.apps.matches.presenters.cards import ANSWER_TONES
from dure.foundation.parsing import row_ids
from dure.foundation.ui import listing
from dure.foundation.ui.answers import flash_outcome, or_404, refusal_in
from dure.foundation.ui.form_page import render_forms

ON_A_PAGE = 50
EXPORTED = 50_000


@login_required
@require_safe
def mutual(request: HttpRequest) -> HttpResponse:
    """Pairs that both sides want and nobody has introduced yet."""
    or_404(permissions.may_run_matching(request.user))
    mutual_interest = queries.mutual_interest_visible_to(request.user)
    return listing.list_page(
        request,
        "matches/mutual.html",
        mutual_interest,
        per_page=ON_A_PAGE,
        context=lambda page: {
            "tabs": figures.tabs_for(request.user, "mutual", {"mutual": page.paginator.count}),
            "breadcrumb": _breadcrumb(_("To introduce")),
            "pairs": [_pair(answer) for answer in page],
            "running": queries.running_matching(),
            "last_matched_at": queries.last_matched_at(),
            "just": _just_introduced(request),
        },
    )


@require_POST
@login_required
def introduce(request: HttpRequest) -> HttpResponse:
    """Introduce the chosen pairs, all or none."""
    picked = request.POST.getlist("only") or request.POST.getlist("ids")
    chosen = queries.mutual_interest_visible_to(request.user).filter(pk__in=row_ids(picked))
    or_404(permissions.may_run_matching(request.user))
    pairs = list(chosen)
    if not pairs:
        messages.warning(request, _("Choose the pairs to introduce first."))
        return redirect("matches:mutual")
    done = ngettext(
        "%(count)s pair was introduced; both sides have been told.",
        "%(count)s pairs were introduced; both sides have been told.",
        len(pairs),
    ) % {"count": len(pairs)}
    with flash_outcome(request, done) as outcome, transaction.atomic():
        for pair in pairs:
            operations.introduce(
                need=pair.need, technology=pair.technology, by=request.user, at=timezone.now()
            )
    if outcome.is_done:
        request.session["introduced"] = [pair.pk for pair in pairs]
    return redirect("matches:mutual")


@require_POST
@login_required
def undo_introductions(request: HttpRequest) -> HttpResponse:
    """Take back what was introduced last, all of it."""
    with flash_outcome(request), transaction.atomic():
        for answer in _just_introduced(request):
            operations.take_back(
                need=answer.need,
                technology=answer.technology,
                by=request.user,
                at=timezone.now(),
                side=Side.OFFICE,
            )
    request.session.pop("introduced", None)
    return redirect("matches:mutual")


@login_required
@require_safe
def answers(request: HttpRequest) -> HttpResponse:
    """All answers, or those of one's own side; also as an Excel workbook of labels."""
    or_404(permissions.may_read_answers(request.user))
    form = AnswersForm(request.GET)
    return listing.list_page(
        request,
        "matches/answers.html",
        form.narrow(queries.answers_visible_to(request.user)),
        form=form,
        per_page=ON_A_PAGE,
        sheet=_sheet,
        context=lambda page: {
            "tabs": figures.tabs_for(request.user, "answers"),
            "breadcrumb": _breadcrumb(_("Answers")),
            "rows": [_pair(answer) for answer in page],
            "reads_all": permissions.may_read_all_answers(request.user),
        },
    )


@login_required
@require_safe
def quality(request: HttpRequest) -> HttpResponse:
    """Whether matching is any good, as the answers tell."""
    or_404(permissions.may_read_all_answers(request.user))
    rows = figures.ranks(request.user)
    context = {
        "tabs": figures.tabs_for(request.user, "quality"),
        "breadcrumb": _breadcrumb(_("Is it any good?")),
        "figures": figures.kinds_of_answers(request.user),
        "rows": rows,
        "bars": figures.wanted_by_rank(rows),
        "verdict": figures.verdict_on(rows),
        "against": figures.reasons_against(request.user),
        "without": queries.needs_without_match().count(),
        "last_matched_at": queries.last_matched_at(),
    }
    return render(request, "matches/quality.html", context)


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def bars(request: HttpRequest) -> HttpResponse:
    """Organisations that must not be matched; an officer adds one here."""
    or_404(permissions.may_read_bars(request.user))
    form = BarForm(request.POST or None, reader=request.user)
    if request.method == "POST" and form.is_valid():
        cleaned = form.cleaned_data
        with refusal_in(form) as outcome:
            operations.bar(
                organisation=cleaned["organisation"],
                other=cleaned["other"],
                kind=BarKind(cleaned["kind"]),
                until=cleaned["until"],
                by=request.user,
            )
        if outcome.is_done:
            messages.success(request, _("The bar is in force; suggestions between them are gone."))
            return redirect("matches:bars")
    context = {
        "tabs": figures.tabs_for(request.user, "bars"),
        "breadcrumb": _breadcrumb(_("Bars")),
        "bars": queries.bars_visible_to(request.user),
        "today": timezone.localdate(),
        "form": form,
        "may_bar": permissions.may_run_matching(request.user),
        "organisations": queries.barred_names(request.user),
    }
    return render_forms(request, "matches/bars.html", context)


@require_POST
@login_required
def lift_bar(request: HttpRequest, bar_id: int) -> HttpResponse:
    """Take a bar away."""
    barred = get_object_or_404(queries.bars_visible_to(request.user), pk=bar_id)
    with flash_outcome(request, _("The bar is lifted. The next matching may suggest them again.")):
        operations.lift_bar(barred=barred, by=request.user)
    return redirect("matches:bars")


@require_POST
@login_required
def run(request: HttpRequest) -> HttpResponse:
    """Start matching everything; its page shows how far it is."""
    with flash_outcome(request) as outcome:
        job = operations.ask_match_all(by=request.user)
    return redirect("jobs:detail", job.pk) if outcome.is_done else redirect("matches:inbox")


def _pair(answer: Answer) -> dict[str, object]:
    return {
        "answer": answer,
        "need_url": answer.need.get_absolute_url(),
        "technology_url": answer.technology.get_absolute_url(),
        "tone": ANSWER_TONES[answer.kind],
        "why": NotForUs(answer.why).label if answer.why else "",
    }


def _breadcrumb(page: str) -> list[dict[str, str]]:
    return [{"label": _("Matches"), "url": reverse("matches:inbox")}, {"label": page}]


def _just_introduced(request: HttpRequest) -> list[Answer]:
    """The pairs that this person introduced last, as far as they still are."""
    chosen = request.session.get("introduced") or []
    return list(queries.introduced_of(request.user, chosen))


def _sheet(answers: listing.Rows) -> listing.Sheet:
    headers, rows = figures.as_rows(answers[:EXPORTED])
    return {"title": _("Answers"), "headers": headers, "rows": rows}
