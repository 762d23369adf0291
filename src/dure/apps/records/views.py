"""Pages of the sealed record: what was recorded about one's organisation, proofs, how it stands, its tiles."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from dure.apps.records import adapter, permissions, presenters, queries, tasks
from dure.apps.records.forms import RecordsForm
from dure.apps.records.models import Entry
from dure.engines.transparency import HASH_BYTES, BadTile, read_tile_path
from dure.foundation.ui import listing
from dure.foundation.ui.answers import or_404

ON_A_PAGE = 50
EXPORTED = 10_000
SHOWN = 20
FOR_EVER = "public, max-age=31536000, immutable"
FOR_NOW = "public, max-age=5"
TEXT = "text/plain; charset=utf-8"


@login_required
@require_safe
def records(request: HttpRequest) -> HttpResponse:
    """What was recorded about the organisations of the reader; also as an Excel workbook."""
    form = RecordsForm(request.GET)

    def sheet(entries: QuerySet[Entry]) -> listing.Sheet:
        headers, rows = presenters.as_rows(entries[:EXPORTED])
        return {"title": _("Sealed record"), "headers": headers, "rows": rows}

    return listing.list_page(
        request,
        "records/records.html",
        form.narrow(queries.entries_visible_to(request.user)),
        form=form,
        per_page=ON_A_PAGE,
        sheet=sheet,
        context=lambda page: {
            "rows": [presenters.in_words(record) for record in page],
            "breadcrumb": [{"label": _("Sealed record")}],
        },
    )


@login_required
@require_safe
def entry(request: HttpRequest, number: int) -> HttpResponse:
    """One entry: what it says, under which checkpoint, and its proof."""
    recorded = _entry(request, number)
    context = {
        "said": presenters.in_words(recorded),
        "files": presenters.files_of(recorded),
        "parties": presenters.parties_of(recorded),
        "leaf": presenters.indented(recorded),
        "checkpoint": queries.first_covering(number),
        "breadcrumb": [
            {"label": _("Sealed record"), "url": reverse("records:records")},
            {"label": presenters.number_of(number)},
        ],
    }
    return render(request, "records/entry.html", context)


@login_required
@require_safe
def proof(request: HttpRequest, number: int) -> HttpResponse:
    """The proof of an entry, as a file that is checked without the platform."""
    recorded = _entry(request, number)
    checkpoint = queries.first_covering(number)
    if checkpoint is None:
        messages.info(request, _("It is signed within a minute. Take the proof then."))
        return redirect("records:entry", number)
    return HttpResponse(
        adapter.bundle(recorded, checkpoint),
        content_type="application/zip",
        headers={"Content-Disposition": f'attachment; filename="proof-{number}.zip"'},
    )


@require_safe
def about(request: HttpRequest) -> HttpResponse:
    """For everybody: what a proof shows and what not, how to check one, and the keys."""
    keys = adapter.log_keys()
    context = {
        "keys": keys.keys,
        "origin": keys.origin,
        "checkpoint": queries.last_checkpoint(),
        "breadcrumb": [{"label": _("What a proof shows")}],
    }
    return render(request, "records/about.html", context)


@require_safe
def verifier(request: HttpRequest) -> HttpResponse:
    """The program that checks a proof."""
    return HttpResponse(
        adapter.verifier(),
        content_type="text/x-python; charset=utf-8",
        headers={"Content-Disposition": 'attachment; filename="dure_verify.py"'},
    )


@login_required
@require_safe
def standing(request: HttpRequest) -> HttpResponse:
    """For the office and auditors: how long the record is, what was signed, what checks found."""
    or_404(permissions.may_read_standing(request.user))
    context = {
        "figures": presenters.figures(),
        "verdict": presenters.verdict(),
        "checkpoints": queries.checkpoints_visible_to(request.user)[:SHOWN],
        "checks": queries.checks_visible_to(request.user)[:SHOWN],
        "breadcrumb": [{"label": _("How the sealed record stands")}],
    }
    return render(request, "records/standing.html", context)


@require_POST
@login_required
def check(request: HttpRequest) -> HttpResponse:
    """Have the whole record computed anew by a worker."""
    or_404(permissions.may_read_standing(request.user))
    tasks.ask_for_check()
    messages.success(request, _("The record is being checked. The result stands here soon."))
    return redirect("records:standing")


@require_safe
def checkpoint(request: HttpRequest) -> HttpResponse:
    """The last checkpoint, a C2SP signed note."""
    last = queries.last_checkpoint()
    if last is None:
        raise Http404
    return HttpResponse(last.note, content_type=TEXT, headers={"Cache-Control": FOR_NOW})


@require_safe
def keys(request: HttpRequest) -> HttpResponse:
    """The public keys of the record, each on a line."""
    lines = "".join(f"{key}\n" for key in adapter.log_keys().verifiers)
    return HttpResponse(lines, content_type=TEXT, headers={"Cache-Control": FOR_NOW})


@require_safe
def tile(request: HttpRequest, tile: str) -> HttpResponse:
    """Hashes of the tree, as far as a checkpoint is signed on them."""
    last = queries.last_checkpoint()
    try:
        wanted = read_tile_path(f"tile/{tile}")
    except BadTile as error:
        raise Http404 from error
    if last is None or adapter.width_of(wanted, last.size) < wanted.width:
        raise Http404
    hashes = adapter.hashes_of_tile(wanted.level, wanted.index)
    return HttpResponse(
        hashes[: wanted.width * HASH_BYTES],
        content_type="application/octet-stream",
        headers={"Cache-Control": FOR_EVER},
    )


def _entry(request: HttpRequest, number: int) -> Entry:
    entries = queries.entries_visible_to(request.user)
    return get_object_or_404(entries, place__index=number)
