"""Near-duplicate needs: found by words and meaning, kept for an officer, never asked twice."""

import pytest

from dure.apps.catalog.adapter.duplicates import likeness_of
from dure.apps.catalog.models import DuplicateCandidate, Need
from dure.apps.catalog.operations import answer_duplicate, find_duplicates
from dure.apps.catalog.queries import comparable_needs
from dure.apps.catalog.stages import NeedStage
from dure.apps.jobs.models import JobStage
from dure.apps.jobs.operations import enqueue, run
from dure.foundation.embedding import CachedEmbedder, cache_folder, embedder_named
from tests.conftest import NOON
from tests.duplicates import demonstration, labelled


def words_only(needs):
    return likeness_of(needs, None)


def pairs():
    return list(DuplicateCandidate.objects.values_list("first", "second", "answer"))


@pytest.fixture
def three(cast):
    """Two needs that say nearly the same, and one that does not."""
    return [
        cast.need(title="지게차와 작업자 충돌 예방", body="물류창고 사각지대에서 지게차 충돌을 막고 싶음"),
        cast.need(title="지게차-작업자 충돌 방지", body="창고 사각지대 지게차 충돌 방지 장치를 찾음",
                  organisation=cast.rival),
        cast.need(title="도장 건조로 배기열 회수", body="배기 180도, 회수율 60% 이상"),
    ]  # fmt: skip


def test_alike_needs_are_found_and_others_are_not(three):
    assert find_duplicates(needs=three, likeness_of=words_only) == 1

    assert pairs() == [(three[0].pk, three[1].pk, "OPEN")]


def test_pair_is_kept_once_and_goes_when_the_texts_part(three):
    find_duplicates(needs=three, likeness_of=words_only)
    assert find_duplicates(needs=three, likeness_of=words_only) == 0

    three[1].title, three[1].body = "용접 비드 검사", "레이저 비전으로 봄"
    find_duplicates(needs=three, likeness_of=words_only)

    assert pairs() == []


def test_decided_pair_is_never_asked_again(cast, three):
    find_duplicates(needs=three, likeness_of=words_only)
    answer_duplicate(
        duplicate=DuplicateCandidate.objects.get(),
        is_same=False,
        keep=None,
        by=cast["officer"],
        at=NOON,
    )

    assert find_duplicates(needs=three, likeness_of=words_only) == 0
    assert pairs() == [(three[0].pk, three[1].pk, "DIFFERENT")]


def test_same_pair_is_merged_and_compared_no_more(cast, three):
    find_duplicates(needs=three, likeness_of=words_only)
    answer_duplicate(
        duplicate=DuplicateCandidate.objects.get(),
        is_same=True,
        keep=three[1],
        by=cast["officer"],
        at=NOON,
    )

    merged = Need.objects.get(pk=three[0].pk)
    assert (merged.stage, merged.merged_into) == (NeedStage.MERGED, three[1])
    assert three[0] not in comparable_needs()


def test_job_compares_what_is_under_review_or_published(cast, three):
    cast.need(title=three[0].title, body=three[0].body, stage=NeedStage.DRAFT)
    job = enqueue(kind="find_duplicates", title="", arguments={}, by=cast["officer"])

    job = run(job_id=str(job.pk), clock=lambda: NOON)

    assert (job.stage, job.result) == (JobStage.DONE, {"needs": 3, "new": 1})


@pytest.mark.parametrize("count", [0, 1])
def test_too_few_needs_resemble_nothing(three, count):
    assert likeness_of(three[:count], None) == []


def precision_and_recall(offered):
    labels = labelled()
    same = {pair for pair, label in labels.items() if label == "SAME"}
    hits = len(same & offered)
    return hits / len(offered), hits / len(same)


# What docs/reference/duplicates.md says, with a margin.
@pytest.mark.parametrize(
    ("has_meaning", "likely", "kept"),
    [
        pytest.param(True, (0.76, 0.58), (0.36, 0.92), id="both", marks=pytest.mark.slow),
        pytest.param(False, (0.70, 0.43), (0.25, 0.83), id="words alone"),
    ],
)
def test_labelled_pairs_of_the_demonstration_are_found(has_meaning, likely, kept):
    model = CachedEmbedder(embedder_named("bundled"), cache_folder() / "vectors.sqlite")

    pairs_found = likeness_of(demonstration(), model.embed_passages if has_meaning else None)

    waiting = {
        (a, b) for a, b, similarity in pairs_found if similarity >= DuplicateCandidate.LIKELY
    }
    for offered, floor in [(waiting, likely), ({(a, b) for a, b, _ in pairs_found}, kept)]:
        precision, recall = precision_and_recall(offered)
        assert precision >= floor[0]
        assert recall >= floor[1]


def test_likeliest_pair_comes_first():
    chances = [similarity for _, _, similarity in likeness_of(demonstration()[:300], None)]

    assert chances == sorted(chances, reverse=True)
    assert all(0 < similarity <= 1 for similarity in chances)
