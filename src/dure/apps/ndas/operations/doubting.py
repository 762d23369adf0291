"""Doubts about secrecy (비밀관리성 이의): raised by the receiver, answered by the holder in time."""

from datetime import datetime, timedelta

from django.db import transaction
from django.utils.timezone import localdate

from dure.apps.ndas import kinds, permissions
from dure.apps.ndas.models import Nda, SecrecyDoubt
from dure.apps.ndas.notices import doubt_moved
from dure.apps.ndas.operations.telling import tell_of
from dure.apps.ndas.operations.terms import template_of
from dure.apps.ndas.reasons import Reason
from dure.apps.people.models import User
from dure.apps.people.queries import managers_of
from dure.apps.records.kinds import RecordKind
from dure.apps.records.operations import record
from dure.foundation import sealing
from dure.foundation.verdict import Refused

ANSWER_DAYS = 15
"""Within which the holder answers in writing (standard form of 2022-02-14)."""


@transaction.atomic
def raise_doubt(*, nda: Nda, text: str, by: User, at: datetime) -> SecrecyDoubt:
    """Say what is not secret, and why; the holder has its days to answer. Raises Refused."""
    nda = Nda.objects.select_for_update(of=("self",)).get(pk=nda.pk)
    permissions.may_raise_doubt(by, nda, at).require()
    if not (text := text.strip()):
        raise Refused(Reason.REASON_MISSING)
    days = template_of(nda.relation).get("answer_days", ANSWER_DAYS)
    answer_by = localdate(at) + timedelta(days=days)
    made = SecrecyDoubt.objects.create(
        nda=nda, text=text, answer_by=answer_by, created_by=by, created_at=at
    )
    _record(made, kinds.DOUBTED, by, at)
    to = managers_of(nda.disclosing_party)
    facts = {"until": answer_by.isoformat(), "is_answer": False, "text": text}
    tell_of(nda, to, doubt_moved, other=nda.receiving_party, at=at, **facts)
    return made


@transaction.atomic
def answer_doubt(*, doubt: SecrecyDoubt, answer: str, by: User, at: datetime) -> SecrecyDoubt:
    """Answer in writing, once. Raises Refused."""
    doubt = SecrecyDoubt.objects.select_for_update(of=("self",)).get(pk=doubt.pk)
    permissions.may_answer_doubt(by, doubt).require()
    if not (answer := answer.strip()):
        raise Refused(Reason.REASON_MISSING)
    doubt.answer, doubt.answered_by, doubt.answered_at = answer, by, at
    doubt.save()
    _record(doubt, kinds.DOUBT_ANSWERED, by, at)
    nda = doubt.nda
    facts = {"until": "", "is_answer": True, "text": answer}
    tell_of(
        nda,
        managers_of(nda.receiving_party),
        doubt_moved,
        other=nda.disclosing_party,
        at=at,
        **facts,
    )
    return doubt


def _record(doubt: SecrecyDoubt, kind: RecordKind, by: User, at: datetime) -> None:
    nda = doubt.nda
    content = {
        "number": nda.document_number,
        "answer_by": doubt.answer_by.isoformat(),
        "words_sha256": sealing.digest({"text": doubt.text, "answer": doubt.answer}),
    }
    parties = [nda.disclosing_party, nda.receiving_party]
    record(kind=kind, about=f"nda:{nda.pk}", content=content, parties=parties, by=by, at=at)
