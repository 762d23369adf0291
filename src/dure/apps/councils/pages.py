"""What the pages of councils share."""

from django.http import Http404, HttpRequest
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import gettext as _

from dure.apps.councils import permissions, queries
from dure.apps.councils.kinds import Council, councils
from dure.apps.councils.models import Meeting, Vote, WinWinModel
from dure.foundation.ui.answers import or_404

Crumbs = list[dict[str, str]]


def council_for(slug: str) -> Council:
    """The council of an address; 404 where there is none."""
    if slug not in councils():
        raise Http404
    return councils()[slug]


def secretary_only(request: HttpRequest) -> None:
    """404 for everybody else."""
    or_404(permissions.may_run(request.user))


def meeting_for(request: HttpRequest, pk: int) -> Meeting:
    """A meeting that the reader sees; 404 otherwise."""
    return get_object_or_404(queries.meetings_visible_to(request.user), pk=pk)


def vote_for(request: HttpRequest, pk: int) -> Vote:
    """A vote that the reader sees; 404 otherwise."""
    return get_object_or_404(queries.votes_visible_to(request.user), pk=pk)


def model_for(request: HttpRequest, pk: int, *, inside: bool = True) -> WinWinModel:
    """A model that the reader may know of, or read where `inside`; 404 otherwise."""
    model = get_object_or_404(queries.models_visible_to(request.user), pk=pk)
    if inside and not permissions.may_read(request.user, model):
        raise Http404
    return model


def name_of(request: HttpRequest, model: WinWinModel) -> str:
    """The title for those who may read it, else the number."""
    if permissions.may_read(request.user, model):
        return str(model)
    return _("Model %(number)s") % {"number": model.number}


def crumbs(council: Council | None, *labels: str) -> Crumbs:
    """The way up from a page."""
    way = [{"label": _("Councils"), "url": reverse("councils:councils")}]
    if council is not None:
        way.append({"label": str(council), "url": reverse("councils:council", args=[council.id])})
    return [*way, *({"label": label} for label in labels)]


def under_meeting(meeting: Meeting, label: str) -> Crumbs:
    """The way up from a page below a meeting."""
    here = {"label": str(meeting), "url": meeting.get_absolute_url()}
    return [*crumbs(meeting.file), here, {"label": label}]


def under_model(model: WinWinModel, label: str) -> Crumbs:
    """The way up from a page below a model that may be read."""
    here = {"label": str(model), "url": model.get_absolute_url()}
    return [*crumbs(model.file), here, {"label": label}]
