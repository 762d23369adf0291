"""Finding what a page is about, for its reader."""

from datetime import datetime
from typing import Any

from django.http import Http404, HttpRequest
from django.shortcuts import get_object_or_404

from dure.apps.applications import adapter, operations, permissions, presenters, queries
from dure.apps.applications.models import Application, Participant
from dure.foundation.ui.answers import or_404


def draft_or_404(request: HttpRequest, pk: int) -> Application:
    """A draft that the reader takes part in, or helps with."""
    application = get_object_or_404(queries.applications_visible_to(request.user), pk=pk)
    if not queries.access_of(request.user, application):
        raise Http404
    return application


def participant_or_404(request: HttpRequest, pk: int) -> Participant:
    """A member of a draft that the reader takes part in."""
    visible = queries.applications_visible_to(request.user)
    participants = queries.participants().filter(application__in=visible)
    return get_object_or_404(participants, pk=pk)


def read_or_404(request: HttpRequest, application: Application, name: str, at: datetime) -> Any:
    """The owner of a part that the reader may read; that a helper reads it is kept."""
    try:
        owner = adapter.owner_of(name)
    except adapter.BadPart as bad:
        raise Http404 from bad
    or_404(permissions.may_read(request.user, application, name, owner))
    note_look(request, application, name, at)
    if owner is None:
        return None
    return get_object_or_404(queries.members_of(application), pk=owner)


def note_look(request: HttpRequest, application: Application, part: str, at: datetime) -> None:
    """Keep that somebody of the office reads something of a draft."""
    helper = queries.access_of(request.user, application).helper
    if helper is not None:
        operations.note_look(helper=helper, part=part, at=at)


def frame(application: Application, at: datetime, page: str = "") -> dict[str, Any]:
    """What every page of an application shows."""
    submission = queries.standing_submission(application)
    return {
        "application": application,
        "breadcrumb": presenters.crumbs(application, page),
        "title": page or application.number,
        "standing": presenters.standing(application, submission),
        "deadline": queries.deadline_of(application),
        "left": presenters.left(application, at),
        "is_over": not permissions.is_in_time(application, at),
    }
