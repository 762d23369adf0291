from types import MappingProxyType

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from dure.engines.matching import (
    Bar,
    Document,
    Facet,
    HashedWords,
    Hit,
    Kind,
    Lexicon,
    MemoryIndex,
    Query,
    Strength,
    Suggestion,
    Violation,
    bar_between,
    check,
    find,
    rank,
    read_all,
    rows_of,
)

NEED = Document("n", "고장 예측", "진동으로 고장을 예측한다.", Kind.NEED, language="ko")
IDS = [f"t{number}" for number in range(8)]
scores = st.none() | st.floats(-1e9, 1e9, allow_nan=False)


def query(need: Document = NEED) -> Query:
    return Query(need, need.language, ("진동",), ("vibration",), np.ones(1, np.float32))


def offer(id_: str, **known: object) -> Document:
    return Document(id_, "진동 분석", "", Kind.TECHNOLOGY, language="ko", **known)


@st.composite
def situations(draw):
    names = st.sampled_from(["", "a", "b"])
    offers = {id_: offer(id_, organisation=draw(names), group=draw(names)) for id_ in IDS}
    need = Document("n", "", "", Kind.NEED, "ko", organisation=draw(names), group=draw(names))
    hits = [
        Hit(id_, draw(scores), draw(scores), draw(scores), 0)
        for id_ in draw(st.lists(st.sampled_from(IDS), unique=True))
    ]
    excluded = draw(st.sets(st.tuples(st.just("n"), st.sampled_from(IDS))))
    return need, hits, offers, excluded


@given(situations())
def test_no_forbidden_pair_appears_for_any_scores(situation):
    need, hits, offers, excluded = situation

    suggestions = rank(query(need), hits, offers, excluded=excluded, top=len(IDS))

    assert check(need, suggestions, offers, excluded) == ()


@given(situations())
def test_every_allowed_candidate_appears_once_and_in_order(situation):
    need, hits, offers, excluded = situation

    suggestions = rank(query(need), hits, offers, excluded=excluded, top=len(IDS))

    allowed = {hit.id for hit in hits if not bar_between(need, offers[hit.id], excluded)}
    assert {suggestion.id for suggestion in suggestions} == allowed
    assert [suggestion.rank for suggestion in suggestions] == list(range(1, len(allowed) + 1))
    assert list(suggestions) == sorted(
        suggestions,
        key=lambda suggestion: (
            list(Strength).index(suggestion.strength),
            -suggestion.score,
            suggestion.id,
        ),
    )


known = st.fixed_dictionaries(
    {},
    optional={
        "keywords": st.just(("진동", "누설")),
        "field": st.sampled_from(["BATT", "ROBOT"]),
        "trl": st.integers(1, 9),
        "region": st.sampled_from(["BUSAN", "SEOUL"]),
        "cooperation": st.sampled_from([frozenset({"JOINT"}), frozenset({"LICENCE"})]),
    },
)
so_near_that_facets_decide = st.integers(0, 6).map(lambda step: 0.5 + step / 1000)


@given(known, st.lists(st.tuples(known, so_near_that_facets_decide), max_size=8))
def test_the_best_few_are_the_first_of_all(need, others):
    need = Document("n", "고장 예측", "", Kind.NEED, "ko", **need)
    hits = [Hit(f"t{n}", None, None, meaning, 0) for n, (_, meaning) in enumerate(others)]
    offers = {f"t{n}": offer(f"t{n}", **other) for n, (other, *_) in enumerate(others)}

    best = rank(query(need), hits, offers, top=2)

    assert best == rank(query(need), hits, offers, top=len(others))[:2]


def test_check_finds_a_forbidden_pair_that_a_ranking_let_through():
    wrong = Suggestion("t0", 1, Strength.WEAK, 0.0, MappingProxyType({}), 0)

    violations = check(NEED, [wrong], {"t0": offer("t0")}, {("n", "t0")})

    assert violations == (Violation(Bar.GIVEN, "n", "t0"),)


@pytest.mark.parametrize(
    ("mine", "other", "bar"),
    [
        ({}, {}, None),
        ({"organisation": "a"}, {"organisation": "a"}, Bar.SAME_ORGANISATION),
        ({"organisation": "a"}, {"organisation": "b"}, None),
        ({"group": "g"}, {"group": "g"}, Bar.SAME_GROUP),
        ({"organisation": "a", "group": ""}, {"organisation": "b", "group": ""}, None),
    ],
)
def test_bar_between_reads_organisation_and_group(mine, other, bar):
    need = Document("n", "", "", Kind.NEED, **mine)

    assert bar_between(need, offer("t", **other), frozenset()) == bar


