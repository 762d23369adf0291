"""Courses for those who want to learn: the list, one of them, a seat, feedback."""

from typing import Any

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import pgettext
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from dure.apps.people.queries import organisations_of
from dure.apps.training import operations, permissions, presenters, queries
from dure.apps.training.forms import CoursesFilter, FeedbackForm, RegisterForm
from dure.apps.training.pages import crumbs, seen_course
from dure.apps.training.stages import SeatStage
from dure.foundation.ui.answers import flash_outcome, or_404
from dure.foundation.ui.form_page import form_page, sent
from dure.foundation.ui.listing import in_order, list_page

SORTS = {
    "title": ("title", "pk"),
    "first": ("first_at", "pk"),
    "until": ("register_until", "pk"),
}


@require_safe
@login_required
def courses(request: HttpRequest) -> HttpResponse:
    """What there is to learn; also as Excel."""
    form, user = CoursesFilter(request.GET), request.user
    own = queries.seats_visible_to(user).filter(user=user.pk).exclude(stage=SeatStage.LEFT)
    mine = dict(own.values_list("course", "stage"))
    return list_page(
        request,
        "training/courses.html",
        in_order(
            form.narrow(queries.courses_visible_to(user)), request.GET.get("sort"), SORTS, "-first"
        ),
        form=form,
        per_page=30,
        sheet=presenters.courses_sheet,
        context=lambda page: {
            "rows": presenters.rows_of(page, mine),
            "may_run": permissions.may_run(user),
            "may_read_participants": permissions.may_read_participants(user),
            "breadcrumb": [{"label": _("Training and seminars")}],
        },
    )


@require_safe
@login_required
def figures(request: HttpRequest) -> HttpResponse:
    """All courses in figures."""
    or_404(permissions.may_read_participants(request.user))
    context = {"figures": presenters.figures(), "breadcrumb": crumbs(_("Figures"))}
    return render(request, "training/figures.html", context)


@require_safe
@login_required
def course(request: HttpRequest, pk: int) -> HttpResponse:
    """One course: when and where, one's own seat, and for those who run it who takes part."""
    shown, user, now = seen_course(request, pk), request.user, timezone.now()
    seat = queries.seat_of(user, shown)
    reads = permissions.may_read_participants(user)
    context = {
        "course": shown,
        "tone": presenters.tone_of(shown),
        "free": max(shown.seats - shown.seated, 0),
        "days": [
            {"day": day, "may_note": permissions.may_note_presence(user, day, now)}
            for day in shown.days.all()
        ],
        "seat": seat,
        "place": queries.place_of(seat) if seat and seat.stage == SeatStage.WAITING else 0,
        "certificate": getattr(seat, "certificate", None),
        "participants": presenters.participants_of(shown) if reads else [],
        "feedback": presenters.feedback_of(shown) if reads else None,
        "reads": reads,
        "may_register": permissions.may_register(user, shown, now),
        "may_give_back": permissions.may_give_back(user, shown, now),
        "may_give_feedback": permissions.may_give_feedback(user, shown),
        "may_edit": permissions.may_edit(user, shown),
        "may_publish": permissions.may_publish(user, shown),
        "may_close": permissions.may_close(user, shown, now),
        "breadcrumb": crumbs(str(shown)),
    }
    return render(request, "training/course.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@login_required
def register(request: HttpRequest, pk: int) -> HttpResponse:
    """Take a seat, or a place on the waiting list."""
    shown = seen_course(request, pk)
    or_404(permissions.may_register(request.user, shown, timezone.now()))
    form = RegisterForm(sent(request), firms=organisations_of(request.user))

    def act(values: dict[str, Any]) -> None:
        operations.register(course=shown, by=request.user, at=timezone.now(), **values)

    return form_page(
        request, form, act, title=pgettext("training", "Register"), lead=str(shown), button=pgettext("training", "Register"),
        done=_("You are registered. You see your place below."), back=shown.get_absolute_url(),
        breadcrumb=crumbs(pgettext("training", "Register"), course=shown),
    )  # fmt: skip


@require_POST
@login_required
def give_back(request: HttpRequest, pk: int) -> HttpResponse:
    """Give one's seat to others."""
    shown = seen_course(request, pk)
    with flash_outcome(request, _("Thank you. Whoever waits first gets the seat.")):
        operations.give_back(course=shown, by=request.user, at=timezone.now())
    return redirect(shown)


@require_http_methods(["GET", "HEAD", "POST"])
@login_required
def feedback(request: HttpRequest, pk: int) -> HttpResponse:
    """Say how it was, without a name."""
    shown = seen_course(request, pk)
    or_404(permissions.may_give_feedback(request.user, shown))
    form = FeedbackForm(sent(request))

    def act(values: dict[str, Any]) -> None:
        operations.give_feedback(course=shown, by=request.user, **values)

    return form_page(
        request, form, act, title=_("Give feedback"), lead=str(shown), button=_("Send"),
        done=_("Thank you. It is kept without your name."), back=shown.get_absolute_url(),
        breadcrumb=crumbs(_("Give feedback"), course=shown),
    )  # fmt: skip
