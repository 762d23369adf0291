"""The research plan of an application: downloaded as HWPX and PDF, and read back from a filled form."""

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.files import File
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.http import content_disposition_header
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from dure.apps.applications import adapter, operations, permissions, presenters, queries
from dure.apps.applications.forms import UploadForm
from dure.apps.applications.models import Application
from dure.apps.applications.reasons import Reason
from dure.apps.applications.views.shared import draft_or_404, frame, note_look
from dure.foundation import files
from dure.foundation.documents import DocumentProblem, UnreadableDocument, forms, plan
from dure.foundation.paper import pdf
from dure.foundation.ui.answers import attempted, pdf_response
from dure.foundation.ui.form_page import render_forms
from dure.foundation.web import takes_files_in_memory

HWPX = "application/hwp+zip"


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
@takes_files_in_memory
@login_required
def research_plan(request: HttpRequest, pk: int) -> HttpResponse:
    """What can be done with the plan; a filled form handed in here changes the draft."""
    application, now = _whole(request, pk), timezone.now()
    form = UploadForm(request.POST or None, request.FILES or None)
    problems: list[Any] = []
    if request.method == "POST" and form.is_valid():
        try:
            with attempted() as outcome:
                count, problems = operations.take_plan(
                    application=application,
                    content=form.cleaned_data["file"].read(),
                    by=request.user,
                    at=now,
                )
            if outcome.is_done and not any(problem.kind != "object" for problem in problems):
                message = _("%(count)s parts of the draft were filled from the form.")
                messages.success(request, message % {"count": count})
                for form_problem in presenters.form_problems(problems):
                    messages.warning(request, f"{form_problem['place']}: {form_problem['said']}")
                return redirect("applications:application", pk)
            if not outcome.is_done:
                form.add_error("file", outcome.why_not)
        except forms.FormMismatch:
            form.add_error("file", Reason.NOT_THE_FORM.label)
        except UnreadableDocument as unreadable:
            form.add_error("file", _why(unreadable, form.cleaned_data["file"]))
    context = frame(application, now, _("Research plan")) | {
        "form": form,
        "problems": presenters.form_problems(problems),
        "may_edit": permissions.may_edit_part(request.user, application, None),
    }
    return render_forms(request, "applications/plan.html", context)


@never_cache
@require_safe
@login_required
def plan_file(request: HttpRequest, pk: int, ending: str) -> HttpResponse:
    """The plan as a file: HWPX to go on writing in, or PDF."""
    application = _whole(request, pk)
    if ending not in ("hwpx", "pdf"):
        raise Http404
    research_plan = _plan_of(application)
    name = f"{application.number} {_('Research plan')}"
    if ending == "pdf":
        return pdf_response(pdf(plan.html(research_plan)), name)
    return _hwpx(plan.write(research_plan), name)


@never_cache
@require_POST
@takes_files_in_memory
@login_required
def fill_cover(request: HttpRequest, pk: int) -> HttpResponse:
    """Fill the official cover sheet that is handed in blank, and hand it back."""
    application = _whole(request, pk)
    blank = request.FILES.get("blank")
    if blank is None:
        messages.error(request, _("Choose a file first."))
        return redirect("applications:research_plan", pk)
    values = plan.cover_values(_plan_of(application))
    try:
        filled = forms.fill(forms.form_named("rnd_plan_cover"), blank.read(), values)
    except forms.FormMismatch as mismatch:
        for form_problem in presenters.form_problems(list(mismatch.problems))[:5]:
            messages.error(request, f"{form_problem['place']}: {form_problem['said']}")
        messages.error(request, Reason.NOT_THE_FORM.label)
        return redirect("applications:research_plan", pk)
    except UnreadableDocument as unreadable:
        messages.error(request, _why(unreadable, blank))
        return redirect("applications:research_plan", pk)
    return _hwpx(filled, f"{application.number} {_('Cover sheet')}")


def _plan_of(application: Application) -> plan.ResearchPlan:
    content = adapter.content_of(application, adapter.read_parts(application)).content
    return adapter.research_plan(application, content)


def _whole(request: HttpRequest, pk: int) -> Application:
    """A draft that the reader may read as a whole; that a helper does is kept."""
    application = draft_or_404(request, pk)
    if not queries.access_of(request.user, application).sees_all:
        raise Http404
    note_look(request, application, "plan", timezone.now())
    return application


def _why(unreadable: UnreadableDocument, file: File) -> str:
    """Why a document could not be read, and what to do about it."""
    if unreadable.problem is DocumentProblem.LOCKED:
        return str(Reason.LOCKED_FILE.label)
    is_old = files.is_what_it_says("form.hwp", file)
    return str((Reason.OLD_HWP if is_old else Reason.BAD_FILE).label)


def _hwpx(content: bytes, name: str) -> HttpResponse:
    return HttpResponse(
        content,
        content_type=HWPX,
        headers={
            "Content-Disposition": content_disposition_header(True, f"{name}.hwpx"),
            "X-Content-Type-Options": "nosniff",
        },
    )
