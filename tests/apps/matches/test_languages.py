"""Evidence in the reader's language where there is some, and named where it is in another."""

import pytest
from django.utils.translation import override

from dure.apps.jobs.models import Job
from dure.apps.jobs.operations import Progress
from dure.apps.matches import adapter, operations
from dure.apps.matches.models import Suggestion
from dure.apps.matches.presenters.cards import cards, found
from tests.conftest import NOON

KOREAN, ENGLISH = "판형 열교환기입니다", "plate heat exchanger"


def made(cast, **values):
    """The suggestion of a technology for a need, as matching makes it."""
    need = cast.need(title="열교환기", body="배기가스 열교환기를 찾습니다.")
    cast.technology(**{"body": f"배기 열을 회수하는 {KOREAN}.", **values})
    operations.match_all(at=NOON, progress=Progress(Job.objects.create(kind="x", title="")))
    return Suggestion.objects.get(need=need, direction="FOR_NEED")


def theirs(suggestion, reader, language):
    with override(language):
        [card] = cards([suggestion], reader)
        quote = card.hit.theirs
        return str(quote.text), quote.language, quote.language_note, card.hit


@pytest.mark.timeout(300)  # the text model is read once
def test_each_reads_the_passage_in_their_own_language_where_there_is_one(cast):
    suggestion = made(
        cast,
        title_en="Waste heat recovery",
        body_en=f"Recovers waste heat from flue gas. It is a {ENGLISH} made of steel.",
    )

    english = theirs(suggestion, cast["member"], "en")
    korean = theirs(suggestion, cast["member"], "ko")

    assert "<mark>heat</mark> <mark>exchanger</mark>" in english[0]
    assert KOREAN.split()[0] in korean[0].replace("<mark>", "").replace("</mark>", "")
    assert english[1:3] == korean[1:3] == ("", "")


@pytest.mark.timeout(300)  # the text model is read once
@pytest.mark.parametrize(
    "values", [{}, {"title_en": "Steel", "body_en": "Nothing of the sort is said here."}]
)
def test_a_passage_in_another_language_says_so(cast, values):
    suggestion = made(cast, **values)

    text, language, note, shown = theirs(suggestion, cast["member"], "en")

    assert "판형" in text.replace("<mark>", "").replace("</mark>", "")
    assert (language, note) == ("ko", "Korean text")
    assert 'lang="ko"' in shown.headline_marked
    assert "lang" not in shown.headline
    assert theirs(suggestion, cast["member"], "ko")[1:3] == ("", "")


def test_what_was_quoted_stays_text(cast):
    evidence = {"need_part": {"text": "<b>열교환기</b>를 찾습니다 {0} %s", "marks": []}}
    with override("en"):
        shown = found(
            entry=cast.technology(), own=cast.need(), rank=1, strength="GOOD", evidence=evidence,
            reader=cast["member"],
        )  # fmt: skip

    assert "&lt;b&gt;열교환기" in shown.headline_marked
    assert "<b>" not in shown.ours.text
    assert "{0} %s" in shown.headline


def test_a_teaser_has_no_passage_in_any_language(cast):
    technology = cast.technology(
        visibility="TEASER", title_en="Plant", body_en="A plate heat exchanger."
    )
    need = cast.need(title="열교환기")
    evidence = {
        "passage": {"text": technology.body, "marks": []},
        "passage_in": {"en": {"text": technology.body_en, "marks": []}},
    }
    for language in ("ko", "en"):
        with override(language):
            shown = found(
                entry=technology, own=need, rank=1, strength="GOOD", evidence=evidence,
                reader=cast["member"],
            )  # fmt: skip
        assert shown.theirs is None
    document = adapter.to_document(technology, whole=False)
    assert "exchanger" not in document.text
