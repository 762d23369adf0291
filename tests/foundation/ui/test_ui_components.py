"""Every component renders, in both languages, and the shell holds together."""

import re

import pytest
from django import forms
from django.core.paginator import Paginator
from django.forms.renderers import DjangoTemplates
from django.template import engines
from django.template.loader import render_to_string
from django.test import RequestFactory
from django.urls import include, path
from django.utils import translation
from django_cotton.compiler_regex import CottonCompiler
from pytest_django.asserts import assertHTMLEqual

from dure.foundation import navigation
from dure.foundation.ui import samples
from dure.foundation.ui.forms import Renderer
from tests.html import flat

urlpatterns = [
    path("ui/", include("dure.foundation.ui.urls")),
    path("language/", include("django.conf.urls.i18n")),
]
pytestmark = pytest.mark.urls(__name__)
LANGUAGES = ["ko", "en"]
SECTIONS = [name for name, _title, _note in samples.SECTIONS]


@pytest.fixture(autouse=True)
def no_navigation(monkeypatch):
    """The addresses of these tests have no other pages."""
    monkeypatch.setattr(navigation, "links", lambda menu, user: [])


def draw(source: str, **context) -> str:
    request = RequestFactory().get("/ui/", {"sort": "-budget"})
    return engines["django"].from_string(CottonCompiler().process(source)).render(context, request)


def words(html: str) -> str:
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", html)).strip()


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("section", SECTIONS)
def test_a_component_renders_in_each_language(section, language):
    request = RequestFactory().get("/ui/")

    with translation.override(language):
        context = samples.gallery_context({})
        html = render_to_string(f"ui/gallery/{section}.html", context, request)

    assert "<c-" not in html
    has_korean = bool(re.search("[가-힣]", words(re.sub('<span lang="ko">[^<]*', "", flat(html)))))
    assert has_korean == (language == "ko")


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("address", ["/ui/", "/ui/examples/list/", "/ui/examples/detail/"])
def test_a_page_has_title_heading_language_and_a_way_back(client, address, language):
    client.cookies["django_language"] = language

    html = client.get(address).content.decode()

    assert f'<html lang="{language}">' in html
    assert html.count("<h1>") == 1
    assert re.search(r"<title> \S.* · \S+ </title>", flat(html))
    assert 'class="krds-skip-link" href="#main"' in html
    assert 'class="krds-breadcrumb"' in html
    assert not re.findall(r'id="([^"]+)"(?=.*\sid="\1")', html, re.DOTALL)


def test_the_gallery_shows_the_source_it_renders(client):
    html = client.get("/ui/").content.decode()

    assert html.count('class="example-source"') == len(SECTIONS)
    assert "&lt;c-stage :stages=&quot;stages&quot;" in html


def test_a_button_with_a_reason_cannot_be_pressed_and_says_why():
    html = draw('<c-button type="submit" why="Two signatures are missing.">Close</c-button>')

    assert 'type="button"' in html
    assert 'aria-disabled="true"' in html
    assert words(html).count("Two signatures are missing.") == 2


def test_an_empty_reason_leaves_the_button_as_it_was():
    html = draw('<c-button type="submit" why="{{ why }}" hx-post="/x/">Close</c-button>', why="")

    assert 'type="submit"' in html
    assert "aria-disabled" not in html
    assert 'hx-post="/x/"' in html


def test_what_a_user_wrote_is_escaped():
    html = draw(
        '<c-badge>{{ text }}</c-badge><c-empty title="{{ text }}" /><c-dl :items="items" />',
        text="<b>&",
        items=[("<i>", "<u>")],
    )

    assert html.count("&lt;b&gt;&amp;") == 2
    assert "<b>" not in html
    assert "&lt;i&gt;" in html
    assert "&lt;u&gt;" in html


@pytest.mark.parametrize(
    ("count", "chips", "words_below"),
    [
        (21, [], "Next"),
        (1, [], ""),
        (0, ["a filter"], "Nothing fits these filters"),
        (0, [], "No thing yet"),
    ],
)
def test_a_list_ends_with_its_pages_or_says_why_it_is_empty(count, chips, words_below):
    page = Paginator(range(count), 20).get_page(1)

    with translation.override("en"):
        html = draw(
            '<c-list-end :page="page" :chips="chips" title="No thing yet">Begin.</c-list-end>',
            page=page,
            chips=chips,
        )

    assert words_below in html
    assert ("Nothing fits" in html) == (not count and bool(chips))
    assert ("Begin." in html) == (not count and not chips)


