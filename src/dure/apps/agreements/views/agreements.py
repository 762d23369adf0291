"""Pages of agreements: the list, one of them, signing, payments, and what only the office does."""

from collections.abc import Callable
from typing import Any

from django import forms
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from dure.apps.agreements import adapter, operations, permissions, presenters, queries
from dure.apps.agreements.forms import (
    AgreementsForm,
    BankFileForm,
    DraftForm,
    FactForm,
    OpenForm,
    PaidForm,
    ReasonForm,
    SignedFileForm,
)
from dure.apps.agreements.models import Agreement, Instalment, Party
from dure.apps.ledger.permissions import may_read as may_read_ledger
from dure.apps.people.queries import people_in_any
from dure.foundation.sheets import UnreadableFile
from dure.foundation.ui.answers import (
    flash_outcome,
    or_404,
    pdf_response,
    refusal_in,
    sheet_response,
)
from dure.foundation.ui.form_page import form_page, render_forms, sent, show_form
from dure.foundation.ui.identity import confirm_identity
from dure.foundation.ui.listing import list_page
from dure.foundation.web import takes_files

ON_A_PAGE = 30


@login_required
@require_safe
def agreement_list(request: HttpRequest) -> HttpResponse:
    """The agreements of one's own organisations, all for the office and auditors; also as Excel."""
    form = AgreementsForm(request.GET)
    return list_page(
        request,
        "agreements/agreements.html",
        queries.narrowed(queries.agreements_visible_to(request.user), form.wanted()),
        form=form,
        per_page=ON_A_PAGE,
        sheet=presenters.sheet,
        people=lambda agreements: people_in_any(
            agreements.order_by().values("parties__organisation")
        ),
        context=lambda page: {
            "rows": presenters.rows(page),
            "to_sign": queries.to_sign(request.user, timezone.localdate()),
            "may_run": permissions.may_run(request.user),
            "breadcrumb": presenters.crumbs(None),
        },
    )


@login_required
@require_safe
def agreement(request: HttpRequest, pk: int) -> HttpResponse:
    """An agreement: who agrees on what, who has signed, what was paid and what comes next."""
    shown, user, now = _agreement(request, pk), request.user, timezone.now()
    today = timezone.localdate(now)
    is_draft = bool(permissions.may_edit(user, shown))
    context = {
        "agreement": shown,
        "tone": presenters.TONES[shown.stage],
        "path": presenters.path(shown),
        "looked_at_on": queries.looked_at_on(shown),
        "parties": presenters.parties(shown, user),
        "to_sign": presenters.to_sign(shown, user, today),
        "to_approve": presenters.to_approve(shown, user),
        "not_approved": presenters.not_approved(shown, user),
        "outside": presenters.outside_file(shown, user, today),
        "may_hand_in": permissions.may_hand_in(user, shown, today),
        "contributions": presenters.contributions(shown),
        "costs": presenters.costs(shown),
        "instalments": presenters.instalments(shown, user, now, today),
        "text": queries.open_text(shown),
        "annexes": presenters.annexes(shown),
        "versions": presenters.versions(shown),
        "may_annex": permissions.may_annex(user, shown, today),
        "changes": presenters.changes(shown, user, today),
        "obligations": presenters.obligations(shown, user, today),
        "story": presenters.story(shown),
        "facts": presenters.shown_facts(shown),
        "may_confirm_facts": presenters.facts_to_confirm(shown, user),
        "may_read_ledger": may_read_ledger(user),
        "may_change": permissions.may_ask_change(user, shown),
        "violations": presenters.violations(shown, today) if is_draft else [],
        "may_open": permissions.may_open(user, shown, today),
        "may_edit": permissions.may_edit(user, shown),
        "may_replan": permissions.may_replan(user, shown, today),
        "may_set": presenters.own_organisation(shown, user, today),
        "may_reopen": permissions.may_reopen(user, shown),
        "may_drop": permissions.may_drop(user, shown),
        "may_run": permissions.may_run(user),
        "revoked": queries.decision_of(shown) if queries.is_revoked(shown) else None,
        "breadcrumb": presenters.crumbs(shown),
    }
    return render(request, "agreements/agreement.html", context)


@login_required
@require_safe
def text(request: HttpRequest, pk: int) -> HttpResponse:
    """The text with all signatures so far, as a file."""
    shown = _agreement(request, pk)
    latest = queries.open_text(shown)
    if latest is None:
        raise Http404
    with latest.file.open("rb") as file:
        return pdf_response(file.read(), f"{shown.number}-v{latest.number}")


