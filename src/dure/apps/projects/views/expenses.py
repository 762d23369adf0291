"""Expenses: the list, filing one while the rules speak, evidence, justification, decision."""

from typing import Any
from uuid import uuid4

from django.contrib.auth.decorators import login_required
from django.core.paginator import Page
from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.cache import cache_control, never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from dure.apps.projects import adapter, operations, permissions, presenters, queries
from dure.apps.projects.forms import (
    DecisionForm,
    EvidenceForm,
    ExpenseForm,
    ExpensesForm,
    MarkForm,
    TextForm,
)
from dure.apps.projects.forms.spending import answers_as_initial
from dure.apps.projects.models import Expense, Project
from dure.apps.projects.pages import frame, project_with_money
from dure.foundation import pictures
from dure.foundation.ui.answers import flash_outcome, refusal_in
from dure.foundation.ui.form_page import render_forms, sent
from dure.foundation.ui.listing import list_page
from dure.foundation.web import takes_files

ON_A_PAGE = 50


@require_safe
@login_required
def expenses(request: HttpRequest, pk: int) -> HttpResponse:
    """The expenses of a project, as far as one may see them; also as a workbook."""
    project = project_with_money(request, pk)
    form = ExpensesForm(
        request.GET, rules=adapter.rules_of(project, "spending"), language=get_language()
    )
    expenses = queries.expenses_visible_to(request.user).filter(project=project)
    names = presenters.purpose_names(project)

    def context(page: Page) -> dict[str, Any]:
        return {
            **frame(request, project, "expenses"),
            "rows": [presenters.row_of(expense, names) for expense in page],
            "may_file": permissions.may_file(request.user, project),
            "plan": presenters.plan_rows(project),
        }

    return list_page(
        request,
        "projects/expenses.html",
        form.narrow(expenses).prefetch_related("evidence").order_by("-spent_on", "-pk"),
        form=form,
        per_page=ON_A_PAGE,
        sheet=lambda rows: presenters.expenses_sheet(project, rows),
        context=context,
    )


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
@takes_files
@login_required
def new(request: HttpRequest, pk: int) -> HttpResponse:
    """File an expense."""
    project = project_with_money(request, pk)
    form = _form(request, project, sent(request))
    key = request.POST.get("key", "")[:40] or uuid4().hex
    if request.method == "POST" and form.is_valid():
        with refusal_in(form) as outcome:
            filed = operations.file_expense(
                member=form.cleaned_data["member"],
                values=form.values(),
                key=f"form:{key}",
                files=form.cleaned_data["files"],
                kind=form.cleaned_data["kind"],
                by=request.user,
                at=timezone.now(),
            )
        if outcome.is_done:
            return redirect(filed)
    context = {
        **_form_page(request, project, form),
        "key": key,
        "may": permissions.may_file(request.user, project),
        "title": _("File an expense"),
        "action": reverse("projects:new_expense", args=[project.pk]),
    }
    return render_forms(request, "projects/expense_form.html", context)


@require_safe
@login_required
def questions(request: HttpRequest, pk: int) -> HttpResponse:
    """What the rules ask for the purpose that is chosen."""
    project = project_with_money(request, pk)
    form = ExpenseForm(
        initial={"purpose": request.GET.get("purpose", "")},
        members=queries.members_acted_for(request.user, project),
        rules=adapter.rules_of(project, "spending"),
    )
    return render(request, "projects/_questions.html", {"form": form})


@require_safe
@login_required
def findings(request: HttpRequest, pk: int) -> HttpResponse:
    """What will be disallowed of an expense as far as it is filled in; nothing is kept."""
    project = project_with_money(request, pk)
    form = _form(request, project, request.GET)
    values = form.values()
    rows: list[dict[str, Any]] = []
    if values.get("amount") and values.get("spent_on"):
        expense = Expense(project=project, **{k: v for k, v in values.items() if v is not None})
        rows = presenters.findings_of(expense, None)
    return render(request, "projects/_findings.html", {"findings": rows, "is_asked": True})


