"""Programmes: the list, one in words and pictures, a plan tried on it, drafts and versions."""

import json
from datetime import date

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.http import content_disposition_header
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from dure.apps.programmes import adapter, operations, permissions, presenters, queries
from dure.apps.programmes.forms import DraftForm, PlanForm, ProgrammesForm
from dure.apps.programmes.models import Programme, Version
from dure.foundation import programmes
from dure.foundation.sheets import workbook
from dure.foundation.ui import listing
from dure.foundation.ui.answers import flash_outcome, or_404, refusal_in, workbook_response


@require_safe
def programme_list(request: HttpRequest) -> HttpResponse:
    """All programmes by class; also as Excel. Public."""
    form = ProgrammesForm(request.GET)
    matching = queries.narrowed(queries.programmes(), form.cleaned_data)
    if request.GET.get("format") == "xlsx":
        sheet = presenters.as_rows(matching)
        name = f"{_('Programmes')}-{timezone.localdate().isoformat()}"
        return workbook_response(workbook(_("Programmes"), *sheet), name)
    context = {
        "title": _("Programmes"),
        "breadcrumb": presenters.crumbs(None),
        "form": form,
        "chips": listing.chips(form, request.GET),
        "rows": presenters.rows(matching),
        "drafts": queries.drafts_to_release(request.user),
    }
    return render(request, "programmes/programmes.html", context)


@require_safe
def programme(request: HttpRequest, programme_slug: str) -> HttpResponse:
    """A programme as it is in force: who may apply, who pays what, in which order. Public."""
    shown = _programme(programme_slug)
    return _version_page(request, shown.current)


@require_safe
def version(request: HttpRequest, pk: int) -> HttpResponse:
    """A version, also a past one, as calls remember it."""
    shown = _version(request, pk)
    if adapter.mistakes_in(shown.content):
        return redirect("programmes:draft", pk)
    return _version_page(request, shown)


@require_safe
def file(request: HttpRequest, pk: int) -> HttpResponse:
    """The file of a version, to keep or to check with `dure programme check`."""
    shown = _version(request, pk)
    name = f"{shown.programme.slug}-{shown.number or 'draft'}.toml"
    return HttpResponse(
        shown.content,
        content_type="application/toml; charset=utf-8",
        headers={"Content-Disposition": content_disposition_header(True, name)},
    )


@require_safe
def plan(request: HttpRequest, programme_slug: str) -> HttpResponse:
    """Try a plan of money on a programme, without signing in and without keeping it."""
    shown = _programme(programme_slug)
    programme = adapter.programme_of(shown.current.content)
    form = PlanForm(request.GET or None, programme=programme)
    judged = None
    if request.GET and form.is_valid():
        read = programmes.read_plan(json.dumps(form.plan()).encode())
        judged = presenters.answer(programmes.judge_plan(programme, read, _today()))
    context = {
        "title": _("Try a plan"),
        "breadcrumb": presenters.crumbs(shown, _("Try a plan")),
        "programme": shown,
        "form": form,
        "answer": judged,
    }
    return render(request, "programmes/plan.html", context)


@login_required
@require_POST
def copy(request: HttpRequest, pk: int) -> HttpResponse:
    """Begin a draft from a version."""
    base = _version(request, pk)
    with flash_outcome(request, ""):
        made = operations.start_draft(base=base, by=request.user, at=timezone.now())
        return redirect("programmes:draft", made.pk)
    return redirect("programmes:version", pk)


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def draft(request: HttpRequest, pk: int) -> HttpResponse:
    """The figures and the file of a draft, its mistakes, and what the change does."""
    shown = _draft(request, pk)
    form = DraftForm(
        request.POST or None,
        initial={"content": shown.content, "note": shown.note, "seen": shown.digest},
    )
    if request.method == "POST" and form.is_valid():
        with refusal_in(form) as outcome:
            operations.edit_draft(
                version=shown, **form.cleaned_data, by=request.user, at=timezone.now()
            )
        if outcome.is_done:
            return redirect("programmes:draft", pk)
    base = shown.base
    context = {
        "title": _("Draft"),
        "breadcrumb": presenters.crumbs(shown.programme, _("Draft")),
        "version": shown,
        "form": form,
        "figures": presenters.figures(shown, base),
        "mistakes": presenters.mistakes(shown),
        "tried": presenters.tried(
            adapter.try_out(
                shown.programme.slug, base.content if base else None, shown.content, _today()
            )
        ),
        "may_edit": permissions.may_edit(request.user, shown),
        "may_release": permissions.may_release(request.user, shown),
    }
    return render(request, "programmes/draft.html", context, status=422 if form.errors else 200)


