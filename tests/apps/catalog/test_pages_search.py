"""One search for all: what the page shows to whom, marked, and what is offered while typing."""

import pytest

from dure.apps.catalog.models import Visibility
from dure.apps.jobs.models import Job
from dure.apps.jobs.operations import Progress
from dure.apps.matches import operations

SECRET = "극저온밸브"


@pytest.fixture
def shelf(cast):
    """A public need, a teaser whose details say more, and a technology in English, in the index."""
    cast.need(title="수소 누출 감지", body="충전소의 수소 누출을 알린다.")
    cast.need(title="닫힌 수요", body=f"{SECRET} 비밀 본문", visibility=Visibility.TEASER)
    cast.technology(title="Hydrogen leak sensor", body="Detects leaks.", language="en")
    cast.technology(title="마늘 파종기", body="두둑에 마늘을 심는다.")
    operations.rebuild_index(progress=Progress(Job.objects.create(kind="rebuild_index", title="")))
    return cast


def search(as_role, role, text):
    return as_role(role).get("/search/", {"q": text}).content.decode()


@pytest.mark.timeout(300)  # the text model is read once
def test_a_visitor_finds_both_kinds_in_both_languages_with_the_words_marked(as_role, shelf):
    page = search(as_role, "visitor", "수소누출감지")

    assert "<mark>수소</mark> <mark>누출</mark>" in page
    assert "<mark>Hydrogen</mark>" in page
    assert "마늘 파종기" not in page


@pytest.mark.timeout(300)
def test_details_of_a_teaser_neither_find_it_nor_show(as_role, shelf):
    assert "닫힌 수요" not in search(as_role, "visitor", SECRET)

    page = search(as_role, "rival", "닫힌 수요")
    assert "닫힌" in page
    assert SECRET not in page


@pytest.mark.timeout(300)
def test_nothing_found_is_said_with_what_to_try_next(as_role, shelf):
    assert "Nothing here speaks of that" in search(as_role, "visitor", "아이돌 콘서트")


def test_the_start_page_of_visitors_leads_to_the_search(as_role, db):
    assert 'action="/search/"' in as_role("visitor").get("/").content.decode()


def test_suggestions_are_what_the_reader_may_see(as_role, cast):
    cast.need(title="수소 누출 감지")
    cast.need(title="수소 회원 수요", visibility=Visibility.MEMBERS)

    visitor = as_role("visitor").get("/search/suggestions/", {"q": "수소"}).content.decode()
    member = as_role("member").get("/search/suggestions/", {"q": "수소"}).content.decode()

    assert "수소 누출 감지" in visitor
    assert "수소 회원 수요" not in visitor
    assert "수소 회원 수요" in member