@login_required
@require_safe
def text_version(request: HttpRequest, pk: int) -> HttpResponse:
    """One version of the text, with the signatures that it got."""
    version = get_object_or_404(queries.texts_visible_to(request.user), pk=pk)
    with version.file.open("rb") as file:
        return pdf_response(file.read(), f"{version.agreement.number}-v{version.number}")


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def new(request: HttpRequest) -> HttpResponse:
    """Draw an agreement up without a call."""
    or_404(permissions.may_run(request.user))
    form = DraftForm(request.POST or None, user=request.user)
    if request.method == "POST" and form.is_valid():
        with refusal_in(form):
            made = operations.draft(**form.values(), by=request.user, at=timezone.now())
            return redirect("agreements:agreement", made.pk)
    title = _("New agreement")
    return show_form(
        request,
        form,
        title=title,
        button=_("Save the draft"),
        back=reverse("agreements:list"),
        breadcrumb=presenters.crumbs(None, title),
    )


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def open_for_signing(request: HttpRequest, pk: int) -> HttpResponse:
    """Write the text and ask everybody to sign."""
    today = timezone.localdate()
    shown = _office(
        request, pk, lambda user, agreement: permissions.may_open(user, agreement, today)
    )
    return _on(
        request, shown, OpenForm(request.POST or None),
        lambda given: operations.open_for_signing(agreement=shown, **given, by=request.user, at=timezone.now()),
        title=_("Have it signed"), button=_("Ask everybody to sign"),
        done=_("The text is written, the public money reserved, and everybody is asked to sign."),
    )  # fmt: skip


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def confirm_fact(request: HttpRequest, pk: int) -> HttpResponse:
    """Keep that something was shown which the programme asks for."""
    shown = _agreement(request, pk)
    if not (facts := presenters.facts_to_confirm(shown, request.user)):
        raise Http404
    return _on(
        request, shown, FactForm(sent(request), facts=facts),
        lambda given: operations.confirm_fact(
            agreement=shown, **given, by=request.user, at=timezone.now()
        ),
        title=_("What was shown"), button=_("I have seen it"), done=_("Noted. The rules are asked again."),
    )  # fmt: skip


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def reopen(request: HttpRequest, pk: int) -> HttpResponse:
    """Make a draft again."""
    shown = _office(request, pk, permissions.may_reopen)
    return _on(
        request, shown, ReasonForm(request.POST or None),
        lambda given: operations.reopen(agreement=shown, **given, by=request.user, at=timezone.now()),
        title=_("Draw it up anew"), button=_("Make it a draft again"), done=_("It is a draft again."),
    )  # fmt: skip


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def drop(request: HttpRequest, pk: int) -> HttpResponse:
    """Give it up."""
    shown = _office(request, pk, permissions.may_drop)
    return _on(
        request, shown, ReasonForm(request.POST or None),
        lambda given: operations.drop(agreement=shown, **given, by=request.user, at=timezone.now()),
        title=_("Cancel the agreement"), button=_("Cancel it"), done=_("It is cancelled."),
    )  # fmt: skip


@login_required
@require_POST
def sign(request: HttpRequest, pk: int) -> HttpResponse:
    """Sign for a party here."""
    party = _party(request, pk)
    confirm_identity(request)
    with flash_outcome(request, _("Signed. The file with all signatures is on this page.")):
        operations.sign(party=party, by=request.user, at=timezone.now())
    return redirect("agreements:agreement", party.agreement_id)


@takes_files
@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def upload(request: HttpRequest, pk: int) -> HttpResponse:
    """Hand in the text as it was signed elsewhere."""
    party = _party(request, pk)
    return _on(
        request, party.agreement, SignedFileForm(request.POST or None, request.FILES or None),
        lambda given: operations.take_signed_file(
            party=party, content=given["file"].read(), by=request.user, at=timezone.now()
        ),
        title=_("Signed elsewhere"), button=_("Hand the file in"), field="file",
        done=_("Signed. The file with all signatures is on this page."),
    )  # fmt: skip


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def refuse(request: HttpRequest, pk: int) -> HttpResponse:
    """Refuse to sign, and say why."""
    party = _party(request, pk)
    return _on(
        request, party.agreement, ReasonForm(request.POST or None),
        lambda given: operations.refuse(
            party=party, **given, by=request.user, at=timezone.now()
        ),
        title=_("Refuse to sign for %(party)s") % {"party": party}, button=_("Refuse"),
        done=_("Refused. Everybody is told why."),
    )  # fmt: skip


@login_required
@require_POST
def ask(request: HttpRequest, pk: int) -> HttpResponse:
    """Say that what an instalment waits for is reached."""
    instalment = _instalment(request, pk)
    with flash_outcome(
        request, _("Asked. The demand organisation confirms it, or after ten days we do.")
    ):
        operations.ask_confirmation(instalment=instalment, by=request.user, at=timezone.now())
    return redirect("agreements:agreement", instalment.agreement_id)


