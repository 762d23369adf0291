"""One part of a draft at a time: typed, saved by itself, filled from a sheet, or a file."""

from datetime import datetime
from typing import Any

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from dure.apps.applications import adapter, operations, permissions, presenters, queries
from dure.apps.applications.forms import ImportForm, UploadForm, form_of
from dure.apps.applications.models import Application, Participant
from dure.apps.applications.reasons import Reason
from dure.apps.applications.views.shared import draft_or_404, frame, note_look, read_or_404
from dure.foundation import sealing, sheets
from dure.foundation.ui.answers import attempted, flash_outcome, saved_file, workbook_response
from dure.foundation.ui.form_page import render_forms
from dure.foundation.verdict import Refused
from dure.foundation.web import takes_files_in_memory


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
@takes_files_in_memory
@login_required
def part(request: HttpRequest, pk: int, name: str) -> HttpResponse:
    """One question, one table or one paper of a draft."""
    application, now = draft_or_404(request, pk), timezone.now()
    participant = read_or_404(request, application, name, now)
    if adapter.kind_of(name) == "documents":
        return _document(request, application, participant, name, now)
    kept = queries.part_of(application, name)
    value = (adapter.read(kept) if kept else {}) | {"seen": kept.version if kept else 0}
    form = form_of(application, participant, name, request.POST or None, value)
    if form is None:
        raise Http404
    context = _context(request, application, participant, name, now) | {"form": form, "kept": kept}
    if request.method == "POST":
        return _saved(request, application, name, form, context, now)
    return render(request, "applications/part.html", context)


def _saved(
    request: HttpRequest,
    application: Application,
    name: str,
    form: Any,
    context: dict[str, Any],
    now: datetime,
) -> HttpResponse:
    """Keep what was typed; when it cannot be kept, give it back with the reason."""
    if form.is_valid():
        try:
            context["kept"] = operations.save_part(
                application=application,
                name=name,
                value=form.value(),
                seen=form.cleaned_data.get("seen") or 0,
                by=request.user,
                at=now,
            )
        except adapter.BadPart:
            context["refusal"] = Reason.BAD_PART.label
        except Refused as refusal:
            context["refusal"] = refusal.reason.label
            if theirs := refusal.details.get("part"):
                context |= {"theirs": theirs, "their_value": adapter.read(theirs)}
        else:
            if not request.htmx:
                following = context["following"]
                is_next = "next" in request.POST and following
                return redirect(following.url if is_next else request.path)
    else:
        context["refusal"] = Reason.BAD_PART.label
    status = 409 if "theirs" in context else 422 if "refusal" in context else 200
    if request.htmx:
        context["money"] = _money(application, name)
        return render(request, "applications/_saved.html", context, status=status)
    return render(request, "applications/part.html", context, status=status)


def _context(
    request: HttpRequest,
    application: Application,
    participant: Participant | None,
    name: str,
    now: datetime,
) -> dict[str, Any]:
    access = queries.access_of(request.user, application)
    content = adapter.content_of(application, adapter.read_parts(application)).content
    groups = presenters.tasks(application, access, content, set())
    label = presenters.title_of(application, name)
    line = [task.part for group in groups for task in group.tasks]
    return frame(application, now, label) | {
        "part": name,
        "kind": adapter.kind_of(name),
        "participant": participant,
        "limit": presenters.limit_of(application, name),
        "place": line.index(name) + 1 if name in line else 0,
        "count": len(line),
        "following": presenters.next_task(groups, name),
        "may_edit": permissions.may_edit_part(
            request.user, application, participant.pk if participant else None
        ),
        "money": _money(application, name, content) if access.sees_all else None,
        "overbooked": _overbooked(participant, name),
    }


def _overbooked(participant: Participant | None, name: str) -> list[adapter.Overbooked]:
    is_people = participant is not None and adapter.kind_of(name) == "people"
    return adapter.overbooked_of(participant) if is_people else []


def _money(
    application: Application, name: str, content: dict[str, Any] | None = None
) -> presenters.Money | None:
    if not adapter.is_money(name):
        return None
    if content is None:
        content = adapter.content_of(application, adapter.read_parts(application)).content
    return presenters.money_of(application, content)


