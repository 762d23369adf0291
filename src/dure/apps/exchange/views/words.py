"""What is untranslated, what a machine made, and the page on which a person writes or confirms it."""

from typing import Any

from django.conf import settings
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from dure.apps.exchange import operations, permissions, queries
from dure.apps.exchange.forms.things import WordForm
from dure.apps.exchange.presenters.texts import line, lines
from dure.apps.exchange.queries import Text
from dure.apps.exchange.views.guards import crumbs, listed
from dure.foundation.ui.answers import flash_outcome, or_404, refusal_in
from dure.foundation.ui.form_page import show_form
from dure.foundation.ui.listing import page_of

ON_A_PAGE = 30


@login_required
@require_safe
def words(request: HttpRequest) -> HttpResponse:
    """What has no translation, and what a machine made and nobody confirmed; what matters first."""
    or_404(permissions.may_run(request.user))
    lacking, made = queries.untranslated()
    context = {
        **listed(request, "words", _("Translations")),
        "lacking": len(lacking),
        "made": len(made),
        "page": page_of(request, lines(lacking, made), ON_A_PAGE),
        "has_machine": bool(settings.DURE_TRANSLATOR),
    }
    return render(request, "exchange/words.html", context)


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def word(request: HttpRequest, subject: str, field: str) -> HttpResponse:
    """Write a text in the other language beside its original, or confirm what a machine made."""
    or_404(permissions.may_run(request.user))
    source = queries.source_of(subject, field)
    if not source:
        raise Http404
    text = Text(subject, field, source)
    pair = queries.current_pair(subject, field, text.target)
    is_current = pair is not None and pair.source == source
    initial = {"seen": text.digest, "text": pair.text if pair else ""}
    form = WordForm(request.POST or None, initial=initial)
    title, back = line(text).label, reverse("exchange:words")
    if request.method == "POST" and form.is_valid():
        with refusal_in(form) as outcome:
            operations.confirm_text(
                subject=subject, field=field, **form.cleaned_data, by=request.user,
                at=timezone.now(),
            )  # fmt: skip
        if outcome.is_done:
            return redirect(back)
    more: dict[str, Any] = {"text_of": text, "pair": pair, "is_current": is_current}
    return show_form(
        request, form, title=title, button=_("Confirm the translation"), back=back,
        breadcrumb=crumbs((_("Translations"), back), (title, "")),
        template="exchange/word.html", **more,
    )  # fmt: skip


@require_POST
@login_required
def machine(request: HttpRequest) -> HttpResponse:
    """Have the machine translate what has no translation."""
    or_404(permissions.may_run(request.user))
    with flash_outcome(request, _("The machine is at work. Look in again in a while.")):
        operations.ask_machine(by=request.user)
    return redirect("exchange:words")
