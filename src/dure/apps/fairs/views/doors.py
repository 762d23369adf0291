"""Who may come in at all."""

from collections.abc import Callable
from functools import wraps

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404

from dure.apps.fairs import queries
from dure.apps.fairs.models import Fair
from dure.apps.people.queries import standing_of


def officers_only(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """Let officers in; for everybody else the page does not exist."""

    @wraps(view)
    @login_required
    def guarded(request: HttpRequest, *args: object, **more: object) -> HttpResponse:
        if not standing_of(request.user).is_officer:
            raise Http404
        return view(request, *args, **more)

    return guarded


def staff_only(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """Let all staff read; for everybody else the page does not exist."""

    @wraps(view)
    @login_required
    def guarded(request: HttpRequest, *args: object, **more: object) -> HttpResponse:
        if not standing_of(request.user).is_staff:
            raise Http404
        return view(request, *args, **more)

    return guarded


def fair_or_404(request: HttpRequest, fair_id: int) -> Fair:
    """A fair that the reader sees, with its counts."""
    fairs = queries.with_counts(queries.fairs_visible_to(request.user))
    return get_object_or_404(fairs, pk=fair_id)
