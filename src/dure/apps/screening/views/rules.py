"""Parameters of signals: what is in force, a draft, its effect, its release."""

from typing import Any

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from dure.apps.screening import adapter, operations, permissions, presenters, queries
from dure.apps.screening.forms import ParametersForm
from dure.apps.screening.models import RuleSet
from dure.apps.screening.views.cases import auditors_only, way
from dure.foundation.ui.answers import flash_outcome
from dure.foundation.ui.form_page import form_page


@never_cache
@require_safe
@login_required
def rules(request: HttpRequest) -> HttpResponse:
    """What each signal looks by, the draft with its effect, and earlier versions."""
    auditors_only(request)
    versions = queries.rules_visible_to(request.user)
    draft = versions.filter(number=None).first()
    context = {
        "draft": draft,
        "changes": presenters.changes_of(draft) if draft else [],
        "effect": presenters.effect_of(draft) if draft else None,
        "may_release": draft and permissions.may_release_rules(request.user, draft),
        "versions": versions.exclude(number=None),
        "signals": presenters.parameters_of_signals(),
        "breadcrumb": way((_("Figures of signals"), "")),
    }
    return render(request, "screening/rules.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@login_required
def change_rules(request: HttpRequest, signal: str) -> HttpResponse:
    """Change the parameters of a signal in the draft."""
    auditors_only(request)
    if not adapter.figures_of(signal):
        raise Http404
    form = ParametersForm(
        request.POST or None,
        signal=signal,
        now=presenters.now_of(signal),
        words=presenters.PARAMETERS,
    )
    words = adapter.signals()[signal].words[adapter.language()]

    def act(values: dict[str, Any]) -> RuleSet:
        note = values.pop("note")
        return operations.change_rules(
            signal=signal, values=values, note=note, by=request.user, at=timezone.now()
        )

    return form_page(
        request,
        form,
        act,
        title=words.name,
        lead=words.looks_for,
        button=_("Into the draft"),
        back=reverse("screening:rules"),
        breadcrumb=way((_("Figures of signals"), reverse("screening:rules")), (words.name, "")),
    )


@require_POST
@login_required
def measure_rules(request: HttpRequest, rules_id: int) -> HttpResponse:
    """Ask what the draft would have changed last year."""
    with flash_outcome(request) as outcome:
        job = operations.ask_for_effect(rules=_rules(request, rules_id), by=request.user)
    return redirect("jobs:detail", job.pk) if outcome.is_done else redirect("screening:rules")


@require_POST
@login_required
def release_rules(request: HttpRequest, rules_id: int) -> HttpResponse:
    """Put the draft in force."""
    with flash_outcome(request):
        operations.release_rules(
            rules=_rules(request, rules_id), by=request.user, at=timezone.now()
        )
    return redirect("screening:rules")


@require_POST
@login_required
def drop_rules(request: HttpRequest, rules_id: int) -> HttpResponse:
    """Throw the draft away."""
    with flash_outcome(request):
        operations.drop_rules(rules=_rules(request, rules_id), by=request.user)
    return redirect("screening:rules")


def _rules(request: HttpRequest, pk: int) -> RuleSet:
    return get_object_or_404(queries.rules_visible_to(request.user), pk=pk)
