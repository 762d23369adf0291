"""How agreements are shown: lines of lists, who has signed, what has come in, what holds it."""

from collections.abc import Iterable, Sequence
from datetime import date, datetime
from typing import Any

from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from dure.apps.agreements import adapter, operations, permissions, queries
from dure.apps.agreements.models import Agreement, Instalment
from dure.apps.agreements.presenters.approving import (
    approval,
    not_approved,
    outside_file,
    to_approve,
)
from dure.apps.agreements.presenters.changes import changes, obligations, versions
from dure.apps.agreements.presenters.story import story
from dure.apps.agreements.reasons import Hold
from dure.apps.agreements.stages import AgreementStage, InstalmentStage
from dure.apps.people.models import Organisation
from dure.apps.people.queries import Reader
from dure.foundation.ui.listing import Sheet
from dure.foundation.ui.moves import step
from dure.foundation.workdays import term_ends

TONES = {
    AgreementStage.DRAFT: "neutral",
    AgreementStage.SIGNING: "information",
    AgreementStage.IN_FORCE: "success",
    AgreementStage.REFUSED: "danger",
    AgreementStage.EXPIRED: "warning",
    AgreementStage.DROPPED: "neutral",
    AgreementStage.COMPLETED: "success",
    AgreementStage.TERMINATED: "danger",
}
PAYMENT_TONES = {
    InstalmentStage.PLANNED: "neutral",
    InstalmentStage.ASKED: "warning",
    InstalmentStage.CONFIRMED: "information",
    InstalmentStage.ORDERED: "information",
    InstalmentStage.PAID: "success",
    InstalmentStage.CANCELLED: "neutral",
}


def rows(agreements: Iterable[Agreement]) -> list[dict[str, Any]]:
    """Agreements as lines of a list, with what was promised and has come in."""
    agreements = list(agreements)
    figures = queries.figures_of(agreements)
    return [
        {
            "agreement": agreement,
            "tone": TONES[AgreementStage(agreement.stage)],
            "promised": figures[agreement.pk]["promised"],
            "paid": figures[agreement.pk]["promised"] - figures[agreement.pk]["due"],
        }
        for agreement in agreements
    ]


def sheet(agreements: Iterable[Agreement]) -> Sheet:
    """Agreements as a sheet."""
    head = [_("Agreement number"), _("Title"), _("Programme"), _("Status"), _("Starts"), _("Ends")]
    head += [_("Agreed on"), _("Promised (won)"), _("Come in (won)")]
    lines = [
        [
            row["agreement"].number,
            str(row["agreement"]),
            str(row["agreement"].version.programme),
            row["agreement"].get_stage_display(),
            row["agreement"].starts_on,
            row["agreement"].ends_on,
            row["agreement"].agreed_on,
            row["promised"],
            row["paid"],
        ]
        for row in rows(agreements)
    ]
    return {"title": _("Project agreements"), "headers": head, "rows": lines}


def path(agreement: Agreement) -> list[dict[str, Any]]:
    """Where an agreement is on its way."""
    stage = AgreementStage(agreement.stage)
    order = [AgreementStage.DRAFT, AgreementStage.SIGNING, AgreementStage.IN_FORCE]
    if stage not in order:
        if agreement.agreed_on is None:
            return [step(stage.label, "now")]
        order.append(stage)
    now = order.index(stage)
    days = (agreement.created_at, None, agreement.agreed_on, agreement.ended_on)
    return [
        step(passed.label, "now" if n == now else "done" if n < now else "next", days[n])
        for n, passed in enumerate(order)
    ]


def parties(agreement: Agreement, user: Reader) -> list[dict[str, Any]]:
    """The parties with what each gives, has given and whether it signed."""
    text = queries.open_text(agreement)
    signed = {signature.party_id: signature for signature in text.signatures.all()} if text else {}
    given = queries.paid_by_party(agreement)
    promised: dict[int, int] = {}
    for row in agreement.contributions.all():
        if row.kind != "unpaid":
            promised[row.payer_id] = promised.get(row.payer_id, 0) + row.amount
    return [
        {
            "party": party,
            "role": party.get_role_display(),
            "signature": signed.get(party.pk),
            "approval": approval(text, party),
            "promised": promised.get(party.pk, 0),
            "given": given.get(party.pk, 0),
        }
        for party in agreement.parties.select_related("organisation", "person")
    ]


def to_sign(agreement: Agreement, user: Reader, on: date) -> list[dict[str, Any]]:
    """The parties for which a reader may or could sign, with the reason where not yet."""
    text = queries.open_text(agreement)
    if text is None or text.closed_at is not None:
        return []
    asked = text.change.signers.all() if text.change else agreement.parties.all()
    own = queries.own_parties(user, agreement).filter(pk__in=asked.values("pk"))
    return [
        {
            "party": party,
            "may": permissions.may_sign(user, party, on),
            "may_refuse": permissions.may_refuse(user, party, on),
        }
        for party in own.select_related("agreement", "organisation")
    ]


def shown_facts(agreement: Agreement) -> list[str]:
    """What has been shown for an agreement, in words."""
    return [adapter.fact_name(fact) for fact in agreement.confirmed]


