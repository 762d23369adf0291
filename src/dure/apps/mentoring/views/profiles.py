"""What firms teach and want: the list, one of them, and its rivals."""

from typing import Any

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from dure.apps.mentoring import operations, permissions, presenters, queries
from dure.apps.mentoring.forms import FirmForm, ProfileForm, ProfilesFilter
from dure.apps.mentoring.models import Profile
from dure.apps.mentoring.pages import crumbs, seen_profile
from dure.apps.people.queries import organisations_visible_to
from dure.foundation.ui.answers import flash_outcome, or_404
from dure.foundation.ui.form_page import form_page, sent, show_form
from dure.foundation.ui.listing import in_order, list_page

SORTS = {"firm": ("organisation__name", "pk"), "updated": ("updated_at", "pk")}


@require_safe
@login_required
def profiles(request: HttpRequest) -> HttpResponse:
    """What all firms teach and want; also as Excel."""
    or_404(permissions.may_search_profiles(request.user))
    form = ProfilesFilter(request.GET)
    rows = form.narrow(queries.profiles_visible_to(request.user))
    return list_page(
        request,
        "mentoring/profiles.html",
        in_order(rows, request.GET.get("sort"), SORTS, "firm"),
        form=form,
        per_page=30,
        sheet=presenters.profiles_sheet,
        context=lambda page: {
            "rows": page,
            "may_coordinate": permissions.may_coordinate(request.user),
            "breadcrumb": crumbs(_("Profiles")),
        },
    )


@require_safe
@login_required
def profile(request: HttpRequest, pk: int) -> HttpResponse:
    """One firm: what it teaches and wants, its rivals."""
    shown, user = seen_profile(request, pk), request.user
    context = {
        "profile": shown,
        "case": queries.open_case_of(shown.organisation),
        "rivals": queries.rivals_visible_to(user).filter(organisation=shown.organisation),
        "may_keep": permissions.may_keep_profile(user, shown.organisation),
        "may_ask": permissions.may_ask(user, shown.organisation),
        "breadcrumb": crumbs(str(shown)),
    }
    return render(request, "mentoring/profile.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@login_required
def new(request: HttpRequest) -> HttpResponse:
    """For a coordinator: choose the firm whose profile is written for it."""
    or_404(permissions.may_coordinate(request.user))
    form = FirmForm(sent(request), user=request.user)
    if form.is_valid():
        return redirect("mentoring:edit", form.cleaned_data["firm"].pk)
    return show_form(
        request, form, title=_("Write a profile for a firm"), button=_("Go on"),
        back=reverse("mentoring:profiles"), breadcrumb=crumbs(_("Write a profile for a firm")),
        lead=_("It is marked as written for the firm."),
    )  # fmt: skip


@require_http_methods(["GET", "HEAD", "POST"])
@login_required
def edit(request: HttpRequest, organisation_id: int) -> HttpResponse:
    """Write what a firm teaches and wants."""
    organisation = get_object_or_404(organisations_visible_to(request.user), pk=organisation_id)
    or_404(permissions.may_keep_profile(request.user, organisation))
    known = queries.own_profile(organisation)
    names = ("wants", "teaches", "most", "is_open")
    initial = {name: getattr(known, name) for name in names} if known else None
    form = ProfileForm(sent(request), initial=initial)

    def act(values: dict[str, Any]) -> None:
        operations.keep_profile(
            organisation=organisation, by=request.user, at=timezone.now(), **values
        )

    return form_page(
        request, form, act, title=_("Mentoring profile"), lead=str(organisation),
        button=_("Save"), done=_("Saved."),
        back=known.get_absolute_url() if known else reverse("mentoring:pairs"),
        breadcrumb=crumbs(_("Mentoring profile")),
    )  # fmt: skip


@require_POST
@login_required
def ask(request: HttpRequest, pk: int) -> HttpResponse:
    """Look for a mentor."""
    shown = seen_profile(request, pk)
    or_404(permissions.may_keep_profile(request.user, shown.organisation))
    with flash_outcome(request, _("Sent. A coordinator looks for a mentor and tells you.")):
        operations.ask(organisation=shown.organisation, by=request.user, at=timezone.now())
    return redirect(shown)


@require_http_methods(["GET", "HEAD", "POST"])
@login_required
def name_rival(request: HttpRequest, pk: int) -> HttpResponse:
    """Name a rival."""
    shown = seen_profile(request, pk)
    or_404(permissions.may_name_rivals(request.user, shown.organisation))
    form = FirmForm(sent(request), user=request.user)

    def act(values: dict[str, Any]) -> None:
        operations.name_rival(
            organisation=shown.organisation, rival=values["firm"], by=request.user,
            at=timezone.now(),
        )  # fmt: skip

    return form_page(
        request, form, act, title=_("Name a rival"), button=_("Save"), field="firm",
        lead=_("The two are never paired. Only you and the coordinators read it."),
        done=_("Saved. The two are never paired."), back=shown.get_absolute_url(),
        breadcrumb=crumbs(_("Name a rival"), thing=shown),
    )  # fmt: skip


@require_POST
@login_required
def drop_rival(request: HttpRequest, pk: int) -> HttpResponse:
    """Take a rival back."""
    rival = get_object_or_404(queries.rivals_visible_to(request.user), pk=pk)
    with flash_outcome(request, _("Taken back.")):
        operations.drop_rival(rival=rival, by=request.user)
    return _to_profile(queries.own_profile(rival.organisation))


def _to_profile(profile: Profile | None) -> HttpResponse:
    return redirect(profile) if profile else redirect("mentoring:pairs")
