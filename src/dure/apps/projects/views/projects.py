"""Projects: the list, one of them, its milestones, reports, messages and files."""

from typing import Any

from django.contrib.auth.decorators import login_required
from django.core.paginator import Page
from django.http import FileResponse, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils import timezone
from django.utils.timezone import localdate
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from dure.apps.people.queries import organisations_visible_to, people_in_any
from dure.apps.projects import adapter, operations, permissions, presenters, queries
from dure.apps.projects.forms import (
    AccountantForm,
    MessageForm,
    MilestoneForm,
    ProjectsForm,
    ReasonForm,
    ReportForm,
    SanctionForm,
    SpecialForm,
    StageEndForm,
    TextForm,
    VerdictForm,
)
from dure.apps.projects.models import Project
from dure.apps.projects.pages import frame, project_for, project_with_money
from dure.foundation.ui.answers import (
    flash_outcome,
    or_404,
    refusal_in,
    saved_file,
    workbook_response,
)
from dure.foundation.ui.form_page import render_forms, sent
from dure.foundation.ui.listing import list_page
from dure.foundation.web import takes_files
from dure.foundation.workdays import term_ends

ON_A_PAGE = 30


@require_safe
@login_required
def projects(request: HttpRequest) -> HttpResponse:
    """The projects that one takes part in, all for the office; also as a workbook."""
    or_404(permissions.may_read_projects(request.user))
    form = ProjectsForm(request.GET)
    today = localdate()

    def context(page: Page) -> dict[str, Any]:
        rows = [
            {
                "project": project,
                "due": next(
                    iter(
                        presenters.dues_of(
                            project, today, sees_money=queries.sees_money(request.user, project)
                        )
                    ),
                    None,
                ),
            }
            for project in page
        ]
        return {
            "rows": rows,
            "may_read_draws": permissions.may_read_draws(request.user),
            "breadcrumb": [{"label": _("Projects")}],
        }

    return list_page(
        request,
        "projects/projects.html",
        form.narrow(queries.projects_visible_to(request.user)).prefetch_related(
            "members__organisation"
        ),
        form=form,
        per_page=ON_A_PAGE,
        sheet=presenters.projects_sheet,
        people=lambda projects: people_in_any(projects.order_by().values("members__organisation")),
        context=context,
    )


@never_cache
@require_safe
@login_required
def project(request: HttpRequest, pk: int) -> HttpResponse:
    """Where a project stands, and what is due from whom."""
    return _page(request, project_for(request, pk))


@require_POST
@takes_files
@login_required
def write(request: HttpRequest, pk: int) -> HttpResponse:
    """Write to everybody in the project."""
    project = project_for(request, pk)
    form = MessageForm(request.POST, request.FILES)
    if form.is_valid():
        with refusal_in(form) as outcome:
            operations.write(
                project=project, **form.cleaned_data, by=request.user, at=timezone.now()
            )
        if outcome.is_done:
            return redirect(f"{project.get_absolute_url()}#messages")
    return _page(request, project, message_form=form)


@require_POST
@takes_files
@login_required
def report_milestone(request: HttpRequest, milestone_id: int) -> HttpResponse:
    """Say that a milestone is reached."""
    milestone = get_object_or_404(queries.milestones_visible_to(request.user), pk=milestone_id)
    form = MilestoneForm(request.POST, request.FILES)
    if not form.is_valid():
        return _page(request, milestone.project, milestone_form=form, milestone=milestone)
    with flash_outcome(request, _("Reported. The demand organisation confirms it.")):
        operations.report_milestone(
            milestone=milestone, **form.cleaned_data, by=request.user, at=timezone.now()
        )
    return redirect(f"{milestone.project.get_absolute_url()}#milestones")


@require_POST
@login_required
def confirm_milestone(request: HttpRequest, milestone_id: int) -> HttpResponse:
    """Confirm a milestone."""
    milestone = get_object_or_404(queries.milestones_visible_to(request.user), pk=milestone_id)
    with flash_outcome(request, _("Confirmed.")):
        operations.confirm_milestone(milestone=milestone, by=request.user, at=timezone.now())
    return redirect(f"{milestone.project.get_absolute_url()}#milestones")


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
@login_required
def report(request: HttpRequest, report_id: int) -> HttpResponse:
    """A report: what the platform knows stands there, the rest is asked."""
    report = get_object_or_404(queries.reports_visible_to(request.user), pk=report_id)
    facts = report.facts or presenters.reported_figures(report.project, localdate())
    form = ReportForm(sent(request))
    if form.is_valid():
        with refusal_in(form) as outcome:
            operations.submit_report(
                report=report,
                **form.cleaned_data,
                facts=facts,
                by=request.user,
                at=timezone.now(),
            )
        if outcome.is_done:
            return redirect(report.project)
    context = {
        **frame(request, report.project, str(report.get_kind_display())),
        "report": report,
        "facts": facts,
        "form": form,
        "may": permissions.may_hand_in(request.user, report),
    }
    return render_forms(request, "projects/report.html", context)


