"""Asking for an agreement about a need or a technology, and in writing for what is kept secret."""

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from dure.apps.catalog import operations, permissions
from dure.apps.catalog.forms.agreements import AskForm, SheetForm
from dure.apps.catalog.models import Technology, Visibility
from dure.apps.catalog.presenters.kinds import KINDS
from dure.apps.catalog.queries import redacted_for, waits_for_sheet
from dure.apps.catalog.reasons import Reason
from dure.apps.ndas.operations import NewSheet, standard_terms
from dure.apps.people.queries import colleagues_of, organisations_managed_by
from dure.foundation.ui.answers import refusal_in
from dure.foundation.ui.form_page import form_page, render_forms, sent
from dure.foundation.ui.identity import confirm_identity


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def ask(request: HttpRequest, kind: str, pk: int) -> HttpResponse:
    """Sign for one's organisation and ask the owner of an entry to sign too."""
    entry_kind = KINDS[kind]
    entry = get_object_or_404(entry_kind.visible_to(request.user), pk=pk)
    may = permissions.may_ask_for_details(request.user, entry)
    if not may:
        messages.info(request, str(may.reason.label))
        return redirect(entry_kind.url("detail", pk))
    is_closed = entry.visibility == Visibility.TEASER
    receiving_parties = organisations_managed_by(request.user)
    if all(waits_for_sheet(entry, party) for party in receiving_parties):
        return redirect(entry_kind.url("sheet", pk))
    form = AskForm(
        sent(request),
        receiving_parties=receiving_parties,
        colleagues=colleagues_of(request.user),
        today=timezone.localdate(),
        initial={"people": [request.user.pk]},
    )
    if form.is_valid():
        confirm_identity(request)
        with refusal_in(form) as outcome:
            nda = operations.ask_for_details(
                entry=entry, **form.cleaned_data, by=request.user, at=timezone.now()
            )
        if outcome.is_done:
            messages.success(
                request,
                _("You have signed. When the other side signs too, the details open.")
                if is_closed
                else _("You have signed. When the other side signs too, it is in force."),
            )
            return redirect("ndas:nda", nda.pk)
    title = _("Ask for the details") if is_closed else _("Ask for a non-disclosure agreement")
    context = {
        "title": title,
        "is_closed": is_closed,
        "entry": redacted_for(request.user, entry),
        "form": form,
        "clauses": standard_terms(
            disclosing_party=entry.organisation,
            receiving_party=receiving_parties[0],
            material=entry.title,
            language=get_language() or "ko",
        ),
        "cancel_url": entry_kind.url("detail", pk),
        "breadcrumb": [
            {"label": entry_kind.plural, "url": entry_kind.url("list")},
            {"label": str(entry), "url": entry_kind.url("detail", pk)},
            {"label": title},
        ],
    }
    return render_forms(request, "catalog/ask.html", context)


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def ask_in_writing(request: HttpRequest, kind: str, pk: int) -> HttpResponse:
    """Give the owner a request sheet (기술자료 요구서) for details that it keeps secret."""
    entry_kind = KINDS[kind]
    entry = get_object_or_404(entry_kind.visible_to(request.user), pk=pk)
    detail_url = entry_kind.url("detail", pk)
    receiving_parties = organisations_managed_by(request.user)
    verdicts = [
        permissions.may_ask_in_writing(request.user, entry, party) for party in receiving_parties
    ]
    if not any(verdicts):
        reason = verdicts[0].reason if verdicts else Reason.NOT_A_MANAGER
        messages.info(request, str(reason.label))
        return redirect(detail_url)
    return form_page(
        request,
        SheetForm(request.POST or None, receiving_parties=receiving_parties),
        lambda cleaned: _ask_in_writing(request, entry, cleaned),
        title=_("Ask in writing for the details"),
        lead=_(
            "The owner keeps these details secret. The law wants these items in writing when a buyer asks;"
            " the owner answers, and the agreement on secrecy is made from the sheet."
        ),
        button=_("Give the sheet"),
        back=detail_url,
        breadcrumb=[
            {"label": entry_kind.plural, "url": entry_kind.url("list")},
            {"label": str(entry), "url": detail_url},
            {"label": _("Ask in writing for the details")},
        ],
        done=_("Given. The managers of the other side are told."),
    )


def _ask_in_writing(request: HttpRequest, technology: Technology, cleaned: dict[str, Any]) -> None:
    operations.ask_in_writing(
        technology=technology,
        receiving_party=cleaned.pop("receiving_party"),
        sheet=NewSheet(material=technology.title, **cleaned),
        by=request.user,
        at=timezone.now(),
    )
