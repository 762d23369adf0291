"""One's own account: name, language, organisations, roles, keys for the API."""

from django.conf import settings
from django.contrib import messages
from django.contrib.auth import logout
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.http import content_disposition_header
from django.utils.translation import gettext as _
from django.utils.translation import override
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters, sensitive_variables
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from dure.apps.people import operations, presenters, queries
from dure.apps.people.forms import AccountForm, CloseAccountForm, TokenForm
from dure.apps.people.permissions import may_appoint
from dure.apps.people.reasons import Reason
from dure.foundation.ui.answers import flash_outcome, refusal_in, sheet_response, wants_workbook
from dure.foundation.ui.form_page import sent


@login_required
def account(request: HttpRequest) -> HttpResponse:
    """What the platform knows of whoever reads, and what they can change of it."""
    form = AccountForm(request.POST or None, instance=request.user)
    if request.method == "POST" and form.is_valid():
        operations.edit_account(user=request.user, values=form.cleaned_data)
        with override(form.cleaned_data["language"]):
            messages.success(request, _("Saved."))
        return _in_language(redirect("people:account"), form.cleaned_data["language"])
    return _account_page(request, form, TokenForm())


@never_cache
@require_safe
@login_required
def my_data(request: HttpRequest) -> HttpResponse:
    """Everything that the platform keeps of whoever reads: JSON, or a workbook."""
    data = presenters.data_of(request.user)
    if wants_workbook(request):
        return sheet_response(_("My data"), *presenters.data_as_rows(data))
    name = f"{_('My data')}-{timezone.localdate().isoformat()}.json"
    return JsonResponse(
        data,
        json_dumps_params={"ensure_ascii": False, "indent": 2},
        headers={"Content-Disposition": content_disposition_header(True, name)},
    )


@require_POST
@login_required
def agree(request: HttpRequest) -> HttpResponse:
    """Agree to the texts that apply today."""
    now = timezone.now()
    texts = queries.texts_to_agree_to(request.user, timezone.localdate(now))
    with flash_outcome(request, _("Thank you. The date and the version are kept.")):
        operations.give_consents(user=request.user, texts=texts, at=now)
    return redirect("people:account")


@never_cache
@sensitive_post_parameters("password")
@require_http_methods(["GET", "HEAD", "POST"])
@login_required
def close(request: HttpRequest) -> HttpResponse:
    """Close one's own account, after one more question."""
    form = CloseAccountForm(sent(request))
    if form.is_valid():
        with refusal_in(form) as outcome:
            operations.close_account(
                user=request.user, password=form.cleaned_data["password"], at=timezone.now()
            )
        if outcome.is_done:
            logout(request)
            messages.success(request, _("Your account is closed. Thank you for having been here."))
            return redirect(settings.LOGOUT_REDIRECT_URL)
    context = {
        "form": form,
        "organisations": queries.only_manager_of(request.user),
        "only_manager": Reason.ONLY_MANAGER.label,
        "breadcrumb": [
            {"label": _("My account"), "url": reverse("people:account")},
            {"label": _("Close my account")},
        ],
    }
    status = 422 if form.errors else 200
    return render(request, "people/close_account.html", context, status=status)


@never_cache
@sensitive_variables("key")
@require_POST
@login_required
def token_issue(request: HttpRequest) -> HttpResponse:
    """Make a key for the API and show it, this once."""
    form = TokenForm(request.POST)
    if not form.is_valid():
        return _account_page(request, AccountForm(instance=request.user), form)
    token, key = operations.issue_token(
        name=form.cleaned_data["name"], by=request.user, at=timezone.now()
    )
    return render(
        request,
        "people/token_issued.html",
        {
            "token": token,
            "key": key,
            "menu": "tokens",
            "breadcrumb": [{"label": _("My account")}],
        },
    )


@require_POST
@login_required
def token_revoke(request: HttpRequest, token_id: int) -> HttpResponse:
    """End a key."""
    token = get_object_or_404(queries.tokens_of(request.user), pk=token_id)
    with flash_outcome(request, _("The key “%(name)s” no longer works.") % {"name": token.name}):
        operations.revoke_token(token=token, by=request.user, at=timezone.now())
    return redirect("people:account")


def _account_page(request: HttpRequest, form: AccountForm, token_form: TokenForm) -> HttpResponse:
    tokens = list(queries.tokens_of(request.user))
    now = timezone.now()
    return render(
        request,
        "people/account.html",
        {
            "form": form,
            "token_form": token_form,
            "memberships": queries.memberships_of(request.user),
            "mandates": queries.own_mandates(request.user, timezone.localdate()),
            "appointments": queries.appointments_visible_to(request.user).filter(user=request.user),
            "live_tokens": [t for t in tokens if t.revoked_at is None and t.expires_at > now],
            "dead_tokens": [t for t in tokens if t.revoked_at or t.expires_at <= now],
            "consents": queries.consents_of(request.user),
            "to_agree": queries.texts_to_agree_to(request.user, timezone.localdate(now)),
            "has_second_factor": queries.has_second_factor(request.user),
            "may_appoint": may_appoint(request.user),
            "breadcrumb": [{"label": _("My account")}],
        },
        status=422 if form.errors or token_form.errors else 200,
    )


def _in_language(response: HttpResponse, language: str) -> HttpResponse:
    """`response`, which also switches the pages to `language`."""
    response.set_cookie(
        settings.LANGUAGE_COOKIE_NAME,
        language,
        max_age=settings.LANGUAGE_COOKIE_AGE,
        samesite=settings.LANGUAGE_COOKIE_SAMESITE or "Lax",
        secure=settings.SESSION_COOKIE_SECURE,
    )
    return response
