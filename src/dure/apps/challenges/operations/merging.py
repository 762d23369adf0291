"""Near-duplicates among candidates: found by the engine, shown to the office, merged by consent."""

from datetime import datetime

from django.db import transaction

from dure.apps.catalog.operations import similar_needs
from dure.apps.challenges import adapter, permissions, queries
from dure.apps.challenges.models import Candidate, Discovery, PairAnswer, SimilarPair
from dure.apps.challenges.operations.discovering import locked
from dure.apps.challenges.operations.telling import tell_owners
from dure.apps.challenges.reasons import Reason
from dure.apps.challenges.stages import ALIVE, CandidateStage
from dure.apps.people.models import User
from dure.apps.people.queries import roles_of
from dure.foundation.verdict import Refused


def find_similar(*, discovery: Discovery, by: User) -> int:
    """Compare all living candidates; the number of new pairs that may be the same.

    What was judged apart is not asked again. Raises Refused.
    """
    permissions.may_run(by).require()
    alive = list(queries.candidates_of(discovery).filter(stage__in=ALIVE))
    similar_pairs = similar_needs([adapter.as_need(candidate) for candidate in alive])
    with transaction.atomic():
        locked(discovery)
        known = set(
            SimilarPair.objects.filter(first__discovery=discovery).values_list("first", "second")
        )
        new = [
            SimilarPair(first_id=first, second_id=second, similarity=chance)
            for first, second, chance in ((*sorted(pair[:2]), pair[2]) for pair in similar_pairs)
            if (first, second) not in known
        ]
        SimilarPair.objects.bulk_create(new)
    return len(new)


@transaction.atomic
def answer_pair(*, pair: SimilarPair, are_same: bool, by: User, at: datetime) -> SimilarPair:
    """Say that two candidates are two things, or ask both owners to merge them. Raises Refused."""
    permissions.may_run(by).require()
    locked(pair.first.discovery)
    pair = SimilarPair.objects.select_related("first", "second").get(pk=pair.pk)
    if pair.answer != PairAnswer.OPEN:
        raise Refused(Reason.STAGE_CLOSED)
    pair.answer = PairAnswer.ASKED if are_same else PairAnswer.APART
    pair.answered_by, pair.answered_at = by, at
    pair.save()
    if are_same:
        for mine, other in ((pair.first, pair.second), (pair.second, pair.first)):
            tell_owners([mine], "MERGE_ASKED", at, into=other.text.title)
    return pair


@transaction.atomic
def agree_to_merge(*, pair: SimilarPair, by: User, at: datetime) -> SimilarPair:
    """Agree for the organisations one manages; with both agreements the second is merged.

    Raises Refused.
    """
    locked(pair.first.discovery)
    pair = SimilarPair.objects.select_related("first", "second").get(pk=pair.pk)
    if pair.answer != PairAnswer.ASKED:
        raise Refused(Reason.STAGE_CLOSED)
    managed = roles_of(by).managed
    sides = {"first": pair.first, "second": pair.second}
    mine = [name for name, candidate in sides.items() if candidate.organisation_id in managed]
    if not mine:
        raise Refused(Reason.NOT_THE_OWNER)
    waiting = [name for name in mine if getattr(pair, f"{name}_agreed_by_id") is None]
    if not waiting:
        raise Refused(Reason.AGREED_ALREADY)
    for name in waiting:
        setattr(pair, f"{name}_agreed_by", by)
    if pair.first_agreed_by_id and pair.second_agreed_by_id:
        _merge(pair.second, pair.first)
        tell_owners([pair.second], CandidateStage.MERGED, at, into=pair.first.text.title)
        pair.answer, pair.answered_at = PairAnswer.MERGED, at
    pair.save()
    return pair


def _merge(candidate: Candidate, into: Candidate) -> None:
    if candidate.stage not in ALIVE or into.stage not in ALIVE:
        raise Refused(Reason.STAGE_CLOSED)
    candidate.stage, candidate.merged_into = CandidateStage.MERGED, into
    candidate.save()
