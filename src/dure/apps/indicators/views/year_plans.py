"""What is planned for a year: actions under the tasks of a plan, resolved, then measured."""

from typing import Any

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import get_language, pgettext
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from dure.apps.indicators import adapter, operations, permissions, presenters, queries
from dure.apps.indicators.forms import ActionForm, ReportForm, ResultForm
from dure.apps.indicators.models import Action, Plan, YearPlan
from dure.foundation.ui.answers import flash_outcome, or_404, sheet_response, wants_workbook
from dure.foundation.ui.form_page import form_page
from dure.foundation.ui.listing import list_page

ON_A_PAGE = 30


@require_safe
def year_plans(request: HttpRequest) -> HttpResponse:
    """Plans of years, the newest first; resolved ones are public."""
    return list_page(
        request,
        "indicators/year_plans.html",
        queries.year_plans_visible_to(request.user),
        per_page=ON_A_PAGE,
        context=lambda page: {"breadcrumb": presenters.crumbs(None, (_("Execution plans"), ""))},
    )


@require_http_methods(["GET", "HEAD", "POST"])
@login_required
def begin(request: HttpRequest, plan_slug: str) -> HttpResponse:
    """Begin the plan of a year, next year's as a rule."""
    or_404(permissions.may_work(request.user))
    plan: Plan = get_object_or_404(queries.plans(), slug=plan_slug)
    year = min(max(timezone.localdate().year + 1, plan.first_year), plan.last_year)
    form = ReportForm(request.POST or None, initial={"year": year})
    return form_page(
        request,
        form,
        lambda values: operations.begin_year_plan(
            plan=plan, **values, by=request.user, at=timezone.now()
        ),
        title=_("Begin an execution plan"),
        lead=_("It begins with the actions of the year before, if there are any."),
        button=_("Begin"),
        back=reverse("indicators:year_plans"),
        breadcrumb=_crumbs((_("Begin an execution plan"), "")),
        field="year",
    )


@require_safe
def year_plan(request: HttpRequest, pk: int) -> HttpResponse:
    """The actions of a year by task, with the figures that came of them; also as a workbook."""
    shown = _year_plan(request, pk)
    actions = list(queries.actions_of(shown))
    tasks = presenters.by_task(shown, actions, queries.published_in(shown.plan))
    if wants_workbook(request):
        sheet = presenters.year_plan_sheet(tasks)
        return sheet_response(_("Execution plan"), sheet["headers"], sheet["rows"], name=str(shown))
    context = {
        "year_plan": shown,
        "tasks": tasks,
        "totals": presenters.totals(actions),
        "may_plan": permissions.may_plan(request.user, shown),
        "may_resolve": permissions.may_resolve(request.user, shown),
        "may_add_result": permissions.may_add_result(request.user, shown),
        "breadcrumb": _crumbs((str(shown), "")),
    }
    return render(request, "indicators/year_plan.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@login_required
def new_action(request: HttpRequest, pk: int) -> HttpResponse:
    """Write an action into the plan of a year."""
    return _action_page(request, _year_plan(request, pk), None)


@require_http_methods(["GET", "HEAD", "POST"])
@login_required
def change_action(request: HttpRequest, pk: int) -> HttpResponse:
    """Change an action of a plan that is not resolved yet."""
    action = _action(request, pk)
    return _action_page(request, action.year_plan, action)


@require_POST
@login_required
def drop_action(request: HttpRequest, pk: int) -> HttpResponse:
    """Take an action out."""
    action = _action(request, pk)
    with flash_outcome(request, _("Taken out: %(action)s") % {"action": action}):
        operations.drop_action(action=action, by=request.user)
    return redirect(action.year_plan)


@require_POST
@login_required
def resolve(request: HttpRequest, pk: int) -> HttpResponse:
    """Resolve the plan of a year as a second person."""
    shown = _year_plan(request, pk)
    with flash_outcome(request, _("Resolved. Its actions stay as they are now.")):
        operations.resolve(year_plan=shown, by=request.user, at=timezone.now())
    return redirect(shown)


@require_http_methods(["GET", "HEAD", "POST"])
@login_required
def add_result(request: HttpRequest, pk: int) -> HttpResponse:
    """Say what came of an action."""
    action = _action(request, pk)
    or_404(permissions.may_add_result(request.user, action.year_plan))
    return form_page(
        request,
        ResultForm(request.POST or None, initial={"result": action.result}),
        lambda values: operations.add_result(action=action, **values, by=request.user),
        title=pgettext("year plan", "What came of it"),
        lead=str(action),
        button=_("Save"),
        back=action.year_plan.get_absolute_url(),
        breadcrumb=_crumbs(
            (str(action.year_plan), action.year_plan.get_absolute_url()), (str(action), "")
        ),
    )


def _action_page(request: HttpRequest, shown: YearPlan, action: Action | None) -> HttpResponse:
    or_404(permissions.may_plan(request.user, shown))
    file = adapter.file_of(shown.plan)
    form = ActionForm(
        request.POST or None,
        tasks=[
            (task.id, f"{task.id} {task.name.in_language(get_language())}") for task in file.tasks
        ],
        indicators=queries.indicators_of(shown.plan),
        initial={name: getattr(action, name) for name in ActionForm.base_fields} if action else {},
    )
    return form_page(
        request,
        form,
        lambda written: operations.write_action(
            year_plan=shown, action=action, **written, by=request.user
        ),
        title=_("Change the action") if action else _("New action"),
        lead=str(shown),
        button=_("Save"),
        back=shown.get_absolute_url(),
        breadcrumb=_crumbs(
            (str(shown), shown.get_absolute_url()), (str(action or _("New action")), "")
        ),
    )


def _year_plan(request: HttpRequest, pk: int) -> YearPlan:
    plan: YearPlan = get_object_or_404(queries.year_plans_visible_to(request.user), pk=pk)
    return plan


def _action(request: HttpRequest, pk: int) -> Action:
    action: Action = get_object_or_404(queries.actions_visible_to(request.user), pk=pk)
    return action


def _crumbs(*more: tuple[str, str]) -> list[dict[str, Any]]:
    return presenters.crumbs(None, (_("Execution plans"), reverse("indicators:year_plans")), *more)
