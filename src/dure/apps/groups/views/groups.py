"""Exchange groups: the database, one group, a new one."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.timezone import localdate
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from dure.apps.groups import operations, permissions, presenters, queries
from dure.apps.groups.forms import GroupForm, GroupsFilter
from dure.apps.groups.kinds import Level
from dure.apps.groups.pages import crumbs, group_for, office_only
from dure.foundation.ui.answers import refusal_in
from dure.foundation.ui.form_page import sent, show_form
from dure.foundation.ui.listing import in_order, list_page

SORTS = {
    "name": ("name", "pk"),
    "members": ("members_said", "name", "pk"),
    "met": ("last_met_on", "name", "pk"),
}


@require_safe
@login_required
def group_list(request: HttpRequest) -> HttpResponse:
    """The database of groups by region, industry and type; also as Excel."""
    form, today = GroupsFilter(request.GET), localdate()
    seen = queries.groups_visible_to(request.user)
    listed, link = form.narrow(seen), _kept(request)
    return list_page(
        request,
        "groups/groups.html",
        in_order(listed, request.GET.get("sort"), SORTS, "name"),
        form=form,
        per_page=30,
        sheet=presenters.sheet,
        context=lambda page: {
            "rows": presenters.rows(page, today),
            "regions": presenters.by_region(listed, link),
            "fields": presenters.by_field(listed, link),
            "kinds": presenters.by_kind_of_group(listed, link),
            "dormant": queries.dormant(seen, today).count(),
            "unanswered": queries.unanswered(seen, today).count(),
            "has_own": queries.own_groups(request.user).exists(),
            "may_run": permissions.may_run(request.user),
            "breadcrumb": [{"label": _("Exchange groups")}],
        },
    )


def _kept(request: HttpRequest) -> str:
    """The filters of the list, for links that narrow it further; page and order begin anew."""
    kept = request.GET.copy()
    for name in ("page", "region", "field", "kind"):
        kept.pop(name, None)
    return f"{kept.urlencode()}&" if kept else ""


@require_safe
@login_required
def group(request: HttpRequest, pk: int) -> HttpResponse:
    """One group: who belongs to it, what it does, what it wants to reach."""
    shown, user, today = group_for(request, pk), request.user, localdate()
    alone = queries.groups_visible_to(user).filter(pk=shown.pk)
    reads = bool(permissions.may_read_minutes(user, shown))
    context = {
        "group": shown,
        "region": presenters.region_of(shown),
        "is_dormant": shown.is_dormant(today),
        "members": queries.current_members(shown),
        "officers": shown.officers.select_related("user"),
        "children": shown.children.all(),
        "activities": presenters.activity_rows(shown) if reads else [],
        "meetings": queries.meetings_visible_to(user).filter(group=shown)[:12],
        "steps": presenters.steps_of(shown),
        "is_project": shown.level == Level.PROJECT,
        "is_federation": shown.level in queries.FEDERATIONS,
        "is_busy": reads and queries.busy_without_result(alone, today).exists(),
        "is_unanswered": queries.unanswered(alone, today).exists(),
        "reads": reads,
        "goals": shown.goals.all(),
        "reviewed": presenters.goals(shown),
        "may_act": permissions.may_act_for(user, shown, today),
        "may_run": permissions.may_run(user),
        "breadcrumb": crumbs(None, str(shown)),
    }
    return render(request, "groups/group.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@login_required
def new(request: HttpRequest) -> HttpResponse:
    """Found a group."""
    office_only(request)
    form = GroupForm(sent(request))
    if form.is_valid():
        with refusal_in(form) as outcome:
            made = operations.found_group(values=form.cleaned_data, by=request.user)
        if outcome.is_done:
            messages.success(request, _("Founded. Take its members in next."))
            return redirect(made)
    return show_form(
        request,
        form,
        title=_("New group"),
        button=_("Found it"),
        back=reverse("groups:groups"),
        breadcrumb=crumbs(None, _("New group")),
    )
