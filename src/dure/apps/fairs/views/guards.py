"""Who may come in at all."""

from collections.abc import Callable
from functools import wraps

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404

from dure.apps.fairs import permissions, queries
from dure.apps.fairs.models import Fair
from dure.apps.people.queries import Reader
from dure.foundation.verdict import Verdict

Door = Callable[..., HttpResponse]


def _only(may_come_in: Callable[[Reader], Verdict]) -> Callable[[Door], Door]:
    """For everybody else the page does not exist."""

    def guard(view: Door) -> Door:
        @wraps(view)
        @login_required
        def guarded(request: HttpRequest, *args: object, **more: object) -> HttpResponse:
            if not may_come_in(request.user):
                raise Http404
            return view(request, *args, **more)

        return guarded

    return guard


officers_only = _only(permissions.may_run_fairs)
staff_only = _only(permissions.may_read_inside)


def fair_or_404(request: HttpRequest, fair_id: int) -> Fair:
    """A fair that the reader sees, with its counts."""
    fairs = queries.with_counts(queries.fairs_visible_to(request.user))
    return get_object_or_404(fairs, pk=fair_id)
