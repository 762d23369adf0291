"""Courses for those who run them: offered, changed, opened, held, closed."""

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.timezone import localtime
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from dure.apps.training import operations, permissions, presenters, queries
from dure.apps.training.forms import CourseForm, DayForm, PresenceForm, WhyForm
from dure.apps.training.models import Day
from dure.apps.training.pages import crumbs, seen_course
from dure.foundation.ui.answers import flash_outcome, or_404, refusal_in, sheet_response
from dure.foundation.ui.form_page import form_page, sent, show_form


@require_http_methods(["GET", "HEAD", "POST"])
@login_required
def new(request: HttpRequest) -> HttpResponse:
    """Offer a course."""
    or_404(permissions.may_run(request.user))
    form = CourseForm(sent(request))
    if form.is_valid():
        with refusal_in(form) as outcome:
            made = operations.offer(values=form.cleaned_data, by=request.user, at=timezone.now())
        if outcome.is_done:
            messages.success(request, _("Saved as a draft. Now enter its days."))
            return redirect(made)
    return show_form(
        request, form, title=_("Offer a course"), button=_("Save"),
        back=reverse("training:courses"), breadcrumb=crumbs(_("Offer a course")),
    )  # fmt: skip


@require_http_methods(["GET", "HEAD", "POST"])
@login_required
def edit(request: HttpRequest, pk: int) -> HttpResponse:
    """Change a course."""
    shown = seen_course(request, pk)
    or_404(permissions.may_edit(request.user, shown))
    initial = {name: getattr(shown, name) for name in CourseForm.Meta.fields}
    form = CourseForm(sent(request), initial=initial)

    def act(values: dict[str, Any]) -> None:
        operations.edit(course=shown, values=values, by=request.user, at=timezone.now())

    return form_page(
        request, form, act, title=_("Change the course"), lead=str(shown), button=_("Save"),
        done=_("Saved."), back=shown.get_absolute_url(), field="seats",
        breadcrumb=crumbs(_("Change the course"), course=shown),
    )  # fmt: skip


@require_http_methods(["GET", "HEAD", "POST"])
@login_required
def add_day(request: HttpRequest, pk: int) -> HttpResponse:
    """Add a day to a course."""
    shown = seen_course(request, pk)
    or_404(permissions.may_edit(request.user, shown))
    form = DayForm(sent(request))

    def act(_cleaned: dict[str, Any]) -> None:
        operations.add_day(course=shown, values=form.values(), by=request.user)

    return form_page(
        request, form, act, title=_("Add a day"), lead=str(shown), button=_("Save"),
        done=_("Saved."), back=shown.get_absolute_url(), field="ends",
        breadcrumb=crumbs(_("Add a day"), course=shown),
    )  # fmt: skip


@require_POST
@login_required
def drop_day(request: HttpRequest, day_id: int) -> HttpResponse:
    """Take a day out of a draft."""
    day = _day(request, day_id)
    or_404(permissions.may_edit(request.user, day.course))
    with flash_outcome(request, _("Taken out.")):
        operations.drop_day(day=day, by=request.user)
    return redirect(day.course)


@require_POST
@login_required
def publish(request: HttpRequest, pk: int) -> HttpResponse:
    """Open a course for registration."""
    shown = seen_course(request, pk)
    or_404(permissions.may_edit(request.user, shown))
    with flash_outcome(request, _("Everybody can register now.")):
        operations.publish(course=shown, by=request.user)
    return redirect(shown)


@require_http_methods(["GET", "HEAD", "POST"])
@login_required
def cancel(request: HttpRequest, pk: int) -> HttpResponse:
    """Cancel a course."""
    shown = seen_course(request, pk)
    or_404(permissions.may_edit(request.user, shown))
    form = WhyForm(sent(request))

    def act(values: dict[str, Any]) -> None:
        operations.cancel(course=shown, by=request.user, at=timezone.now(), **values)

    return form_page(
        request, form, act, title=_("Cancel the course"), lead=str(shown),
        button=_("Cancel the course"), done=_("Cancelled. Everybody who is registered is told."),
        back=shown.get_absolute_url(), breadcrumb=crumbs(_("Cancel the course"), course=shown),
    )  # fmt: skip


@require_POST
@login_required
def close(request: HttpRequest, pk: int) -> HttpResponse:
    """Say that a course was held, and issue certificates."""
    shown = seen_course(request, pk)
    or_404(permissions.may_edit(request.user, shown))
    with flash_outcome(request) as outcome:
        number = operations.close(course=shown, by=request.user, at=timezone.now())
        outcome.done = ngettext(
            "Closed. %(number)s certificate was issued.",
            "Closed. %(number)s certificates were issued.",
            number,
        ) % {"number": number}
    return redirect(shown)


@require_safe
@login_required
def participants(request: HttpRequest, pk: int) -> HttpResponse:
    """Who takes part, as Excel."""
    shown = seen_course(request, pk)
    or_404(permissions.may_read_participants(request.user))
    return sheet_response(**presenters.participants_sheet(shown), name=str(shown))


@require_http_methods(["GET", "HEAD", "POST"])
@login_required
def presences(request: HttpRequest, day_id: int) -> HttpResponse:
    """Note who came on a day."""
    day, user = _day(request, day_id), request.user
    or_404(permissions.may_note_presence(user, day, timezone.now()))
    form = PresenceForm(
        sent(request),
        seats=presenters.seat_choices(day.course),
        initial={"present": list(day.presences.values_list("seat", flat=True))},
    )

    def act(values: dict[str, Any]) -> None:
        operations.note_presences(day=day, by=user, at=timezone.now(), **values)

    return form_page(
        request, form, act, title=_("Attendance"),
        lead=f"{day.course} · {localtime(day.starts_at):%Y-%m-%d}", button=_("Save"),
        done=_("Attendance is noted."), back=day.course.get_absolute_url(),
        breadcrumb=crumbs(_("Attendance"), course=day.course),
    )  # fmt: skip


def _day(request: HttpRequest, day_id: int) -> Day:
    return get_object_or_404(queries.days_visible_to(request.user), pk=day_id)