def test_a_need_and_a_technology_may_have_the_same_id():
    assert bar_between(NEED, offer("n"), frozenset()) is None
    assert bar_between(NEED, NEED, frozenset()) == Bar.ITSELF


def test_equal_scores_are_ordered_by_id_whatever_the_order_of_finding():
    hits = [Hit(id_, 1.0, None, 0.5, 0) for id_ in ("t2", "t0", "t1")]
    offers = {id_: offer(id_) for id_ in IDS}

    suggestions = rank(query(), hits, offers)

    assert [suggestion.id for suggestion in suggestions] == ["t0", "t1", "t2"]


def test_rank_leaves_out_what_was_found_but_not_given():
    hits = [Hit("t0", 2.0, None, 0.9, 0), Hit("t1", 1.0, None, 0.5, 0)]

    suggestions = rank(query(), hits, {"t1": offer("t1")})

    assert [suggestion.id for suggestion in suggestions] == ["t1"]


def test_shared_words_of_a_foreign_text_count_less_than_its_translated_words():
    offers = {
        "own": Document("own", "KS", "", Kind.TECHNOLOGY, "en"),
        "named": Document("named", "vibration", "", Kind.TECHNOLOGY, "en"),
    }
    hits = [Hit("own", 9.0, None, 0.5, 0), Hit("named", None, 9.0, 0.5, 0)]

    suggestions = rank(query(), hits, offers)

    assert [suggestion.id for suggestion in suggestions] == ["named", "own"]


@pytest.mark.parametrize(
    ("known", "facet", "value"),
    [
        ({"trl": 6}, Facet.READINESS, 1.0),
        ({"trl": 5}, Facet.READINESS, 0.25),
        ({"trl": 1}, Facet.READINESS, -1.0),
        ({"field": "BATT"}, Facet.FIELD, 1.0),
        ({"field": "ROBOT"}, Facet.FIELD, -1.0),
        ({"region": "BUSAN"}, Facet.REGION, 1.0),
        ({"cooperation": frozenset({"LICENCE", "JOINT"})}, Facet.COOPERATION, 1.0),
        ({"cooperation": frozenset({"LICENCE"})}, Facet.COOPERATION, -1.0),
    ],
)
def test_a_facet_known_on_both_sides_is_scored_and_shown(known, facet, value):
    need = Document(
        "n", "", "", Kind.NEED, "ko",
        trl=6, field="BATT", region="BUSAN", cooperation=frozenset({"JOINT"}),
    )  # fmt: skip

    [suggestion] = rank(query(need), [Hit("t0", 1.0, None, 0.5, 0)], {"t0": offer("t0", **known)})

    structured = {Facet.READINESS, Facet.FIELD, Facet.REGION, Facet.COOPERATION}
    assert {f: v for f, v in suggestion.facets.items() if f in structured} == {facet: value}


def test_readiness_is_read_the_right_way_round_from_a_technology():
    technology = offer("t", trl=8)
    need = Document("n", "", "", Kind.NEED, "ko", trl=5)

    [suggestion] = rank(query(technology), [Hit("n", 1.0, None, 0.5, 0)], {"n": need})

    assert suggestion.facets[Facet.READINESS] == 1.0


def test_both_directions_find_each_other():
    needs = [
        Document("n1", "배터리 화재 감지", "", Kind.NEED),
        Document("n2", "마늘 수확 기계", "", Kind.NEED),
    ]
    offers = [
        Document("t1", "배터리 화재를 감지하는 센서", "", Kind.TECHNOLOGY),
        Document("t2", "마늘을 수확하는 기계", "", Kind.TECHNOLOGY),
    ]

    assert best_of(needs, offers) == ["t1", "t2"]
    assert best_of(offers, needs) == ["n1", "n2"]


def best_of(asking: list[Document], answering: list[Document]) -> list[str]:
    embedder = HashedWords()
    rows = rows_of(answering)
    index = MemoryIndex(rows, embedder.embed_passages([row.text for row in rows]))
    by_id = {document.id: document for document in answering}
    queries = read_all(asking, Lexicon(), embedder)
    return [rank(query, find(query, index), by_id)[0].id for query in queries]
