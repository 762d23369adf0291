"""Pages of changes: asked for, split, answered, taken back."""

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from dure.apps.agreements import operations, permissions, presenters, queries
from dure.apps.agreements.forms import AnswerForm, ChangeForm, ExtendForm
from dure.apps.agreements.models import Change
from dure.foundation.ui.answers import flash_outcome, or_404
from dure.foundation.ui.form_page import form_page, sent
from dure.foundation.web import takes_files


@takes_files
@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def ask(request: HttpRequest, pk: int) -> HttpResponse:
    """Ask for a change of an agreement in force."""
    shown = get_object_or_404(queries.agreements_visible_to(request.user), pk=pk)
    or_404(permissions.may_ask_change(request.user, shown))
    form = ChangeForm(request.POST or None, request.FILES or None, agreement=shown)
    title = _("Change the agreement")
    return form_page(
        request,
        form,
        lambda given: operations.ask_change(
            agreement=shown,
            wish=form.wish(),
            files=form.brought(),
            reason=given["reason"],
            by=request.user,
            at=timezone.now(),
        ),
        title=title,
        lead=_("What only has to be notified holds at once; what needs approval waits for it."),
        button=_("Hand the change in"),
        done=_("Handed in. Where the change stands is on this page."),
        back=reverse("agreements:agreement", args=[shown.pk]),
        breadcrumb=presenters.crumbs(shown, title),
    )


@login_required
@require_POST
def split(request: HttpRequest, pk: int) -> HttpResponse:
    """Let what only has to be notified hold at once."""
    change = _change(request, pk)
    with flash_outcome(request, _("Split. What only had to be notified holds; the rest waits.")):
        operations.split_change(change=change, by=request.user, at=timezone.now())
    return redirect("agreements:agreement", change.agreement_id)


@login_required
@require_POST
def withdraw(request: HttpRequest, pk: int) -> HttpResponse:
    """Take a change back."""
    change = _change(request, pk)
    with flash_outcome(request, _("The change is taken back.")):
        operations.withdraw_change(change=change, by=request.user, at=timezone.now())
    return redirect("agreements:agreement", change.agreement_id)


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def answer(request: HttpRequest, pk: int) -> HttpResponse:
    """Approve a change or refuse it."""
    change = _change(request, pk)
    or_404(permissions.may_answer_change(request.user, change))
    title = _("Answer the change")
    return form_page(
        request,
        AnswerForm(request.POST or None),
        lambda given: operations.answer_change(
            change=change, **given, by=request.user, at=timezone.now()
        ),
        title=title,
        lead=change.reason,
        button=_("Answer"),
        done=_("Answered. Where money, duty or term changes those concerned sign anew."),
        back=reverse("agreements:agreement", args=[change.agreement_id]),
        breadcrumb=presenters.crumbs(change.agreement, title),
    )


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def extend(request: HttpRequest, pk: int) -> HttpResponse:
    """Take longer to answer a change, with the reason."""
    change = _change(request, pk)
    or_404(permissions.may_extend_answer(request.user, change))
    title = _("Take longer to answer")
    return form_page(
        request,
        ExtendForm(sent(request), initial={"until": change.answer_by}),
        lambda given: operations.extend_answer(
            change=change, **given, by=request.user, at=timezone.now()
        ),
        title=title,
        lead=_(
            "Everybody in the agreement is told why. Silence is no approval: the change waits on."
        ),
        button=_("Take longer"),
        done=_("Noted, and told everybody in the agreement."),
        back=reverse("agreements:agreement", args=[change.agreement_id]),
        breadcrumb=presenters.crumbs(change.agreement, title),
    )


def _change(request: HttpRequest, pk: int) -> Change:
    return get_object_or_404(queries.changes_visible_to(request.user), pk=pk)
