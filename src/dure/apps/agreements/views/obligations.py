"""Pages of obligations: that they are met, an exemption that is asked for, and its answer."""

from collections.abc import Callable
from typing import Any

from django import forms
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from dure.apps.agreements import adapter, operations, permissions, presenters, queries
from dure.apps.agreements.forms import NoteForm, PleaForm, ReasonForm
from dure.apps.agreements.models import Obligation
from dure.foundation.ui.answers import or_404
from dure.foundation.ui.form_page import form_page, sent


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def meet(request: HttpRequest, pk: int) -> HttpResponse:
    """Say how an obligation was met."""
    owed = _obligation(request, pk)
    or_404(permissions.may_meet(request.user, owed))
    return _on(
        request, owed, NoteForm(sent(request)),
        lambda given: operations.meet(obligation=owed, **given, by=request.user, at=timezone.now()),
        lead=str(owed.party), button=_("It is met"), done=_("Noted as met."),
    )  # fmt: skip


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def plead(request: HttpRequest, pk: int) -> HttpResponse:
    """Ask to be exempted, with the reason."""
    owed = _obligation(request, pk)
    or_404(permissions.may_plead(request.user, owed))
    return _on(
        request, owed, ReasonForm(sent(request)),
        lambda given: operations.plead(obligation=owed, **given, by=request.user, at=timezone.now()),
        lead=_("The programme office answers; until then it is owed as before."),
        button=_("Ask for an exemption"), done=_("Asked. The programme office answers."),
    )  # fmt: skip


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def answer(request: HttpRequest, pk: int) -> HttpResponse:
    """Accept the reason for an exemption, or say why not."""
    owed = _obligation(request, pk)
    or_404(permissions.may_answer_plea(request.user, owed))
    return _on(
        request, owed, PleaForm(sent(request)),
        lambda given: operations.answer_plea(
            obligation=owed, **given, by=request.user, at=timezone.now()
        ),
        lead=f"{owed.party}: {owed.plea}", button=_("Answer"),
        done=_("Answered. Who owes it is told."),
    )  # fmt: skip


def _obligation(request: HttpRequest, pk: int) -> Obligation:
    return get_object_or_404(queries.obligations_visible_to(request.user), pk=pk)


def _on(
    request: HttpRequest,
    owed: Obligation,
    form: forms.Form,
    act: Callable[[dict[str, Any]], object],
    *,
    lead: str,
    button: str,
    done: str,
) -> HttpResponse:
    """A page with one form about an obligation."""
    title = adapter.obligation_name(owed)
    return form_page(
        request, form, act, title=title, lead=lead, button=button, done=done,
        back=reverse("agreements:agreement", args=[owed.agreement_id]),
        breadcrumb=presenters.crumbs(owed.agreement, title),
    )  # fmt: skip
