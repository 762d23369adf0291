"""Particles follow the last sound of the word, wherever a word is filled in."""

import re
from pathlib import Path

import pytest
from babel.messages.pofile import read_po
from django.template import Context, Template
from django.utils.translation import gettext, gettext_lazy, override

import dure
from dure.foundation.korean import BETWEEN, PAIRS, OpenSentence

SOURCE = Path(dure.__file__).parent
CATALOGUES = sorted(SOURCE.rglob("locale/ko/LC_MESSAGES/django.po"))
DOCUMENTS = [*SOURCE.rglob("*.toml"), *SOURCE.rglob("*.html"), *SOURCE.rglob("*.txt")]
PAIR = re.compile("|".join(map(re.escape, PAIRS)))
ONE_FORM = re.compile(rf"%\(\w+\)s{BETWEEN}(?:은|는|이|가|을|를|과|와|으로|로|이라|라)(?![가-힣(])")
BUSY = "%(supply)s has a meeting at every time that is left."


@pytest.mark.parametrize(
    ("firm", "expected"),
    [
        ("누리온자동차", "누리온자동차는"),
        ("한빛", "한빛은"),
        ("바른센서(주)", "바른센서(주)는"),
        ("ABL", "ABL은"),
        ("A&amp;B", "A&amp;B는"),
        ("공장 3", "공장 3은"),
    ],
)
def test_the_particle_follows_the_last_sound(firm, expected):
    assert OpenSentence("%(firm)s은(는)") % {"firm": firm} == expected


def test_a_word_in_marks_keeps_its_particle_outside():
    sentence = OpenSentence("‘%(name)s’(으)로 변경, <b>%(firm)s</b>이(가)")

    assert sentence % {"name": "시설", "firm": "한빛"} == "‘시설’로 변경, <b>한빛</b>이"


def test_every_way_to_a_translation_closes_it():
    with override("ko"):
        at_once = gettext(BUSY) % {"supply": "열림테크"}
        later = str(gettext_lazy(BUSY)) % {"supply": "한빛"}
        drawn = Template(
            "{% load i18n %}{% blocktrans with supply=who %}{{ supply }} has a meeting at every time that is left.{% endblocktrans %}"
        ).render(Context({"who": "두레산업"}))

    assert at_once.startswith("열림테크는 ")
    assert later.startswith("한빛은 ")
    assert drawn.startswith("두레산업은 ")


@pytest.mark.parametrize("path", CATALOGUES, ids=lambda path: path.parts[-5])
def test_no_translation_fixes_a_particle_that_it_cannot_know(path):
    with path.open("rb") as file:
        catalogue = read_po(file)
    for message in catalogue:
        forms = message.string if isinstance(message.string, tuple) else [message.string]
        for form in forms:
            assert not ONE_FORM.search(form), f"write both forms, 은(는): {form}"
            closed = re.sub(rf"%\(\w+\)s{BETWEEN}(?:{PAIR.pattern})", "", form)
            assert not PAIR.search(closed), f"this particle is known: {form}"


@pytest.mark.parametrize("path", DOCUMENTS, ids=lambda path: path.name)
def test_no_document_leaves_a_particle_open(path):
    assert not PAIR.search(path.read_text())
