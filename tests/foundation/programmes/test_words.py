"""Everything that can be found has a sentence in both languages, and every id a name."""

import string

import pytest

from dure.engines import eligibility, funding
from dure.foundation import programmes
from dure.foundation.programmes import _words
from tests.foundation.programmes.plans import DAY, judged
from tests.foundation.programmes.test_plans import CASES, HALF_FILLED


@pytest.mark.parametrize(
    ("group", "words"),
    [
        ("role", funding.Role),
        ("instrument", funding.Instrument),
        ("kind", funding.Kind),
        ("size", funding.Size),
        ("violation", funding.Rule),
        ("source", eligibility.Source),
        ("answer", eligibility.Answer),
    ],
)
def test_every_word_of_the_engines_is_in_the_vocabulary(group, words):
    assert {word.value for word in words} <= set(programmes.ids(group))


def test_every_word_is_said_in_both_languages():
    bare = [key for key, row in _words._words().items() if not (row["ko"] and row["en"])]

    assert bare == [("scope", "project")]


def test_templates_name_the_same_facts_in_both_languages():
    def facts(text):
        return {
            name for _text, name, _format, _conversion in string.Formatter().parse(text) if name
        }

    different = [
        key for key, row in _words._words().items() if facts(row["ko"]) != facts(row["en"])
    ]

    assert different == []


@pytest.mark.parametrize("language", ["ko", "en"])
def test_every_violation_is_a_whole_sentence(language):
    for programme, written in [
        *((programme, written) for programme, written, _ in CASES),
        *(("challenge", written) for written, _ in HALF_FILLED),
    ]:
        judgement = judged(programme, written)
        for violation in judgement.violations + judgement.warnings:
            text = judgement.sentence(violation, language)
            assert text.endswith(".")
            assert "None" not in text
            assert "  " not in text
            assert any("가" <= letter <= "힣" for letter in text) is (language == "ko")


@pytest.mark.parametrize("language", ["ko", "en"])
def test_every_verdict_says_its_fact_and_what_to_do(language):
    rule = programmes.eligibility_of(
        programmes.read(programmes.shipped()["challenge"].read_bytes()),
        programmes.rule_sets().rule_set("exclusions", "rnd", DAY),
    )
    facts = (eligibility.Fact("arrears", True, as_of=DAY, source=eligibility.Source.REGISTRY),)

    verdicts = eligibility.judge(eligibility.Applicant(facts), rule, DAY)

    sentences = {
        verdict.rule.id: (
            programmes.verdict_sentence(verdict, language),
            programmes.remedy_sentence(verdict, language),
        )
        for verdict in verdicts
    }
    assert "2026-11-30" in sentences["arrears"][0]
    assert all(verdict_text and remedy for verdict_text, remedy in sentences.values())
