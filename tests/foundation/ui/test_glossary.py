"""The glossary: its file, its page in both languages, and the words that explain themselves."""

import re
from importlib import import_module
from io import BytesIO
from pathlib import Path

import pytest
from django import forms
from django.template import engines
from django.utils import translation
from django_cotton.compiler_regex import CottonCompiler
from python_calamine import CalamineWorkbook

from dure.foundation.ui.forms import Renderer
from dure.foundation.vocabularies.glossary import (
    COLUMNS,
    GlossaryError,
    Term,
    glossary,
    grouped,
    groups,
    read,
)
from tests.html import flat

SRC = Path(__file__).parents[3] / "src" / "dure"
HEAD = ",".join(COLUMNS)
GOOD = "teaser,ENTRIES,teaser,티저,티저 공개,The title only.,제목만 보여요."
HANGUL = re.compile("[가-힣]")


def draw(source: str, **context) -> str:
    template = engines["django"].from_string(CottonCompiler().process(source))
    return flat(template.render(context))


# The file


@pytest.fixture
def file(tmp_path):
    """Writes a glossary with these lines."""

    def write(*lines):
        path = tmp_path / "glossary.csv"
        path.write_text("\n".join(lines), encoding="utf-8")
        return path

    return write


def test_a_row_is_a_term(file):
    assert read(file(HEAD, GOOD)) == [
        Term(
            "teaser", "ENTRIES", "teaser", "티저", "티저 공개", "The title only.", "제목만 보여요."
        )
    ]


@pytest.mark.parametrize(
    ("lines", "message"),
    [
        (["key,word"], "row 1: the columns must be key, group, en"),
        ([HEAD, GOOD, GOOD], "row 3, column key: teaser stands in an earlier row already"),
        ([HEAD, GOOD, GOOD.replace("teaser,E", "hint,E")], "row 3, column en: teaser stands"),
        ([HEAD, GOOD.replace("The title only.", " ")], "row 2, column meaning_en: must be filled"),
        ([HEAD, GOOD.replace("티저,", ",", 1)], "row 2, column ko: must be filled"),
        ([HEAD, GOOD.replace("ENTRIES", "ENTRY")], "row 2, column group: ENTRY is none of PEOPLE"),
        ([HEAD, GOOD.replace("teaser", "The Teaser", 1)], "row 2, column key: The Teaser must be"),
        ([HEAD, GOOD + ",more"], "row 2, column meaning_ko: the row must have 7 cells"),
        ([HEAD, "teaser,ENTRIES"], "row 2, column meaning_ko: the row must have 7 cells"),
    ],
)
def test_a_wrong_cell_is_named(file, lines, message):
    with pytest.raises(GlossaryError, match=re.escape(f"glossary.csv, {message}")):
        read(file(*lines))


def test_the_official_term_may_be_left_empty(file):
    assert read(file(HEAD, GOOD.replace("티저 공개", "")))[0].official == ""


def test_every_term_is_whole_in_both_languages():
    faulty = {
        term.key
        for term in glossary().values()
        if not HANGUL.search(term.ko + term.meaning_ko)
        or HANGUL.search(term.en + term.meaning_en)
        or not term.meaning_ko.endswith("요.")
        or not term.meaning_en.endswith(".")
    }

    assert faulty == set()


def test_every_term_stands_in_one_group_and_no_group_is_empty():
    shown = list(grouped(glossary().values()))

    assert [group for group, _terms in shown] == list(groups().values())
    assert sorted(t.key for _group, terms in shown for t in terms) == sorted(glossary())


# The page


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("language", "word", "meaning"),
    [("ko", "티저 공개", "제목, 기관, 분야만"), ("en", "Teaser", "Everybody sees title")],
)
def test_a_visitor_reads_every_word_in_their_language(client, language, word, meaning):
    client.cookies["django_language"] = language

    html = client.get("/glossary/").content.decode()

    at = html.index('<div id="teaser">')
    assert f"<dt> <b>{word}</b>" in flat(html[at : at + 200])
    assert meaning in flat(html[at : at + 800])
    assert len(re.findall(r'<div id="[a-z-]+"> <dt>', flat(html))) == len(glossary())


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("asked", "expected"),
    [
        ("비밀 유지", "nda"),
        ("기술성숙도", "trl"),
        ("기술 성숙도", "trl"),
        ("NON-disclosure", "nda"),
        ("수요기술", "need"),
        ("통계분류포털", "ksic"),
    ],
)
def test_a_word_is_found_in_either_language(client, asked, expected):
    html = client.get("/glossary/", {"q": asked}).content.decode()

    assert f'<div id="{expected}">' in html
    assert '<div id="hall-screen">' not in html


