"""What the pages of mentoring share."""

from django.http import HttpRequest
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import gettext as _

from dure.apps.mentoring import queries
from dure.apps.mentoring.models import Case, Pair, Profile


def seen_pair(request: HttpRequest, pk: int) -> Pair:
    """A pair that the reader sees; 404 for any other."""
    return get_object_or_404(queries.pairs_visible_to(request.user), pk=pk)


def seen_case(request: HttpRequest, pk: int) -> Case:
    """A firm's case that the reader sees; 404 for any other."""
    return get_object_or_404(queries.cases_visible_to(request.user), pk=pk)


def seen_profile(request: HttpRequest, pk: int) -> Profile:
    """A profile that the reader sees; 404 for any other."""
    return get_object_or_404(queries.profiles_visible_to(request.user), pk=pk)


def crumbs(*labels: str, thing: Pair | Case | Profile | None = None) -> list[dict[str, str]]:
    """The way up from a page."""
    way = [{"label": _("Mentoring"), "url": reverse("mentoring:pairs")}]
    if thing is not None:
        way.append({"label": str(thing), "url": thing.get_absolute_url()})
    return [*way, *({"label": label} for label in labels)]
