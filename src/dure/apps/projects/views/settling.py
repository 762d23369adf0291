"""Settlement: whose turn each row is, the algebra step by step, and the bundle."""

from datetime import date
from typing import Any

from django.contrib.auth.decorators import login_required
from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.timezone import localdate
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from dure.apps.people.queries import organisations_visible_to
from dure.apps.projects import operations, permissions, presenters, queries
from dure.apps.projects.forms import AccountantForm, AnswerForm, JudgeForm, MarkForm, ReasonForm
from dure.apps.projects.models import Mark, Project, Settlement
from dure.apps.projects.pages import frame, project_for, project_with_money
from dure.engines.funding import UnsettledAccount
from dure.foundation.parsing import whole_number
from dure.foundation.ui.answers import flash_outcome
from dure.foundation.workdays import term_ends


@never_cache
@require_safe
@login_required
def settlement(request: HttpRequest, pk: int) -> HttpResponse:
    """The settlement of a project or of one of its stages, row by row."""
    project = _settled_project(request, pk)
    of_stage = project.settlements.filter(of_stage=whole_number(request.GET.get("stage")))
    return _page(request, of_stage.first() or project.settlement)


@require_POST
@login_required
def name_accountant(request: HttpRequest, pk: int) -> HttpResponse:
    """Name the accounting firm."""
    project = project_for(request, pk)
    form = AccountantForm(request.POST, firms=organisations_visible_to(request.user))
    if form.is_valid():
        with flash_outcome(request, _("Saved.")):
            operations.name_accountant(
                project=project, firm=form.cleaned_data["firm"], by=request.user
            )
    return redirect(project)


@require_POST
@login_required
def open_settlement(request: HttpRequest, pk: int) -> HttpResponse:
    """Begin the settlement."""
    project = project_for(request, pk)
    with flash_outcome(
        request, _("The settlement has begun. The firm and the accountants are told.")
    ):
        operations.open_settlement(project=project, by=request.user, at=timezone.now())
    return redirect(project)


@require_POST
@login_required
def examine_all(request: HttpRequest, pk: int) -> HttpResponse:
    """Have every row examined instead of a sample."""
    project = _settled_project(request, pk)
    form = ReasonForm(request.POST)
    reason = form.cleaned_data["reason"] if form.is_valid() else ""
    with flash_outcome(request, _("Every row can be asked about now.")):
        operations.examine_all(project=project, reason=reason, by=request.user)
    return to_settlement(project)


@require_POST
@login_required
def mark(request: HttpRequest, expense_id: int) -> HttpResponse:
    """Ask about a row."""
    expense = get_object_or_404(queries.expenses_visible_to(request.user), pk=expense_id)
    form = MarkForm(request.POST)
    if not form.is_valid():
        return redirect(expense)
    with flash_outcome(request, _("Marked. The firm is told.")):
        operations.mark_row(
            expense=expense, **form.cleaned_data, by=request.user, at=timezone.now()
        )
    return redirect(expense)


@require_POST
@login_required
def answer(request: HttpRequest, mark_id: int) -> HttpResponse:
    """Answer a marked row."""
    mark = _mark(request, mark_id)
    form = AnswerForm(request.POST)
    project = mark.settlement.project
    if not form.is_valid():
        return _page(request, mark.settlement, {mark.pk: form})
    with flash_outcome(request, _("Answered. The accounting firm is told.")):
        operations.answer_mark(mark=mark, **form.cleaned_data, by=request.user, at=timezone.now())
    return to_settlement(project)


@require_POST
@login_required
def judge(request: HttpRequest, mark_id: int) -> HttpResponse:
    """Accept or disallow a marked row, or ask again."""
    mark = _mark(request, mark_id)
    form = JudgeForm(request.POST)
    project = mark.settlement.project
    if not form.is_valid():
        return _page(request, mark.settlement, {mark.pk: form})
    cleaned = form.cleaned_data
    with flash_outcome(request, _("Done.")):
        operations.judge_mark(
            mark=mark, **{**cleaned, "amount": cleaned["amount"] or 0}, by=request.user,
            at=timezone.now(),
        )  # fmt: skip
    return to_settlement(project)


