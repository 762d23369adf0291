"""Pages of results: what was decided, an objection, the vote on it."""

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from dure.apps.selection import operations, permissions, presenters, queries
from dure.apps.selection.forms import AnswerForm, ObjectionForm, VotersForm
from dure.foundation.ui.answers import flash_outcome, or_404, pdf_response, refusal_in
from dure.foundation.ui.form_page import form_page, render_forms


@login_required
@require_safe
def result(request: HttpRequest, pk: int) -> HttpResponse:
    """What was decided of one's application, with the panel's opinions and the way to object."""
    decision = get_object_or_404(queries.decisions_visible_to(request.user), pk=pk)
    objection = decision.objection
    context = {
        "decision": decision,
        "tone": presenters.OUTCOME_TONES[decision.outcome],
        "opinions": presenters.opinions(decision),
        "members": presenters.panel_names(decision),
        "objection": objection,
        "ground": presenters.ground(decision.selection, objection.ground) if objection else "",
        "may_object": permissions.may_object(request.user, decision, timezone.localdate()),
        "breadcrumb": [
            {"label": _("Reviews"), "url": reverse("selection:reviews")},
            {"label": decision.application.number, "url": ""},
        ],
    }
    return render(request, "selection/result.html", context)


@never_cache
@login_required
@require_safe
def letter(request: HttpRequest, pk: int) -> HttpResponse:
    """The letter of a decision as PDF, in the language asked for."""
    decision = get_object_or_404(queries.decisions_visible_to(request.user), pk=pk)
    language = "en" if request.GET.get("language") == "en" else "ko"
    name = f"{decision.application.number}-{language}"
    return pdf_response(presenters.letter(decision, language), name)


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def object_to(request: HttpRequest, pk: int) -> HttpResponse:
    """Object to a decision, once and within the term."""
    decision = get_object_or_404(queries.decisions_visible_to(request.user), pk=pk)
    or_404(permissions.may_object(request.user, decision, timezone.localdate()))
    back = reverse("selection:result", args=[decision.pk])
    return form_page(
        request, ObjectionForm(request.POST or None, selection=decision.selection),
        lambda given: operations.object_to(
            decision=decision, **given, by=request.user, at=timezone.now()
        ),
        title=_("Object to the result"), button=_("Hand the objection in"), back=back,
        lead=_("Once, until %(day)s, on one of these grounds.")
        % {"day": f"{decision.objections_until:%Y-%m-%d}"},
        breadcrumb=[{"label": decision.application.number, "url": back}],
    )  # fmt: skip


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def objection(request: HttpRequest, pk: int) -> HttpResponse:
    """An objection: the office names its panel and answers, its panel reads it."""
    shown = get_object_or_404(queries.objections_visible_to(request.user), pk=pk)
    user, now = request.user, timezone.now()
    form: VotersForm | AnswerForm | None = None
    if permissions.may_name_voters(user, shown):
        form = VotersForm(
            request.POST or None, among=queries.voters_among(shown, timezone.localdate(now))
        )
    elif permissions.may_settle(user, shown):
        form = AnswerForm(request.POST or None)
    if form is not None and request.method == "POST" and form.is_valid():
        with refusal_in(form):
            if isinstance(form, VotersForm):
                operations.name_voters(objection=shown, **form.cleaned_data, by=user, at=now)
            else:
                operations.settle(objection=shown, **form.cleaned_data, by=user, at=now)
            return redirect("selection:objection", shown.pk)
    voters = queries.standing_voters(shown)
    vote = queries.votes_of(user).filter(objection=shown).first()
    context = {
        "objection": shown,
        "ground": presenters.ground(shown.decision.selection, shown.ground),
        "form": form,
        "vote": vote,
        "may_judge_again": permissions.may_judge_again(user, shown),
        "second": getattr(shown, "reevaluation", None),
        "may_vote": vote is not None and permissions.may_vote(user, vote),
        "voted": voters.filter(voted_at__isnull=False).count(),
        "voters": voters.count(),
        "panel": presenters.voters(shown, user, timezone.localdate(now)),
        "breadcrumb": [
            {"label": _("Reviews"), "url": reverse("selection:reviews")},
            {"label": _("Objection"), "url": ""},
        ],
    }
    return render_forms(request, "selection/objection.html", context)


@login_required
@require_POST
def vote(request: HttpRequest, pk: int) -> HttpResponse:
    """Vote on an objection."""
    mine = get_object_or_404(queries.votes_of(request.user), objection=pk)
    with flash_outcome(request, _("Your vote is in.")):
        operations.vote(
            voter=mine, is_yes=request.POST.get("is_yes") == "yes", by=request.user,
            at=timezone.now(),
        )  # fmt: skip
    return redirect("selection:objection", pk)
