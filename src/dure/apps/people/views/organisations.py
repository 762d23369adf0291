"""Organisations: the list, one of them, entering, editing, verifying."""

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.paginator import Page
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from dure.apps.people import operations, permissions, presenters, queries
from dure.apps.people.forms import OrganisationFilter, OrganisationForm
from dure.apps.people.models import MembershipStage, Organisation
from dure.foundation.ui import listing
from dure.foundation.ui.answers import flash_outcome, refusal_in
from dure.values.ids import business_number

PAGE = 20
SORTS = {
    "name": ("name", "pk"),
    "kind": ("kind", "name", "pk"),
    "region": ("region", "name", "pk"),
    "employees": ("employees", "pk"),
    "verified": ("verified_at", "pk"),
}


@require_safe
def organisation_list(request: HttpRequest) -> HttpResponse:
    """Who takes part; as a page, or as a workbook with `?format=xlsx`."""
    may_read_unverified = permissions.may_read_unverified(request.user)
    form = OrganisationFilter(request.GET, shows_unverified=bool(may_read_unverified))
    organisations = _narrowed(queries.organisations_visible_to(request.user), form)

    def context(page: Page) -> dict[str, Any]:
        for organisation in page:
            organisation.said_region = presenters.region_name(organisation.region)
            organisation.said = presenters.summary_of(organisation)
        return {
            "may_read_unverified": may_read_unverified,
            "may_run_programmes": permissions.may_run_programmes(request.user),
            "waiting": queries.organisations_to_verify(request.user).count(),
            "groups": queries.group_names(),
            "breadcrumb": [{"label": _("Organisations")}],
        }

    return listing.list_page(
        request,
        "people/organisation_list.html",
        listing.in_order(organisations, request.GET.get("sort"), SORTS, "name"),
        form=form,
        per_page=PAGE,
        sheet=_sheet,
        people=lambda organisations: queries.people_in_any(organisations.order_by().values("pk")),
        context=context,
    )


@require_safe
def organisation_detail(request: HttpRequest, organisation_id: int) -> HttpResponse:
    """One organisation, as much of it as the reader may see."""
    organisation = get_object_or_404(
        queries.organisations_visible_to(request.user).select_related("verified_by"),
        pk=organisation_id,
    )
    looks_inside = permissions.may_look_inside(request.user, organisation)
    visible = queries.organisations_visible_to(request.user)
    sisters = visible.filter(group=organisation.group).exclude(pk=organisation.pk)
    membership = queries.membership_in(organisation, request.user)
    return render(
        request,
        "people/organisation_detail.html",
        {
            "organisation": organisation,
            "facts": presenters.facts_of(organisation),
            "summary": presenters.summary_of(organisation),
            "sisters": sisters.order_by("name")[:20] if organisation.group_id else [],
            "members": queries.people_in(organisation) if looks_inside else None,
            "looks_inside": looks_inside,
            "profile": presenters.profile_rows(queries.profile_of(organisation)),
            "contacts": queries.contacts_of(organisation) if request.user.is_authenticated else [],
            "membership": membership
            if membership and membership.stage != MembershipStage.ENDED
            else None,
            "may_manage": permissions.may_manage(request.user, organisation),
            "may_verify": permissions.may_verify(request.user, organisation),
            "may_join": permissions.may_ask_to_join(membership),
            "may_run_programmes": permissions.may_run_programmes(request.user),
            "breadcrumb": _breadcrumb({"label": str(organisation)}),
        },
    )


@login_required
def organisation_new(request: HttpRequest) -> HttpResponse:
    """Register an organisation; whoever does so manages it."""
    form = OrganisationForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        with refusal_in(form) as outcome:
            organisation = operations.register_organisation(
                values=form.cleaned_data, by=request.user
            )
        if outcome.is_done:
            messages.success(
                request,
                _("Registered. The programme office verifies it, usually within a day."),
            )
            return redirect("people:organisation_detail", organisation.pk)
    return _form_page(request, form, _("Register an organisation"))


@login_required
def organisation_edit(request: HttpRequest, organisation_id: int) -> HttpResponse:
    """Change an organisation's entry."""
    organisation = _visible(request, organisation_id)
    may_manage = permissions.may_manage(request.user, organisation)
    if not may_manage:
        messages.error(request, may_manage.reason.label)
        return redirect("people:organisation_detail", organisation.pk)
    form = OrganisationForm(request.POST or None, instance=organisation)
    if request.method == "POST" and form.is_valid():
        was_verified = organisation.verified_at is not None
        with refusal_in(form) as outcome:
            changed = operations.edit_organisation(
                organisation=organisation, values=form.cleaned_data, by=request.user
            )
        if outcome.is_done:
            messages.success(request, _("Saved."))
            if was_verified and changed.verified_at is None:
                messages.warning(
                    request,
                    _(
                        "Name, number, kind or group has changed, so the programme office "
                        "verifies it again."
                    ),
                )
            return redirect("people:organisation_detail", organisation.pk)
    return _form_page(request, form, _("Edit the organisation"), organisation)


