"""How courses are shown."""

from collections.abc import Iterable
from decimal import Decimal
from typing import Any

from django.utils.timezone import localdate, localtime
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from dure.apps.training import queries
from dure.apps.training.kinds import FEWEST_ANSWERS
from dure.apps.training.models import Certificate, Course, Seat
from dure.apps.training.stages import CourseStage, SeatStage
from dure.foundation.ui.listing import Rows, Sheet

_TONES = {
    CourseStage.DRAFT: "neutral",
    CourseStage.OPEN: "information",
    CourseStage.CLOSED: "success",
    CourseStage.CANCELLED: "danger",
}


def tone_of(course: Course) -> str:
    """The tone of a status."""
    return _TONES[CourseStage(course.stage)]


def rows_of(courses: Iterable[Course], mine: dict[int, str]) -> list[dict[str, Any]]:
    """Courses for a list, with the reader's own place in each."""
    return [
        {
            "course": course,
            "tone": tone_of(course),
            "free": max(course.seats - course.seated, 0),
            "mine": SeatStage(mine[course.pk]).label if course.pk in mine else "",
        }
        for course in courses
    ]


def participants_of(course: Course) -> list[dict[str, Any]]:
    """Who has a seat or waits, with how long each was there."""
    whole = sum(day.minutes for day in course.days.all())
    seats = [*queries.seated_in(course), *queries.waiting_for(course)]
    return [
        {
            "seat": seat,
            "percent": 100 * queries.minutes_of(seat) // whole if whole else 0,
            "certificate": getattr(seat, "certificate", None),
        }
        for seat in seats
    ]


def seat_choices(course: Course) -> list[tuple[int, str]]:
    """Who has a seat, for the list of who came."""
    return [(seat.pk, seat_name(seat)) for seat in queries.seated_in(course)]


def seat_name(seat: Seat) -> str:
    """A person with the firm for which they come."""
    name = seat.user.name or seat.user.email
    return f"{name} · {seat.organisation}" if seat.organisation else name


def feedback_of(course: Course) -> dict[str, Any]:
    """What was said of a course; of fewer than five answers nothing but how many."""
    answers = list(queries.feedback_on(course))
    if len(answers) < FEWEST_ANSWERS:
        return {"number": len(answers), "fewest": FEWEST_ANSWERS, "is_hidden": True}
    mean = Decimal(sum(answer.score for answer in answers)) / len(answers)
    return {
        "number": len(answers),
        "mean": f"{mean:.1f}",
        "texts": [answer.text for answer in answers if answer.text],
        "is_hidden": False,
    }


def hours_of(certificate: Certificate) -> str:
    """The hours of a certificate, as a number with at most one place."""
    return str((Decimal(certificate.minutes) / 60).quantize(Decimal("0.1")).normalize())


def figures() -> list[dict[str, Any]]:
    """All courses in figures; a mean of few answers is not shown."""
    known = queries.figures()
    enough = (known["answers"] or 0) >= FEWEST_ANSWERS
    return [
        {"label": _("Open for registration"), "number": known["open"]},
        {"label": _("Courses held"), "number": known["held"]},
        {"label": _("Seats taken"), "number": f"{known['seated']}/{known['seats']}"},
        {"label": _("Waiting"), "number": known["waiting"]},
        {"label": _("Certificates"), "number": known["certificates"]},
        {
            "label": _("How useful (1 to 5)"),
            "number": f"{known['mean']:.1f}" if enough else "–",
            "note": _("%(number)s answers") % {"number": known["answers"]},
        },
    ]


def courses_sheet(rows: Rows) -> Sheet:
    """Courses as a sheet."""
    return {
        "title": _("Training and seminars"),
        "headers": [
            _("Title"), _("Kind"), _("Topic"), pgettext("training", "Level"), _("Status"),
            _("First day"), _("Register until"), _("Seats"), _("Seats taken"), _("Waiting"),
        ],
        "rows": [
            [
                str(course), course.get_kind_display(), course.get_topic_display(),
                course.get_level_display(), course.get_stage_display(),
                localdate(course.first_at) if course.first_at else None, course.register_until,
                course.seats, course.seated, course.waiting,
            ]
            for course in rows
        ],
    }  # fmt: skip


def participants_sheet(course: Course) -> Sheet:
    """Who takes part, as a sheet for the desk at the door."""
    return {
        "title": pgettext("training", "Participants"),
        "headers": [
            _("Name"), _("E-mail"), _("Organisation"), _("Status"), pgettext("training", "Registered"),
            _("Attendance in percent"), pgettext("training", "Certificate"),
        ],
        "rows": [
            [
                row["seat"].user.name, row["seat"].user.email, str(row["seat"].organisation or ""),
                row["seat"].get_stage_display(), localtime(row["seat"].asked_at).replace(tzinfo=None),
                row["percent"], row["certificate"].number if row["certificate"] else "",
            ]
            for row in participants_of(course)
        ],
    }  # fmt: skip
