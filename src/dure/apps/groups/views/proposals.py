"""What federations raise: the list, one of them, raising, taking up, answering."""

from typing import Any

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import timezone
from django.utils.timezone import localdate
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from dure.apps.groups import operations, permissions, presenters, queries
from dure.apps.groups.forms import AnswerForm, ProposalForm, ProposalsFilter, TakeUpForm
from dure.apps.groups.models import Proposal
from dure.apps.groups.pages import crumbs, office_only, own_group
from dure.foundation.ui.answers import or_404
from dure.foundation.ui.form_page import form_page, sent
from dure.foundation.ui.listing import in_order, list_page

SORTS = {
    "raised": ("raised_at", "pk"),
    "due": ("due_on", "pk"),
    "title": ("title", "pk"),
}


@require_safe
@login_required
def proposals(request: HttpRequest) -> HttpResponse:
    """Policy requests and joint projects with their answers; also as Excel."""
    form = ProposalsFilter(request.GET)
    listed = form.narrow(queries.proposals_visible_to(request.user))
    return list_page(
        request,
        "groups/proposals.html",
        in_order(listed, request.GET.get("sort"), SORTS, "-raised"),
        form=form,
        per_page=30,
        sheet=presenters.proposal_sheet,
        context=lambda page: {
            "rows": presenters.proposal_rows(page, localdate()),
            "federations": queries.federations_acted_for(request.user, localdate())[:20],
            "breadcrumb": crumbs(None, _("Requests and joint projects")),
        },
    )


@require_safe
@login_required
def proposal(request: HttpRequest, pk: int) -> HttpResponse:
    """One of them: what it asks, who owns it, its answer."""
    shown = _proposal(request, pk)
    context = {
        "row": presenters.proposal_rows([shown], localdate())[0],
        "proposal": shown,
        "may_take_up": permissions.may_run(request.user) and shown.stage != "ANSWERED",
        "may_answer": permissions.may_answer(request.user, shown),
        "breadcrumb": _crumbs(str(shown)),
    }
    return render(request, "groups/proposal.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@login_required
def raise_one(request: HttpRequest, pk: int) -> HttpResponse:
    """Raise something in a federation's name."""
    federation = own_group(request, pk)

    def act(values: dict[str, Any]) -> None:
        operations.raise_proposal(
            group=federation, values=values, by=request.user, at=timezone.now()
        )

    return form_page(
        request, ProposalForm(sent(request)), act, title=_("Raise a request or project"),
        lead=str(federation), button=_("Raise it"), back=reverse("groups:proposals"),
        breadcrumb=_crumbs(_("Raise a request or project")),
    )  # fmt: skip


@require_http_methods(["GET", "HEAD", "POST"])
@login_required
def take_up(request: HttpRequest, pk: int) -> HttpResponse:
    """Say who answers and until when."""
    office_only(request)
    shown = _proposal(request, pk)

    def act(values: dict[str, Any]) -> None:
        operations.take_up(proposal=shown, by=request.user, at=timezone.now(), **values)

    return _form(request, shown, TakeUpForm(sent(request)), act, _("Give it an owner"))


@require_http_methods(["GET", "HEAD", "POST"])
@login_required
def answer(request: HttpRequest, pk: int) -> HttpResponse:
    """Answer it."""
    shown = _proposal(request, pk)
    or_404(permissions.may_answer(request.user, shown))

    def act(values: dict[str, Any]) -> None:
        operations.answer_proposal(proposal=shown, by=request.user, at=timezone.now(), **values)

    return _form(request, shown, AnswerForm(sent(request)), act, _("Answer it"))


def _proposal(request: HttpRequest, pk: int) -> Proposal:
    return get_object_or_404(queries.proposals_visible_to(request.user), pk=pk)


def _crumbs(label: str) -> list[dict[str, str]]:
    above = {"label": _("Requests and joint projects"), "url": reverse("groups:proposals")}
    return [*crumbs(None), above, {"label": label}]


def _form(request: HttpRequest, shown: Proposal, form: Any, act: Any, title: str) -> HttpResponse:
    return form_page(
        request, form, act, title=title, lead=str(shown), button=_("Save"),
        back=shown.get_absolute_url(), breadcrumb=_crumbs(title),
    )  # fmt: skip
