"""A course held until the transaction ends, and who is told of it."""

from collections.abc import Iterable
from datetime import datetime

from django.utils.timezone import localdate

from dure.apps.notices.operations import tell
from dure.apps.people.models import User
from dure.apps.training.models import Course
from dure.apps.training.notices import training_news


def locked(course: Course) -> Course:
    """A course as it is now, held until the transaction ends."""
    return Course.objects.select_for_update().get(pk=course.pk)


def tell_of(
    course: Course, people: Iterable[User], event: str, *, at: datetime, **facts: str
) -> None:
    """Tell people of a course."""
    first = course.days.first()
    day = localdate(first.starts_at).isoformat() if first else ""
    known = {"event": event, "course": course.title, "day": day}
    tell(
        recipients=list(people), kind=training_news, facts=known | facts,
        url=course.get_absolute_url(), at=at,
    )  # fmt: skip
