"""Pages on the way from a decision to an agreement: taken over, revised, who represents whom."""

from django.contrib.auth.decorators import login_required
from django.forms.models import model_to_dict
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from dure.apps.agreements import operations, permissions, presenters, queries
from dure.apps.agreements.forms import AgencyForm, ParticularsForm, ReplanForm
from dure.apps.people.queries import organisations_visible_to
from dure.foundation.ui.answers import or_404, refusal_in
from dure.foundation.ui.form_page import form_page, show_form
from dure.foundation.ui.identity import confirm_identity


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def take_over(request: HttpRequest, pk: int) -> HttpResponse:
    """Draw up what was selected where nobody knows which agency pays it."""
    decision = get_object_or_404(queries.to_take_over(request.user), pk=pk)
    form = AgencyForm(request.POST or None, user=request.user)
    if request.method == "POST" and form.is_valid():
        with refusal_in(form):
            made = operations.take_over(
                decision=decision,
                agency=form.cleaned_data["agency"],
                by=request.user,
                at=timezone.now(),
            )
            return redirect("agreements:agreement", made.pk)
    title = _("Draw the agreement up")
    return show_form(
        request,
        form,
        title=title,
        lead=str(decision.application),
        button=_("Draw it up"),
        back=reverse("agreements:list"),
        breadcrumb=presenters.crumbs(None, title),
    )


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def replan(request: HttpRequest, pk: int) -> HttpResponse:
    """Revise the plan of a draft after the panel's cuts and conditions."""
    shown = get_object_or_404(queries.agreements_visible_to(request.user), pk=pk)
    or_404(permissions.may_replan(request.user, shown, timezone.localdate()))
    form = ReplanForm(request.POST or None, agreement=shown)
    title = _("Revise the plan")
    lead = shown.conditions or _("The plan has to obey the programme's rules again.")
    return form_page(
        request,
        form,
        lambda given: operations.replan(
            agreement=shown, **form.values(), by=request.user, at=timezone.now()
        ),
        title=title,
        button=_("Hand the revised plan in"),
        done=_("The plan is revised and obeys the rules of the programme."),
        lead=lead,
        back=reverse("agreements:agreement", args=[shown.pk]),
        breadcrumb=presenters.crumbs(shown, title),
    )


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def particulars(request: HttpRequest, pk: int) -> HttpResponse:
    """Say who represents an organisation and where it is paid, for all its agreements."""
    organisation = get_object_or_404(organisations_visible_to(request.user), pk=pk)
    or_404(permissions.may_set_particulars(request.user, organisation, timezone.localdate()))
    known = model_to_dict(queries.particulars_of(organisation))
    form = ParticularsForm(request.POST or None, initial=known)
    if request.method == "POST":
        confirm_identity(request)
    title = _("Representative and account")
    return form_page(
        request,
        form,
        lambda given: operations.set_particulars(
            organisation=organisation, **given, by=request.user, at=timezone.now()
        ),
        title=title,
        lead=_("They hold for all agreements of %(firm)s that are not ended.")
        % {"firm": organisation},
        button=_("Save"),
        done=_("Saved for all agreements."),
        back=reverse("agreements:list"),
        breadcrumb=presenters.crumbs(None, title),
    )
