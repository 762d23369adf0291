"""Entering and editing needs and technologies, and moving them through their life."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from dure.apps.catalog import operations, permissions
from dure.apps.catalog.adapter.fields import likely_fields
from dure.apps.catalog.forms.entries import EntryForm, FieldForm, entry_form
from dure.apps.catalog.models import Need, Technology
from dure.apps.catalog.presenters import conflict
from dure.apps.catalog.presenters.branches import branch_choices
from dure.apps.catalog.presenters.kinds import KINDS, EntryPages
from dure.apps.catalog.presenters.similar import needs_like
from dure.apps.catalog.reasons import Reason
from dure.apps.catalog.stages import NeedStage
from dure.apps.people.queries import organisations_acted_for
from dure.foundation.ui.answers import attempted, flash_outcome
from dure.foundation.ui.form_page import render_forms
from dure.foundation.verdict import Refused
from dure.foundation.web import takes_files
from dure.values.text import clean

LONGEST_READ = 5_000
"""Characters of a text in writing that are read for what it is like."""


@require_http_methods(["GET", "HEAD", "POST"])
@takes_files
@login_required
def enter(request: HttpRequest, kind: str) -> HttpResponse:
    """A new need or technology: kept as a draft, and handed in when the writer says so."""
    entry_kind = KINDS[kind]
    form = entry_form(
        entry_kind,
        request.POST or None,
        request.FILES or None,
        organisations=organisations_acted_for(request.user),
    )
    if request.method == "GET" or not form.is_valid():
        return _form_page(request, entry_kind, form)
    with flash_outcome(request) as outcome:
        entry = operations.enter(
            kind=entry_kind.model,
            organisation=form.cleaned_data["organisation"],
            values=form.values(),
            by=request.user,
            at=timezone.now(),
        )
    if not outcome.is_done:
        return _form_page(request, entry_kind, form)
    for file in form.cleaned_data["files"]:
        with flash_outcome(request):
            operations.add_attachment(entry=entry, file=file, by=request.user)
    return _after_writing(request, entry_kind, entry, _("Kept as a draft."))


@require_http_methods(["GET", "HEAD", "POST"])
@login_required
def edit(request: HttpRequest, kind: str, pk: int) -> HttpResponse:
    """Change the text of an entry; what somebody else changed meanwhile is shown beside it."""
    entry_kind = KINDS[kind]
    entry = get_object_or_404(entry_kind.visible_to(request.user), pk=pk)
    if refusal := permissions.may_edit(request.user, entry).reason:
        messages.error(request, str(refusal.label))
        return redirect(entry_kind.url("detail", pk))
    form = entry_form(
        entry_kind,
        request.POST or None,
        organisations=organisations_acted_for(request.user),
        entry=entry,
    )
    if request.method == "GET" or not form.is_valid():
        return _form_page(request, entry_kind, form, entry)
    with attempted() as outcome:
        operations.edit(
            entry=entry,
            values=form.values(),
            seen_at=form.seen(),
            by=request.user,
            at=timezone.now(),
        )
    if outcome.refusal:
        return _refused_edit(request, entry_kind, form, entry, outcome.refusal)
    return _after_writing(request, entry_kind, entry, _("Saved."))


@require_POST
@login_required
def move(request: HttpRequest, kind: str, pk: int) -> HttpResponse:
    """One step in the life of an entry: the button of its page."""
    entry_kind = KINDS[kind]
    entry = get_object_or_404(entry_kind.visible_to(request.user), pk=pk)
    stage, reason = request.POST.get("stage", ""), clean(request.POST.get("reason", ""))
    with flash_outcome(request, _("Done.")):
        _move(entry, stage, reason, request)
    return redirect(entry_kind.url("detail", pk))


@require_safe
@login_required
def similar(request: HttpRequest) -> HttpResponse:
    """While a need is written: needs that may say the same already."""
    similars = needs_like(request.user, _typed(request), exclude=request.GET.get("but", ""))
    return render(request, "catalog/_similar.html", {"similar": similars})


@require_safe
@login_required
def fields(request: HttpRequest) -> HttpResponse:
    """While an entry is written: its field, those that fit the text before the others."""
    form = FieldForm(initial={"field": request.GET.get("field", "")})
    form.offer_fields(likely_fields(_typed(request), request.user))
    return HttpResponse(form["field"].as_field_group())


@require_safe
@login_required
def branches(request: HttpRequest) -> HttpResponse:
    """While an entry is written: branches of roadmaps that were searched for or fit its text."""
    words = clean(request.GET.get("branch_words", ""))[:100]
    context = branch_choices(_typed(request), words=words, chosen=request.GET.get("branch", ""))
    return render(request, "catalog/_branches.html", context)


def _typed(request: HttpRequest) -> str:
    """Title and description as far as they are written."""
    return f"{request.GET.get('title', '')}\n{request.GET.get('body', '')}"[:LONGEST_READ]


def _move(entry: Need | Technology, stage: str, reason: str, request: HttpRequest) -> None:
    step = {"by": request.user, "at": timezone.now()}
    match entry.stage, stage:
        case NeedStage.DRAFT, NeedStage.UNDER_REVIEW:
            operations.submit(entry=entry, **step)
        case NeedStage.UNDER_REVIEW, NeedStage.PUBLISHED:
            operations.publish(entries=[entry], **step)
        case NeedStage.UNDER_REVIEW, NeedStage.DRAFT:
            operations.return_to_owner(entry=entry, reason=reason, **step)
        case _:
            operations.move(entry=entry, stage=stage, reason=reason, **step)


def _after_writing(
    request: HttpRequest, kind: EntryPages, entry: Need | Technology, kept: str
) -> HttpResponse:
    if "submit" not in request.POST:
        messages.success(request, kept)
    else:
        with flash_outcome(request, _("Handed in. The programme office reads it next.")):
            operations.submit(entry=entry, by=request.user, at=timezone.now())
    return redirect(kind.url("detail", entry.pk))


def _refused_edit(
    request: HttpRequest,
    kind: EntryPages,
    form: EntryForm,
    entry: Need | Technology,
    refused: Refused,
) -> HttpResponse:
    """Show the form again with everything that was typed, and the other version beside it."""
    if refused.reason != Reason.CHANGED_MEANWHILE:
        messages.error(request, str(refused.reason.label))
        return _form_page(request, kind, form, entry)
    theirs = get_object_or_404(kind.visible_to(request.user), pk=entry.pk)
    differences = conflict.differences(form, theirs)
    # Whoever has seen the other version may save over it.
    form.data = form.data.copy()
    form.data["seen_at"] = theirs.updated_at.isoformat()
    return _form_page(request, kind, form, theirs, differences=differences, is_conflict=True)


def _form_page(
    request: HttpRequest,
    kind: EntryPages,
    form: EntryForm,
    entry: Need | Technology | None = None,
    *,
    differences: list | None = None,
    is_conflict: bool = False,
) -> HttpResponse:
    title = _("Edit: %(title)s") % {"title": entry} if entry else kind.new
    text = f"{form['title'].value() or ''}\n{form['body'].value() or ''}"[:LONGEST_READ]
    form.offer_fields(likely_fields(text, request.user))
    trail = [{"label": kind.plural, "url": kind.url("list")}]
    if entry:
        trail.append({"label": str(entry), "url": kind.url("detail", entry.pk)})
    context = {
        "kind": kind,
        "form": form,
        "entry": entry,
        "title": title,
        "differences": differences,
        "breadcrumb": [*trail, {"label": _("Edit") if entry else kind.new}],
        "begin_url": kind.url("begin"),
        "cancel_url": kind.url("detail", entry.pk) if entry else kind.url("list"),
        "may_submit": entry is None or entry.stage == NeedStage.DRAFT,
        "is_need": kind.model is Need,
        **branch_choices(text, chosen=str(form["branch"].value() or "")),
        "no_organisation": not entry and not form.fields["organisation"].queryset.exists(),
    }
    if is_conflict:
        return render(request, "catalog/entry_form.html", context, status=409)
    return render_forms(request, "catalog/entry_form.html", context)
