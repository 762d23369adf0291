"""The history of an agreement as a story: what happened, in sentences."""

from collections.abc import Iterator
from datetime import date, datetime, time
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _

from dure.apps.agreements import adapter, queries
from dure.apps.agreements.models import (
    Agreement,
    Change,
    Obligation,
    OutsideFile,
    Text,
)
from dure.apps.agreements.stages import ChangeStage, InstalmentStage

Told = tuple[datetime, str]


def story(agreement: Agreement) -> list[dict[str, Any]]:
    """What happened to an agreement, in sentences, the latest first; `is_day`: only its day is known."""
    events: list[Told] = [(agreement.created_at, _("Drawn up."))]
    if agreement.replanned_at:
        events.append((agreement.replanned_at, _("The plan was revised.")))
    for text in agreement.texts.prefetch_related("signatures__party"):
        events += _of_text(text)
    for change in agreement.changes.all():
        events += _of_change(change)
    events += _of_payments(agreement)
    events += _of_particulars(agreement)
    for obligation in agreement.obligations.select_related("party", "met_by"):
        events += _of_exemption(obligation) if obligation.pleaded_at else _of_obligation(obligation)
    if agreement.ended_on:
        sentence = _("It ended: %(stage)s.") % {"stage": agreement.get_stage_display()}
        events.append((_end_of(agreement.ended_on), sentence))
    return [
        {"at": at, "is_day": timezone.localtime(at).time() == time.max, "sentence": sentence}
        for at, sentence in sorted(events, key=lambda event: event[0])[::-1]
    ]


def _end_of(day: date) -> datetime:
    """The very end of a day, for what is known by its day alone."""
    return timezone.make_aware(datetime.combine(day, time.max))


def _of_text(text: Text) -> Iterator[Told]:
    yield text.created_at, _("Text %(number)s was written.") % {"number": text.number}
    for signature in text.signatures.all():
        sentence = (
            _("%(party)s refused to sign: %(reason)s")
            if signature.is_refusal
            else _("%(party)s signed.")
        )
        facts = {"party": signature.party, "reason": signature.reason}
        yield signature.signed_at, sentence % facts
    for approval in text.approvals.filter(is_refusal=False).select_related("party"):
        sentence = _("%(party)s: approved internally.") % {"party": approval.party}
        yield approval.answered_at, sentence
    for file in text.outside_files.all():
        yield from _of_file(file)


def _of_file(file: OutsideFile) -> Iterator[Told]:
    handed = _("A file signed outside was handed in: %(name)s") % {"name": file.name}
    yield file.handed_at, handed
    for answer in file.acceptances.select_related("party"):
        sentence = (
            _("%(party)s does not accept the file signed outside: %(reason)s")
            if answer.is_refusal
            else _("%(party)s accepts the file signed outside.")
        )
        yield answer.answered_at, sentence % {"party": answer.party, "reason": answer.reason}


def _of_change(change: Change) -> Iterator[Told]:
    facts = {"reason": change.reason, "answer": change.answer}
    yield change.requested_at, _("A change was asked for: %(reason)s") % facts
    if change.answered_at and change.stage == ChangeStage.REFUSED:
        yield change.answered_at, _("The change was refused: %(answer)s") % facts
    elif change.answered_at:
        yield change.answered_at, _("The change was approved.")
    if change.applied_at:
        yield change.applied_at, _("The change holds: %(reason)s") % facts


def _of_payments(agreement: Agreement) -> Iterator[Told]:
    paid = agreement.instalments.filter(stage=InstalmentStage.PAID).select_related("payer")
    for instalment in paid:
        facts = {
            "party": instalment.payer,
            "won": f"{instalment.amount:,}",
            "number": instalment.number,
        }
        sentence = _("Instalment %(number)s came in: %(won)s won from %(party)s.") % facts
        yield _end_of(instalment.paid_on), sentence
    for hold in queries.holds_of(agreement):
        yield hold.held_at, _("Public money was held back until a question is cleared up.")
        if hold.released_at:
            yield hold.released_at, _("Public money goes on.")


def _of_particulars(agreement: Agreement) -> Iterator[Told]:
    """New representatives and accounts since it is in force, the latest of each organisation."""
    for particulars in queries.particulars_since_signed(agreement):
        facts = {"party": particulars.organisation}
        yield particulars.changed_at, _("%(party)s has a new representative or account.") % facts


def _of_obligation(obligation: Obligation) -> Iterator[Told]:
    if obligation.met_at is None:
        return
    facts = {
        "party": obligation.party,
        "what": adapter.obligation_name(obligation),
        "reason": obligation.note,
        "by": obligation.met_by,
    }
    sentence = (
        _("%(by)s accepted why %(party)s is exempt: %(reason)s")
        if obligation.is_exempt
        else _("%(party)s: “%(what)s” is met.")
    )
    yield obligation.met_at, sentence % facts


def _of_exemption(obligation: Obligation) -> Iterator[Told]:
    facts = {
        "party": obligation.party,
        "what": adapter.obligation_name(obligation),
        "reason": obligation.plea,
        "by": obligation.met_by,
    }
    yield (
        obligation.pleaded_at,
        _("%(party)s asked to be exempted of “%(what)s”: %(reason)s") % facts,
    )
    if obligation.met_at:
        sentence = _("%(by)s accepted the reason: %(party)s is exempt of “%(what)s”.") % facts
        yield obligation.met_at, sentence
