"""What analysts do with figures: measure, draft, ask, confirm, publish, check."""

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.files.uploadedfile import UploadedFile
from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from dure.apps.indicators import adapter, operations, permissions, presenters, queries
from dure.apps.indicators.forms import (
    AskForm,
    FilesForm,
    IntakeForm,
    MeasuredForm,
    ReportedForm,
    YearForm,
)
from dure.apps.indicators.models import Figure, Indicator, Plan
from dure.apps.indicators.views.plans import indicator_or_404
from dure.apps.people.queries import organisations_visible_to
from dure.foundation.sheets import Problem, UnreadableFile, template
from dure.foundation.ui.answers import flash_outcome, or_404, workbook_response
from dure.foundation.ui.form_page import form_page
from dure.foundation.web import takes_files


@require_http_methods(["GET", "HEAD", "POST"])
@login_required
def measure(request: HttpRequest, plan_slug: str, code: str) -> HttpResponse:
    """Measure one figure from the records, and draft it."""
    shown = _to_work_on(request, plan_slug, code)
    today = timezone.localdate()
    form = MeasuredForm(
        request.POST or None, initial={"period": request.GET.get("period", ""), "as_of": today}
    )
    return form_page(
        request,
        form,
        lambda values: operations.draft_measured(
            indicator=shown, **values, by=request.user, at=timezone.now()
        ),
        title=_("Measure the figure"),
        lead=str(shown),
        button=_("Measure and draft"),
        back=shown.get_absolute_url(),
        breadcrumb=_crumbs(shown, _("Measure the figure")),
        done=_("Drafted. A second person confirms it."),
    )


@require_http_methods(["GET", "HEAD", "POST"])
@takes_files
@login_required
def report_figure(request: HttpRequest, plan_slug: str, code: str) -> HttpResponse:
    """Draft a figure that a body reports; who is asked, does so too."""
    shown = indicator_or_404(plan_slug, code)
    asked = queries.figures_visible_to(request.user).filter(indicator=shown)
    figure = asked.filter(period=request.GET.get("period", "")).first()
    verdict = permissions.may_report(request.user, figure or Figure(indicator=shown))
    if not verdict:
        raise Http404
    form = ReportedForm(
        request.POST or None,
        request.FILES or None,
        initial={"period": figure.period if figure else ""},
    )
    return form_page(
        request,
        form,
        lambda values: operations.draft_reported(
            indicator=shown, **values, by=request.user, at=timezone.now()
        ),
        title=_("Report a figure"),
        lead=str(shown),
        button=_("Draft"),
        back=shown.get_absolute_url(),
        breadcrumb=_crumbs(shown, _("Report a figure")),
        done=_("Drafted. A second person confirms it."),
    )


@require_http_methods(["GET", "HEAD", "POST"])
@login_required
def ask(request: HttpRequest, plan_slug: str, code: str) -> HttpResponse:
    """Ask a body for a figure."""
    shown = _to_work_on(request, plan_slug, code)
    form = AskForm(request.POST or None, bodies=organisations_visible_to(request.user))
    return form_page(
        request,
        form,
        lambda values: operations.ask(
            indicator=shown, **values, by=request.user, at=timezone.now()
        ),
        title=_("Ask a body for the figure"),
        lead=str(shown),
        button=_("Ask"),
        back=shown.get_absolute_url(),
        breadcrumb=_crumbs(shown, _("Ask a body for the figure")),
        done=_("Asked. Its managers find the figure on their desk."),
    )


@require_http_methods(["GET", "HEAD", "POST"])
@login_required
def measure_year(request: HttpRequest, plan_slug: str) -> HttpResponse:
    """Measure every indicator that the platform knows in a year."""
    _require_worker(request)
    plan: Plan = get_object_or_404(queries.plans(), slug=plan_slug)
    today = timezone.localdate()
    year = min(max(today.year, plan.first_year), plan.last_year)
    form = YearForm(request.POST or None, initial={"year": year, "as_of": today})

    def act(values: dict[str, Any]) -> None:
        made = operations.measure_year(plan=plan, **values, by=request.user, at=timezone.now())
        facts = {"drafted": made.drafted, "unchanged": made.unchanged + made.in_work}
        messages.success(
            request,
            _("%(drafted)s figures drafted, %(unchanged)s as they were or in work.") % facts,
        )

    return form_page(
        request,
        form,
        act,
        title=_("Measure a year"),
        lead=str(plan),
        button=_("Measure and draft"),
        back=plan.get_absolute_url(),
        breadcrumb=presenters.crumbs(plan, (_("Measure a year"), "")),
    )


