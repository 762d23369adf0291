"""What a search shows: the fitting before the close, and nothing that speaks of nothing of it."""

from dure.engines.matching import (
    Document,
    HashedWords,
    Kind,
    Lexicon,
    MemoryIndex,
    Nearness,
    ask,
    explain,
    look_up,
    mark,
    rank,
    rows_of,
)

LEXICON = Lexicon(
    (
        (("폐열",), ("waste heat",)),
        (("폐열 회수",), ("waste heat recovery",)),
        (("실시간 운영체제",), ("RTOS",)),
    )
)
TITLES = {
    "heat": "배기 폐열 회수 설비",
    "train": "열차 접근 경보기",
    "hot": "Recovery of waste heat",
    "scale": "유화 공정 스케일업 예측",
    "rto": "소형 RTO 묶음 처리",
    "clock": "실시간 운영체제",
}
POOL = {id_: Document(id_, title, "", Kind.TECHNOLOGY) for id_, title in TITLES.items()}


def searched(text):
    embedder = HashedWords()
    rows = rows_of(list(POOL.values()))
    index = MemoryIndex(rows, embedder.embed_passages([row.text for row in rows]))
    query, hits = ask(Document("", text, ""), LEXICON, embedder, index)
    return query, hits


def found(text):
    fitting = [
        suggestion
        for suggestion in look_up(*searched(text), POOL)
        if suggestion.nearness is Nearness.FITTING
    ]
    return [suggestion.id for suggestion in fitting]


def test_words_are_found_however_they_are_spaced_and_in_either_language():
    assert set(found("폐열회수")) == {"heat", "hot"}
    assert set(found("waste heat recovery")) == {"heat", "hot"}


def test_a_syllable_of_a_word_is_not_the_word():
    assert "train" not in {suggestion.id for suggestion in look_up(*searched("폐열"), POOL)}


def test_an_acronym_is_not_a_longer_one():
    assert found("RTO") == ["rto"]


def test_what_nothing_speaks_of_finds_nothing():
    assert look_up(*searched("김치찌개"), POOL) == ()


def test_places_are_marked_in_either_language():
    text = "Recovery of waste heat"

    assert [text[start:end] for start, end in mark(text, "폐열", LEXICON)] == ["waste", "heat"]


def test_a_piece_of_a_word_a_stem_and_a_number_are_no_evidence():
    need = Document("n", "AI 업스케일링이 되는 장치", "000 있는 것을 찾는다.", Kind.NEED)
    offer = Document("t", "유화 스케일업이 되는 장치", "000 있는 곳.", Kind.TECHNOLOGY)
    rows = rows_of([offer])
    index = MemoryIndex(rows, HashedWords().embed_passages([row.text for row in rows]))
    query, hits = ask(need, LEXICON, HashedWords(), index)
    [best] = rank(query, hits, {"t": offer})

    reasons = [reason for reason in explain(need, offer, best, LEXICON) if reason.effect > 0]
    assert reasons == []
