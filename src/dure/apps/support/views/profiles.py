"""Partners and experts: the list, and one of them."""

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from dure.apps.support import operations, permissions, presenters, queries
from dure.apps.support.forms import ProfilesFilter
from dure.apps.support.kinds import pools
from dure.apps.support.pages import crumbs
from dure.foundation.ui.answers import flash_outcome, or_404
from dure.foundation.ui.listing import in_order, list_page

SORTS = {"name": ("name", "pk"), "region": ("region", "name", "pk")}


@require_safe
@login_required
def profiles(request: HttpRequest) -> HttpResponse:
    """Everybody who can be proposed."""
    or_404(permissions.may_search_profiles(request.user))
    form = ProfilesFilter(request.GET)
    narrowed = form.narrow(queries.profiles_visible_to(request.user))
    return list_page(
        request,
        "support/profiles.html",
        in_order(narrowed, request.GET.get("sort"), SORTS, "name"),
        form=form,
        per_page=30,
        context=lambda page: {
            "rows": presenters.profile_rows(page),
            "may_import": permissions.may_run(request.user),
            "breadcrumb": crumbs(_("Partners and experts")),
        },
    )


@require_safe
@login_required
def profile(request: HttpRequest, pk: int) -> HttpResponse:
    """One partner or expert; the address only for those who propose."""
    this_profile = get_object_or_404(queries.profiles_visible_to(request.user), pk=pk)
    context = {
        "shown": this_profile,
        "pool": pools().get(this_profile.pool),
        "region": presenters.region_name(this_profile.region),
        "sees_address": permissions.may_search_profiles(request.user),
        "may_set_open": permissions.may_set_open(request.user, this_profile),
        "worked": queries.candidates_visible_to(request.user).filter(profile=this_profile),
        "breadcrumb": crumbs(str(this_profile)),
    }
    return render(request, "support/profile.html", context)


@require_POST
@login_required
def set_open(request: HttpRequest, pk: int, answer: str) -> HttpResponse:
    """Say whether a partner takes requests."""
    profile = get_object_or_404(queries.profiles_visible_to(request.user), pk=pk)
    or_404(permissions.may_set_open(request.user, profile) and answer in ("open", "closed"))
    with flash_outcome(request, _("Saved.")):
        operations.set_open(profile=profile, is_open=answer == "open", by=request.user)
    return redirect(profile)
