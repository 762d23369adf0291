"""A fair is set up in minutes: new, like last year's, changed, with a live count of its room."""

from datetime import timedelta

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from dure.apps.fairs import operations, queries
from dure.apps.fairs.forms.fairs import CopyForm, FairForm, RoomForm
from dure.apps.fairs.models import Fair
from dure.apps.fairs.pages import way_to_all
from dure.apps.fairs.presenters import room
from dure.apps.fairs.reasons import Reason
from dure.apps.fairs.views.guards import fair_or_404, officers_only
from dure.foundation.parsing import row_id
from dure.foundation.ui.answers import attempted, flash_outcome, refusal_in
from dure.foundation.ui.pages import breadcrumb, tabs_for

# Until a fair is usually held: time to register, to wish and to plan.
LEAD_TIME = timedelta(weeks=8)
REGISTRATION_TAKES, WISHES_TAKE = timedelta(weeks=4), timedelta(weeks=6)
# The button that asks for one more line in a form says of which kind; nothing is saved then.
ANOTHER = "another"


@require_http_methods(["GET", "HEAD", "POST"])
@officers_only
def new(request: HttpRequest) -> HttpResponse:
    """A fair from nothing: everything that can be guessed is filled in."""
    now = timezone.localtime()
    initial = {
        "registration_until": _evening(now + REGISTRATION_TAKES),
        "wishes_until": _evening(now + WISHES_TAKE),
        "most_musts": 5,
    }
    if another := request.POST.get(ANOTHER):
        sent = request.POST.dict()
        form, rooms = FairForm(initial=sent), RoomForm(initial=sent, another=another)
    else:
        form = FairForm(request.POST or None, initial=initial)
        rooms = RoomForm(request.POST or None, first_day=timezone.localdate(now + LEAD_TIME))
    if form.is_bound and form.is_valid() and rooms.is_valid():
        with refusal_in(rooms) as outcome:
            fair = operations.set_up_fair(
                values=form.values(),
                days=rooms.days(),
                halls=rooms.halls(),
                spare_percent=rooms.cleaned_data["spare_percent"],
                by=request.user,
            )
        if outcome.is_done:
            messages.success(request, _("The fair is set up as a draft."))
            return redirect("fairs:detail", fair.pk)
    context = {
        "title": _("New fair"),
        "breadcrumb": [*way_to_all(), {"label": _("New fair"), "url": ""}],
        "form": form,
        "room": rooms,
        "copies": queries.fairs_visible_to(request.user)[:5],
        "cancel_url": reverse("fairs:list"),
    }
    failed = form.errors or rooms.errors
    return render(request, "fairs/fair_form.html", context, status=422 if failed else 200)


@require_http_methods(["GET", "HEAD", "POST"])
@officers_only
def edit(request: HttpRequest, fair_id: int) -> HttpResponse:
    """The words, deadlines and rules of a fair."""
    fair = fair_or_404(request, fair_id)
    form = FairForm(request.POST or None, fair=fair)
    if request.method == "POST" and form.is_valid():
        with refusal_in(form) as outcome:
            operations.edit_fair(
                fair=fair, values=form.values(), seen_at=form.seen(), by=request.user
            )
        if outcome.is_done:
            messages.success(request, _("Saved."))
            return redirect("fairs:detail", fair.pk)
        if outcome.refusal and outcome.refusal.reason == Reason.CHANGED_MEANWHILE:
            # Whoever has been told may save over it.
            form.data = form.data.copy()
            form.data["seen_at"] = fair_or_404(request, fair_id).updated_at.isoformat()
    return _page(request, fair, _("Words and deadlines"), form=form)


@require_http_methods(["GET", "HEAD", "POST"])
@officers_only
def edit_room(request: HttpRequest, fair_id: int) -> HttpResponse:
    """The days, halls and tables of a fair."""
    fair = fair_or_404(request, fair_id)
    if another := request.POST.get(ANOTHER):
        rooms = RoomForm(initial=request.POST.dict(), another=another)
    else:
        rooms = RoomForm(request.POST or None, initial=room.form_values(fair))
    if rooms.is_valid():
        with refusal_in(rooms) as outcome:
            operations.set_room(
                fair=fair,
                days=rooms.days(),
                halls=rooms.halls(),
                spare_percent=rooms.cleaned_data["spare_percent"],
                by=request.user,
            )
        if outcome.is_done:
            messages.success(request, _("Saved."))
            return redirect("fairs:detail", fair.pk)
    return _page(request, fair, _("Days and halls"), room=rooms)


@require_safe
@officers_only
def capacity(request: HttpRequest) -> HttpResponse:
    """How many meetings the days and halls in a form hold at most; a fragment for the form."""
    rooms = RoomForm(request.GET)
    context: dict[str, object] = {"is_valid": rooms.is_valid()}
    if context["is_valid"]:
        number = row_id(request.GET.get("fair"))
        fairs = queries.fairs_visible_to(request.user)
        fair = fairs.filter(pk=number).first()
        with attempted() as outcome:
            setup = operations.capacity_of(
                days=rooms.days(),
                halls=rooms.halls(),
                spare_percent=rooms.cleaned_data["spare_percent"],
                fair=fair,
            )
            context |= {"is_expected": fair is None, **room.capacity_words(setup)}
        if not outcome.is_done:
            context |= {"is_valid": False, "why": outcome.why_not}
    return render(request, "fairs/_capacity.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@officers_only
def copy(request: HttpRequest, fair_id: int) -> HttpResponse:
    """A new fair like an earlier one."""
    fair = fair_or_404(request, fair_id)
    guess = (fair.starts_at or timezone.now()) + timedelta(weeks=52)
    initial = {"name": fair.name, "name_en": fair.name_en, "first_day": timezone.localdate(guess)}
    form = CopyForm(request.POST or None, initial=initial)
    if request.method == "POST" and form.is_valid():
        with flash_outcome(request, _("The fair is set up as a draft.")):
            made = operations.copy_fair(fair=fair, by=request.user, **form.cleaned_data)
            return redirect("fairs:edit", made.pk)
    return _page(request, fair, _("Copy this fair"), form=form, tabs=None)


def _page(request: HttpRequest, fair: Fair, title: str, **context: object) -> HttpResponse:
    forms = [context[name] for name in ("form", "room") if name in context]
    failed = any(form.is_bound and form.errors for form in forms)
    context = {
        "fair": fair,
        "title": title,
        "breadcrumb": breadcrumb(fair, title),
        "tabs": tabs_for(request.user, fair, ""),
        "cancel_url": reverse("fairs:detail", args=[fair.pk]),
        **context,
    }
    return render(request, "fairs/fair_form.html", context, status=422 if failed else 200)


def _evening(moment: object) -> object:
    return moment.replace(hour=18, minute=0, second=0, microsecond=0)