@login_required
@require_POST
def figures(request: HttpRequest, pk: int) -> HttpResponse:
    """Change numbers of a draft."""
    shown = _draft(request, pk)
    values, wrong = {}, []
    for figure in presenters.figures(shown, None):
        typed = request.POST.get(figure["key"], "").strip().replace(",", "")
        if not typed or typed == str(figure["value"]):
            continue
        number = _number(typed)
        if number is None:
            wrong.append(figure["key"])
        else:
            values[figure["place"]] = number
    if wrong:
        message = _("No number: %(places)s. Nothing was changed.") % {"places": ", ".join(wrong)}
        messages.error(request, message)
        return redirect("programmes:draft", pk)
    with flash_outcome(request, _("The draft is changed. See below what that does.")):
        operations.change_figures(
            version=shown,
            values=values,
            note=request.POST.get("note", shown.note)[:300],
            seen=request.POST.get("seen", ""),
            by=request.user,
            at=timezone.now(),
        )
    return redirect("programmes:draft", pk)


@login_required
@require_POST
def release(request: HttpRequest, pk: int) -> HttpResponse:
    """Put a draft into force."""
    shown = _draft(request, pk)
    with flash_outcome(request, _("The version is in force. New calls are opened with it.")):
        operations.release(version=shown, by=request.user, at=timezone.now())
        return redirect("programmes:programme", shown.programme.slug)
    return redirect("programmes:draft", pk)


@login_required
@require_POST
def discard(request: HttpRequest, pk: int) -> HttpResponse:
    """Give a draft up."""
    shown = _draft(request, pk)
    with flash_outcome(request, _("The draft is discarded.")):
        operations.discard(version=shown, by=request.user, at=timezone.now())
    return redirect("programmes:programme", shown.programme.slug)


def _version_page(request: HttpRequest, shown: Version) -> HttpResponse:
    slug = shown.programme.slug
    tried = adapter.try_out(slug, None, shown.content, _today())
    context = {
        "title": presenters.summary(shown)["name"],
        "lead": presenters.summary(shown)["text"],
        "breadcrumb": presenters.crumbs(
            shown.programme, "" if shown.pk == shown.programme.current_id else _("Version")
        ),
        "programme": shown.programme,
        "version": shown,
        "is_current": shown.pk == shown.programme.current_id,
        "sections": presenters.sections(shown, _today()),
        "path": presenters.path(shown),
        "shares": presenters.shares(tried[0].after) if tried else [],
        "tried": presenters.tried(tried),
        "versions": queries.versions_visible_to(request.user).filter(programme=shown.programme),
        "may_write": permissions.may_write(request.user),
    }
    return render(request, "programmes/programme.html", context)


def _programme(slug: str) -> Programme:
    return get_object_or_404(queries.programmes().select_related("current__programme"), slug=slug)


def _version(request: HttpRequest, pk: int) -> Version:
    return get_object_or_404(queries.versions_visible_to(request.user), pk=pk)


def _draft(request: HttpRequest, pk: int) -> Version:
    or_404(permissions.may_write(request.user))
    return get_object_or_404(
        queries.versions_visible_to(request.user).exclude(stage="RELEASED"), pk=pk
    )


def _number(typed: str) -> int | float | None:
    if not typed.isascii() or len(typed) > 20:
        return None
    try:
        return int(typed)
    except ValueError:
        pass
    try:
        number = float(typed)
    except ValueError:
        return None
    return number if abs(number) < 10**15 else None  # NaN is refused too: it compares false


def _today() -> date:
    return timezone.localdate()