def test_the_form_renderer_joins_label_hint_error_and_control():
    form = samples.OfferForm({"field": "robot"}, renderer=Renderer())

    with translation.override("en"):
        html = str(form)

    assert '<label for="id_name">Name of your technology</label>' in html
    assert 'aria-describedby="id_name_helptext id_name_error"' in html
    assert 'id="id_name_helptext"' in html
    assert 'id="id_name_error"' in html
    assert '<a href="#id_name">' in html
    assert html.count("<fieldset") == 2


def test_a_single_field_renders_as_a_group():
    form = samples.OfferForm(renderer=Renderer())

    html = form["agree"].as_field_group()

    assert 'class="krds-form-check"' in html
    assert 'for="id_agree"' in html


def test_a_sorted_column_says_so_and_turns_round():
    html = draw('<c-th label="Budget" sort="budget" numeric />')

    assert 'aria-sort="descending"' in html
    assert 'href="?sort=budget"' in html


@pytest.mark.parametrize(
    ("state", "polls"), [("running", True), ("done", False), ("failed", False), ("waiting", False)]
)
def test_progress_asks_again_only_while_it_runs(state, polls):
    html = draw(
        '<c-progress label="Reading" :state="state" done="1200" total="2000" poll_url="/p/" />',
        state=state,
    )

    assert ("hx-get" in html) == polls
    assert 'value="1200"' in html
    assert ("1,200" in html) == (state != "done")


def test_the_live_fragment_ends_when_the_work_is_done(client):
    assert "hx-get" in client.get("/ui/progress/?done=100").content.decode()
    assert "hx-get" not in client.get("/ui/progress/?done=400").content.decode()


def test_the_same_term_twice_has_two_popovers():
    html = draw('<c-term name="trl" /><c-term name="trl" />')

    assert len(set(re.findall(r'popovertarget="([^"]+)"', html))) == 2
    assert re.findall(r'popovertarget="([^"]+)"', html) == re.findall(
        r'tooltip" id="([^"]+)"', html
    )


@pytest.mark.parametrize(
    ("language", "amount", "spoken"),
    [
        ("ko", 1_250_000_000, "12억 5,000만 원"),
        ("ko", 90_000_000, "9,000만 원"),
        ("ko", 1_000_000_000_000, "10,000억 원"),
        ("ko", 9_999, "9,999 원"),
        ("ko", 0, "0 원"),
        ("ko", -320_000_000, "-3억 2,000만 원"),
        ("en", 1_250_000_000, "₩1.25 billion"),
        ("en", 480_000_000, "₩480 million"),
        ("en", 9_999, "₩9,999"),
    ],
)
def test_won_is_said_as_people_say_it(language, amount, spoken):
    with translation.override(language):
        html = draw("{% load ui %}{{ amount|won }}", amount=amount)

    assert words(html) == spoken
    assert f'value="{amount}"' in html
    assert f"{amount:,}" in html


def test_won_unknown_is_a_dash():
    assert draw("{% load ui %}{{ amount|won }}", amount=None) == "–"


def test_the_list_example_filters_and_shows_chips(client):
    client.cookies["django_language"] = "en"

    html = client.get("/ui/examples/list/?field=battery&state=open").content.decode()

    assert "<b>1</b> result" in html
    assert 'href="?field=&amp;state=open"' in html or 'href="?state=open"' in html
    assert "Path planning" not in html


@pytest.mark.parametrize("value", ["", "b", 3, ["b", "d"]])
def test_a_select_says_what_djangos_own_says(value):
    kind = forms.SelectMultiple if isinstance(value, list) else forms.Select
    options = [("", "–"), ("a", "<A>"), ("b", "B"), (3, "C"), ("Group", [("d", "D"), ("e", "E")])]
    widget = kind({"class": "wide", "required": True, "hidden": False}, options)

    ours, djangos = (
        widget.render("field", value, {"id": "id_field"}, renderer)
        for renderer in (Renderer(), DjangoTemplates())
    )

    assertHTMLEqual(ours, djangos)
