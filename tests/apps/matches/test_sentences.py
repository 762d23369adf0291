"""Reasons as sentences and passages with marks, whatever was stored."""

import pytest
from django.utils.translation import override

from dure.apps.matches.adapter import _quote, to_document
from dure.apps.matches.presenters.sentences import arguments_for, words_in
from dure.engines.matching import Code, Reason
from dure.engines.matching._facets import structure_reasons
from dure.foundation.ui.passages import marked, quoted
from dure.foundation.vocabularies.match_reasons import sentence


@pytest.mark.parametrize("language", ["ko", "en"])
@pytest.mark.parametrize("code", [code.value for code in Code])
def test_every_code_of_the_engine_has_its_sentence_without_particulars(code, language):
    with override(language):
        [argument] = arguments_for([{"code": code, "effect": -1}], None, None)

    assert argument.effect == -1
    assert "{" not in argument.sentence
    assert argument.sentence.endswith(".")


@pytest.mark.parametrize("language", ["ko", "en"])
def test_pages_and_files_say_the_same(cast, language):
    need, technology = cast.need(trl=7), cast.technology(trl=4, field="AI", region="DAEJEON")
    query, document = to_document(need, whole=True), to_document(technology, whole=True)
    reasons = [
        Reason(Code.WORDS_SHARED, 1, {"words": ("배기", "열교환")}),
        Reason(Code.WORDS_TRANSLATED, 1, {"words": ("분리막",), "names": ("membrane",)}),
        Reason(Code.KEYWORDS_FOUND, 1, {"words": ("폐열",)}),
        *structure_reasons(query, document),
    ]
    stored = [
        {"code": reason.code, "effect": reason.effect, "arguments": reason.arguments}
        for reason in reasons
    ]

    with override(language):
        on_pages = [argument.sentence for argument in arguments_for(stored, need, technology)]

    assert on_pages == [sentence(reason, query, document, language) for reason in reasons]
    assert {reason.code for reason in reasons} >= {Code.FIELD_DIFFERENT, Code.READINESS_SHORT}


def test_words_are_named_once_and_translations_as_pairs():
    arguments = {"words": ["협동로봇 ", "협동로봇", "접촉"], "names": ["cobot", "cobot", "contact"]}

    assert words_in(arguments) == ["협동로봇 = cobot", "접촉 = contact"]


def test_only_words_that_a_reader_may_see_are_named():
    shared = {"words": ["배기", "열교환"]}
    translated = {"words": ["열교환기"], "names": ["heat exchanger"]}

    assert words_in(shared, readable="저온 배기 설비") == ["배기"]
    assert words_in(translated, readable="A Heat Exchanger") == ["열교환기 = heat exchanger"]
    assert words_in(translated, readable="A furnace") == []


@pytest.mark.parametrize(
    ("text", "marks", "html"),
    [
        ("배기 열회수", [[3, 6]], "배기 <mark>열회수</mark>"),
        ("배기 열회수", [[3, 99], [0, 2]], "<mark>배기</mark> <mark>열회수</mark>"),
        ("배기 열회수", [[0, 4], [2, 6]], "<mark>배기 열</mark><mark>회수</mark>"),
        ("배기 열회수", [[2, 1], [-5, -1], ["a", 3], 7, [0]], "배기 열회수"),
        ("<b>배기</b> & 열", [[3, 5]], "&lt;b&gt;<mark>배기</mark>&lt;/b&gt; &amp; 열"),
        ("", [[0, 2]], ""),
    ],
)
def test_marks_are_drawn_wherever_they_make_sense(text, marks, html):
    assert marked({"text": text, "marks": marks}) == html


def test_a_long_passage_is_cut_around_its_first_mark():
    text = "말 " * 300 + "열교환기" + " 말" * 300

    html = marked({"text": text, "marks": [[600, 604]]})

    assert "<mark>열교환기</mark>" in html
    assert html.startswith("…")
    assert html.endswith("…")
    assert len(html) < 400


@pytest.mark.parametrize("passage", [None, {}, {"text": None}, {"marks": [[0, 1]]}])
def test_what_is_missing_stays_empty(passage):
    assert marked(passage) == ""
    assert quoted(passage) == ""


def test_the_sentence_with_the_most_marks_is_quoted_in_a_few_words():
    text = "제목입니다\n첫 문장은 배기 이야기다. 둘째 문장은 1.5배 열교환과 회수 이야기다. 끝."

    marks = [[text.index(word), text.index(word) + 2] for word in ("배기", "열교", "회수")]

    assert quoted({"text": text, "marks": marks}) == "둘째 문장은 1.5배 열교환과 회수 이야기다"
    assert len(quoted({"text": "가나다 " * 100, "marks": []})) <= 72


def test_the_line_of_keywords_is_quoted_only_when_there_is_nothing_else():
    text = "열을 회수하고 싶습니다.\n열회수, 배기"

    passage = {"text": text, "marks": [[14, 17], [19, 21]]}

    assert quoted(passage, exclude="열회수, 배기") == "열을 회수하고 싶습니다"
    assert quoted({"text": "열회수, 배기", "marks": []}, exclude="열회수, 배기") == "열회수, 배기"


@pytest.mark.parametrize(
    ("cut", "shown"),
    [
        ("제목", "제목"),
        ("온도를 잰다.", "… 온도를 잰다."),
        ("○ 압력을 잰다", "○ 압력을 잰다"),
        ("제 시간에 온도를", "… 제 시간에 온도를 …"),
        ("", ""),
    ],
)
def test_a_quotation_shows_where_a_sentence_was_cut(cut, shown):
    text = "제목\n실제 시간에 온도를 잰다.\n○ 압력을 잰다"
    start = text.index(cut)

    quote = _quote(text, start, start + len(cut), ["온도"])

    assert quote["text"] == shown
    assert [shown[s:e] for s, e in quote["marks"]] == ["온도"] * ("온도" in shown)