@require_safe
@login_required
def number_check(request: HttpRequest) -> HttpResponse:
    """Say, while somebody types, whether a business registration number can be true and is free."""
    text = request.GET.get("business_number", "").strip()
    number = business_number(text)
    known = queries.organisation_with_number(number) if number else None
    digits = sum(character in "0123456789" for character in text)
    state = "free" if number else "wrong" if digits >= 10 else ""
    if known:
        state = "own" if str(known.pk) == request.GET.get("own") else "known"
    return render(
        request,
        "people/_number_check.html",
        {
            "state": state,
            "known": known,
            "may_join": known
            and permissions.may_ask_to_join(queries.membership_in(known, request.user)),
        },
    )


@require_POST
@login_required
def opt_out(request: HttpRequest, organisation_id: int) -> HttpResponse:
    """Take an organisation out of matching, or back in."""
    organisation = _visible(request, organisation_id)
    with flash_outcome(request, _("Saved.")):
        operations.opt_out(
            organisation=organisation, is_out=request.POST.get("out") == "yes", by=request.user
        )
    return redirect("people:organisation_detail", organisation.pk)


@require_POST
@login_required
def organisation_verify(request: HttpRequest, organisation_id: int) -> HttpResponse:
    """Say that an organisation is what its number says."""
    organisation = _visible(request, organisation_id)
    with flash_outcome(request, _("%(name)s is verified.") % {"name": organisation}):
        operations.verify_organisation(
            organisation=organisation, by=request.user, at=timezone.now()
        )
    if request.POST.get("next") == "queue":
        return redirect("people:unverified")
    return redirect("people:organisation_detail", organisation.pk)


@require_safe
@login_required
def unverified(request: HttpRequest) -> HttpResponse:
    """The queue of organisations that nobody has verified yet, oldest first."""
    may_run = permissions.may_run_programmes(request.user)
    if not may_run:
        messages.error(request, may_run.reason.label)
        return redirect("people:organisation_list")

    def context(page: Page) -> dict[str, Any]:
        for organisation in page:
            organisation.said_region = presenters.region_name(organisation.region)
            organisation.said_number = presenters.spoken_number(organisation)
        return {"breadcrumb": _breadcrumb({"label": _("To be verified")})}

    return listing.list_page(
        request,
        "people/organisation_unverified.html",
        queries.organisations_to_verify(request.user),
        per_page=PAGE,
        context=context,
    )


def _visible(request: HttpRequest, organisation_id: int) -> Organisation:
    return get_object_or_404(queries.organisations_visible_to(request.user), pk=organisation_id)


def _form_page(
    request: HttpRequest,
    form: OrganisationForm,
    title: str,
    organisation: Organisation | None = None,
) -> HttpResponse:
    # The number stands with the check that answers while it is typed, apart from the rest.
    order = ["business_number", "other_id"]
    return render(
        request,
        "people/organisation_form.html",
        {
            "form": form,
            "title": title,
            "organisation": organisation,
            "number_fields": [form[name] for name in order],
            "other_fields": [field for field in form if field.name not in order],
            "groups": queries.group_names(),
            "breadcrumb": _breadcrumb({"label": title}),
        },
        status=422 if form.errors else 200,
    )


def _narrowed(
    organisations: QuerySet[Organisation], form: OrganisationFilter
) -> QuerySet[Organisation]:
    form.is_valid()
    wanted = form.cleaned_data
    return queries.narrowed(
        organisations,
        words=wanted.get("q") or "",
        kinds=[kind] if (kind := wanted.get("kind")) else [],
        regions=[region] if (region := wanted.get("region")) else [],
        group=wanted.get("group") or "",
        is_verified={"yes": True, "no": False}.get(wanted.get("verified")),
    )


def _sheet(organisations: QuerySet[Organisation]) -> listing.Sheet:
    rows = (presenters.row_of(organisation) for organisation in organisations.iterator(2000))
    return {"title": _("Organisations"), "headers": presenters.headers(), "rows": rows}


def _breadcrumb(*last: dict[str, str]) -> list[dict[str, str]]:
    return [{"label": _("Organisations"), "url": reverse("people:organisation_list")}, *last]
