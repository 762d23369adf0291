"""What the pages of courses share."""

from django.http import HttpRequest
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import gettext as _

from dure.apps.training import queries
from dure.apps.training.models import Course


def seen_course(request: HttpRequest, pk: int) -> Course:
    """A course that the reader sees; 404 for any other."""
    return get_object_or_404(queries.courses_visible_to(request.user), pk=pk)


def crumbs(*labels: str, course: Course | None = None) -> list[dict[str, str]]:
    """The way up from a page."""
    way = [{"label": _("Training and seminars"), "url": reverse("training:courses")}]
    if course is not None:
        way.append({"label": str(course), "url": course.get_absolute_url()})
    return [*way, *({"label": label} for label in labels)]
