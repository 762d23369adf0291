"""Passphrases: of one's organisations, and one's own as a release officer."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from dure.apps.deposits import operations, permissions, presenters, queries
from dure.apps.deposits.forms import ChangeKeyForm, HandOverForm, NewKeyForm
from dure.foundation.ui.answers import flash_outcome, or_404, saved_file
from dure.foundation.ui.form_page import form_page


@login_required
@require_safe
def keys(request: HttpRequest) -> HttpResponse:
    """Which of one's organisations have a passphrase, and whether one has one as a release officer."""
    user, is_officer = request.user, permissions.may_keep_officer_key(request.user)
    organisations = queries.organisations_managed_by(user)
    if not is_officer and not organisations:
        raise Http404
    context = {
        "organisations": organisations,
        "is_officer": is_officer,
        "own": queries.key_of_officer(user),
        "shares": queries.shares_kept_by(user).count(),
        "breadcrumb": presenters.crumbs(None, _("Passphrases")),
    }
    return render(request, "deposits/keys.html", context)


@sensitive_post_parameters()
@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def new_key(request: HttpRequest, pk: int) -> HttpResponse:
    """Set the passphrase of an organisation."""
    organisation = get_object_or_404(queries.organisations_managed_by(request.user), pk=pk)
    return form_page(
        request,
        NewKeyForm(request.POST or None),
        lambda given: operations.set_key(
            organisation=organisation,
            passphrase=given["passphrase"],
            by=request.user,
            at=timezone.now(),
        ),
        title=_("Passphrase of %(organisation)s") % {"organisation": organisation},
        button=_("Set it"),
        back=reverse("deposits:keys"),
        done=_("Set. Only whoever knows it opens your deposits."),
        field="passphrase",
        breadcrumb=presenters.crumbs(None, _("Passphrases")),
    )


@sensitive_post_parameters()
@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def new_officer_key(request: HttpRequest) -> HttpResponse:
    """Set one's own passphrase as a release officer."""
    or_404(permissions.may_keep_officer_key(request.user))
    return form_page(
        request,
        NewKeyForm(request.POST or None),
        lambda given: operations.set_officer_key(
            passphrase=given["passphrase"], by=request.user, at=timezone.now()
        ),
        title=_("Your passphrase as a release officer"),
        button=_("Set it"),
        back=reverse("deposits:keys"),
        done=_("Set. From the next deposit on you keep shares of keys."),
        field="passphrase",
        breadcrumb=presenters.crumbs(None, _("Passphrases")),
    )


@sensitive_post_parameters()
@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def change_key(request: HttpRequest, pk: int) -> HttpResponse:
    """Change a passphrase; what it opens stays the same."""
    key = get_object_or_404(queries.keys_visible_to(request.user), pk=pk)
    return form_page(
        request,
        ChangeKeyForm(request.POST or None),
        lambda given: operations.change_passphrase(
            key=key,
            old=given["old"],
            new=given["passphrase"],
            by=request.user,
            at=timezone.now(),
        ),
        title=_("Change the passphrase"),
        button=_("Change it"),
        back=reverse("deposits:keys"),
        done=_("Changed."),
        breadcrumb=presenters.crumbs(None, _("Passphrases")),
    )


@sensitive_post_parameters()
@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def hand_over(request: HttpRequest) -> HttpResponse:
    """Give all one's shares to another release officer."""
    if queries.key_of_officer(request.user) is None:
        raise Http404
    return form_page(
        request,
        HandOverForm(request.POST or None, user=request.user),
        lambda given: operations.hand_over(**given, by=request.user, at=timezone.now()),
        title=_("Hand all shares over"),
        button=_("Hand over"),
        lead=_("Before you leave: from then on your successor grants releases in your place."),
        back=reverse("deposits:keys"),
        done=_("Handed over."),
        breadcrumb=presenters.crumbs(None, _("Passphrases")),
    )


@never_cache
@sensitive_post_parameters("passphrase")
@require_POST
@login_required
def secret(request: HttpRequest, pk: int) -> HttpResponse:
    """The key itself as a file, to keep elsewhere; any age tool opens the files with it."""
    key = get_object_or_404(queries.keys_visible_to(request.user), pk=pk)
    with flash_outcome(request) as outcome:
        content = operations.secret_of(
            key=key, passphrase=request.POST.get("passphrase", ""), by=request.user
        )
    if not outcome.is_done:
        return redirect("deposits:keys")
    messages.warning(request, _("Keep the file where nobody else comes: it opens your deposits."))
    return saved_file(f"{content}\n".encode(), "deposit-key.txt")