@takes_files
@require_http_methods(["GET", "HEAD", "POST"])
@login_required
def intake(request: HttpRequest, plan_slug: str) -> HttpResponse:
    """Take in reported figures from a spreadsheet, all of them or none, errors by cell."""
    _require_worker(request)
    plan: Plan = get_object_or_404(queries.plans(), slug=plan_slug)
    form = IntakeForm(request.POST or None, request.FILES or None)
    problems: list[Problem] = []
    if request.method == "POST" and form.is_valid():
        count, problems = _take_in(request, plan, form.cleaned_data["file"])
        if not problems:
            messages.success(request, _("%(count)s figures drafted.") % {"count": count})
            return redirect("indicators:desk")
    context = {
        "plan": plan,
        "form": form,
        "problems": [
            {
                "sheet": problem.sheet,
                "cell": f"{problem.column}{problem.row or ''}",
                "problem": f"{problem.header} {problem.value}".strip(),
                "fix": problem.fix,
            }
            for problem in problems
        ],
        "breadcrumb": presenters.crumbs(plan, (_("Figures from a spreadsheet"), "")),
    }
    return render(
        request, "indicators/intake.html", context, status=422 if problems or form.errors else 200
    )


def _take_in(request: HttpRequest, plan: Plan, file: UploadedFile) -> tuple[int, list[Problem]]:
    try:
        drafts, problems = adapter.read_figures(plan, file, str(file.name))
    except UnreadableFile as error:
        return 0, [error.problem]
    if problems:
        return 0, problems
    return operations.take_in(plan=plan, drafts=drafts, by=request.user, at=timezone.now())


@require_safe
@login_required
def intake_template(request: HttpRequest, plan_slug: str) -> HttpResponse:
    """An empty spreadsheet for reported figures."""
    _require_worker(request)
    plan: Plan = get_object_or_404(queries.plans(), slug=plan_slug)
    title = _("Figures")
    return workbook_response(template(title, adapter.COLUMNS, get_language()), f"{plan}-{title}")


@require_POST
@login_required
def move(request: HttpRequest, pk: int) -> HttpResponse:
    """Confirm, publish or send back a revision."""
    _require_worker(request)
    revision = get_object_or_404(queries.revisions_visible_to(request.user), pk=pk)
    with flash_outcome(request, _("Done.")):
        operations.move(
            revision=revision,
            stage=request.POST.get("stage", ""),
            by=request.user,
            at=timezone.now(),
        )
    return redirect(revision.figure)


@require_POST
@takes_files
@login_required
def add_files(request: HttpRequest, pk: int) -> HttpResponse:
    """Add files that show a reported figure."""
    revisions = queries.revisions_to_report(request.user)
    revision = get_object_or_404(revisions, pk=pk)
    form = FilesForm(request.POST, request.FILES)
    with flash_outcome(request, _("The files are added.")):
        files = form.cleaned_data["files"] if form.is_valid() else []
        operations.add_files(revision=revision, files=files, by=request.user, at=timezone.now())
    return redirect(revision.figure)


@require_safe
@login_required
def figure_file(request: HttpRequest, pk: int) -> FileResponse:
    """A file that shows a figure, to be saved, never shown: it may hold anything."""
    shown = get_object_or_404(queries.files_visible_to(request.user), pk=pk)
    return FileResponse(shown.file.open("rb"), as_attachment=True, filename=shown.name)


@require_safe
@login_required
def desk(request: HttpRequest) -> HttpResponse:
    """What waits of figures: drafts, confirmed ones, bodies that are silent, what disagrees."""
    if not queries.reads_inside(request.user):
        raise Http404
    measured = [revision for plan in queries.plans() for revision in queries.published_in(plan)]
    context = {
        "drafts": _shown(queries.drafts()),
        "confirmed": _shown(queries.to_publish()),
        "silent": list(queries.unanswered(timezone.localdate())),
        "disagreements": [
            {
                "figure": disagreement.revision.figure,
                "said": presenters.as_text(
                    disagreement.revision.value, disagreement.revision.figure.indicator.unit
                ),
                "right": presenters.as_text(
                    disagreement.right, disagreement.revision.figure.indicator.unit
                ),
                "gone": ", ".join(disagreement.gone),
                "come": ", ".join(disagreement.come),
            }
            for disagreement in adapter.disagreements(measured)
        ],
        "breadcrumb": presenters.crumbs(None, (_("Figures in work"), "")),
    }
    return render(request, "indicators/desk.html", context)


def _shown(revisions: Any) -> list[dict[str, Any]]:
    return [
        {
            "revision": revision,
            "text": presenters.as_text(revision.value, revision.figure.indicator.unit),
        }
        for revision in revisions
    ]


def _to_work_on(request: HttpRequest, plan_slug: str, code: str) -> Indicator:
    _require_worker(request)
    return indicator_or_404(plan_slug, code)


def _require_worker(request: HttpRequest) -> None:
    or_404(permissions.may_work(request.user))


def _crumbs(indicator: Indicator, label: str) -> list[dict[str, str]]:
    return presenters.crumbs(
        indicator.plan, (str(indicator), indicator.get_absolute_url()), (label, "")
    )
