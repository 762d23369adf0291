"""The pages on which a reviewer reads an application and fills in its score sheet."""

from typing import Any
from uuid import UUID

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from dure.apps.applications.operations import read_file
from dure.apps.applications.queries import HIDDEN
from dure.apps.selection import operations, presenters, queries
from dure.apps.selection.forms import ReasonForm, SheetForm
from dure.apps.selection.models import Item
from dure.foundation import documents, sealing
from dure.foundation.ui.answers import attempted, refusal_in, saved_file
from dure.foundation.ui.form_page import form_page, render_forms


@never_cache
@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def sheet(request: HttpRequest, pk: int) -> HttpResponse:
    """An application beside its score sheet, which is saved while one types."""
    item, seat = _item(request, pk)
    last = queries.newest_sheet(item, seat)
    form = SheetForm(request.POST or None, item=item, last=last)
    if request.method == "POST" and request.htmx:
        return _kept(request, item, form)
    if request.method == "POST" and form.is_valid():
        is_final = request.POST.get("what") == "final"
        with refusal_in(form) as outcome:
            operations.save_sheet(
                item=item, **form.values(), is_final=is_final, by=request.user, at=timezone.now()
            )
        if outcome.is_done:
            return redirect("selection:panel", item.panel_id)
    context = {
        "item": item,
        "title": presenters.title(item),
        "last": last,
        "form": form,
        "criteria": presenters.criteria(form, item.selection),
        "beside": presenters.neighbours(item, request.user),
        "opinion": getattr(item, "owner_opinion", None),
        "visit": getattr(item, "visit", None),
        "questions": queries.clarifications_visible_to(request.user).filter(item=item),
        "breadcrumb": presenters.own_crumbs(
            (presenters.panel_name(item.panel), reverse("selection:panel", args=[item.panel_id])),
            (item.application.number, ""),
        ),
    }
    return render_forms(request, "selection/sheet.html", context)


def _kept(request: HttpRequest, item: Item, form: SheetForm) -> HttpResponse:
    """What became of a sheet that was saved while one types: when, or why not."""
    kept, why_not = None, _("Something cannot stand there. Look at the marks.")
    if form.is_valid():
        with attempted() as outcome:
            kept = operations.save_sheet(
                item=item, **form.values(), is_final=False, by=request.user, at=timezone.now()
            )
        why_not = outcome.why_not
    return render(request, "selection/_saved.html", {"last": kept, "refusal": why_not})


@never_cache
@login_required
@require_safe
def file(request: HttpRequest, pk: int, uid: UUID) -> HttpResponse:
    """A file of an application that one judges."""
    item, _seat = _item(request, pk)
    submission, hides = item.submission, item.selection.names_hidden
    for member in submission.content["members"]:
        for number, row in enumerate(member["documents"], start=1):
            if row["file"] != str(uid):
                continue
            try:
                content = read_file(item.application, row, submission.file_keys[row["file"]])
            except (sealing.Unreadable, FileNotFoundError) as lost:
                raise Http404 from lost
            name = row["name"]
            if hides:
                names = presenters.hidden_names(item)
                content = documents.blind_copy(name, content, names, HIDDEN) or content
                name = f"{item.application.number}-{row['document']}-{number}" + _ending(name)
            return saved_file(content, name)
    raise Http404


def _ending(name: str) -> str:
    return f".{name.rpartition('.')[2].lower()}"


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def declare(request: HttpRequest, pk: int) -> HttpResponse:
    """Declare a conflict of interest; from then on nothing of the application is read."""
    item = get_object_or_404(queries.items_read_by(request.user), pk=pk)
    return form_page(
        request, ReasonForm(request.POST or None),
        lambda given: operations.declare_conflict(
            item=item, reason=given["reason"], by=request.user, at=timezone.now()
        ),
        title=_("Declare a conflict of interest"),
        lead=_("You will read nothing of this application any more; it cannot be undone."),
        button=_("Declare it"), back=reverse("selection:panel", args=[item.panel_id]),
        breadcrumb=presenters.own_crumbs(),
    )  # fmt: skip


def _item(request: HttpRequest, pk: int) -> tuple[Item, Any]:
    item: Item = get_object_or_404(queries.items_read_by(request.user), pk=pk)
    seat = queries.seat_in(item.panel, request.user)
    if seat is None:
        raise Http404
    return item, seat
