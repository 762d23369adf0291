"""Pages of reviewers: what they know, their panels, the consensus."""

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from dure.apps.selection import operations, permissions, presenters, queries
from dure.apps.selection.forms import AbsenceForm, MinutesForm, ProfileForm, ReasonForm
from dure.apps.selection.models import Panel, Reviewer
from dure.foundation.parsing import whole_number
from dure.foundation.ui.answers import flash_outcome, or_404
from dure.foundation.ui.form_page import form_page


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def profile(request: HttpRequest) -> HttpResponse:
    """Accept an invitation to the pool, or say anew what one knows."""
    me = _me(request)
    start = {
        "fields_known": me.fields, "kinds": me.kinds, "region": me.region,
        "most_a_year": me.most_a_year,
    }  # fmt: skip
    return form_page(
        request, ProfileForm(request.POST or None, initial=start),
        lambda given: operations.accept(
            reviewer=me, fields=given["fields_known"], kinds=given["kinds"],
            region=given["region"], most_a_year=given["most_a_year"], by=request.user,
            at=timezone.now(),
        ),
        title=_("What I can review"),
        lead=_("By keeping this you declare that you will name every conflict of interest."),
        button=_("Declare and keep"), back=reverse("selection:reviews"),
        breadcrumb=presenters.own_crumbs(),
    )  # fmt: skip


@login_required
@require_POST
def decline(request: HttpRequest) -> HttpResponse:
    """Decline the invitation, or leave the pool."""
    with flash_outcome(request, _("You are not in the pool of reviewers.")):
        operations.decline(reviewer=_me(request), by=request.user)
    return redirect("selection:reviews")


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def absence(request: HttpRequest) -> HttpResponse:
    """Say when one is away."""
    me = _me(request)
    start = {"first": me.absent_from, "last": me.absent_until}
    return form_page(
        request, AbsenceForm(request.POST or None, initial=start),
        lambda given: operations.set_absence(
            reviewer=me, first=given["first"], last=given["last"], by=request.user,
            at=timezone.now(),
        ),
        title=_("When I am away"), button=_("Keep"), back=reverse("selection:reviews"),
        breadcrumb=presenters.own_crumbs(),
    )  # fmt: skip


@login_required
@require_safe
def reviews(request: HttpRequest) -> HttpResponse:
    """The panels one is asked to, with what is left; and one's own results as an applicant."""
    context = {
        "reviewer": queries.reviewer_of(request.user),
        "rows": [presenters.work(seat, request.user) for seat in queries.seats_of(request.user)],
        "votes": queries.votes_of(request.user),
        "incomplete": queries.items_to_complete(request.user),
        "questions": queries.questions_to_answer(request.user),
        "owned": queries.selections_owned_by(request.user),
        "presentations": queries.presentations_to_come(request.user, timezone.localdate()),
        "results": queries.results_for(request.user),
        "may_run": permissions.may_run(request.user),
        "may_declare": permissions.may_declare_any_interest(request.user),
        "breadcrumb": [{"label": _("Reviews"), "url": ""}],
    }
    return render(request, "selection/reviews.html", context)


@login_required
@require_POST
def pledge(request: HttpRequest, pk: int) -> HttpResponse:
    """Give the pledge of secrecy and impartiality."""
    seat = get_object_or_404(queries.seats_of(request.user), pk=pk)
    with flash_outcome(request, _("Pledged. The applications are open to you.")):
        operations.pledge(member=seat, by=request.user, at=timezone.now())
    return redirect("selection:reviews")


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def leave(request: HttpRequest, pk: int) -> HttpResponse:
    """Say that one cannot take part; somebody else comes in one's place."""
    seat = get_object_or_404(queries.seats_of(request.user), pk=pk)
    return form_page(
        request, ReasonForm(request.POST or None),
        lambda given: operations.give_up_seat(
            member=seat, reason=given["reason"], by=request.user, at=timezone.now()
        ),
        title=_("I cannot take part"), lead=str(seat.panel.selection), button=_("Leave the panel"),
        back=reverse("selection:reviews"),
        breadcrumb=presenters.own_crumbs((_("I cannot take part"), "")),
    )  # fmt: skip


