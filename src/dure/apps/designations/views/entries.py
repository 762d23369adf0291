"""Registers, their entries, and the steps of an entry."""

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.timezone import localdate
from django.utils.translation import gettext as _
from django.utils.translation import pgettext
from django.views.decorators.http import require_http_methods, require_safe

from dure.apps.designations import operations, permissions, presenters, queries
from dure.apps.designations.forms import EntriesFilter, EntryForm, StepForm
from dure.apps.designations.kinds import Register
from dure.apps.designations.pages import crumbs, register_for
from dure.apps.people.queries import organisations_of, people_in_any
from dure.foundation.parsing import whole_number
from dure.foundation.ui.answers import or_404, refusal_in
from dure.foundation.ui.form_page import form_page, sent, show_form
from dure.foundation.ui.listing import in_order, list_page

SORTS = {
    "title": ("title", "pk"),
    "organisation": ("organisation__name", "title", "pk"),
    "ends": ("ends_on", "pk"),
    "created": ("created_at", "pk"),
}


@require_safe
@login_required
def registers(request: HttpRequest) -> HttpResponse:
    """Every register, with how many entries the reader sees."""
    context = {
        "cards": presenters.cards(request.user, localdate()),
        "breadcrumb": [{"label": _("Registers")}],
    }
    return render(request, "designations/registers.html", context)


@require_safe
@login_required
def register(request: HttpRequest, slug: str) -> HttpResponse:
    """The entries of a register that the reader sees; also as Excel."""
    shown = register_for(slug)
    entries = queries.entries_visible_to(request.user).filter(register=shown.id)
    return _list(request, shown, entries, is_catalogue=False)


@require_safe
def catalogue(request: HttpRequest, slug: str) -> HttpResponse:
    """What is in force today, for everybody: what public buyers choose from."""
    shown = register_for(slug)
    if not shown.catalogue:
        raise Http404
    return _list(request, shown, queries.catalogue_of(shown, localdate()), is_catalogue=True)


@require_safe
@login_required
def entry(request: HttpRequest, pk: int) -> HttpResponse:
    """One entry: what is kept of it, where it is, and what can be done now."""
    entry = get_object_or_404(queries.entries_visible_to(request.user), pk=pk)
    is_inside = queries.reads_inside(request.user, entry)
    nexts = [entry.file.stage(code) for code in entry.stage_file.next]
    context = {
        "entry": entry,
        "register": entry.file,
        "tone": presenters.tone_of(entry, localdate()),
        "values": presenters.values_of(entry, is_inside=is_inside),
        "stages": presenters.stages_of(entry),
        "steps": entry.steps.select_related("by") if is_inside else [],
        "names": {stage.id: str(stage) for stage in entry.file.stages},
        "nexts": [stage for stage in nexts if permissions.may_take(request.user, entry, stage)],
        "children": queries.entries_visible_to(request.user).filter(parent=entry),
        "may_run": permissions.may_run(request.user),
        "breadcrumb": crumbs(str(entry), register=entry.file),
    }
    return render(request, "designations/entry.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@login_required
def new(request: HttpRequest, slug: str) -> HttpResponse:
    """Make an entry; `?talk=` is the talk about a purchase that it comes of."""
    shown = register_for(slug)
    or_404(permissions.may_open(request.user, shown))
    talk = None
    if shown.from_talk and (pk := whole_number(request.GET.get("talk", ""))):
        talk = queries.purchase_talk(request.user, pk)
    is_office = bool(permissions.may_run(request.user))
    form = EntryForm(
        sent(request),
        register=shown,
        user=request.user,
        own=None if is_office else organisations_of(request.user),
        parents=_parents(request, shown),
        initial=_of_talk(talk),
    )
    if form.is_valid():
        firm, buyer = form.sides()
        with refusal_in(form) as outcome:
            made = operations.open_entry(
                register=shown, title=form.cleaned_data["title"], organisation=firm,
                counterpart=buyer, values=form.values(), parent=form.cleaned_data.get("parent"),
                record=talk, by=request.user, at=timezone.now(),
            )  # fmt: skip
        if outcome.is_done:
            messages.success(request, _("Entered. Both sides are told of every step."))
            return redirect(made)
    return show_form(
        request,
        form,
        title=f"{shown}: {shown.first}",
        lead=str(shown.about),
        button=pgettext("designation", "Enter"),
        back=crumbs(register=shown)[-1]["url"],
        breadcrumb=crumbs(str(shown.first), register=shown),
    )


@require_http_methods(["GET", "HEAD", "POST"])
@login_required
def step(request: HttpRequest, pk: int, stage: str) -> HttpResponse:
    """Bring an entry to its next stage."""
    entry = get_object_or_404(queries.entries_visible_to(request.user), pk=pk)
    wanted = entry.file.stage(stage)
    or_404(permissions.may_take(request.user, entry, wanted))
    form = StepForm(sent(request), entry=entry, stage=wanted)

    def act(values: dict[str, Any]) -> None:
        operations.take(
            entry=entry, stage=wanted, on=values["on"], values=form.values(),
            reason=values.get("reason", ""), number=values.get("number", ""), by=request.user,
            at=timezone.now(),
        )  # fmt: skip

    return form_page(
        request,
        form,
        act,
        title=str(wanted),
        lead=str(entry),
        button=_("Save"),
        back=entry.get_absolute_url(),
        breadcrumb=[
            *crumbs(register=entry.file),
            {"label": str(entry), "url": entry.get_absolute_url()},
            {"label": str(wanted)},
        ],
        done=_("Saved. Both sides are told."),
    )


def _list(
    request: HttpRequest, shown: Register, entries: Any, *, is_catalogue: bool
) -> HttpResponse:
    form, today = EntriesFilter(request.GET, register=shown), localdate()
    narrowed = form.narrow(entries)
    return list_page(
        request,
        "designations/register.html",
        in_order(
            narrowed, request.GET.get("sort"), SORTS, "organisation" if is_catalogue else "-created"
        ),
        form=form,
        per_page=30,
        sheet=presenters.sheet_for(shown, request.user),
        people=lambda rows: people_in_any(rows.order_by().values("organisation")),
        context=lambda page: {
            "register": shown,
            "is_catalogue": is_catalogue,
            "rows": presenters.rows_of(page, today),
            "figures": [] if is_catalogue else presenters.by_stage(shown, narrowed),
            "may_open": permissions.may_open(request.user, shown),
            "may_import": permissions.may_run(request.user),
            "breadcrumb": crumbs(_("Catalogue"), register=shown)
            if is_catalogue
            else crumbs(str(shown)),
        },
    )


def _parents(request: HttpRequest, shown: Register) -> Any:
    if not shown.parent:
        return None
    above = register_for(shown.parent)
    return queries.entries_visible_to(request.user).filter(
        register=above.id, stage__in=above.in_force
    )


def _of_talk(talk: Any) -> dict[str, str]:
    """The two sides and the technology of a talk."""
    if talk is None:
        return {}
    demand, firm = talk.of.sides
    return {
        "title": str(talk.of.technology or ""),
        "organisation": firm.number or str(firm),
        "counterpart": demand.number or str(demand),
    }
