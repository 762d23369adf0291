"""The list of a run, projects, cases, questions and rates."""

from typing import Any

from dateutil.relativedelta import relativedelta
from django.contrib.auth.decorators import login_required
from django.core.paginator import Page
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.timezone import localdate
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from dure.apps.screening import adapter, operations, permissions, presenters, queries
from dure.apps.screening.forms import (
    AnswerForm,
    AskForm,
    CasesForm,
    CloseForm,
    HoldForm,
    JudgeForm,
    PlacesForm,
    TipForm,
)
from dure.apps.screening.kinds import Cause
from dure.apps.screening.models import Case, Place, Question
from dure.foundation.parsing import row_id
from dure.foundation.ui.answers import flash_outcome, or_404, refusal_in
from dure.foundation.ui.form_page import form_page, render_forms
from dure.foundation.ui.listing import list_page

ON_A_PAGE = 30
ANSWER_DAYS = 14


def auditors_only(request: HttpRequest) -> None:
    """Nobody else learns that there is such a page."""
    or_404(permissions.may_screen(request.user))


def way(*further: tuple[str, str]) -> list[dict[str, str]]:
    """The breadcrumb of a page of the screening."""
    first = {"label": _("Screening"), "url": reverse("screening:list")}
    return [
        first,
        *({"label": label, "url": url} if url else {"label": label} for label, url in further),
    ]


@never_cache
@require_safe
@login_required
def places(request: HttpRequest) -> HttpResponse:
    """The projects of the last run, those that deserve a look first; also as a workbook."""
    auditors_only(request)
    run = queries.latest_run(request.user)
    form = PlacesForm(request.GET)
    listed = form.narrow(queries.places_visible_to(request.user).filter(run=run))

    def context(page: Page) -> dict[str, Any]:
        return {
            "run": run,
            "rows": [{"place": place, "names": _names(place)} for place in page],
            "silent": presenters.silent_signals(run) if run else [],
            "breadcrumb": [{"label": _("Screening")}],
        }

    return list_page(
        request,
        "screening/places.html",
        listed.order_by("rank").prefetch_related("findings"),
        form=form,
        per_page=ON_A_PAGE,
        sheet=presenters.places_sheet,
        context=context,
    )


def _names(place: Place) -> list[str]:
    return list(dict.fromkeys(adapter.name(finding.signal) for finding in place.findings.all()))


@require_POST
@login_required
def start(request: HttpRequest) -> HttpResponse:
    """Ask for a run."""
    auditors_only(request)
    with flash_outcome(request) as outcome:
        job = operations.ask_for_run(by=request.user)
    return redirect("jobs:detail", job.pk) if outcome.is_done else redirect("screening:list")


@never_cache
@require_safe
@login_required
def place(request: HttpRequest, place_id: int) -> HttpResponse:
    """What a run saw in one project."""
    shown = get_object_or_404(queries.places_visible_to(request.user), pk=place_id)
    cases = queries.cases_visible_to(request.user).filter(project=shown.project)
    flagged = presenters.flagged_rows(shown)
    context = {
        "place": shown,
        "project": shown.project,
        "findings": presenters.findings_of(shown),
        "months": presenters.months_of(shown.project),
        "timeline": presenters.timeline(shown.project, flagged),
        "vendors": presenters.vendors(shown.project, flagged),
        "people": presenters.people(shown.project),
        "lines": presenters.beside_others(shown.project),
        "cases": cases,
        "breadcrumb": way((str(shown.project), "")),
    }
    return render(request, "screening/place.html", context)


@require_POST
@login_required
def open_case(request: HttpRequest, place_id: int) -> HttpResponse:
    """Look into a project for its place in the list."""
    place = get_object_or_404(queries.places_visible_to(request.user), pk=place_id)
    with flash_outcome(request) as outcome:
        case = operations.open_case(
            project=place.project, cause=Cause.RISK, by=request.user, at=timezone.now()
        )
    return redirect(case if outcome.is_done else place)


