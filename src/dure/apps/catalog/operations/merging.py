"""Needs that are nearly the same: found, decided upon, merged."""

from collections.abc import Callable, Iterable, Sequence
from datetime import datetime

from django.db import transaction

from dure.apps.catalog import permissions
from dure.apps.catalog.adapter.duplicates import likeness_of
from dure.apps.catalog.models import DuplicateCandidate, Need
from dure.apps.catalog.notices import need_merged, need_separated
from dure.apps.catalog.operations.entries import announce_changes
from dure.apps.catalog.reasons import Reason
from dure.apps.catalog.stages import NeedStage
from dure.apps.notices.kinds import NoticeKind
from dure.apps.notices.operations import tell
from dure.apps.people.models import User
from dure.apps.people.queries import people_of
from dure.foundation.verdict import Refused

LikenessOf = Callable[[Sequence[Need]], Iterable[tuple[int, int, float]]]


@transaction.atomic
def merge(*, need: Need, into: Need, by: User, at: datetime) -> Need:
    """Merge a need into another; the owners of both are told. Raises Refused.

    The merged need stays as a record that points to the other; nothing of it is lost.
    """
    locked = Need.objects.select_for_update(of=("self",)).select_related("organisation")
    pair = {n.pk: n for n in locked.filter(pk__in=[need.pk, into.pk]).order_by("pk")}
    need, into = pair[need.pk], pair[into.pk]
    permissions.may_merge(by, need, into).require()
    need.stage, need.merged_into = NeedStage.MERGED, into
    need.save()
    # What was merged into this need before now points to the one that stays.
    Need.objects.filter(merged_into=need).update(merged_into=into)
    _tell_owners(need, into, need_merged, at)
    announce_changes([need, into], at)
    return need


def _tell_owners(need: Need, into: Need, kind: NoticeKind, at: datetime) -> None:
    for organisation in {need.organisation, into.organisation}:
        tell(
            recipients=people_of(organisation),
            kind=kind,
            facts={"title": need.title, "into": into.title},
            url=into.get_absolute_url(),
            at=at,
        )


@transaction.atomic
def answer_duplicate(
    *, duplicate: DuplicateCandidate, is_same: bool, keep: Need | None, by: User, at: datetime
) -> DuplicateCandidate:
    """Decide whether two needs are the same; if so, merge the other into `keep`. Raises Refused."""
    permissions.may_review(by).require()
    duplicate = DuplicateCandidate.objects.select_for_update().get(pk=duplicate.pk)
    if duplicate.answered_at is not None:
        raise Refused(Reason.JUDGED_ALREADY)
    if is_same:
        first, second = duplicate.first, duplicate.second
        kept = first if keep is None or keep.pk == first.pk else second
        merge(need=second if kept is first else first, into=kept, by=by, at=at)
    answers = DuplicateCandidate.Answer
    duplicate.answer = answers.SAME if is_same else answers.DIFFERENT
    duplicate.answered_by, duplicate.answered_at = by, at
    duplicate.save()
    return duplicate


@transaction.atomic
def reopen_duplicate(*, duplicate: DuplicateCandidate, by: User, at: datetime) -> None:
    """Take a decision on a pair back: what was merged stands as it stood before. Raises Refused.

    What had been merged into the one before stays with the other.
    """
    permissions.may_review(by).require()
    duplicate = DuplicateCandidate.objects.select_for_update().get(pk=duplicate.pk)
    if duplicate.answered_at is None:
        raise Refused(Reason.NOTHING_JUDGED)
    if duplicate.answer == DuplicateCandidate.Answer.SAME:
        _separate(duplicate, at)
    duplicate.answer = DuplicateCandidate.Answer.OPEN
    duplicate.answered_by = duplicate.answered_at = None
    duplicate.save()


def _separate(duplicate: DuplicateCandidate, at: datetime) -> None:
    both = Need.objects.select_for_update(of=("self",)).select_related("organisation")
    pair = {n.pk: n for n in both.filter(pk__in=[duplicate.first_id, duplicate.second_id])}
    merged = next((need for need in pair.values() if need.merged_into_id in pair), None)
    if merged is None:
        raise Refused(Reason.NOTHING_JUDGED)
    _tell_owners(merged, pair[merged.merged_into_id], need_separated, at)
    # Only what was published has a day of it; the other waited for its review.
    merged.stage = NeedStage.PUBLISHED if merged.published_at else NeedStage.UNDER_REVIEW
    merged.merged_into = None
    merged.save()
    announce_changes(list(pair.values()), at)


def similar_needs(needs: Sequence[Need]) -> list[tuple[int, int, float]]:
    """Pairs of ids that may be the same, with the chance of it, the likeliest first.

    By words alone, for a few texts that need not be saved; nothing is written.
    """
    return likeness_of(needs, None)


def find_duplicates(*, needs: Sequence[Need], likeness_of: LikenessOf) -> int:
    """Keep the pairs of needs that `likeness_of` finds alike, for an officer to decide.

    Pairs that were decided upon stay as they are; open pairs of `needs` whose texts no longer
    resemble each other go. Returns how many pairs are new.
    """
    alike = {(min(a, b), max(a, b)): similarity for a, b, similarity in likeness_of(needs)}
    with transaction.atomic():
        known = DuplicateCandidate.objects.select_for_update().filter(
            first__in=[need.pk for need in needs], second__in=[need.pk for need in needs]
        )
        by_pair = {(pair.first_id, pair.second_id): pair for pair in known}
        is_open = DuplicateCandidate.Answer.OPEN
        gone = [p.pk for key, p in by_pair.items() if p.answer == is_open and key not in alike]
        DuplicateCandidate.objects.filter(pk__in=gone).delete()
        kept = [p for key, p in by_pair.items() if p.answer == is_open and key in alike]
        for pair in kept:
            pair.similarity = alike[pair.first_id, pair.second_id]
        DuplicateCandidate.objects.bulk_update(kept, ["similarity"], batch_size=1000)
        new = [
            DuplicateCandidate(first_id=first, second_id=second, similarity=similarity)
            for (first, second), similarity in alike.items()
            if (first, second) not in by_pair
        ]
        DuplicateCandidate.objects.bulk_create(new, ignore_conflicts=True, batch_size=1000)
    return len(new)