@never_cache
@login_required
@require_safe
def panel(request: HttpRequest, pk: int) -> HttpResponse:
    """A panel: what one judges; in the consensus the sheets side by side and the minutes."""
    shown = _panel(request, pk)
    seat = queries.seat_in(shown, request.user)
    context = {
        "panel": shown,
        "name": presenters.panel_name(shown),
        "tasks": presenters.tasks(shown, seat, request.user) if seat else [],
        "compared": presenters.compared(shown, request.user),
        "is_alone": shown.stage == "SCORING",
        "seat": seat,
        "members": shown.members.exclude(stage="LEFT").select_related("reviewer__user"),
        "waited_for": queries.waited_for(shown),
        "may_remind": permissions.may_remind(request.user, shown),
        "may_start": permissions.may_start_consensus(request.user, shown),
        "may_write": permissions.may_write_minutes(request.user, shown),
        "may_confirm": permissions.may_confirm_minutes(request.user, shown),
        "may_close": permissions.may_close_panel(request.user, shown),
        "breadcrumb": presenters.own_crumbs((presenters.panel_name(shown), "")),
    }
    return render(request, "selection/panel.html", context)


@never_cache
@login_required
@require_safe
def agenda(request: HttpRequest, pk: int) -> HttpResponse:
    """The day of a panel: who presents when, and where the clock stands."""
    shown, now = _panel(request, pk), timezone.now()
    template = "selection/_agenda.html" if request.htmx else "selection/agenda.html"
    context = {
        "panel": shown,
        "now": now,
        "rows": presenters.agenda(shown, request.user, now),
        "breadcrumb": presenters.own_crumbs(
            (presenters.panel_name(shown), reverse("selection:panel", args=[shown.pk])),
            (_("Day of the panel"), ""),
        ),
    }
    return render(request, template, context)


@login_required
@require_POST
def move(request: HttpRequest, pk: int) -> HttpResponse:
    """Start the consensus, confirm the minutes, close the panel."""
    shown, what, by, at = (
        _panel(request, pk),
        request.POST.get("what"),
        request.user,
        timezone.now(),
    )
    if what == "consensus":
        with flash_outcome(request, _("The members read each other's sheets now.")):
            operations.start_consensus(panel=shown, by=by, at=at)
    elif what == "confirm":
        seen = whole_number(request.POST.get("seen")) or 0
        with flash_outcome(request, _("The minutes are confirmed.")):
            operations.confirm_minutes(panel=shown, seen=seen, by=by, at=at)
    elif what == "close":
        with flash_outcome(request, _("The panel has closed.")):
            operations.close_panel(panel=shown, by=by, at=at)
    return redirect("selection:panel", shown.pk)


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def minutes(request: HttpRequest, pk: int) -> HttpResponse:
    """Write the minutes; who confirmed an earlier text confirms anew."""
    shown = _panel(request, pk)
    or_404(permissions.may_write_minutes(request.user, shown))
    start = {"text": shown.minutes, "seen": shown.version}
    return form_page(
        request, MinutesForm(request.POST or None, initial=start),
        lambda given: operations.write_minutes(
            panel=shown, **given, by=request.user, at=timezone.now()
        ),
        title=_("Minutes of the panel"), lead=str(shown), button=_("Keep and ask everybody to confirm"),
        back=reverse("selection:panel", args=[shown.pk]),
        breadcrumb=presenters.own_crumbs(),
    )  # fmt: skip


def _me(request: HttpRequest) -> Reviewer:
    me = queries.reviewer_of(request.user)
    if me is None:
        raise Http404
    return me


def _panel(request: HttpRequest, pk: int) -> Panel:
    return get_object_or_404(queries.panels_visible_to(request.user), pk=pk)