@require_http_methods(["GET", "HEAD", "POST"])
@login_required
def tip(request: HttpRequest, place_id: int) -> HttpResponse:
    """Look into a project because of a tip."""
    place = get_object_or_404(queries.places_visible_to(request.user), pk=place_id)
    form = TipForm(request.POST or None)
    return form_page(
        request,
        form,
        lambda values: operations.open_case(
            project=place.project, by=request.user, at=timezone.now(), **values
        ),
        title=_("Enter a tip"),
        lead=str(place.project),
        button=_("Open a case"),
        back=reverse("screening:cases"),
        breadcrumb=way((str(place.project), place.get_absolute_url()), (_("Tip"), "")),
    )


@require_POST
@login_required
def sample(request: HttpRequest) -> HttpResponse:
    """Look into a project that chance chooses."""
    auditors_only(request)
    now = timezone.now()
    with flash_outcome(request) as outcome:
        case = operations.open_at_random(seed=now.microsecond, by=request.user, at=now)
    return redirect(case) if outcome.is_done else redirect("screening:cases")


@never_cache
@require_safe
@login_required
def cases(request: HttpRequest) -> HttpResponse:
    """Every case, the newest first."""
    auditors_only(request)
    form = CasesForm(request.GET)
    return list_page(
        request,
        "screening/cases.html",
        form.narrow(queries.cases_visible_to(request.user)),
        form=form,
        per_page=ON_A_PAGE,
        context=lambda page: {"breadcrumb": way((_("Cases"), ""))},
    )


@never_cache
@require_safe
@login_required
def case(request: HttpRequest, case_id: int) -> HttpResponse:
    """One case: what was seen, what was asked, and what it came to."""
    return _case_page(request, _case(request, case_id))


@require_POST
@login_required
def close(request: HttpRequest, case_id: int) -> HttpResponse:
    """Close a case."""
    case = _case(request, case_id)
    form = CloseForm(request.POST)
    if form.is_valid():
        with refusal_in(form) as outcome:
            operations.close(case=case, **form.cleaned_data, by=request.user, at=timezone.now())
        if outcome.is_done:
            return redirect(case)
    return _case_page(request, case, close_form=form)


@require_http_methods(["GET", "HEAD", "POST"])
@login_required
def hold(request: HttpRequest, case_id: int) -> HttpResponse:
    """Keep the next public instalment of the project back."""
    case = _case(request, case_id)
    or_404(permissions.may_hold(request.user, case))
    return form_page(
        request,
        HoldForm(request.POST or None),
        lambda values: operations.hold(case=case, by=request.user, at=timezone.now(), **values),
        title=_("Hold the next payment"),
        lead=_("Public money of this project waits until you let it go again."),
        button=_("Hold"),
        back=case.get_absolute_url(),
        breadcrumb=way((str(case.project), case.get_absolute_url()), (_("Hold"), "")),
        done=_("The payments wait. The parties are told in calm words."),
    )


@require_POST
@login_required
def release(request: HttpRequest, case_id: int) -> HttpResponse:
    """Let the payments go on."""
    case = _case(request, case_id)
    with flash_outcome(request):
        operations.release(case=case, by=request.user, at=timezone.now())
    return redirect(case)


@require_http_methods(["GET", "HEAD", "POST"])
@login_required
def ask(request: HttpRequest, case_id: int) -> HttpResponse:
    """Ask the firm about the rows of a finding, or without one about what a tip says."""
    case = _case(request, case_id)
    or_404(permissions.may_ask(request.user, case))
    finding = _finding(request, case)
    today = localdate()
    form = AskForm(
        request.POST or None,
        initial={
            "text": presenters.suggested(),
            "due_on": today + relativedelta(days=ANSWER_DAYS),
        },
    )
    return form_page(
        request,
        form,
        lambda values: operations.ask(
            case=case, finding=finding, by=request.user, at=timezone.now(), **values
        ),
        title=_("Ask the firm"),
        lead=adapter.sentence(finding) if finding else case.tip,
        button=_("Send the question"),
        back=case.get_absolute_url(),
        breadcrumb=way((str(case.project), case.get_absolute_url()), (_("Question"), "")),
        done=_("The firm has been asked."),
    )


