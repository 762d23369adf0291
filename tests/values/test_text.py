"""One cleaning for all text from outside."""

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dure.values.text import clean, for_search, words_in


@pytest.mark.parametrize(
    ("text", "cleaned"),
    [
        (unicodedata.normalize("NFD", "배터리 재활용"), "배터리 재활용"),
        ("\u200b\u200b\u200b", ""),
        ("\u3164\u2800\u00ad\ufe0f\u115f", ""),
        ("좌우 \u202e뒤집기", "좌우 뒤집기"),
        ("한\u00a0글\u3000과\u2003영어", "한 글 과 영어"),
        ("한 줄\r\n두 줄\u2028세 줄\x0b끝", "한 줄\n두 줄\n세 줄\n끝"),
        ("\x00가\x07나\ud800다", "가나다"),
        (" a\r\nb\x00 ", "a\nb"),
        ("CO₂ 10\tm²", "CO₂ 10\tm²"),
    ],
)
def test_clean(text, cleaned):
    assert clean(text) == cleaned


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("a；b、 c|d\ne", ["a", "b", "c", "d", "e"]),
        ("감지(AI), 인공지능(영상, 음성(말))", ["감지(AI)", "인공지능(영상, 음성(말))"]),
        ("가(나, 다", ["가(나", "다"]),
        (" ,; ", []),
    ],
)
def test_words_in(text, words):
    assert words_in(text) == words


@given(st.text())
def test_clean_twice_is_clean_once(text):
    assert clean(clean(text)) == clean(text)


@given(st.text(alphabet="배터리ab₂ é", max_size=30))
def test_for_search_is_the_same_in_both_spellings_and_knows_the_places(text):
    decomposed = unicodedata.normalize("NFD", text)

    (written, places), (composed, _) = for_search(decomposed), for_search(text)

    assert written == composed
    if places is not None:
        assert len(places) == len(written) + 1
        assert places == sorted(places)
        assert places[-1] == len(decomposed)
