"""Matching all against all and what changed, the index behind it, and search while typing."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import transaction
from django.db.models import Q
from django.utils.timezone import localdate
from django.utils.translation import gettext_noop

from dure.apps.catalog.models import Need, Technology
from dure.apps.catalog.operations import refill_search
from dure.apps.catalog.queries import (
    KINDS,
    key_of,
    needs_visible_to,
    offered_technologies,
    open_needs,
    part_of_index_visible_to,
    technologies_visible_to,
)
from dure.apps.jobs.models import Job
from dure.apps.jobs.operations import Progress, enqueue, skip_waiting
from dure.apps.jobs.queries import unfinished_jobs
from dure.apps.matches import adapter, permissions
from dure.apps.matches.models import Direction, Suggestion
from dure.apps.matches.queries import MatchExclusion
from dure.apps.matches.reasons import Reason
from dure.apps.people.models import User
from dure.apps.people.queries import Reader
from dure.engines import matching
from dure.engines.matching import Document, Kind
from dure.foundation import lookup, searchindex
from dure.foundation.advisory_lock import advisory_lock, in_turn
from dure.foundation.verdict import Refused

TOP = 10
BATCH = 50
CANDIDATES = 200
RENEWAL_LOCK = 4_710_002  # any number, the same in every process
OTHER_SIDE = {Kind.NEED: Kind.TECHNOLOGY, Kind.TECHNOLOGY: Kind.NEED}
Entry = Need | Technology


@dataclass(frozen=True, slots=True)
class Found:
    """One answer of the search while typing."""

    entry: Entry
    rank: int
    strength: str
    evidence: dict[str, Any]


@transaction.atomic
def ask_match_all(*, by: User) -> Job:
    """Ask for all needs to be matched with all technologies, both ways. Raises Refused."""
    permissions.may_run_matching(by).require()
    in_turn("asking for", "match_all")
    if unfinished_jobs("match_all").exists():
        raise Refused(Reason.RUNNING_ALREADY)
    return enqueue(kind="match_all", title=gettext_noop("Match everything"), arguments={}, by=by)


def match_all(*, at: datetime, progress: Progress) -> dict[str, Any]:
    """Build the index anew while the old one serves, then match everything both ways.

    Each batch is saved by itself. After a crash, entries matched since `at` are not matched again.
    """
    rebuild_index(progress=progress)
    lookup.index().warm_up()
    needs, technologies = open_needs(), offered_technologies()
    progress.step(gettext_noop("Matching"), needs.count() + technologies.count())
    pairs = _match(needs, at, progress) + _match(technologies, at, progress)
    Suggestion.objects.filter(created_at__lt=at).delete()
    skip_waiting(kind="match_changed", asked_before=at, at=at)
    return {"needs": needs.count(), "technologies": technologies.count(), "suggestions": pairs}


def match_changed(
    *, need_ids: Sequence[int], technology_ids: Sequence[int], at: datetime, progress: Progress
) -> dict[str, Any]:
    """Bring the index up to date for what changed, and match it and what it touches anew.

    An index that was made in another way than this release works is built anew first.
    """
    if not lookup.index().fits():
        rebuild_index(progress=progress)
    keys = [*(f"N{pk}" for pk in need_ids), *(f"T{pk}" for pk in technology_ids)]
    update_index(keys)
    touched = Suggestion.objects.filter(Q(need__in=need_ids) | Q(technology__in=technology_ids))
    needs = {*need_ids, *touched.values_list("need", flat=True)}
    technologies = {*technology_ids, *touched.values_list("technology", flat=True)}
    gone = touched.exclude(need__in=open_needs(), technology__in=offered_technologies())
    Suggestion.objects.filter(pk__in=gone.values("pk")).delete()
    changed_needs = open_needs().filter(pk__in=need_ids)
    changed_technologies = offered_technologies().filter(pk__in=technology_ids)
    progress.step(gettext_noop("Matching"), changed_needs.count() + changed_technologies.count())
    pairs = _match(changed_needs, at, progress) + _match(changed_technologies, at, progress)
    # A new technology may now be the best for needs that did not change, and the reverse.
    now = Suggestion.objects.filter(created_at=at)
    needs |= set(now.filter(technology__in=technology_ids).values_list("need", flat=True))
    technologies |= set(now.filter(need__in=need_ids).values_list("technology", flat=True))
    others = (
        open_needs().filter(pk__in=needs - set(need_ids)),
        offered_technologies().filter(pk__in=technologies - set(technology_ids)),
    )
    progress.widen(sum(others_of_kind.count() for others_of_kind in others))
    pairs += sum(_match(others_of_kind, at, progress) for others_of_kind in others)
    return {"suggestions": pairs}


def rebuild_index(*, progress: Progress) -> "searchindex.Status":
    """Write the index anew from the database; the old one serves until the new one is whole.

    The words by which lists are searched are those of the same analysis, so they are made anew too.
    """
    for kind in (Need, Technology):
        refill_search(kind)
    progress.step(
        gettext_noop("Building the index"), open_needs().count() + offered_technologies().count()
    )
    return lookup.index().rebuild(adapter.Catalogue(read=progress.advance))


def renew_index() -> Job | None:
    """Ask for a rebuild when the index was made in another way than this release works.

    None when it fits, or when a rebuild or a matching of everything is on its way. Of several
    processes that find it so at the same moment one asks.
    """
    if lookup.index().fits():
        return None
    with advisory_lock(RENEWAL_LOCK, is_patient=True):
        if any(unfinished_jobs(kind).exists() for kind in ("rebuild_index", "match_all")):
            return None
        return enqueue(
            kind="rebuild_index", title=gettext_noop("Rebuild the index"), arguments={}, by=None
        )


def update_index(keys: Sequence[str]) -> None:
    """Put changed entries into the index and take out what may no longer be matched."""
    for start in range(0, len(keys), adapter.BATCH):
        part = keys[start : start + adapter.BATCH]
        entries = adapter.entries_of(part)
        lookup.index().upsert(adapter.to_rows(list(entries.values())))
        lookup.index().delete([key for key in part if key not in entries])
    lookup.index().optimise()


def warm_up() -> None:
    """Load the text model, the lexicon and the index, so that the first search need not wait."""
    matching.read_all(
        [Document("", "준비 ready", "", Kind.NEED)], lookup.lexicon(), lookup.embedder()
    )
    lookup.index().warm_up()


def search_technologies(*, text: str, user: Reader, limit: int) -> list[Found]:
    """The technologies that `user` may see and that answer a need in free words, best first.

    Raises Refused while the index is of another release.
    """
    visible = technologies_visible_to(user) & offered_technologies()
    return _search(text, Kind.NEED, user, limit, visible)


def search_needs(*, text: str, user: Reader, limit: int) -> list[Found]:
    """The needs that `user` may see and that a technology in free words answers, best first.

    Raises Refused while the index is of another release.
    """
    return _search(text, Kind.TECHNOLOGY, user, limit, needs_visible_to(user) & open_needs())


def _search(text: str, kind: Kind, user: Reader, limit: int, visible: Any) -> list[Found]:
    document = Document("", text, "", kind)
    where = part_of_index_visible_to(user, OTHER_SIDE[kind])
    try:
        query, hits = matching.ask(
            document, lookup.lexicon(), lookup.embedder(), lookup.index(), where=where
        )
    except searchindex.IndexMismatch:
        raise Refused(Reason.INDEX_IS_RENEWED) from None
    entries = {
        key_of(entry): entry for entry in visible.filter(pk__in=[int(hit.id[1:]) for hit in hits])
    }
    documents = {key: adapter.to_document(entry, whole=False) for key, entry in entries.items()}
    return [
        Found(
            entries[ranked.id],
            ranked.rank,
            ranked.strength.value,
            adapter.to_evidence(document, documents[ranked.id], ranked),
        )
        for ranked in matching.rank(query, hits, documents, top=limit)
    ]


def _match(entries: Any, at: datetime, progress: Progress) -> int:
    """Match each of `entries` with the other side and save the best; how many were saved."""
    direction = Direction.FOR_NEED if entries.model is Need else Direction.FOR_TECHNOLOGY
    side = "need" if entries.model is Need else "technology"
    done = Suggestion.objects.filter(direction=direction, created_at=at).values(side)
    progress.advance(entries.filter(pk__in=done).count())
    ids = list(entries.exclude(pk__in=done).order_by("pk").values_list("pk", flat=True))
    exclusion = MatchExclusion(localdate(at))
    pairs = 0
    for start in range(0, len(ids), BATCH):
        chosen = ids[start : start + BATCH]
        batch = list(entries.filter(pk__in=chosen).select_related("organisation").order_by("pk"))
        pairs += _save(batch, _suggestions(batch, exclusion), direction, at)
        progress.advance(len(batch))
    return pairs


def _suggestions(
    batch: Sequence[Entry], exclusion: MatchExclusion
) -> Iterable[tuple[Entry, str, matching.Suggestion, dict[str, Any]]]:
    kind = KINDS[type(batch[0])]
    asking = [adapter.to_document(entry, whole=True) for entry in batch]
    queries = matching.read_all(asking, lookup.lexicon(), lookup.embedder())
    where = searchindex.equals("side", OTHER_SIDE[kind].value)
    hits_of_all = adapter.find_many(queries, where, CANDIDATES)
    entries = adapter.entries_of({hit.id for hits in hits_of_all for hit in hits})
    documents = {key: adapter.to_document(entry, whole=False) for key, entry in entries.items()}
    for entry, query, hits in zip(batch, queries, hits_of_all, strict=True):
        barred = {
            (query.document.id, hit.id)
            for hit in hits
            if hit.id in entries
            and exclusion.pair(entry.organisation_id, entries[hit.id].organisation_id)
        }
        best = matching.rank(query, hits, documents, excluded=barred, top=TOP)
        if faults := matching.check(query.document, best, documents, barred):
            raise ValueError(f"an excluded pair was suggested: {faults}")
        matching.words_of_all([documents[ranked.id].text for ranked in best])  # read on all cores
        for ranked in best:
            evidence = adapter.to_evidence(query.document, documents[ranked.id], ranked)
            yield entry, ranked.id, ranked, evidence


@transaction.atomic
def _save(
    batch: Sequence[Entry],
    suggestions: Iterable[tuple[Entry, str, matching.Suggestion, dict[str, Any]]],
    direction: Direction,
    at: datetime,
) -> int:
    """Replace the suggestions of a batch; a pair that stays keeps the day it was first made."""
    rows = []
    for entry, key, ranked, evidence in suggestions:
        other = int(key[1:])
        need, technology = (entry.pk, other) if isinstance(entry, Need) else (other, entry.pk)
        rows.append(
            Suggestion(
                need_id=need,
                technology_id=technology,
                direction=direction,
                rank=ranked.rank,
                strength=ranked.strength.value,
                score=ranked.score,
                evidence=evidence,
                first_created_at=at,
                created_at=at,
            )
        )
    Suggestion.objects.bulk_create(
        rows,
        update_conflicts=True,
        unique_fields=["need", "technology", "direction"],
        update_fields=["rank", "strength", "score", "evidence", "created_at"],
    )
    owner = {"need__in": batch} if isinstance(batch[0], Need) else {"technology__in": batch}
    Suggestion.objects.filter(direction=direction, **owner).exclude(created_at=at).delete()
    return len(rows)
