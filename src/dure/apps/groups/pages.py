"""What the pages of exchange groups share."""

from django.http import HttpRequest
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.timezone import localdate
from django.utils.translation import gettext as _

from dure.apps.groups import permissions, queries
from dure.apps.groups.models import Group, Meeting
from dure.foundation.ui.answers import or_404


def group_for(request: HttpRequest, pk: int) -> Group:
    """A group that the reader sees; 404 otherwise."""
    return get_object_or_404(queries.groups_visible_to(request.user), pk=pk)


def own_group(request: HttpRequest, pk: int) -> Group:
    """A group for which the reader acts; 404 otherwise."""
    group = group_for(request, pk)
    or_404(permissions.may_act_for(request.user, group, localdate()))
    return group


def office_only(request: HttpRequest) -> None:
    """404 for everybody else."""
    or_404(permissions.may_run(request.user))


def inside_group(request: HttpRequest, pk: int) -> Group:
    """A group whose minutes and money the reader may see; 404 otherwise."""
    group = group_for(request, pk)
    or_404(permissions.may_read_minutes(request.user, group))
    return group


def meeting_for(request: HttpRequest, pk: int) -> Meeting:
    """A meeting that the reader sees; 404 otherwise."""
    return get_object_or_404(queries.meetings_visible_to(request.user), pk=pk)


def own_meeting(request: HttpRequest, pk: int) -> Meeting:
    """A meeting of a group for which the reader acts; 404 otherwise."""
    meeting = meeting_for(request, pk)
    own_group(request, meeting.group_id)
    return meeting


def crumbs(group: Group | None, *labels: str) -> list[dict[str, str]]:
    """The way up from a page."""
    way = [{"label": _("Exchange groups"), "url": reverse("groups:groups")}]
    if group is not None:
        way.append({"label": str(group), "url": group.get_absolute_url()})
    return [*way, *({"label": label} for label in labels)]