@never_cache
@require_safe
@login_required
def expense(request: HttpRequest, expense_id: int) -> HttpResponse:
    """One expense: what it says, its evidence, what speaks against it, what was decided."""
    return _page(request, _found(request, expense_id))


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
@takes_files
@login_required
def change(request: HttpRequest, expense_id: int) -> HttpResponse:
    """Correct an expense."""
    expense = _found(request, expense_id)
    initial = {
        name: getattr(expense, name)
        for name in (
            *("amount", "spent_on", "payee", "purpose", "paid_by", "vat", "spent_at"),
            *("what", "payee_number", "relation"),
        )
    }
    initial |= {"member": expense.member_id, **answers_as_initial(expense.answers)}
    data = sent(request)
    form = _form(request, expense.project, data, initial)
    if request.method == "POST" and form.is_valid():
        with refusal_in(form) as outcome:
            operations.change_expense(
                expense=expense, values=form.values(), by=request.user, at=timezone.now()
            )
            if files := form.cleaned_data["files"]:
                operations.add_evidence(
                    expense=expense, files=files, kind=form.cleaned_data["kind"],
                    by=request.user, at=timezone.now(),
                )  # fmt: skip
        if outcome.is_done:
            return redirect(expense)
    context = {
        **_form_page(request, expense.project, form),
        "may": permissions.may_change(request.user, expense),
        "title": _("Correct an expense"),
        "action": reverse("projects:change_expense", args=[expense.pk]),
    }
    return render_forms(request, "projects/expense_form.html", context)


@require_POST
@login_required
def remove(request: HttpRequest, expense_id: int) -> HttpResponse:
    """Take an expense back."""
    expense = _found(request, expense_id)
    with flash_outcome(request, _("The expense was taken back.")):
        operations.remove_expense(expense=expense, by=request.user, at=timezone.now())
    return redirect("projects:expenses", expense.project_id)


@require_POST
@takes_files
@login_required
def add_evidence(request: HttpRequest, expense_id: int) -> HttpResponse:
    """Add files to an expense."""
    expense = _found(request, expense_id)
    form = EvidenceForm(request.POST, request.FILES)
    if form.is_valid():
        with refusal_in(form) as outcome:
            operations.add_evidence(
                expense=expense, **form.cleaned_data, by=request.user, at=timezone.now()
            )
        if outcome.is_done:
            return redirect(expense)
    return _page(request, expense, evidence_form=form)


@require_POST
@login_required
def justify(request: HttpRequest, expense_id: int) -> HttpResponse:
    """Say why an expense should count."""
    expense = _found(request, expense_id)
    form = TextForm(request.POST)
    if form.is_valid():
        with flash_outcome(request, _("Handed in. An officer decides it.")):
            operations.justify(
                expense=expense, text=form.cleaned_data["text"], by=request.user, at=timezone.now()
            )
        return redirect(expense)
    return _page(request, expense, justify_form=form)


@require_POST
@login_required
def decide(request: HttpRequest, expense_id: int) -> HttpResponse:
    """Allow or disallow an expense."""
    expense = _found(request, expense_id)
    form = DecisionForm(request.POST)
    if form.is_valid():
        cleaned = form.cleaned_data
        with refusal_in(form) as outcome:
            operations.decide(
                expense=expense, decision=cleaned["decision"], amount=cleaned["amount"] or 0,
                note=cleaned["note"], by=request.user, at=timezone.now(),
            )  # fmt: skip
        if outcome.is_done:
            return redirect(expense)
    return _page(request, expense, decision_form=form)


@require_safe
@login_required
def evidence(request: HttpRequest, evidence_id: int) -> FileResponse:
    """A file of an expense, to be saved, never shown: it may hold anything."""
    evidence = get_object_or_404(queries.evidence_visible_to(request.user), pk=evidence_id)
    return FileResponse(evidence.file.open("rb"), as_attachment=True, filename=evidence.name)


