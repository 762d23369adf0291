"""Organisations register and say who comes when; the office lets them in or refuses."""

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.db import transaction
from django.db.models import Prefetch, QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from dure.apps.fairs import operations, permissions, queries
from dure.apps.fairs.forms.registrations import RegistrationFilter, RegistrationForm
from dure.apps.fairs.models import Fair, Registration
from dure.apps.fairs.presenters import registrations as words
from dure.apps.fairs.views.guards import fair_or_404, officers_only, staff_only
from dure.apps.people.models import Organisation
from dure.apps.people.queries import (
    organisations_acted_for,
    organisations_visible_to,
    people_in_any,
    roles_of,
)
from dure.foundation.parsing import row_id, row_ids
from dure.foundation.ui import listing
from dure.foundation.ui.answers import (
    attempted,
    flash_outcome,
    or_404,
    refusal_in,
    sheet_response,
    wants_workbook,
)
from dure.foundation.ui.listing import page_of
from dure.foundation.ui.pages import breadcrumb, tabs_for
from dure.foundation.verdict import Verdict
from dure.values.text import clean

ROWS = 50


@require_http_methods(["GET", "HEAD", "POST"])
@login_required
def register(request: HttpRequest, fair_id: int) -> HttpResponse:
    """The registration of one's own organisation: made here, and changed here later."""
    fair = fair_or_404(request, fair_id)
    registration = queries.registration_of(fair, request.user)
    wished = request.GET.get("organisation", "")
    if permissions.may_run_fairs(request.user) and not wished:
        return _choose(request, fair)
    chosen = row_id(wished)
    if chosen is not None and (registration is None or registration.organisation_id != chosen):
        registration = (
            queries.registrations_visible_to(request.user)
            .filter(fair=fair, organisation=chosen)
            .filter(organisation__in=organisations_acted_for(request.user))
            .first()
        )
        organisation = get_object_or_404(organisations_acted_for(request.user), pk=chosen)
    elif registration:
        organisation = registration.organisation
    else:
        organisation = organisations_acted_for(request.user).first()
        if organisation is None:
            raise Http404
    return _page(request, fair, organisation, registration)


@require_http_methods(["GET", "HEAD", "POST"])
@login_required
def registration_page(request: HttpRequest, registration_id: int) -> HttpResponse:
    """One registration, for its own people and for the office."""
    registration = _registration(request, registration_id)
    fair = fair_or_404(request, registration.fair_id)
    return _page(request, fair, registration.organisation, registration)


@require_POST
@login_required
def withdraw(request: HttpRequest, registration_id: int) -> HttpResponse:
    """Say that an organisation does not come after all."""
    registration = _registration(request, registration_id)
    with flash_outcome(request, _("The registration is withdrawn.")):
        operations.withdraw(registration=registration, by=request.user, at=timezone.now())
    return redirect("fairs:detail", registration.fair_id)


@require_safe
@staff_only
def registration_list(request: HttpRequest, fair_id: int) -> HttpResponse:
    """All registrations of a fair; as a workbook with `?format=xlsx`."""
    fair = fair_or_404(request, fair_id)
    form, registrations = _found(request, fair)
    if wants_workbook(request):
        return _as_workbook(fair, registrations)
    page = page_of(request, registrations, ROWS)
    export = request.GET.copy()
    export["format"] = "xlsx"
    context = {
        "fair": fair,
        "title": _("Registrations"),
        "breadcrumb": breadcrumb(fair, _("Registrations")),
        "tabs": tabs_for(request.user, fair, "registrations"),
        "form": form,
        "chips": listing.chips(form, request.GET),
        "page": page,
        "rows": words.rows(page, queries.meeting_slots(fair).count()),
        "may_run_fairs": permissions.may_run_fairs(request.user),
        "export_url": f"?{export.urlencode()}",
    }
    organisations = registrations.order_by().values("organisation")
    letter = listing.letter_to(request, lambda: people_in_any(organisations), context)
    return letter or render(request, "fairs/registration_list.html", context)


@require_POST
@officers_only
def approve(request: HttpRequest, fair_id: int) -> HttpResponse:
    """Let the ticked organisations in, all or none."""
    fair = fair_or_404(request, fair_id)
    chosen = list(_ticked(request, fair))
    if not chosen:
        return _nothing_ticked(request, fair)
    with attempted() as outcome:
        approved = operations.approve(registrations=chosen, by=request.user, at=timezone.now())
    if outcome.refusal:
        names = {row.pk: row.organisation for row in chosen}
        message = _("“%(organisation)s”: %(reason)s Nobody was let in.")
        name = names.get(outcome.refusal.details.get("registration"), "")
        messages.error(request, message % {"organisation": name, "reason": outcome.why_not})
    else:
        message = ngettext(
            "%(n)d organisation is let in and has been told.",
            "%(n)d organisations are let in and have been told.",
            len(approved),
        )
        messages.success(request, message % {"n": len(approved)})
    return _back(request, fair)


@require_POST
@officers_only
def refuse(request: HttpRequest, fair_id: int) -> HttpResponse:
    """Refuse the ticked organisations, all for the same reason."""
    fair = fair_or_404(request, fair_id)
    chosen = list(_ticked(request, fair))
    if not chosen:
        return _nothing_ticked(request, fair)
    with flash_outcome(request, _("Refused. Their people read your reason.")), transaction.atomic():
        for registration in chosen:
            operations.refuse(
                registration=registration,
                reason=clean(request.POST.get("reason", "")),
                by=request.user,
                at=timezone.now(),
            )
    return _back(request, fair)


