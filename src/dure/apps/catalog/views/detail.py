"""One need or technology, and the files beside it."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from dure.apps.catalog import operations, permissions, queries
from dure.apps.catalog.forms.entries import UploadForm
from dure.apps.catalog.models import Need, Technology, Visibility
from dure.apps.catalog.presenters import history, life, papers, words
from dure.apps.catalog.presenters.kinds import KINDS, EntryPages
from dure.apps.catalog.presenters.similar import needs_like
from dure.apps.catalog.stages import NeedStage
from dure.apps.trail.queries import history_of
from dure.foundation.ui.answers import flash_outcome
from dure.foundation.web import takes_files


@require_safe
def entry_detail(request: HttpRequest, kind: str, pk: int) -> HttpResponse:
    """A need or a technology, as much of it as the reader may see."""
    entry_kind = KINDS[kind]
    shown = entry_kind.visible_to(request.user).defer("search").filter(pk=pk).first()
    if shown is None:
        return _moved(request, entry_kind, pk)
    operations.note_access(entries=[shown], by=request.user, at=timezone.now())
    entry = queries.redacted_for(request.user, shown)
    return render(request, "catalog/entry_detail.html", _detail_context(request, entry_kind, entry))


def _moved(request: HttpRequest, kind: EntryPages, pk: int) -> HttpResponse:
    """Lead whoever follows the address of a merged need to the need that it lives on in."""
    target = queries.merge_target(pk, request.user) if kind.model is Need else None
    if target is None:
        raise Http404
    messages.info(request, _("The need at that address was merged into this one."))
    return redirect(kind.url("detail", target.pk))


@require_safe
def attachment(request: HttpRequest, kind: str, pk: int, attachment_id: int) -> HttpResponse:
    """A file beside an entry, to be saved, never shown: it may hold anything."""
    entry = get_object_or_404(KINDS[kind].visible_to(request.user), pk=pk)
    files = entry.attachments.all()
    if not queries.reads_details(request.user, entry):
        files = files.none()
    file = get_object_or_404(files, pk=attachment_id)
    operations.note_access(entries=[entry], file=file, by=request.user, at=timezone.now())
    return FileResponse(
        file.file.open("rb"),
        as_attachment=True,
        filename=file.name,
        content_type="application/octet-stream",
        headers={"X-Content-Type-Options": "nosniff"},
    )


@require_POST
@takes_files
@login_required
def attach(request: HttpRequest, kind: str, pk: int) -> HttpResponse:
    """Keep a file beside an entry."""
    entry = get_object_or_404(KINDS[kind].visible_to(request.user), pk=pk)
    form = UploadForm(request.POST, request.FILES)
    with flash_outcome(request, _("The file stands beside the entry now.")):
        for file in request.FILES.getlist("file") if form.is_valid() else ():
            operations.add_attachment(entry=entry, file=file, by=request.user)
    return redirect(KINDS[kind].url("detail", pk))


@require_POST
@login_required
def detach(request: HttpRequest, kind: str, pk: int, attachment_id: int) -> HttpResponse:
    """Delete a file beside an entry."""
    entry = get_object_or_404(KINDS[kind].visible_to(request.user), pk=pk)
    file = get_object_or_404(entry.attachments, pk=attachment_id)
    with flash_outcome(request, _("The file was deleted.")):
        operations.remove_attachment(attachment=file, by=request.user)
    return redirect(KINDS[kind].url("detail", pk))


def _detail_context(request: HttpRequest, kind: EntryPages, entry: Need | Technology) -> dict:
    language, reader = get_language(), request.user
    is_insider = permissions.may_read_inside(reader, entry)
    next_step, who = life.turn_of(entry)
    title = entry.title_in(language)
    return {
        "kind": kind,
        "entry": entry,
        "title": title,
        "breadcrumb": [{"label": kind.plural, "url": kind.url("list")}, {"label": title}],
        "body": entry.body_in(language),
        "body_language": "en" if entry.body_in(language) == entry.body_en else entry.language,
        "reads_details": not entry.is_redacted,
        "is_insider": is_insider,
        "field": words.field_name(entry.field),
        "region": words.region_of(entry),
        "cooperation": words.cooperation_names(entry),
        "readiness": words.READINESS.get(entry.trl),
        "visibility": words.visibility_badge(entry),
        "stages": life.path_of(entry),
        "next_step": next_step,
        "who": who,
        "moves": life.moves_for(reader, entry),
        "may_edit": permissions.may_edit(reader, entry),
        "attachments": list(entry.attachments.order_by("pk")) if not entry.is_redacted else [],
        "history": history.entries(entry, history_of(entry, limit=50)) if is_insider else None,
        **(_teaser_context(request, kind, entry) if entry.visibility == Visibility.TEASER else {}),
        **(_need_context(request, entry) if isinstance(entry, Need) else {}),
        "edit_url": kind.url("edit", entry.pk),
        "move_url": kind.url("move", entry.pk),
        "attach_url": kind.url("attach", entry.pk),
    }


def _teaser_context(request: HttpRequest, kind: EntryPages, entry: Need | Technology) -> dict:
    """The way to the details of a teaser, and who has been on it."""
    agreements = list(queries.agreements_on(request.user, entry))
    is_technology = isinstance(entry, Technology)
    return {
        "agreements": agreements,
        "reads_under": queries.reads_under(request.user, entry)[:1],
        "may_ask": permissions.may_ask_for_details(request.user, entry),
        "ask_url": kind.url("ask", entry.pk),
        "sheets": list(queries.sheets_on(request.user, entry)) if is_technology else [],
        "papers": papers.papers_for(request.user, entry, timezone.now())
        if is_technology and entry.is_redacted
        else [],
    }


def _need_context(request: HttpRequest, need: Need) -> dict:
    """Needs beside this one, as far as the reader sees them: alike, merged into it, or it into."""
    visible = queries.needs_visible_to(request.user)
    is_draft = need.stage == NeedStage.DRAFT
    return {
        "similar": needs_like(request.user, need.title, exclude=str(need.pk)) if is_draft else [],
        "merged": list(visible.filter(merged_into=need).order_by("pk")),
        "merged_into": visible.filter(pk=need.merged_into_id).first()
        if need.merged_into_id
        else None,
    }
