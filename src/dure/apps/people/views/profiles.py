"""What an organisation shows of itself, and who of it may be contacted."""

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from dure.apps.people import operations, permissions, queries
from dure.apps.people.forms import ProfileEntryForm
from dure.foundation.ui.answers import flash_outcome, or_404
from dure.foundation.ui.form_page import form_page


@require_http_methods(["GET", "HEAD", "POST"])
@login_required
def add(request: HttpRequest, organisation_id: int) -> HttpResponse:
    """Add a certificate, patent, reference, piece of equipment or brochure."""
    visible = queries.organisations_visible_to(request.user)
    organisation = get_object_or_404(visible, pk=organisation_id)
    or_404(permissions.may_manage(request.user, organisation))
    page = reverse("people:organisation_detail", args=[organisation_id])
    title = _("Add to the profile")
    return form_page(
        request,
        ProfileEntryForm(request.POST or None),
        lambda values: operations.add_profile_entry(
            organisation=organisation, values=values, by=request.user, at=timezone.now()
        ),
        title=title,
        lead=str(organisation),
        button=_("Add it"),
        back=page,
        breadcrumb=[
            {"label": _("Organisations"), "url": reverse("people:organisation_list")},
            {"label": str(organisation), "url": page},
            {"label": title},
        ],
        done=_("Added. Everybody sees it on the page of the organisation."),
    )


@require_POST
@login_required
def remove(request: HttpRequest, pk: int) -> HttpResponse:
    """Take something out of the profile."""
    entry = get_object_or_404(queries.profile_entries(), pk=pk)
    with flash_outcome(request, _("Taken out.")):
        operations.remove_profile_entry(entry=entry, by=request.user)
    return redirect("people:organisation_detail", entry.organisation_id)


@require_POST
@login_required
def be_contact(request: HttpRequest, membership_id: int) -> HttpResponse:
    """Say whether one may be contacted for one's organisation."""
    membership = get_object_or_404(queries.memberships_of(request.user), pk=membership_id)
    is_contact = request.POST.get("contact") == "yes"
    with flash_outcome(request, _("Saved.")):
        operations.be_contact(membership=membership, is_contact=is_contact, by=request.user)
    return redirect("people:organisation_detail", membership.organisation_id)
