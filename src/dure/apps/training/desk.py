"""What of courses waits: those to close, and feedback to give."""

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from dure.apps.people.models import User
from dure.apps.training import permissions, queries
from dure.apps.training.models import Course, Seat
from dure.foundation.desk import Line, Queue, offer_queue


def _to_close(course: Course, user: User) -> Line:
    return Line(
        title=str(course),
        url=course.get_absolute_url(),
        who=course.get_kind_display(),
        action=_("Close the course"),
        href=course.get_absolute_url(),
    )


def _to_answer(seat: Seat, user: User) -> Line:
    return Line(
        title=str(seat.course),
        url=seat.course.get_absolute_url(),
        who=seat.course.get_kind_display(),
        action=_("Give feedback"),
        href=reverse("training:feedback", args=[seat.course_id]),
    )


offer_queue(
    Queue(
        code="TRAINING_CLOSE",
        label=gettext_lazy("Course to close"),
        place=51,
        offered_to=permissions.may_run,
        waiting=lambda user, now: queries.courses_to_close(now),
        since=lambda course: course.last_at,
        line=_to_close,
        route="training:courses",
    )
)
offer_queue(
    Queue(
        code="TRAINING_FEEDBACK",
        label=gettext_lazy("Course to give feedback on"),
        place=52,
        offered_to=queries.has_seats,
        waiting=lambda user, now: queries.seats_to_answer(user),
        since=lambda seat: None,
        line=_to_answer,
        route="training:courses",
    )
)
