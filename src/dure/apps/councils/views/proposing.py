"""Win-win models: the list, a new one, its next version, its moves."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from dure.apps.councils import operations, permissions, presenters, queries
from dure.apps.councils.forms import ModelForm, VersionForm
from dure.apps.councils.pages import council_for, crumbs, model_for, under_model
from dure.apps.councils.stages import ModelStage
from dure.foundation.ui.answers import flash_outcome, or_404, refusal_in
from dure.foundation.ui.form_page import form_page, sent, show_form
from dure.foundation.ui.listing import in_order, list_page

SORTS = {"created": ("created_at", "pk"), "stage": ("stage", "pk")}


@require_safe
@login_required
def model_list(request: HttpRequest, slug: str) -> HttpResponse:
    """The models that the reader may know of; also as Excel."""
    council, user = council_for(slug), request.user
    if not council.has_models:
        raise Http404
    models = queries.models_visible_to(user).filter(council=council.id)
    return list_page(
        request,
        "councils/models.html",
        in_order(models, request.GET.get("sort"), SORTS, "-created"),
        per_page=30,
        sheet=presenters.models_sheet(user),
        context=lambda page: {
            "council": council,
            "rows": presenters.model_rows(page, user),
            "target": presenters.target(council),
            "may_propose": permissions.may_propose(user),
            "breadcrumb": crumbs(council, _("Win-win models")),
        },
    )


@require_http_methods(["GET", "HEAD", "POST"])
@login_required
def new(request: HttpRequest, slug: str) -> HttpResponse:
    """Begin a model."""
    council = council_for(slug)
    if not (council.has_models and permissions.may_propose(request.user)):
        raise Http404
    form = ModelForm(sent(request), council=council, user=request.user)
    if form.is_valid():
        with refusal_in(form) as outcome:
            made = operations.draft(
                council=council, values=form.values(), sections=form.sections(),
                by=request.user, at=timezone.now(),
            )  # fmt: skip
        if outcome.is_done:
            messages.success(request, _("Kept as a draft. Only the two firms read it."))
            return redirect(made)
    return show_form(
        request,
        form,
        title=_("New win-win model"),
        lead=str(council.about),
        button=_("Keep it"),
        back=reverse("councils:models", args=[council.id]),
        breadcrumb=crumbs(council, _("New win-win model")),
    )


@require_http_methods(["GET", "HEAD", "POST"])
@login_required
def write(request: HttpRequest, pk: int) -> HttpResponse:
    """Write the next version."""
    shown = model_for(request, pk)
    or_404(permissions.may_write(request.user, shown))
    last = shown.versions.latest("number")
    form = VersionForm(
        sent(request), council=shown.file, text=last.sections,
        initial={"seen": last.number},
    )  # fmt: skip
    return form_page(
        request,
        form,
        lambda fields: operations.write_version(
            model=shown, seen=fields["seen"], sections=form.sections(), note=fields["note"],
            by=request.user, at=timezone.now(),
        ),
        title=_("Next version"),
        lead=str(shown),
        button=_("Save"),
        back=shown.get_absolute_url(),
        breadcrumb=under_model(shown, _("Next version")),
        done=_("Saved as a new version; what changed can be read."),
    )  # fmt: skip


@require_POST
@login_required
def move(request: HttpRequest, pk: int) -> HttpResponse:
    """Propose a model, take it up, take it back."""
    shown = model_for(request, pk)
    if request.POST.get("stage") not in ModelStage.values:
        raise Http404
    with flash_outcome(request, _("Done.")):
        operations.move_model(
            model=shown, stage=request.POST["stage"], by=request.user, at=timezone.now()
        )
    return redirect(shown)


@require_POST
@login_required
def open_up(request: HttpRequest, pk: int) -> HttpResponse:
    """End the secrecy of a model."""
    shown = model_for(request, pk)
    with flash_outcome(request, _("No longer secret: the council's members read it.")):
        operations.open_up(model=shown, by=request.user)
    return redirect(shown)