@require_POST
@login_required
def conclude(request: HttpRequest, pk: int) -> HttpResponse:
    """Conclude the settlement."""
    project = _settled_project(request, pk)
    with flash_outcome(request, _("Concluded. The firm is told what goes back.")):
        operations.conclude(project=project, by=request.user, at=timezone.now())
    return to_settlement(project)


@require_safe
@login_required
def bundle(request: HttpRequest, pk: int) -> FileResponse:
    """Usage report, plan against actual and all evidence in one file."""
    project = project_with_money(request, pk)
    expenses = queries.expenses_visible_to(request.user).filter(project=project)
    content = presenters.bundle_of(
        project, expenses.prefetch_related("evidence").order_by("spent_on", "pk")
    )
    name = f"{project.number}-{localdate().isoformat()}.zip"
    return FileResponse(content, as_attachment=True, filename=name)


def _settled_project(request: HttpRequest, pk: int) -> Project:
    project = project_with_money(request, pk)
    if not project.settlements.exists():
        raise Http404
    return project


def to_settlement(project: Project) -> HttpResponse:
    """Back to the settlement that is in work, or to the project where there is none."""
    page = "projects:settlement" if project.settlements.exists() else "projects:project"
    return redirect(page, project.pk)


def _mark(request: HttpRequest, pk: int) -> Mark:
    return get_object_or_404(queries.marks_visible_to(request.user), pk=pk)


def _page(
    request: HttpRequest, settlement: Settlement, forms: dict[int, Any] | None = None
) -> HttpResponse:
    user, today, project = request.user, localdate(), settlement.project
    marks = queries.marks_visible_to(user).filter(settlement=settlement)
    is_in_work = settlement.concluded_at is None
    context = {
        **frame(request, project, "settlement"),
        "settlement": settlement,
        "settlements": presenters.settlement_tabs(project, settlement),
        "rows": [_row(user, mark, today, (forms or {}).get(mark.pk)) for mark in marks],
        "result": _result(settlement),
        "plan": presenters.settled_plan(settlement),
        "may_conclude": permissions.may_conclude(user, project) if is_in_work else None,
        "may_mark": is_in_work and permissions.may_mark(user, project),
        "may_examine_all": is_in_work and permissions.may_examine_all(user, project),
        "may_object": permissions.may_object(user, settlement, today),
        "object_until": queries.objections_until(settlement),
        "objection": (objection := getattr(settlement, "objection", None)),
        "may_decide_objection": objection and permissions.may_decide_objection(user, objection),
        "whole_form": ReasonForm(auto_id="whole_%s"),
        "sample": presenters.sample_of(settlement),
    }
    status = 422 if forms else 200
    return render(request, "projects/settlement.html", context, status=status)


def _row(user: Any, mark: Mark, today: date, form: Any) -> dict[str, Any]:
    """A marked row with whose turn it is and what one may do with it."""
    project, initial = mark.settlement.project, {"revision": mark.revision}
    return {
        "mark": mark,
        "is_late": term_ends(mark.due_on) < today and not mark.decided_at,
        "who": str(mark.expense.member) if mark.stage == "OPEN" else str(project.accountant),
        "may_answer": permissions.may_answer(user, mark),
        "may_judge": permissions.may_judge(user, mark),
        "answer_form": form or AnswerForm(initial=initial, auto_id=f"id_{mark.pk}_%s"),
        "judge_form": form
        or JudgeForm(initial={**initial, "amount": mark.amount}, auto_id=f"id_{mark.pk}_%s"),
    }


def _result(settlement: Settlement) -> dict[str, Any]:
    """What it came to, or comes to as it stands."""
    try:
        return settlement.result or operations.computed(settlement)
    except UnsettledAccount as error:
        return {"problem": str(error)}