@require_safe
@login_required
def package(request: HttpRequest, pk: int) -> HttpResponse:
    """The whole project as a tabular data package, as a ZIP file."""
    project = project_with_money(request, pk)
    now = timezone.now()
    return saved_file(
        presenters.project_package(project, request.user, at=now),
        f"{project.number}-{timezone.localdate(now).isoformat()}.zip",
    )


@require_safe
@login_required
def workbook(request: HttpRequest, pk: int) -> HttpResponse:
    """The whole project as an Excel file, a sheet for each part."""
    project = project_with_money(request, pk)
    content = presenters.project_workbook(project, request.user)
    return workbook_response(content, f"{project.number}-{localdate().isoformat()}")


@require_safe
@login_required
def paper(request: HttpRequest, paper_id: int) -> FileResponse:
    """A file of a project, to be saved, never shown: it may hold anything."""
    paper = get_object_or_404(queries.papers_visible_to(request.user), pk=paper_id)
    return FileResponse(paper.file.open("rb"), as_attachment=True, filename=paper.name)


def _page(request: HttpRequest, project: Project, **forms: Any) -> HttpResponse:
    user, today = request.user, localdate()
    shared = frame(request, project, "project")
    sees_money = shared["sees_money"]
    may_judge = permissions.may_judge_project(user, project)
    context = {
        **shared,
        "stages": presenters.steps_of(project),
        "dues": presenters.dues_of(project, today, sees_money=sees_money),
        "figures": presenters.figures_of(project, today) if sees_money else [],
        "plan": presenters.plan_rows(project) if sees_money else [],
        "milestones": [
            {
                "milestone": milestone,
                "may_confirm": permissions.may_confirm(user, milestone),
                "is_late": not milestone.confirmed_at and term_ends(milestone.due_on) < today,
            }
            for milestone in project.milestones.prefetch_related("papers")
        ],
        "members": project.members.select_related("organisation"),
        "recoveries": queries.recoveries_visible_to(user).filter(project=project),
        "sanctions": [
            {
                "sanction": sanction,
                "may_plead": permissions.may_plead(user, sanction, today),
                "may_decide": permissions.may_decide_sanction(user, sanction, today),
            }
            for sanction in queries.sanctions_visible_to(user).filter(project=project)
        ],
        "verdict": presenters.verdict_name(project),
        "may_report": permissions.may_report(user, project),
        "may_write": permissions.may_write(user, project),
        "may_run": permissions.may_run(user),
        "may_open": permissions.may_open_settlement(user, project),
        "may_settle_stage": permissions.may_settle_stage(user, project, today),
        "may_close": permissions.may_close(user, project),
        "may_judge": may_judge,
        "may_hold": permissions.may_hold(user, project),
        "may_decide_special": permissions.may_decide_special(user, project),
        "may_plan_stages": permissions.may_plan_stages(user, project),
        "cause_form": ReasonForm(auto_id="cause_%s"),
        "special_form": SpecialForm(auto_id="special_%s"),
        "stage_form": StageEndForm(auto_id="stage_%s"),
        "may_stop": permissions.may_stop(user, project),
        "may_give_up": permissions.may_give_up(user, project),
        "may_name": permissions.may_name_accountant(user, project),
        "message_form": MessageForm(auto_id="message_%s"),
        "milestone_form": MilestoneForm(auto_id="milestone_%s"),
        "accountant_form": AccountantForm(firms=organisations_visible_to(user)),
        "reason_form": ReasonForm(auto_id="reason_%s"),
        "text_form": TextForm(auto_id="text_%s"),
        "verdict_form": VerdictForm(
            auto_id="verdict_%s", rules=adapter.rules_of(project, "verdict")
        ),
        "sanction_form": SanctionForm(
            auto_id="sanction_%s",
            organisations=organisations_visible_to(user).filter(project_members__project=project),
        ),
        "today": today,
        **forms,
    }
    return render_forms(request, "projects/project.html", context)
