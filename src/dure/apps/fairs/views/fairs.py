"""Fairs: the list, the page of one, the stages of its life, and who stands at its desk."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from dure.apps.fairs import operations, permissions, queries
from dure.apps.fairs.forms.fairs import DutyForm
from dure.apps.fairs.models import Fair, Registration
from dure.apps.fairs.pages import way_to_all
from dure.apps.fairs.presenters import life
from dure.apps.fairs.presenters.todo import todo_for
from dure.apps.fairs.stages import FAIR_OVER, FairStage
from dure.apps.fairs.views import public
from dure.apps.fairs.views.guards import fair_or_404, officers_only
from dure.apps.people.queries import people_visible_to, roles_of
from dure.foundation.ui.answers import flash_outcome
from dure.foundation.ui.pages import tabs_for
from dure.values.text import clean


@require_safe
def fair_list(request: HttpRequest) -> HttpResponse:
    """All fairs that the reader sees, a visitor those announced: what is to come, then what was."""
    if not request.user.is_authenticated:
        return public.fair_list(request)
    fairs = list(queries.with_counts(queries.fairs_visible_to(request.user)))
    own = {
        row.fair_id: row
        for row in queries.registrations_visible_to(request.user).filter(
            organisation__in=roles_of(request.user).organisations
        )
    }
    rows = [_row(request, fair, own.get(fair.pk)) for fair in fairs]
    context = {
        "breadcrumb": way_to_all(),
        "coming": [row for row in reversed(rows) if row["fair"].stage not in FAIR_OVER],
        "over": [row for row in rows if row["fair"].stage in FAIR_OVER],
        "may_set_up": permissions.may_set_up(request.user),
    }
    return render(request, "fairs/fair_list.html", context)


@require_safe
def detail(request: HttpRequest, fair_id: int) -> HttpResponse:
    """One fair: where it stands, what to do next, when and where it is; for others its public page."""
    if not queries.fairs_visible_to(request.user).filter(pk=fair_id).exists():
        return public.fair(request, fair_id)
    fair = fair_or_404(request, fair_id)
    registration = queries.registration_of(fair, request.user)
    now = timezone.now()
    may_set_up = permissions.may_set_up(request.user, fair)
    next_step, who = life.turn_of(fair)
    reads_inside = permissions.may_read_inside(request.user)
    context = {
        "fair": fair,
        "breadcrumb": [*way_to_all(), {"label": str(fair)}],
        "tabs": tabs_for(request.user, fair, "detail", own=registration),
        "tone": life.TONES[FairStage(fair.stage)],
        "days": life.days_of(fair),
        "stages": life.path_of(fair),
        "next_step": next_step,
        "who": who,
        **life.deadline_of(fair, now),
        "todo": todo_for(request.user, fair, registration, now),
        "registration": registration,
        "moves": life.moves_for(request.user, fair),
        "may_set_up": may_set_up,
        "reads_inside": reads_inside,
        "may_run_fairs": permissions.may_run_fairs(request.user),
        "figures": _figures(fair) if reads_inside else [],
        "slots": fair.slots.order_by("starts_at"),
        "halls": _halls(fair),
        "duties": queries.desk_duties_of(fair, request.user),
        "may_give_desk_duty": permissions.may_give_desk_duty(request.user, fair),
    }
    return render(request, "fairs/fair_detail.html", context)


@require_POST
@officers_only
def move(request: HttpRequest, fair_id: int) -> HttpResponse:
    """Move a fair to another stage of its life."""
    fair = fair_or_404(request, fair_id)
    stage = request.POST.get("stage", "")
    with flash_outcome(request, _("Done.")):
        operations.move(
            fair=fair,
            stage=stage if stage in FairStage else FairStage(fair.stage),
            reason=clean(request.POST.get("reason", "")),
            by=request.user,
            at=timezone.now(),
        )
    return redirect("fairs:detail", fair_id)


@require_POST
@officers_only
def give_desk_duty(request: HttpRequest, fair_id: int) -> HttpResponse:
    """Put somebody at the desk."""
    fair = fair_or_404(request, fair_id)
    form = DutyForm(request.POST, people=people_visible_to(request.user))
    if not form.is_valid():
        messages.error(request, " ".join(form.errors.get("email", [])))
        return redirect("fairs:detail", fair_id)
    person = form.cleaned_data["email"]
    with flash_outcome(request, _("%(person)s is at the desk.") % {"person": person}):
        operations.give_desk_duty(fair=fair, person=person, by=request.user, at=timezone.now())
    return redirect("fairs:detail", fair_id)


@require_POST
@officers_only
def take_desk_duty(request: HttpRequest, fair_id: int, duty_id: int) -> HttpResponse:
    """Take somebody from the desk."""
    fair = fair_or_404(request, fair_id)
    duty = get_object_or_404(queries.desk_duties_of(fair, request.user), pk=duty_id)
    with flash_outcome(request, _("Done.")):
        operations.take_desk_duty(duty=duty, by=request.user)
    return redirect("fairs:detail", fair_id)


def _row(request: HttpRequest, fair: Fair, own: Registration | None) -> dict[str, Any]:
    todo = todo_for(request.user, fair, own, timezone.now())
    next_step, who = life.turn_of(fair)
    return {
        "fair": fair,
        "days": life.days_of(fair),
        "tone": life.TONES[FairStage(fair.stage)],
        "todo": todo[:1],
        "own": own,
        "next": next_step,
        "who": who,
    }


def _figures(fair: Fair) -> list[dict[str, Any]]:
    counts = (
        (fair.demand_count, _("Demand organisations"), "?side=DEMAND&stage=APPROVED"),
        (fair.supply_count, _("Small firms"), "?side=SUPPLY&stage=APPROVED"),
        (fair.applied_count, _("Waiting for an answer"), "?stage=APPLIED"),
    )
    return [
        {"number": f"{n:,}", "label": label, "url": f"/fairs/{fair.pk}/registrations/{query}"}
        for n, label, query in counts
    ]


def _halls(fair: Fair) -> list[dict[str, Any]]:
    return [
        {
            "hall": hall,
            "tables": len(hall.tables.all()),
            "spare": sum(table.is_spare for table in hall.tables.all()),
        }
        for hall in fair.halls.order_by("pk").prefetch_related("tables")
    ]
