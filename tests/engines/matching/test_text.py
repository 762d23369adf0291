import unicodedata
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dure.engines.matching import Lexicon, analyse, language_of, passages, words_of

TERMS = (
    (("이차전지", "2차전지"), ("secondary battery", "rechargeable battery")),
    (("전지", "배터리"), ("battery",)),
    (("사출 성형",), ("injection moulding", "injection molding")),
)


@pytest.mark.parametrize(
    ("text", "terms"),
    [
        ("10 kV급 SiC MOSFET", {"10kv", "sic", "mosfet"}),
        ("ISO11783 통신", {"iso11783", "통신"}),
        ("무게 5㎏, 온도 150 ℃", {"무게", "5kg", "온도", "150°c"}),
        ("Li-ion batteries", {"liion", "li", "ion", "battery"}),
        ("PM2.5 측정", {"pm2.5", "측정"}),
        ("딥러닝을 이용해 결함을 검사한다", {"결함", "검사"}),
        ("５Ｇ 통신", {"5g", "통신"}),
    ],
)
def test_analyse_keeps_what_names_a_thing(text, terms):
    assert terms <= set(analyse(text))


def test_analyse_leaves_out_function_words():
    assert set(analyse("The separator is used for the battery")) == {"separator", "battery"}


@given(st.text())
def test_every_word_stands_where_it_says(text):
    for word in words_of(text):
        assert 0 <= word.start < word.end <= len(text)


@given(st.text(alphabet="가나 다라.\nabc ○-", max_size=400), st.integers(5, 60))
def test_passages_are_bounded_and_lose_no_letter(text, length):
    places = passages(text, length)

    assert all(0 < end - start <= length for start, end in places)
    assert all(place[1] <= other[0] for place, other in pairwise(places))
    kept = "".join(text[start:end] for start, end in places)
    assert "".join(kept.split()) == "".join(text.split())


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("수소 저장 용기", "ko"),
        ("AI 기반 BMS", "ko"),
        ("Membrane electrode assembly (막전극접합체)", "en"),
        ("12345", ""),
        ("", ""),
    ],
)
def test_language_of_reads_the_script(text, language):
    assert language_of(text) == language


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("이차 전지용 분리막", [("secondary battery", "rechargeable battery")]),
        ("Rechargeable batteries", [("이차전지", "2차전지")]),
        ("Injection molding of a battery case", [("사출 성형",), ("전지", "배터리")]),
        ("아무 말", []),
    ],
)
def test_lexicon_finds_the_longest_terms(text, names):
    assert [translation.names for translation in Lexicon(TERMS).translations(text)] == names


@given(st.text(alphabet="이차전지배터리 사출성형 battery injection", max_size=60))
def test_translations_never_overlap(text):
    translations = Lexicon(TERMS).translations(text)

    assert all(translation.end <= other.start for translation, other in pairwise(translations))


@pytest.mark.parametrize(
    ("spelling", "other"),
    [
        ("배터리 재활용", unicodedata.normalize("NFD", "배터리 재활용")),
        ("CO2 포집", "CO₂ 포집"),
        ("H2O2 분해", "H₂O₂ 분해"),
        ("면적 20 m2", "면적 20 m²"),
    ],
)
def test_both_spellings_have_the_same_words(spelling, other):
    assert [word.term for word in words_of(spelling)] == [word.term for word in words_of(other)]
    assert analyse(spelling) == analyse(other)


def test_words_of_decomposed_text_stand_where_they_are_written():
    text = unicodedata.normalize("NFD", "전기차 배터리를 재활용하는 기술")

    [word] = [word for word in words_of(text) if word.term == "배터리"]

    assert unicodedata.normalize("NFC", text[word.start : word.end]) == "배터리"


@pytest.mark.parametrize("name", ["에너지셈", "비파람", "관로이음"])
def test_name_is_found_as_it_is_written(name):
    asked = {word.term for word in words_of(name)}
    terms = {
        word.term
        for word in words_of(f"(주){name}\n배터리 잔량을 예측하는 기술을 개발하는 곳입니다.")
    }

    assert name in asked & terms
