"""Signing: opened with a text, signed here or elsewhere in any order, the agency last; or not."""

from datetime import date, datetime

from django.core.files.base import ContentFile
from django.db import transaction
from django.utils.timezone import localdate

from dure.apps.agreements import adapter, permissions, queries
from dure.apps.agreements.adapter import Whole
from dure.apps.agreements.events import AgreementSigned
from dure.apps.agreements.models import (
    Agreement,
    Instalment,
    Party,
    Signature,
    SignatureWay,
    Text,
)
from dure.apps.agreements.notices import agreement_moved
from dure.apps.agreements.operations import changing, posting
from dure.apps.agreements.operations.drafting import locked
from dure.apps.agreements.operations.obliging import set_obligations
from dure.apps.agreements.operations.particulars import take_particulars
from dure.apps.agreements.operations.recording import record_signature
from dure.apps.agreements.operations.telling import ask_to_sign, people_in, tell_of
from dure.apps.agreements.operations.texts import close_text, write_text
from dure.apps.agreements.reasons import Reason
from dure.apps.agreements.stages import AgreementStage, InstalmentStage
from dure.apps.people.models import User
from dure.engines.funding import Role
from dure.foundation import signing
from dure.foundation.announce import announce
from dure.foundation.signing import Verdict
from dure.foundation.verdict import Refused
from dure.foundation.workdays import term_ends


@transaction.atomic
def open_for_signing(
    *, agreement: Agreement, sign_by: date, is_agency_last: bool = True, by: User, at: datetime
) -> Text:
    """Write the text, reserve the public money, and ask everybody to sign. Raises Refused.

    The plan is held against the rules in force today; they are asked again on the day of the last
    signature.
    """
    agreement, today = locked(agreement), localdate(at)
    permissions.may_open(by, agreement, today).require()
    if sign_by <= today:
        raise Refused(Reason.SIGN_BY_PAST)
    whole = Whole.of(agreement)
    _require_rules(whole, today)
    instalments = adapter.planned(whole, today)
    _require_accounts(instalments)
    posting.find_budgets(agreement, instalments, today)
    agreement.instalments.all().delete()
    Instalment.objects.bulk_create(instalments)
    text = write_text(whole, tuple(instalments), by, at)
    posting.reserve(agreement, text.number, on=today, by=by, at=at)
    agreement.stage, agreement.sign_by, agreement.reason = AgreementStage.SIGNING, sign_by, ""
    agreement.is_agency_last = is_agency_last
    agreement.save()
    for party in queries.asked_now(whole.parties):
        ask_to_sign(text, party, sign_by, at=at)
    return text


@transaction.atomic
def sign(*, party: Party, by: User, at: datetime) -> Signature:
    """Sign for a party with its key that the platform keeps. Raises Refused."""
    agreement, party = _locked_for(party)
    permissions.may_sign(by, party, localdate(at)).require()
    text = locked_text(agreement)
    content = signing.sign(
        _read(text), code=party.code, name=party.name, field=f"party-{party.pk}", reason="협약 체결"
    )
    return _signed(text, party, content, SignatureWay.PLATFORM, by, at)


@transaction.atomic
def take_signed_file(*, party: Party, content: bytes, by: User, at: datetime) -> Signature:
    """Take the text as a party signed it elsewhere, by its own certificate. Raises Refused.

    It has to be the text that is signed here, with all signatures so far and one more.
    """
    agreement, party = _locked_for(party)
    permissions.may_sign(by, party, localdate(at)).require()
    text = locked_text(agreement)
    before, judged = signing.judge(_read(text)), signing.judge(content)
    if judged.verdict is Verdict.UNSIGNED:
        raise Refused(Reason.FILE_UNSIGNED)
    if judged.verdict in (Verdict.UNREADABLE, Verdict.REFUSED):
        raise Refused(Reason.FILE_UNREADABLE)
    if not judged.is_good:
        raise Refused(Reason.FILE_CHANGED)
    if not content.startswith(_read(text)) or signing.signed_part(content) != text.digest:
        raise Refused(Reason.FILE_OF_ANOTHER)
    if len(judged.signatures) != len(before.signatures) + 1:
        raise Refused(Reason.FILE_UNSIGNED)
    return _signed(text, party, content, SignatureWay.UPLOADED, by, at)


@transaction.atomic
def refuse(*, party: Party, reason: str, by: User, at: datetime) -> Agreement:
    """Refuse to sign, with the reason; the agreement goes back to the office. Raises Refused."""
    agreement, party = _locked_for(party)
    permissions.may_refuse(by, party, localdate(at)).require()
    if not (reason := reason.strip()):
        raise Refused(Reason.REASON_MISSING)
    text = locked_text(agreement)
    Signature.objects.create(
        text=text, party=party, is_refusal=True, reason=reason, signed_by=by, signed_at=at
    )
    if text.change is not None:
        text.change.agreement = agreement
        changing.refuse_signed(text.change, f"{party}: {reason}", by, at)
    else:
        _stop_signing(agreement, AgreementStage.REFUSED, reason, by, at, party=party)
    return agreement


