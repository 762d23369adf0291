"""The package of a project group: opened, evidence handed in, gates decided."""

from typing import Any

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from dure.apps.groups import adapter, operations, queries
from dure.apps.groups.forms import EvidenceForm, GateForm, PackageForm
from dure.apps.groups.models import PackageStep
from dure.apps.groups.pages import crumbs, office_only, own_group
from dure.foundation.ui.form_page import form_page, sent


@require_http_methods(["GET", "HEAD", "POST"])
@login_required
def open_package(request: HttpRequest, pk: int) -> HttpResponse:
    """Open the package of a project group, with the steps of a programme."""
    shown = own_group(request, pk)

    def act(values: dict[str, Any]) -> None:
        operations.open_package(group=shown, by=request.user, at=timezone.now(), **values)

    title = _("Open the package")
    return form_page(
        request, PackageForm(sent(request)), act, title=title, lead=str(shown), button=title,
        back=shown.get_absolute_url(), breadcrumb=crumbs(shown, title),
        done=_("Open. Hand in the evidence of the first step."),
    )  # fmt: skip


@require_http_methods(["GET", "HEAD", "POST"])
@login_required
def evidence(request: HttpRequest, pk: int) -> HttpResponse:
    """Hand in what shows that a step is done."""
    step = _step(request, pk)
    own_group(request, step.package.group_id)
    form = EvidenceForm(sent(request), initial={"evidence": step.evidence})

    def act(values: dict[str, Any]) -> None:
        operations.show_evidence(step=step, by=request.user, at=timezone.now(), **values)

    return _form(request, step, form, act)


@require_http_methods(["GET", "HEAD", "POST"])
@login_required
def gate(request: HttpRequest, pk: int) -> HttpResponse:
    """Write down what the gate said."""
    office_only(request)
    step = _step(request, pk)

    def act(values: dict[str, Any]) -> None:
        operations.decide_step(step=step, by=request.user, at=timezone.now(), **values)

    return _form(request, step, GateForm(sent(request)), act)


def _step(request: HttpRequest, pk: int) -> PackageStep:
    return get_object_or_404(queries.steps_visible_to(request.user), pk=pk)


def _form(request: HttpRequest, step: PackageStep, form: Any, act: Any) -> HttpResponse:
    title, group = adapter.stage_name(step), step.package.group
    return form_page(
        request, form, act, title=title, lead=step.evidence or str(group), button=_("Save"),
        back=group.get_absolute_url(), breadcrumb=crumbs(group, title),
    )  # fmt: skip