def _finding(request: HttpRequest, audit: Case) -> Any:
    number = row_id(request.GET.get("finding"))
    if number is None:
        return None
    place = queries.places_visible_to(request.user).filter(project=audit.project).order_by("run")
    last = place.last()
    if last is None:
        raise Http404
    return get_object_or_404(last.findings, pk=number)


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
@login_required
def question(request: HttpRequest, question_id: int) -> HttpResponse:
    """A question to the firm, the rows meant, and the answer."""
    asked = get_object_or_404(queries.questions_visible_to(request.user), pk=question_id)
    form = AnswerForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        with refusal_in(form) as outcome:
            operations.answer(
                question=asked, **form.cleaned_data, by=request.user, at=timezone.now()
            )
        if outcome.is_done:
            return redirect(asked)
    context = {
        "question": asked,
        "expenses": asked.expenses.all(),
        "form": form,
        "may_answer": permissions.may_answer(request.user, asked),
        "is_auditor": queries.is_auditor(request.user),
        "breadcrumb": [
            {"label": str(asked.case.project), "url": asked.case.project.get_absolute_url()},
            {"label": _("Question")},
        ],
    }
    return render_forms(request, "screening/question.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@login_required
def judge(request: HttpRequest, question_id: int) -> HttpResponse:
    """Say what a question came to."""
    auditors_only(request)
    question: Question = get_object_or_404(
        queries.questions_visible_to(request.user), pk=question_id
    )
    form = JudgeForm(request.POST or None)
    rows = f"{presenters.sum_of(question.expenses.all()):,}"
    return form_page(
        request,
        form,
        lambda values: operations.judge(
            question=question, by=request.user, at=timezone.now(), **values
        ),
        title=_("Verdict"),
        lead=_("The rows come to %(won)s won. Answer: %(answer)s")
        % {"won": rows, "answer": question.answer or "–"},
        button=_("Decide"),
        back=question.case.get_absolute_url(),
        breadcrumb=way(
            (str(question.case.project), question.case.get_absolute_url()), (_("Verdict"), "")
        ),
    )


@require_safe
def rates(request: HttpRequest) -> HttpResponse:
    """How often signals were confirmed: names and rates, for everybody."""
    context = {
        "rows": presenters.rates(),
        "checks": presenters.checks(),
        "unchecked": presenters.unchecked(),
        "breadcrumb": [{"label": _("Hit rates")}],
    }
    return render(request, "screening/rates.html", context)


def _case(request: HttpRequest, pk: int) -> Case:
    return get_object_or_404(queries.cases_visible_to(request.user), pk=pk)


def _case_page(
    request: HttpRequest, audit: Case, close_form: CloseForm | None = None
) -> HttpResponse:
    placed = queries.places_visible_to(request.user).filter(project=audit.project)
    last = placed.order_by("run").last()
    asked = set(audit.questions.values_list("digest", flat=True))
    today = localdate()
    findings = presenters.findings_of(last) if last else []
    context = {
        "case": audit,
        "place": last,
        "findings": [finding for finding in findings if finding["finding"].digest not in asked],
        "questions": [
            {
                "question": asked_question,
                "name": adapter.name(asked_question.signal),
                "may_judge": permissions.may_judge(request.user, asked_question, today),
            }
            for asked_question in audit.questions.prefetch_related("expenses")
        ],
        "may_ask": permissions.may_ask(request.user, audit),
        "may_close": permissions.may_close(request.user, audit),
        "may_hold": permissions.may_hold(request.user, audit),
        "may_release": permissions.may_release(request.user, audit),
        "hold": queries.hold_of(audit),
        "guidance": presenters.guidance_of(audit),
        "close_form": close_form or CloseForm(),
        "breadcrumb": way((_("Cases"), reverse("screening:cases")), (str(audit.project), "")),
    }
    return render_forms(request, "screening/case.html", context)
