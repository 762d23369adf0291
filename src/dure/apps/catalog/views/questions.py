"""An entry one question at a time: saved while one writes, with a bar that says how much is left."""

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from dure.apps.catalog import operations, permissions
from dure.apps.catalog.adapter.fields import likely_fields
from dure.apps.catalog.forms.entries import FieldForm
from dure.apps.catalog.forms.questions import FILES, first_form, question_form
from dure.apps.catalog.models import Need, Technology
from dure.apps.catalog.presenters import life
from dure.apps.catalog.presenters.kinds import KINDS
from dure.apps.catalog.presenters.questions import Asked, asked_of
from dure.apps.catalog.stages import NeedStage
from dure.apps.people.queries import organisations_acted_for
from dure.foundation.ui.answers import attempted, refusal_in
from dure.foundation.ui.form_page import render_forms, sent
from dure.foundation.web import takes_files


@require_http_methods(["GET", "HEAD", "POST"])
@login_required
def begin(request: HttpRequest, kind: str) -> HttpResponse:
    """The first question; its answer is a draft, and the next questions add to it."""
    pages = KINDS[kind]
    organisations = organisations_acted_for(request.user)
    if not organisations.exists():
        return redirect(pages.url("new"))
    form = first_form(pages, request.POST or None, organisations)
    if request.method == "POST" and form.is_valid():
        with refusal_in(form) as outcome:
            entry = operations.enter(
                kind=pages.model,
                organisation=form.cleaned_data["organisation"],
                values={"title": form.cleaned_data["title"]},
                by=request.user,
                at=timezone.now(),
            )
        if outcome.is_done:
            return redirect(asked_of(entry, "title").next_url)
    context = {"kind": pages, "form": form, "title": pages.new, "asked": None}
    context["breadcrumb"] = [
        {"label": pages.plural, "url": pages.url("list")},
        {"label": pages.new},
    ]
    return render_forms(request, "catalog/question.html", context)


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
@takes_files
@login_required
def question(request: HttpRequest, kind: str, pk: int, name: str) -> HttpResponse:
    """One question of an entry."""
    entry = get_object_or_404(KINDS[kind].visible_to(request.user), pk=pk)
    if refusal := permissions.may_edit(request.user, entry).reason:
        messages.error(request, str(refusal.label))
        return redirect(entry.get_absolute_url())
    asked = asked_of(entry, name)
    if asked is None:
        raise Http404
    form = question_form(
        entry,
        name,
        sent(request),
        request.FILES or None,
        organisations=organisations_acted_for(request.user),
    )
    if isinstance(form, FieldForm) and name == "field":
        form.offer_fields(likely_fields(f"{entry.title}\n{entry.body}", request.user))
    if request.method == "POST":
        return _saved(request, entry, asked, form)
    return render(request, "catalog/question.html", _context(entry, asked, form))


@require_safe
@login_required
def questions(request: HttpRequest, kind: str, pk: int) -> HttpResponse:
    """All questions of an entry: what it says to each, what is missing, and the way to hand it in."""
    entry = get_object_or_404(KINDS[kind].visible_to(request.user), pk=pk)
    if not permissions.may_edit(request.user, entry):
        return redirect(entry.get_absolute_url())
    asked = asked_of(entry, "title")
    context = _context(entry, asked, None) | {
        "moves": [
            move
            for move in life.moves_for(request.user, entry)
            if move.stage == NeedStage.UNDER_REVIEW
        ]
    }
    return render(request, "catalog/questions.html", context)


def _saved(request: HttpRequest, entry: Need | Technology, asked: Asked, form: Any) -> HttpResponse:
    """Keep an answer and go on; whoever still writes reads that it is kept, or why not."""
    refusal, status = "", 200
    if not form.is_valid():
        status = 422
        refusal = " ".join(error for errors in form.errors.values() for error in errors)
    else:
        with attempted() as outcome:
            _keep(request, entry, asked, form)
        if not outcome.is_done:
            refusal, status = outcome.why_not, 409
    entry.refresh_from_db()
    context = _context(entry, asked, form) | {"refusal": refusal, "kept": not refusal}
    if request.htmx:
        return render(request, "catalog/_question_saved.html", context, status=status)
    if refusal:
        return render(request, "catalog/question.html", context, status=status)
    return redirect(asked.next_url)


def _keep(request: HttpRequest, entry: Need | Technology, asked: Asked, form: Any) -> None:
    if asked.name == FILES:
        for file in form.cleaned_data["files"]:
            operations.add_attachment(entry=entry, file=file, by=request.user)
        return
    operations.edit(
        entry=entry, values=form.values(), seen_at=form.seen(), by=request.user, at=timezone.now()
    )


def _context(entry: Need | Technology, asked: Asked, form: Any) -> dict[str, Any]:
    pages = asked.kind
    return {
        "kind": pages,
        "entry": entry,
        "form": form,
        "asked": asked,
        "title": str(entry),
        # What everybody reads is not rewritten with every letter.
        "is_autosaved": entry.stage == NeedStage.DRAFT and asked.name != FILES,
        "breadcrumb": [
            {"label": pages.plural, "url": pages.url("list")},
            {"label": str(entry), "url": entry.get_absolute_url()},
            {"label": _("One question at a time")},
        ],
    }
