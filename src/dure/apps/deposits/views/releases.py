"""Releases: asking for one, granting, objecting, refusing, and taking the files."""

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from dure.apps.deposits import operations, permissions, presenters, queries
from dure.apps.deposits.forms import AskReleaseForm, PassphraseForm, ReasonForm, StatementForm
from dure.apps.deposits.models import Release
from dure.foundation.ui.answers import flash_outcome, or_404, saved_pieces
from dure.foundation.ui.form_page import form_page


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def ask(request: HttpRequest, pk: int) -> HttpResponse:
    """Ask for the files of a deposit."""
    deposit = get_object_or_404(queries.deposits_visible_to(request.user), pk=pk)
    or_404(permissions.may_ask_any_release(request.user, deposit))
    title = _("Ask for release")
    return form_page(
        request,
        AskReleaseForm(request.POST or None, user=request.user, deposit=deposit),
        lambda given: operations.ask_release(
            deposit=deposit, **given, by=request.user, at=timezone.now()
        ),
        title=title,
        button=_("Ask for it"),
        lead=_("Two release officers examine it one after the other; the depositor may object."),
        back=reverse("deposits:deposit", args=[pk]),
        done=_("Asked for. The release officers and the depositor are told."),
        breadcrumb=presenters.crumbs(deposit, title),
    )


@login_required
@require_safe
def release(request: HttpRequest, pk: int) -> HttpResponse:
    """A release: on which ground, who granted what, what comes next."""
    shown = _release(request, pk)
    context = presenters.release_page(shown, request.user, timezone.now())
    return render(request, "deposits/release.html", context | {"passphrase_form": PassphraseForm()})


@sensitive_post_parameters("passphrase")
@require_POST
@login_required
def grant(request: HttpRequest, pk: int) -> HttpResponse:
    """Grant a release with one's passphrase."""
    with flash_outcome(request) as outcome:
        done = operations.grant(
            release=_release(request, pk),
            passphrase=request.POST.get("passphrase", ""),
            by=request.user,
            at=timezone.now(),
        )
        outcome.done = (
            _("Released.")
            if done.decided_at
            else _("Granted. Another officer grants it after the time to object.")
        )
    return redirect("deposits:release", pk)


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def refuse(request: HttpRequest, pk: int) -> HttpResponse:
    """Refuse a release."""
    shown = _release(request, pk)
    or_404(permissions.may_refuse(request.user, shown))
    title = _("Refuse the release")
    return form_page(
        request,
        ReasonForm(request.POST or None),
        lambda given: operations.refuse(release=shown, **given, by=request.user, at=timezone.now()),
        title=title,
        button=_("Refuse"),
        back=reverse("deposits:release", args=[pk]),
        breadcrumb=presenters.crumbs(shown.deposit, title),
    )


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def object_to(request: HttpRequest, pk: int) -> HttpResponse:
    """Object to a release of one's own deposit."""
    shown = _release(request, pk)
    or_404(permissions.may_object(request.user, shown, timezone.localdate()))
    title = _("Object to the release")
    return form_page(
        request,
        StatementForm(request.POST or None),
        lambda given: operations.object_to(
            release=shown, **given, by=request.user, at=timezone.now()
        ),
        title=title,
        button=_("Object"),
        back=reverse("deposits:release", args=[pk]),
        done=_("The release officers are told."),
        breadcrumb=presenters.crumbs(shown.deposit, title),
    )


@require_POST
@login_required
def take_back(request: HttpRequest, pk: int) -> HttpResponse:
    """Take a request back."""
    with flash_outcome(request, _("Taken back.")):
        operations.take_back(release=_release(request, pk), by=request.user, at=timezone.now())
    return redirect("deposits:release", pk)


@never_cache
@sensitive_post_parameters("passphrase")
@require_POST
@login_required
def open_released(request: HttpRequest, pk: int) -> HttpResponse:
    """Hand out a released file to the organisation that received it."""
    released = get_object_or_404(queries.released_files_visible_to(request.user), pk=pk)
    with flash_outcome(request) as outcome:
        content = operations.open_released(
            released=released,
            passphrase=request.POST.get("passphrase", ""),
            by=request.user,
            at=timezone.now(),
        )
    if not outcome.is_done:
        return redirect("deposits:release", released.release_id)
    return saved_pieces(content, released.file.name, released.file.size)


def _release(request: HttpRequest, pk: int) -> Release:
    return get_object_or_404(queries.releases_visible_to(request.user), pk=pk)
