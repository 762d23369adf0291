"""Plan against actual by year, and what goes on from one stage to the next."""

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import timezone
from django.utils.timezone import localdate
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from dure.apps.projects import operations, permissions, presenters, queries
from dure.apps.projects.forms import CarryOverDecisionForm, CarryOverForm
from dure.apps.projects.models import Project
from dure.apps.projects.pages import frame, project_with_money, way_to
from dure.apps.projects.views.settling import to_settlement
from dure.foundation.parsing import whole_number
from dure.foundation.ui.answers import flash_outcome, or_404, sheet_response
from dure.foundation.ui.form_page import form_page, sent


@never_cache
@require_safe
@login_required
def plan(request: HttpRequest, pk: int) -> HttpResponse:
    """Plan against actual, year by year, with what goes on to the next; also as a workbook."""
    project = project_with_money(request, pk)
    if request.GET.get("format") == "xlsx":
        return sheet_response(**presenters.years_sheet(project), name=project.number)
    years = presenters.years_of(project)
    asked = whole_number(request.GET.get("year"))
    year = asked if asked in project.years else None
    user, today = request.user, localdate()
    ends = queries.stage_ends(project)
    carry_overs = queries.carry_overs_in(project, user)
    context = {
        **frame(request, project, "plan"),
        "years": years,
        "year": year,
        "chart": presenters.years_chart(years),
        "plan": presenters.plan_rows(project, year),
        "ends": ends,
        "names_stages": queries.names_stages(project),
        "carry_overs": [
            {**row, "may_decide": permissions.may_decide_carry_over(user, row["carry_over"])}
            for row in presenters.carry_over_rows(project, carry_overs)
        ],
        "may_ask": any(
            permissions.may_carry_over(user, member, day)
            for member in queries.members_acted_for(user, project)
            for day in ends
        ),
        "may_settle": permissions.may_settle_stage(user, project, today),
        "next_end": queries.next_stage_to_settle(project),
    }
    return render(request, "projects/plan.html", context)


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
@login_required
def carry_over(request: HttpRequest, pk: int) -> HttpResponse:
    """Ask that money go on to the next stage."""
    project = project_with_money(request, pk)
    members = queries.members_acted_for(request.user, project)
    ends = [
        day
        for day in queries.stage_ends(project)
        if any(permissions.may_carry_over(request.user, member, day) for member in members)
    ]
    if not ends:
        raise Http404
    form = CarryOverForm(
        sent(request), members=members, ends=ends, lines=presenters.direct_lines(project)
    )
    return form_page(
        request,
        form,
        lambda cleaned: operations.ask_carry_over(**cleaned, by=request.user, at=timezone.now()),
        title=_("Carry over into the next stage"),
        lead=_(
            "What is left of a stage goes back unless the programme office lets it go on before."
        ),
        button=_("Ask for it"),
        done=_("Asked for. The officer in charge is told."),
        back=_plan(project),
        breadcrumb=_breadcrumb(project, _("Carry over into the next stage")),
        field="amount",
    )


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
@login_required
def decide_carry_over(request: HttpRequest, carry_over_id: int) -> HttpResponse:
    """Decide what goes on."""
    visible = queries.carry_overs_visible_to(request.user)
    carry_over = get_object_or_404(visible, pk=carry_over_id)
    or_404(permissions.may_decide_carry_over(request.user, carry_over))
    project = carry_over.member.project
    [row] = presenters.carry_over_rows(project, [carry_over])
    return form_page(
        request,
        CarryOverDecisionForm(sent(request), initial={"allowed": f"{carry_over.amount:,}"}),
        lambda cleaned: operations.decide_carry_over(
            carry_over=carry_over, **cleaned, by=request.user, at=timezone.now()
        ),
        title=_("Decide what goes on to the next stage"),
        lead=_("%(firm)s, %(line)s: %(amount)s won. %(reason)s")
        % {
            "firm": carry_over.member,
            "line": row["name"],
            "amount": f"{carry_over.amount:,}",
            "reason": carry_over.reason,
        },
        button=_("Decide"),
        done=_("Decided. The firm is told."),
        back=_plan(project),
        breadcrumb=_breadcrumb(project, _("Decide what goes on to the next stage")),
        field="allowed",
    )


@require_POST
@login_required
def settle_stage(request: HttpRequest, pk: int) -> HttpResponse:
    """Begin the settlement of the stage that is over."""
    project = project_with_money(request, pk)
    with flash_outcome(
        request, _("The settlement of the stage has begun. The firm and the accountants are told.")
    ):
        operations.settle_stage(project=project, by=request.user, at=timezone.now())
    return to_settlement(project)


def _plan(project: Project) -> str:
    return reverse("projects:plan", args=[project.pk]) + "#carry-over"


def _breadcrumb(project: Project, last: str) -> list[dict[str, str]]:
    plan_page = {"label": _("Plan against actual"), "url": _plan(project)}
    return [*way_to(project), plan_page, {"label": last}]
