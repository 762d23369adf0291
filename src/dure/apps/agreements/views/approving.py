"""Pages of internal approval: who approves what an organisation signs, yes, and why not."""

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from dure.apps.agreements import operations, permissions, presenters, queries
from dure.apps.agreements.forms import ApproverForm, ReasonForm
from dure.apps.agreements.models import Party
from dure.apps.people.queries import organisations_visible_to
from dure.foundation.ui.answers import flash_outcome, or_404
from dure.foundation.ui.form_page import form_page
from dure.foundation.ui.identity import confirm_identity


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def approver(request: HttpRequest, pk: int) -> HttpResponse:
    """Say who approves what an organisation signs, or that nobody has to."""
    organisation = get_object_or_404(organisations_visible_to(request.user), pk=pk)
    or_404(permissions.may_name_approver(request.user, organisation, timezone.localdate()))
    named = queries.approver_of(organisation)
    form = ApproverForm(
        request.POST or None, organisation=organisation, initial={"user": named and named.user_id}
    )
    title = _("Internal approver")
    return form_page(
        request, form,
        lambda given: operations.name_approver(
            organisation=organisation, **given, by=request.user, at=timezone.now()
        ),
        title=title, button=_("Save"), done=_("Saved for all agreements."),
        lead=_(
            "What %(firm)s signs is approved first, each version of a text anew; until then nobody signs for it."
        ) % {"firm": organisation},
        back=reverse("agreements:list"), breadcrumb=presenters.crumbs(None, title),
    )  # fmt: skip


@login_required
@require_POST
def approve(request: HttpRequest, pk: int) -> HttpResponse:
    """Approve the text for a party."""
    party = _party(request, pk)
    confirm_identity(request)
    with flash_outcome(request, _("Approved. Who signs for the organisation is told.")):
        operations.approve(party=party, by=request.user, at=timezone.now())
    return redirect("agreements:agreement", party.agreement_id)


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def refuse(request: HttpRequest, pk: int) -> HttpResponse:
    """Do not approve the text for a party, and say why."""
    party = _party(request, pk)
    or_404(permissions.may_approve(request.user, party))
    title = _("Do not approve for %(party)s") % {"party": party}
    return form_page(
        request, ReasonForm(request.POST or None),
        lambda given: operations.refuse_approval(
            party=party, **given, by=request.user, at=timezone.now()
        ),
        title=title, button=_("Do not approve"), lead=str(party.agreement),
        done=_("Said. Who signs for the organisation is told why."),
        back=reverse("agreements:agreement", args=[party.agreement_id]),
        breadcrumb=presenters.crumbs(party.agreement, title),
    )  # fmt: skip


def _party(request: HttpRequest, pk: int) -> Party:
    return get_object_or_404(queries.parties_acted_for(request.user), pk=pk)