def _document(
    request: HttpRequest,
    application: Application,
    participant: Participant,
    name: str,
    now: datetime,
) -> HttpResponse:
    document = name.split("/")[1]
    asked = {known.id: known for known in adapter.documents_of(application.call, participant.role)}
    if document not in asked:
        raise Http404
    acted = {"application": application, "participant": participant, "document": document}
    acted |= {"by": request.user, "at": now}
    form = UploadForm(request.POST or None, request.FILES or None)
    if request.method == "POST":
        if drop := request.POST.get("drop", ""):
            with flash_outcome(request, _("The file is taken off.")):
                operations.detach(**acted, file=drop)
            return redirect(request.path)
        if request.POST.get("box"):
            with flash_outcome(request, _("Taken from the document box.")):
                operations.attach_from_box(**acted)
            return redirect(request.path)
        if form.is_valid():
            file = form.cleaned_data["file"]
            with attempted() as outcome:
                operations.attach(**acted, name=file.name, content=file.read())
            if outcome.is_done:
                return redirect(request.path)
            form.add_error("file", outcome.why_not)
    kept = queries.part_of(application, name)
    context = _context(request, application, participant, name, now) | {
        "form": form,
        "paper": asked[document],
        "files": adapter.read(kept)["rows"] if kept else [],
        "kept": kept,
        "boxed": queries.boxed_paper(request.user, participant, document, now),
    }
    return render_forms(request, "applications/document.html", context)


@never_cache
@require_safe
@login_required
def download(request: HttpRequest, pk: int, uid: Any) -> HttpResponse:
    """A file of a draft, for those who may read the part in which it stands."""
    application, now = draft_or_404(request, pk), timezone.now()
    for kept in queries.parts_of(application).filter(name__startswith="documents/"):
        for row in adapter.read(kept)["rows"]:
            if row["file"] == str(uid):
                read_or_404(request, application, kept.name, now)
                return file_response(application, row, row["key"])
    raise Http404


def file_response(application: Application, row: dict[str, Any], key: str) -> HttpResponse:
    """A file as it was handed in, to be saved and not shown."""
    try:
        content = operations.read_file(application, row, key)
    except (sealing.Unreadable, FileNotFoundError) as lost:
        raise Http404 from lost
    return saved_file(content, row["name"])


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
@takes_files_in_memory
@login_required
def import_rows(request: HttpRequest, pk: int, table: str, participant: int) -> HttpResponse:
    """Fill a table from cells of Excel: all rows, or none and every mistake by its cell."""
    application, now = draft_or_404(request, pk), timezone.now()
    name = _part_of(table, participant)
    member = read_or_404(request, application, name, now)
    form = ImportForm(request.POST or None, request.FILES or None)
    problems: list[Any] = []
    if request.method == "POST" and form.is_valid():
        rows, problems = _rows_of(application, table, form)
        if rows is not None and not problems:
            kept = queries.part_of(application, name)
            with flash_outcome(request) as outcome:
                operations.save_part(
                    application=application,
                    name=name,
                    value={"rows": rows},
                    seen=kept.version if kept else 0,
                    by=request.user,
                    at=now,
                )
                outcome.done = _("%(count)s rows are taken over.") % {"count": len(rows)}
            return redirect("applications:part", pk, name)
    context = _context(request, application, member, name, now) | {
        "form": form,
        "problems": [
            {"sheet": problem.sheet, "cell": f"{problem.column}{problem.row or ''}", "problem": problem.value, "fix": problem.fix}
            for problem in problems
        ],
        "columns": adapter.columns_of(application, table),
    }  # fmt: skip
    status = 422 if form.errors or problems else 200
    return render(request, "applications/import.html", context, status=status)


def _rows_of(application: Application, kind: str, form: ImportForm) -> tuple[Any, list[Any]]:
    file, pasted = form.cleaned_data["file"], form.cleaned_data["pasted"]
    if not file and not pasted.strip():
        form.add_error("pasted", _("Paste some cells, or choose a file."))
        return None, []
    if file:
        content, ending = file.read(), file.name.rpartition(".")[2].lower()
    else:
        content, ending = adapter.pasted_as_csv(pasted), "csv"
    if ending not in ("xlsx", "csv"):
        form.add_error("file", Reason.FILE_TYPE.label)
        return None, []
    try:
        return adapter.read_sheet(application, kind, content, ending)
    except sheets.UnreadableFile as unreadable:
        return None, [unreadable.problem]


@require_safe
@login_required
def template(request: HttpRequest, pk: int, table: str) -> HttpResponse:
    """An empty table to fill in with Excel."""
    application = draft_or_404(request, pk)
    name = presenters.title_of(application, _part_of(table, 1))
    columns = adapter.columns_of(application, table)
    return workbook_response(sheets.template(name, columns, get_language()), name)


@never_cache
@require_safe
@login_required
def money(request: HttpRequest, pk: int) -> HttpResponse:
    """All the money of an application: who pays, what for, when, and what breaks a rule."""
    application, now = draft_or_404(request, pk), timezone.now()
    if not queries.access_of(request.user, application).sees_all:
        raise Http404
    note_look(request, application, "money", now)
    content = adapter.content_of(application, adapter.read_parts(application)).content
    context = frame(application, now, _("The money as a whole"))
    context["money"] = presenters.money_of(application, content)
    return render(request, "applications/money.html", context)


def _part_of(table: str, participant: int) -> str:
    if table not in ("people", "costs", "money"):
        raise Http404
    return adapter.part_name(table, participant)
