"""Who holds which role on the platform: for administrators."""

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.paginator import Page
from django.db.models import Q
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from dure.apps.people import operations, permissions, queries
from dure.apps.people.forms import AppointmentForm, PersonFilter
from dure.apps.people.roles import declarations, role_choices, role_of
from dure.foundation.ui import listing
from dure.foundation.ui.answers import flash_outcome

PAGE = 20


@require_safe
@login_required
def appointments(request: HttpRequest) -> HttpResponse:
    """All people and their roles; those who hold one come first."""
    may_appoint = permissions.may_appoint(request.user)
    if not may_appoint:
        messages.error(request, may_appoint.reason.label)
        return redirect("people:account")
    form = PersonFilter(request.GET)
    form.is_valid()
    people = queries.people_visible_to(request.user)
    if words := form.cleaned_data.get("q"):
        people = people.filter(Q(name__icontains=words) | Q(email__icontains=words))
    if role := form.cleaned_data.get("role"):
        wanted = {"role_count": 0} if role == "NONE" else {"appointments__role": role}
        people = people.filter(**wanted)

    def context(page: Page) -> dict[str, Any]:
        for person in page:
            held = {appointment.role for appointment in person.appointments.all()}
            person.free_roles = [
                (code, label) for code, label in role_choices() if code not in held
            ]
        return {"roles": _roles_with_holders(), "breadcrumb": [{"label": _("People and roles")}]}

    return listing.list_page(
        request, "people/appointments.html", people, form=form, per_page=PAGE, context=context,
        people=lambda appointed: appointed,
    )  # fmt: skip


@require_POST
@login_required
def appoint(request: HttpRequest, user_id: int) -> HttpResponse:
    """Give a role to a person."""
    user = get_object_or_404(queries.people_visible_to(request.user), pk=user_id)
    form = AppointmentForm(request.POST)
    if form.is_valid():
        role = role_of(form.cleaned_data["role"])
        with flash_outcome(
            request, _("%(name)s is now: %(role)s.") % {"name": user, "role": role.label}
        ):
            operations.appoint(user=user, role=role, by=request.user)
    return redirect("people:appointments")


@login_required
def dismiss(request: HttpRequest, appointment_id: int) -> HttpResponse:
    """Take a role from a person, after asking once more."""
    appointment = get_object_or_404(
        queries.appointments_visible_to(request.user), pk=appointment_id
    )
    may_appoint = permissions.may_appoint(request.user)
    if not may_appoint:
        messages.error(request, may_appoint.reason.label)
        return redirect("people:account")
    if request.method == "POST":
        with flash_outcome(
            request,
            _("%(name)s is no longer: %(role)s.")
            % {"name": appointment.user, "role": appointment.get_role_display()},
        ):
            operations.dismiss(appointment=appointment, by=request.user)
        return redirect("people:appointments")
    return render(
        request,
        "people/dismiss.html",
        {"appointment": appointment, "breadcrumb": [{"label": _("People and roles")}]},
    )


def _roles_with_holders() -> list[dict[str, Any]]:
    """What every app brings, and how many people hold it."""
    holders = queries.holders_by_role()
    return [
        {"role": role, "app": app.verbose_name, "holders": holders.get(role.value, 0)}
        for app, roles in declarations()
        for role in roles
    ]
