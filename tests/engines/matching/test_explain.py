from itertools import product
from types import MappingProxyType

import pytest

from dure.engines.matching import Code, Document, Kind, Lexicon, Strength, Suggestion, explain
from dure.foundation.vocabularies.match_reasons import sentence, strength_name

LEXICON = Lexicon(((("분리막",), ("separator", "membrane")), (("연료전지",), ("fuel cell",))))
NEED = Document(
    "n",
    "연료전지 분리막",
    "겨울에도 오래 쓰는 연료전지가 필요하다. 분리막의 두께는 10 ㎛ 이하여야 한다.",
    Kind.NEED,
    trl=6,
    field="HYDROGEN",
)
KOREAN = Document(
    "k", "얇은 분리막", "마늘을 심는다. 두께 10 ㎛ 의 분리막을 만든다.", Kind.TECHNOLOGY, trl=4,
    field="HYDROGEN",
)  # fmt: skip
ENGLISH = Document("e", "Thin membranes", "Membranes for fuel cells.", Kind.TECHNOLOGY)


def reasons(candidate: Document, strength: Strength = Strength.GOOD):
    suggestion = Suggestion(candidate.id, 1, strength, 1.0, MappingProxyType({}), 0)
    return {reason.code: reason for reason in explain(NEED, candidate, suggestion, LEXICON)}


def test_explain_names_the_shared_words_as_written():
    assert reasons(KOREAN)[Code.WORDS_SHARED].arguments["words"][:2] == ("10 ㎛", "분리막")


def test_explain_names_translated_words_with_their_translation():
    arguments = reasons(ENGLISH)[Code.WORDS_TRANSLATED].arguments

    assert dict(zip(arguments["words"], arguments["names"], strict=True)) == {
        "연료전지": "fuel cell",
        "분리막": "membrane",
    }


def test_explain_points_at_both_passages():
    arguments = reasons(KOREAN)[Code.PASSAGE_ANSWERS].arguments

    assert "분리막" in KOREAN.text[arguments["start"] : arguments["end"]]
    assert "10 ㎛" in NEED.text[arguments["asked_start"] : arguments["asked_end"]]


@pytest.mark.parametrize("strength", Strength)
def test_only_what_is_likely_right_is_said_to_answer(strength):
    answering = reasons(KOREAN, strength).keys() & {Code.PASSAGE_ANSWERS, Code.PASSAGE_NEAR}

    likely = strength in (Strength.STRONG, Strength.GOOD)
    assert answering == {Code.PASSAGE_ANSWERS if likely else Code.PASSAGE_NEAR}


def test_explain_says_what_helped_and_what_hurt():
    effects = {code: reason.effect for code, reason in reasons(KOREAN).items()}

    assert effects[Code.FIELD_SAME] == 1
    assert effects[Code.READINESS_SHORT] == -1


def test_every_reason_has_a_sentence_in_both_languages():
    for candidate, strength in product((KOREAN, ENGLISH), (Strength.GOOD, Strength.WEAK)):
        for reason in reasons(candidate, strength).values():
            korean = sentence(reason, NEED, candidate, "ko")
            english = sentence(reason, NEED, candidate, "en")
            assert korean.endswith(".")
            assert english.endswith(".")
            assert korean != english


def test_a_sentence_carries_its_figures():
    reason = reasons(KOREAN)[Code.READINESS_SHORT]

    assert sentence(reason, NEED, KOREAN, "en") == (
        "It is not ready enough yet: TRL 4, but TRL 6 is asked for."
    )
    assert strength_name(Strength.STRONG, "ko") == "매우 잘 맞음"