@require_safe
@cache_control(private=True, max_age=86_400)
@login_required
def picture(request: HttpRequest, evidence_id: int) -> HttpResponse:
    """A photo of an expense as a picture that every browser shows; the file stays as it came."""
    evidence = get_object_or_404(queries.evidence_visible_to(request.user), pk=evidence_id)
    with evidence.file.open("rb") as source:
        content = pictures.shown(source) if pictures.is_picture(evidence.name) else None
    if content is None:
        raise Http404
    return HttpResponse(
        content, content_type="image/jpeg", headers={"X-Content-Type-Options": "nosniff"}
    )


def _found(request: HttpRequest, pk: int) -> Expense:
    return get_object_or_404(queries.expenses_visible_to(request.user), pk=pk)


def _form(
    request: HttpRequest, project: Project, data: Any, initial: dict[str, Any] | None = None
) -> ExpenseForm:
    return ExpenseForm(
        data,
        request.FILES if request.method == "POST" else None,
        initial=initial or {"spent_on": timezone.localdate()},
        members=queries.members_acted_for(request.user, project),
        rules=adapter.rules_of(project, "spending"),
    )


def _form_page(request: HttpRequest, project: Project, form: ExpenseForm) -> dict[str, Any]:
    if not queries.members_acted_for(request.user, project).exists():
        raise Http404
    context = frame(request, project, "expenses")
    context["breadcrumb"][-1]["url"] = reverse("projects:expenses", args=[project.pk])
    context["breadcrumb"].append({"label": _("File an expense")})
    return {**context, "form": form}


def _page(request: HttpRequest, expense: Expense, **forms: Any) -> HttpResponse:
    user, project = request.user, expense.project
    rules = adapter.rules_of(project, "spending")
    asked = {
        question.id: question.ask.in_language(get_language())
        for question in (rules.questions if rules else [])
    }
    shared = frame(request, project, "expenses")
    shared["breadcrumb"][-1]["url"] = reverse("projects:expenses", args=[project.pk])
    shared["breadcrumb"].append({"label": str(expense)})
    context = {
        **shared,
        "expense": expense,
        "purpose": presenters.purpose_names(project).get(expense.purpose, ""),
        "line": adapter.line_name(project, expense.line, get_language()),
        "paid_by": dict(_choices("paid_by")).get(expense.paid_by, ""),
        "shown_elsewhere": dict(_choices("kind")).get(expense.shown_elsewhere, ""),
        "relation": dict(_choices("relation")).get(expense.relation, ""),
        "answers": [
            (asked[name], _spoken(value))
            for name, value in expense.answers.items()
            if name in asked
        ],
        "findings": presenters.findings_of(
            expense, expense.evidence_kinds, queries.parts_of(expense)
        ),
        "marks": queries.marks_visible_to(user).filter(expense=expense),
        "may_change": permissions.may_change(user, expense),
        "may_add": permissions.may_add_evidence(user, expense),
        "may_justify": permissions.may_justify(user, expense),
        "may_decide": permissions.may_decide(user, expense),
        "may_mark": permissions.may_mark_row(user, expense),
        "sampled": queries.why_sampled(expense),
        "evidence_form": EvidenceForm(auto_id="evidence_%s"),
        "justify_form": TextForm(initial={"text": expense.justification}),
        "decision_form": DecisionForm(initial={"amount": expense.expected or ""}),
        "mark_form": MarkForm(
            auto_id="mark_%s", initial={"amount": expense.expected or expense.amount}
        ),
        **forms,
    }
    return render_forms(request, "projects/expense.html", context)


def _choices(field: str) -> list[tuple[str, str]]:
    return list(ExpenseForm.base_fields[field].choices)


def _spoken(value: Any) -> str:
    if isinstance(value, bool):
        return _("Yes") if value else _("No")
    return str(value)
