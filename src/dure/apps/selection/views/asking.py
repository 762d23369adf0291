"""Pages of questions to applicants, and of challenges' owners who say what they think."""

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from dure.apps.selection import operations, permissions, presenters, queries
from dure.apps.selection.forms import MissingForm, OpinionForm, QuestionForm, ReasonForm, ReplyForm
from dure.foundation import sealing
from dure.foundation.ui.answers import flash_outcome, refusal_in, saved_file
from dure.foundation.ui.form_page import form_page, render_forms
from dure.foundation.web import takes_files


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def ask(request: HttpRequest, pk: int) -> HttpResponse:
    """Ask the applicant something, through the office."""
    item = get_object_or_404(queries.items_read_by(request.user), pk=pk)
    back = reverse("selection:sheet", args=[item.pk])
    return form_page(
        request, QuestionForm(request.POST or None),
        lambda given: operations.ask_applicant(
            item=item, text=given["text"], by=request.user, at=timezone.now()
        ),
        title=_("Ask the applicant"), button=_("Send it to the office"), back=back,
        lead=_("The office passes it on; the applicant does not learn who asks."),
        done=_("The office has your question."),
        breadcrumb=presenters.own_crumbs((item.application.number, back)),
    )  # fmt: skip


@never_cache
@login_required
@require_http_methods(["GET", "HEAD", "POST"])
@takes_files
def hand_in(request: HttpRequest, pk: int) -> HttpResponse:
    """Hand in what was missing at the formal check."""
    item = get_object_or_404(queries.items_to_complete(request.user), pk=pk)
    return form_page(
        request, MissingForm(request.POST or None, request.FILES or None),
        lambda given: operations.hand_in_missing(
            item=item, files=[(paper.name, paper.read()) for paper in given["papers"]],
            by=request.user, at=timezone.now(),
        ),
        title=_("Hand in what is missing"), button=_("Hand the papers in"),
        lead=f"{item.application.number} · {item.missing} ({item.missing_until:%Y-%m-%d})",
        back=reverse("selection:reviews"), done=_("The office has what you handed in."),
        breadcrumb=presenters.own_crumbs((_("Hand in what is missing"), "")),
    )  # fmt: skip


@never_cache
@login_required
@require_safe
def supplement(request: HttpRequest, pk: int) -> HttpResponse:
    """A paper that was handed in later; without names where reviewers do not read who applies."""
    supplement = get_object_or_404(queries.supplements_visible_to(request.user), pk=pk)
    try:
        name, content = presenters.supplement(supplement, request.user)
    except (sealing.Unreadable, FileNotFoundError) as lost:
        raise Http404 from lost
    return saved_file(content, name)


@never_cache
@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def question(request: HttpRequest, pk: int) -> HttpResponse:
    """A question to an applicant: the office passes it on, the applicant answers."""
    asked = get_object_or_404(queries.clarifications_visible_to(request.user), pk=pk)
    user, now = request.user, timezone.now()
    may_pass_on = permissions.may_pass_on(user, asked)
    form: ReasonForm | ReplyForm | None = None
    if may_pass_on:
        form = ReasonForm(request.POST if "reason" in request.POST else None)
    elif permissions.may_answer_question(user, asked):
        form = ReplyForm(request.POST or None)
    if request.method == "POST":
        if form is None:
            raise Http404
        if may_pass_on and request.POST.get("what") == "pass":
            with flash_outcome(request, _("Passed on to the applicant.")):
                operations.pass_on(asked=asked, by=user, at=now)
            return redirect("selection:question", asked.pk)
        if form.is_valid():
            with refusal_in(form) as outcome:
                if isinstance(form, ReplyForm):
                    text = form.cleaned_data["text"]
                    operations.answer_question(asked=asked, text=text, by=user, at=now)
                else:
                    reason = form.cleaned_data["reason"]
                    operations.decline_question(asked=asked, reason=reason, by=user)
            if outcome.is_done:
                return redirect("selection:question", asked.pk)
    context = {
        "asked": asked,
        "form": form,
        "may_pass_on": may_pass_on,
        "breadcrumb": presenters.own_crumbs((asked.item.application.number, "")),
    }
    return render_forms(request, "selection/question.html", context)


@never_cache
@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def owner(request: HttpRequest, pk: int) -> HttpResponse:
    """The applications to one's own challenge, after the promise to keep them secret."""
    shown = get_object_or_404(queries.selections_owned_by(request.user), pk=pk)
    if request.method == "POST":
        with flash_outcome(request, _("Pledged. The applications are open to you.")):
            operations.pledge_as_owner(selection=shown, by=request.user, at=timezone.now())
        return redirect("selection:owner", shown.pk)
    has_pledged = queries.has_pledged_as_owner(request.user, shown)
    items = queries.owned_items(request.user, shown).select_related("owner_opinion")
    context = {
        "selection": shown,
        "items": items if has_pledged else [],
        "has_pledged": has_pledged,
        "breadcrumb": presenters.own_crumbs((_("Applications to our challenge"), "")),
    }
    return render(request, "selection/owner.html", context)


@never_cache
@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def opinion(request: HttpRequest, pk: int) -> HttpResponse:
    """An application to one's challenge, and what one thinks of it: no score."""
    item = get_object_or_404(queries.owned_items(request.user), pk=pk)
    if not queries.has_pledged_as_owner(request.user, item.selection):
        raise Http404
    may_give = permissions.may_give_opinion(request.user, item)
    own_opinion = getattr(item, "owner_opinion", None)
    start = (
        {name: getattr(own_opinion, name) for name in OpinionForm.base_fields}
        if own_opinion
        else {}
    )
    form = OpinionForm(request.POST or None, initial=start)
    page = reverse("selection:owner", args=[item.selection_id])
    if request.method == "POST" and form.is_valid():
        with refusal_in(form) as outcome:
            operations.give_opinion(
                item=item, **form.cleaned_data, by=request.user, at=timezone.now()
            )
        if outcome.is_done:
            return redirect(page)
    context = {
        "item": item,
        "form": form if may_give else None,
        "own_opinion": own_opinion,
        "breadcrumb": presenters.own_crumbs(
            (_("Applications to our challenge"), page), (item.application.number, "")
        ),
    }
    return render_forms(request, "selection/opinion.html", context)
