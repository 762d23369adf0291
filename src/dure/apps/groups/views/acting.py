"""What a group does: members in and out, officers, activities, goals."""

from typing import Any

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.utils import timezone
from django.utils.timezone import localdate
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from dure.apps.groups import operations, queries
from dure.apps.groups.forms import (
    ActivityForm,
    GoalForm,
    JoinForm,
    LeaveForm,
    OfficerForm,
    ReviewForm,
)
from dure.apps.groups.models import Group
from dure.apps.groups.pages import crumbs, group_for, office_only, own_group
from dure.foundation.ui.form_page import form_page, sent


@require_http_methods(["GET", "HEAD", "POST"])
@login_required
def join(request: HttpRequest, pk: int) -> HttpResponse:
    """Take a firm in; a competitor is warned of."""
    shown = own_group(request, pk)

    def act(values: dict[str, Any]) -> None:
        operations.join(group=shown, by=request.user, today=localdate(), **values)

    return _page(request, shown, JoinForm(sent(request), user=request.user), act, _("New member"))


@require_http_methods(["GET", "HEAD", "POST"])
@login_required
def leave(request: HttpRequest, pk: int) -> HttpResponse:
    """Note that a firm has left."""
    member = get_object_or_404(queries.members_visible_to(request.user), pk=pk)
    shown = own_group(request, member.group_id)

    def act(values: dict[str, Any]) -> None:
        operations.leave(member=member, by=request.user, today=localdate(), **values)

    return _page(request, shown, LeaveForm(sent(request)), act, _("A member leaves"))


@require_http_methods(["GET", "HEAD", "POST"])
@login_required
def officer(request: HttpRequest, pk: int) -> HttpResponse:
    """Name a chair or secretary."""
    office_only(request)
    shown = group_for(request, pk)

    def act(values: dict[str, Any]) -> None:
        operations.name_officer(group=shown, by=request.user, **values)

    return _page(request, shown, OfficerForm(sent(request)), act, _("Name an officer"))


@require_http_methods(["GET", "HEAD", "POST"])
@login_required
def activity(request: HttpRequest, pk: int) -> HttpResponse:
    """Note a meeting or another activity."""
    shown = own_group(request, pk)

    def act(values: dict[str, Any]) -> None:
        operations.note_activity(group=shown, values=values, by=request.user, at=timezone.now())

    return _page(request, shown, ActivityForm(sent(request)), act, _("New activity"))


@require_http_methods(["GET", "HEAD", "POST"])
@login_required
def goal(request: HttpRequest, pk: int) -> HttpResponse:
    """Set a goal."""
    shown = own_group(request, pk)
    form = GoalForm(sent(request), initial={"year": localdate().year})

    def act(values: dict[str, Any]) -> None:
        operations.add_goal(group=shown, values=values, by=request.user, today=localdate())

    return _page(request, shown, form, act, _("New goal"))


@require_http_methods(["GET", "HEAD", "POST"])
@login_required
def review(request: HttpRequest, pk: int) -> HttpResponse:
    """Say how far the group came."""
    goal = get_object_or_404(queries.goals_visible_to(request.user), pk=pk)
    shown = own_group(request, goal.group_id)

    def act(values: dict[str, Any]) -> None:
        operations.review_goal(goal=goal, by=request.user, today=localdate(), **values)

    return _page(request, shown, ReviewForm(sent(request)), act, _("Review a goal"))


def _page(request: HttpRequest, shown: Group, form: Any, act: Any, title: str) -> HttpResponse:
    return form_page(
        request,
        form,
        act,
        title=title,
        lead=str(shown),
        button=_("Save"),
        back=shown.get_absolute_url(),
        breadcrumb=crumbs(shown, title),
    )