@login_required
@require_POST
def confirm(request: HttpRequest, pk: int) -> HttpResponse:
    """Confirm that an instalment can be paid."""
    instalment = _instalment(request, pk)
    with flash_outcome(request, _("Confirmed. The programme office pays it next.")):
        operations.confirm(instalment=instalment, by=request.user, at=timezone.now())
    return redirect("agreements:agreement", instalment.agreement_id)


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def refuse_confirmation(request: HttpRequest, pk: int) -> HttpResponse:
    """Say why an instalment cannot be paid yet."""
    instalment = _instalment(request, pk)
    form = ReasonForm(request.POST or None)
    title = _("Not reached yet")
    return _on(
        request, instalment.agreement, form,
        lambda given: operations.refuse_confirmation(
            instalment=instalment, **given, by=request.user, at=timezone.now()
        ),
        title=title, button=_("Say so"), done=_("Said. It can be asked again."),
    )  # fmt: skip


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def paid(request: HttpRequest, pk: int) -> HttpResponse:
    """Enter that an instalment came in."""
    instalment = _instalment(request, pk)
    or_404(permissions.may_run(request.user))
    form = PaidForm(request.POST or None, initial={"paid_on": timezone.localdate()})
    return _on(
        request, instalment.agreement, form,
        lambda given: operations.enter_payment(
            instalment=instalment, **given, by=request.user, at=timezone.now()
        ),
        title=_("It came in"), button=_("Enter it"), done=_("Entered, and posted to the ledger."),
    )  # fmt: skip


@login_required
@require_safe
def payments(request: HttpRequest) -> HttpResponse:
    """What is to be paid: all that is due, with what holds it."""
    or_404(permissions.may_run(request.user))
    now = timezone.now()
    today = timezone.localdate(now)
    return list_page(
        request,
        "agreements/payments.html",
        queries.due_instalments(request.user, today),
        per_page=ON_A_PAGE,
        sheet=presenters.payment_file,
        context=lambda page: {
            "rows": presenters.payment_rows(page, request.user, now, today),
            "breadcrumb": presenters.crumbs(None, _("Payments")),
        },
    )


@login_required
@require_POST
def order(request: HttpRequest) -> HttpResponse:
    """Hand out the payment file for the bank, with all public money that is due and not held."""
    or_404(permissions.may_run(request.user))
    now = timezone.now()
    due = queries.payable(request.user, timezone.localdate(now))
    with flash_outcome(request) as outcome:
        ordered = operations.order(instalments=due, by=request.user, at=now)
    if not outcome.is_done:
        return redirect("agreements:payments")
    return sheet_response(**presenters.payment_file(ordered))


@takes_files
@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def transfers(request: HttpRequest) -> HttpResponse:
    """Take in what the bank really paid, and list what differs."""
    or_404(permissions.may_run(request.user))
    form = BankFileForm(request.POST or None, request.FILES or None)
    context: dict[str, Any] = {
        "form": form,
        "breadcrumb": presenters.crumbs(None, _("What the bank paid")),
    }
    if request.method == "POST" and form.is_valid():
        try:
            file = form.cleaned_data["file"]
            transfers = adapter.read_transfers(file, file.name)
        except UnreadableFile as error:
            form.add_error("file", error.problem.fix)
        else:
            entered, differences = operations.reconcile(
                transfers=transfers, by=request.user, at=timezone.now()
            )
            context |= {"entered": entered, "differences": differences, "is_done": True}
    return render_forms(request, "agreements/transfers.html", context)


def _agreement(request: HttpRequest, pk: int) -> Agreement:
    return get_object_or_404(queries.agreements_visible_to(request.user), pk=pk)


def _party(request: HttpRequest, pk: int) -> Party:
    return get_object_or_404(queries.parties_acted_for(request.user), pk=pk)


def _instalment(request: HttpRequest, pk: int) -> Instalment:
    return get_object_or_404(queries.instalments_visible_to(request.user), pk=pk)


def _office(request: HttpRequest, pk: int, may: Callable[..., Any]) -> Agreement:
    shown = _agreement(request, pk)
    if not may(request.user, shown):
        raise Http404
    return shown


def _on(
    request: HttpRequest,
    shown: Agreement,
    form: forms.Form,
    act: Callable[[dict[str, Any]], object],
    *,
    title: str,
    button: str,
    done: str,
    field: str | None = None,
) -> HttpResponse:
    """A page with one form about an agreement."""
    return form_page(
        request,
        form,
        act,
        title=title,
        button=button,
        done=done,
        field=field,
        lead=str(shown),
        back=reverse("agreements:agreement", args=[shown.pk]),
        breadcrumb=presenters.crumbs(shown, title),
    )