@transaction.atomic
def reopen(*, agreement: Agreement, reason: str, by: User, at: datetime) -> Agreement:
    """Make a draft again of what is being signed, was refused or ran out. Raises Refused."""
    agreement = locked(agreement)
    permissions.may_reopen(by, agreement).require()
    if not (reason := reason.strip()):
        raise Refused(Reason.REASON_MISSING)
    if agreement.stage == AgreementStage.SIGNING:
        _stop_signing(agreement, AgreementStage.DRAFT, reason, by, at)
    else:
        agreement.stage = AgreementStage.DRAFT
        agreement.save(update_fields=["stage"])
    return agreement


def expire_due(*, at: datetime) -> int:
    """End the signing of agreements whose last day has passed; returns how many.

    It can be run as often as one likes and by several at once.
    """
    today, ended = localdate(at), 0
    for pk in list(queries.to_expire(today).values_list("pk", flat=True)):
        with transaction.atomic():
            agreement = Agreement.objects.select_for_update(of=("self",)).get(pk=pk)
            if agreement.stage == AgreementStage.SIGNING and term_ends(agreement.sign_by) < today:
                _stop_signing(agreement, AgreementStage.EXPIRED, "", None, at)
                ended += 1
    return ended


def _require_rules(whole: Whole, on: date) -> None:
    judgement = adapter.judgement(whole, on)
    if not judgement.passes:
        raise Refused(Reason.PLAN_BREAKS_RULES, judgement=judgement)
    for party in whole.parties:
        if party.role != Role.GOVERNMENT and queries.is_barred(whole.agreement, party, on):
            raise Refused(Reason.NOT_ELIGIBLE, party=str(party))


def _require_accounts(instalments: list[Instalment]) -> None:
    for instalment in instalments:
        if posting.is_public_cash(instalment) and not instalment.payee.account_number:
            raise Refused(Reason.ACCOUNT_MISSING, party=str(instalment.payee))


def _locked_for(party: Party) -> tuple[Agreement, Party]:
    agreement = locked(party.agreement)
    return agreement, agreement.parties.select_related("agreement", "organisation", "person").get(
        pk=party.pk
    )


def locked_text(agreement: Agreement) -> Text:
    """The text that is being signed, kept from others until the transaction ends."""
    held = Text.objects.select_for_update(of=("self",)).select_related("change", "agreement")
    return held.get(agreement=agreement, closed_at__isnull=True)


def _read(text: Text) -> bytes:
    with text.file.open("rb") as file:
        content: bytes = file.read()
    return content


def _signed(
    text: Text, party: Party, content: bytes, way: SignatureWay, by: User, at: datetime
) -> Signature:
    name = f"{text.agreement.number}-v{text.number}.pdf"
    text.file.save(name, ContentFile(content), save=False)
    text.save(update_fields=["file"])
    made = Signature.objects.create(text=text, party=party, way=way, signed_by=by, signed_at=at)
    record_signature(made, content)
    left = list(queries.parties_left(text))
    if not left:
        all_signed(text, by, at)
    elif all(queries.waits_for_others(waiting) for waiting in left):
        agreement = text.agreement
        for waiting in left:
            until = text.change.sign_by if text.change else agreement.sign_by
            ask_to_sign(text, waiting, until, at=at)
    return made


def all_signed(text: Text, by: User, at: datetime) -> None:
    """Everybody has signed a text: the agreement is in force, or its change holds. Raises Refused."""
    if text.change is None:
        _enter_into_force(text, by, at)
        return
    close_text(text, at)
    text.change.agreement = text.agreement
    changing.apply_signed(text.change, by, at)


def _enter_into_force(text: Text, by: User, at: datetime) -> None:
    """The last one signed: the rules of this day hold from now on. Raises Refused where they differ."""
    agreement, today = text.agreement, localdate(at)
    _require_rules(Whole.of(agreement), today)
    agreement.stage, agreement.agreed_on = AgreementStage.IN_FORCE, today
    agreement.save()
    close_text(text, at)
    take_particulars(agreement)
    posting.commit(agreement, on=today, by=by, at=at)
    set_obligations(agreement, at=at)
    # What waits for nothing but its day needs nobody's word.
    agreement.instalments.filter(basis="").update(
        stage=InstalmentStage.CONFIRMED, confirmed_at=at, confirmed_by=by
    )
    tell_of(agreement, agreement_moved, people_in(agreement), at=at, stage=AgreementStage.IN_FORCE)
    announce(AgreementSigned(agreement.pk, today))


def stop_signing(agreement: Agreement, by: User | None, at: datetime) -> None:
    """Close the text that is being signed, and free the money that was reserved for it."""
    text = locked_text(agreement)
    close_text(text, at)
    posting.release(agreement, text.number, on=localdate(at), by=by, at=at)


def _stop_signing(
    agreement: Agreement,
    stage: AgreementStage,
    reason: str,
    by: User | None,
    at: datetime,
    party: Party | None = None,
) -> None:
    stop_signing(agreement, by, at)
    agreement.stage, agreement.reason = stage, reason
    agreement.save()
    tell_of(
        agreement,
        agreement_moved,
        people_in(agreement) - {by},
        at=at,
        stage=stage,
        reason=reason,
        party=str(party or ""),
    )