def _page(
    request: HttpRequest, fair: Fair, organisation: Organisation, registration: Registration | None
) -> HttpResponse:
    slots = list(queries.meeting_slots(fair))
    verdict = _may_save(request, fair, organisation, registration)
    form = RegistrationForm(
        request.POST or None, organisation=organisation, registration=registration, slots=slots
    )
    if request.method == "POST" and form.is_valid():
        with refusal_in(form) as outcome:
            registration = _save(request, fair, organisation, registration, form)
        if outcome.is_done:
            messages.success(request, _("Saved."))
            return redirect("fairs:registration", registration.pk)
    is_own = organisation.pk in roles_of(request.user).organisations
    tab = "register" if is_own else "registrations"
    may_withdraw = (
        permissions.may_withdraw(request.user, registration) if registration else Verdict()
    )
    context = {
        "fair": fair,
        "organisation": organisation,
        "registration": registration,
        "title": _("Registration of %(organisation)s") % {"organisation": organisation},
        "breadcrumb": breadcrumb(fair, str(organisation)),
        "tabs": tabs_for(request.user, fair, tab),
        "form": form,
        "days": words.days_of(slots, fair, form.free),
        "verdict": verdict,
        "may_withdraw": may_withdraw,
        "tone": words.TONES.get(registration.stage, "") if registration else "",
        "may_run_fairs": permissions.may_run_fairs(request.user),
        "url": reverse("fairs:registration", args=[registration.pk]) if registration else "",
    }
    failed = request.method == "POST" and form.errors
    return render(request, "fairs/registration.html", context, status=422 if failed else 200)


def _may_save(
    request: HttpRequest, fair: Fair, organisation: Organisation, registration: Registration | None
) -> Verdict:
    if registration is None or registration.stage == "WITHDRAWN":
        return permissions.may_register(request.user, fair, organisation, timezone.now())
    return permissions.may_edit_registration(request.user, registration)


def _save(
    request: HttpRequest,
    fair: Fair,
    organisation: Organisation,
    registration: Registration | None,
    form: RegistrationForm,
) -> Registration:
    step = {"by": request.user, "at": timezone.now()}
    with transaction.atomic():
        if registration is None or registration.stage == "WITHDRAWN":
            registration = operations.register_organisation(
                fair=fair,
                organisation=organisation,
                side=registration.side if registration else form.side_said(),
                values=form.values(),
                **step,
            )
        else:
            operations.edit_registration(
                registration=registration, values=form.values(), seen_at=None, by=request.user
            )
        operations.set_attendees(
            registration=registration, attendees=form.attendees(), by=request.user
        )
        operations.set_availability(registration=registration, absent=form.absent(), **step)
    return registration


def _choose(request: HttpRequest, fair: Fair) -> HttpResponse:
    """The officer says whom to register, by name; on behalf of those who telephone."""
    known = queries.registrations_visible_to(request.user).filter(fair=fair)
    options = [
        (organisation.pk, str(organisation))
        for organisation in organisations_visible_to(request.user)
        .filter(verified_at__isnull=False)
        .exclude(pk__in=known.values("organisation"))
        .order_by("name")
    ]
    context = {
        "fair": fair,
        "title": _("Register an organisation"),
        "breadcrumb": breadcrumb(fair, _("Register an organisation")),
        "tabs": tabs_for(request.user, fair, "registrations"),
        "options": options,
    }
    return render(request, "fairs/registration_choose.html", context)


def _registration(request: HttpRequest, registration_id: int) -> Registration:
    """A registration whose insides the reader may see: their own, or any for staff."""
    registration = get_object_or_404(
        queries.registrations_visible_to(request.user), pk=registration_id
    )
    or_404(permissions.may_read_registration(request.user, registration))
    return registration


def _found(request: HttpRequest, fair: Fair) -> tuple[RegistrationFilter, QuerySet[Registration]]:
    form = RegistrationFilter(request.GET)
    registrations = form.narrow(queries.registrations_visible_to(request.user).filter(fair=fair))
    absences = Prefetch("absences", queryset=queries.absences_by_time())
    return form, queries.with_wish_counts(registrations).prefetch_related("attendees", absences)


def _ticked(request: HttpRequest, fair: Fair) -> QuerySet[Registration]:
    ids = row_ids(request.POST.getlist("only") or request.POST.getlist("ids"))
    return queries.registrations_visible_to(request.user).filter(fair=fair, pk__in=ids)


def _nothing_ticked(request: HttpRequest, fair: Fair) -> HttpResponse:
    messages.error(request, _("Nothing was ticked. Tick the organisations first."))
    return _back(request, fair)


def _back(request: HttpRequest, fair: Fair) -> HttpResponse:
    query = request.POST.get("query", "")
    return redirect(reverse("fairs:registrations", args=[fair.pk]) + (f"?{query}" if query else ""))


def _as_workbook(fair: Fair, registrations: Any) -> HttpResponse:
    title = _("Registrations")
    return sheet_response(
        title, words.headers(), words.cells(registrations), name=f"{fair}-{title}"
    )
