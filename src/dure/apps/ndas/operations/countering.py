"""Counter-drafts: each side proposes other words, clause by clause, until both sign the same."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from django.db import transaction

from dure.apps.ndas import kinds, permissions
from dure.apps.ndas.models import CounterDraft, Nda
from dure.apps.ndas.notices import draft_moved
from dure.apps.ndas.operations.telling import tell_of
from dure.apps.ndas.operations.terms import LANGUAGES
from dure.apps.ndas.reasons import Reason
from dure.apps.ndas.stages import DraftStage
from dure.apps.people.models import Organisation, User
from dure.apps.people.queries import managers_of, roles_of
from dure.apps.records.kinds import RecordKind
from dure.apps.records.operations import record
from dure.foundation import sealing
from dure.foundation.verdict import Refused

Texts = Mapping[str, Sequence[str]]


@transaction.atomic
def counter(*, nda: Nda, texts: Texts, note: str, by: User, at: datetime) -> CounterDraft:
    """Propose other texts for the clauses of an agreement; the other side is told. Raises Refused.

    `texts` has for each language the text of every clause in its order. An open draft of the other
    side is replaced. Titles and what law items they are of stay, and so do the days and addresses
    that a clause names: those are facts of the agreement and no words.
    """
    nda = Nda.objects.select_for_update(of=("self",)).get(pk=nda.pk)
    permissions.may_counter(by, nda, at).require()
    standing = nda.drafts.filter(stage=DraftStage.OFFERED).first()
    before = standing.terms if standing else nda.terms
    terms = {language: _changed(before[language], texts[language], nda) for language in LANGUAGES}
    if terms == before:
        raise Refused(Reason.NOTHING_CHANGED)
    if standing:
        _settle(standing, DraftStage.REPLACED, by, at)
    made = CounterDraft.objects.create(
        nda=nda,
        side=_own_side(nda, by, standing),
        before=before,
        terms=terms,
        note=note.strip(),
        created_by=by,
        created_at=at,
    )
    _record(made, kinds.COUNTERED, by, at)
    _tell(made, made.side, at)
    return made


@transaction.atomic
def answer_draft(*, draft: CounterDraft, is_accepted: bool, by: User, at: datetime) -> CounterDraft:
    """Accept or decline the other side's words; accepted ones become those that both sign. Raises Refused.

    Whoever accepts or proposed for the receiver has signed those words for it; the discloser signs
    afterwards, as always.
    """
    nda = Nda.objects.select_for_update(of=("self",)).get(pk=draft.nda_id)
    draft = CounterDraft.objects.select_for_update(of=("self",)).get(pk=draft.pk)
    permissions.may_answer_draft(by, draft, at).require()
    _settle(draft, DraftStage.ACCEPTED if is_accepted else DraftStage.DECLINED, by, at)
    if is_accepted:
        is_of_receiver = draft.side_id == nda.receiving_party_id
        nda.terms = draft.terms
        nda.requested_by = draft.created_by if is_of_receiver else by
        nda.requested_at = at
        nda.save(update_fields=["terms", "requested_by", "requested_at"])
    _record(draft, kinds.COUNTER_ANSWERED, by, at)
    other = {nda.disclosing_party, nda.receiving_party} - {draft.side}
    _tell(draft, other.pop(), at)
    return draft


def _own_side(nda: Nda, by: User, standing: CounterDraft | None) -> Organisation:
    """For which side somebody writes; who manages both answers what stands."""
    managed = roles_of(by).managed
    sides = [side for side in (nda.disclosing_party, nda.receiving_party) if side.pk in managed]
    return next(side for side in sides if standing is None or side.pk != standing.side_id)


def _changed(
    clauses: Sequence[Mapping[str, str]], texts: Sequence[str], nda: Nda
) -> list[dict[str, str]]:
    """The clauses with other texts. Raises Refused for one that is empty or lost a fact."""
    facts = [nda.last_day.isoformat(), nda.return_on.isoformat(), *_addresses(nda)]
    made = []
    for clause, text in zip(clauses, texts, strict=True):
        if not (text := text.replace("\r\n", "\n").strip()):
            raise Refused(Reason.CLAUSE_EMPTY)
        if any(fact in clause["text"] and fact not in text for fact in facts):
            raise Refused(Reason.FACT_LOST)
        made.append({**clause, "text": text})
    return made


def _addresses(nda: Nda) -> list[str]:
    return list(nda.people.values_list("email", flat=True))


def _settle(draft: CounterDraft, stage: str, by: User, at: datetime) -> None:
    draft.stage, draft.answered_by, draft.answered_at = stage, by, at
    draft.save(update_fields=["stage", "answered_by", "answered_at"])


def _record(draft: CounterDraft, kind: RecordKind, by: User, at: datetime) -> None:
    nda = draft.nda
    content: dict[str, Any] = {
        "number": nda.document_number,
        "side": f"organisation:{draft.side_id}",
        "stage": draft.stage,
        "before_sha256": sealing.digest(draft.before),
        "terms_sha256": sealing.digest(draft.terms),
        "note_sha256": sealing.digest(draft.note) if draft.note else None,
    }
    parties = [nda.disclosing_party, nda.receiving_party]
    record(kind=kind, about=f"nda:{nda.pk}", content=content, parties=parties, by=by, at=at)


def _tell(draft: CounterDraft, by_side: Organisation, at: datetime) -> None:
    nda = draft.nda
    is_receiver = by_side == nda.receiving_party
    to = nda.disclosing_party if is_receiver else nda.receiving_party
    tell_of(nda, managers_of(to), draft_moved, other=by_side, at=at, stage=draft.stage)