@pytest.mark.django_db
def test_a_word_that_is_not_there_shows_the_way_back(client):
    client.cookies["django_language"] = "en"

    html = client.get("/glossary/", {"q": "zeppelin"}).content.decode()

    assert "No such word here" in html
    assert 'href="/glossary/"' in html


@pytest.mark.django_db
def test_what_is_shown_is_exported(client):
    client.cookies["django_language"] = "en"
    answer = client.get("/glossary/", {"q": "teaser", "format": "xlsx"})

    rows = CalamineWorkbook.from_filelike(BytesIO(answer.content)).get_sheet_by_index(0).to_python()
    assert rows[0][:4] == ["Group", "Korean", "Official term", "English"]
    assert ["Needs and technologies", "티저 공개", "", "teaser"] in [row[:4] for row in rows]
    assert len(rows) - 1 == sum(term.holds("teaser") for term in glossary().values())


# The words on other pages


@pytest.mark.parametrize(
    ("language", "meaning"), [("ko", "수요기관이 찾는"), ("en", "What a demand")]
)
def test_a_popover_speaks_the_language_of_its_reader(language, meaning):
    with translation.override(language):
        html = draw('<c-term name="need" />')

    assert meaning in html
    assert '<span lang="ko">수요기술</span>' in html
    assert 'href="/glossary/#need"' in html


def test_a_word_may_be_said_otherwise_in_a_sentence():
    with translation.override("en"):
        html = draw('<c-term name="trl">TRL 4</c-term>')

    assert "> TRL 4<svg" in html
    assert "<strong>Technology readiness level (TRL)</strong>" in html


class Reached(forms.Form):
    ready = forms.CharField(label="Readiness")
    seen = forms.ChoiceField(label="Visibility", choices=[("a", "A")], widget=forms.RadioSelect)
    plain = forms.CharField(label="Plain")
    explained = {"ready": "trl", "seen": "visibility"}


def test_the_mark_stands_beside_a_label_and_is_no_part_of_its_name():
    with translation.override("en"):
        html = flat(str(Reached(renderer=Renderer())))

    assert '<label for="id_ready">Readiness</label>' in html
    assert 'aria-label="What is “Technology readiness level (TRL)”?"' in html
    assert '<fieldset class="form-group" aria-labelledby="id_seen_legend">' in html
    assert re.search(r'<span id="id_seen_legend">Visibility.*?</span><button', html, re.DOTALL)
    assert html.count("krds-tooltip") == 2


@pytest.mark.parametrize(
    "source",
    [
        '<c-input name="a" label="A" explain="trl" />',
        '<c-select name="a" label="A" explain="trl" />',
        '<c-textarea name="a" label="A" explain="trl" />',
        '<c-radio-group name="a" label="A" explain="trl" />',
        '<c-checkbox-group name="a" label="A" explain="trl" />',
        '<c-dl-row term="A" explain="trl">4</c-dl-row>',
        '<c-section title="A" explain="trl">4</c-section>',
    ],
)
def test_a_component_explains_one_term(source):
    assert draw(source).count("popovertarget") == 1
    assert draw(source.replace(' explain="trl"', "")).count("popovertarget") == 0


def test_a_word_that_the_glossary_does_not_know_is_refused():
    with pytest.raises(LookupError, match="zeppelin"):
        draw('<c-term name="zeppelin" />')


NAMED = re.compile(r'<c-terms? names?="([^"]*)"|(?<!:)\bexplain="([^"{]+)"')


def test_templates_and_forms_name_only_words_of_the_glossary():
    named = {
        word
        for path in SRC.rglob("templates/**/*.html")
        for names in NAMED.findall(path.read_text())
        for word in " ".join(names).split()
    }
    explained = {word for form in forms_of_ours() for word in form.explained.values()}

    assert {"teaser", "walk-in"} < named
    assert {"trl", "ksic"} < explained
    assert named | explained <= set(glossary())


def test_forms_explain_fields_that_they_have():
    wrong = {
        (form.__name__, name)
        for form in forms_of_ours()
        for name in form.explained
        if name not in form.base_fields
    }

    assert wrong == set()


def forms_of_ours(parent=forms.BaseForm):
    """Every form of the site that explains something; the addresses import them all."""
    import_module("dure.config.urls")
    for form in parent.__subclasses__():
        if form.__module__.startswith("dure.") and hasattr(form, "explained"):
            yield form
        yield from forms_of_ours(form)