def facts_to_confirm(agreement: Agreement, user: Reader) -> list[tuple[str, str]]:
    """What the programme still wants shown and a reader may confirm: code and name."""
    return [
        (fact, adapter.fact_name(fact))
        for fact in adapter.facts_asked(agreement)
        if permissions.may_confirm_fact(user, agreement, fact)
    ]


def annexes(agreement: Agreement) -> list[dict[str, Any]]:
    """The files that are agreed on; `is_named`: the latest text names them with their hash."""
    text = queries.open_text(agreement)
    named = {row["sha256"] for row in text.content.get("annexes", ())} if text else set()
    return [
        {"annex": annex, "is_named": text is None or annex.sha256 in named}
        for annex in queries.annexes_in(agreement)
    ]


def own_organisation(agreement: Agreement, user: Reader, on: date) -> Organisation | None:
    """The party whose representative and account the reader can say."""
    for party in queries.own_parties(user, agreement).select_related("organisation"):
        if party.organisation and permissions.may_set_particulars(user, party.organisation, on):
            return party.organisation
    return None


def contributions(agreement: Agreement) -> list[dict[str, Any]]:
    """Who gives what, in words."""
    names = adapter.phases_of(adapter.programme_of(agreement), get_language())
    contributed = agreement.contributions.select_related("payer", "recipient")
    return [{"row": row, "phase": names.get(row.phase, row.phase)} for row in contributed]


def costs(agreement: Agreement) -> list[dict[str, Any]]:
    """What each party spends on which budget category, in words."""
    names = adapter.category_names(agreement, get_language())
    return [
        {"row": row, "category": names.get(row.category, row.category)}
        for row in agreement.costs.select_related("party").order_by("party", "year", "pk")
    ]


def instalments(
    agreement: Agreement, user: Reader, now: datetime, on: date
) -> list[dict[str, Any]]:
    """What is paid when, what holds it, and what a reader can do with each."""
    names = adapter.phases_of(adapter.programme_of(agreement), get_language())
    planned = agreement.instalments.select_related(
        "payer", "payee", "agreement__version__programme"
    )
    rows = list(planned.order_by("due_on", "number"))
    holds = queries.holds_on(rows, on)
    return [_instalment(row, names, user, now, on, holds[row.pk]) for row in rows]


def _instalment(
    instalment: Instalment,
    names: dict[str, str],
    user: Reader,
    now: datetime,
    on: date,
    hold: Hold | None,
) -> dict[str, Any]:
    is_open = instalment.stage not in (InstalmentStage.PAID, InstalmentStage.CANCELLED)
    hold = hold if is_open else None
    return {
        "instalment": instalment,
        "tone": PAYMENT_TONES[InstalmentStage(instalment.stage)],
        "when": names.get(instalment.basis, instalment.basis),
        "hold": hold.label
        if hold and instalment.agreement.stage == AgreementStage.IN_FORCE
        else "",
        "is_late": is_open and term_ends(instalment.due_on) < on,
        "may_ask": permissions.may_ask_confirmation(user, instalment),
        "may_confirm": permissions.may_confirm(user, instalment, now),
        "may_pay": permissions.may_pay(user, instalment, on, hold),
    }


def payment_rows(
    instalments: Iterable[Instalment], user: Reader, now: datetime, on: date
) -> list[dict[str, Any]]:
    """Instalments in a list over all agreements."""
    rows, language = list(instalments), get_language()
    holds = queries.holds_on(rows, on)
    return [
        _instalment(
            row, adapter.phases_of(adapter.programme_of(row.agreement), language), user, now, on,
            holds[row.pk],
        )
        for row in rows
    ]  # fmt: skip


def violations(agreement: Agreement, on: date) -> list[str]:
    """What the plan of money of a draft breaks, in words."""
    judged = adapter.judgement(adapter.Whole.of(agreement), on)
    return [judged.sentence(violation, get_language()) for violation in judged.violations]


def payment_file(instalments: Sequence[Instalment]) -> Sheet:
    """What the bank is to transfer, as its form for many transfers asks for it."""
    head = [_("Reference"), _("Bank"), _("Account number"), _("Account holder"), _("Amount (won)")]
    lines = [
        [
            operations.reference_of(instalment),
            instalment.payee.bank,
            instalment.payee.account_number,
            instalment.payee.account_holder or str(instalment.payee),
            instalment.amount,
        ]
        for instalment in instalments
    ]
    return {"title": _("Payment file"), "headers": head, "rows": lines}


def crumbs(agreement: Agreement | None, page: str = "") -> list[dict[str, str]]:
    """The way from the list of agreements to a page."""
    steps = [{"label": _("Project agreements"), "url": reverse("agreements:list")}]
    if agreement is not None:
        address = reverse("agreements:agreement", args=[agreement.pk])
        steps.append({"label": str(agreement), "url": address})
    if page:
        steps.append({"label": page})
    else:
        steps[-1].pop("url")
    return steps


__all__ = [
    "PAYMENT_TONES",
    "TONES",
    "changes",
    "contributions",
    "costs",
    "crumbs",
    "facts_to_confirm",
    "instalments",
    "not_approved",
    "obligations",
    "outside_file",
    "own_organisation",
    "parties",
    "path",
    "payment_file",
    "payment_rows",
    "rows",
    "sheet",
    "shown_facts",
    "story",
    "to_approve",
    "to_sign",
    "versions",
    "violations",
]
