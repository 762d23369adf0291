"""Search while typing, through the real index: everybody finds what they may see, and no more."""

import pytest

from dure.apps.catalog.models import Visibility
from dure.apps.jobs.models import Job
from dure.apps.jobs.operations import Progress
from dure.apps.matches import operations
from dure.apps.matches.models import Suggestion
from dure.foundation import lookup
from tests.conftest import NOON

TEXT = "배기가스에서 열을 회수하고 싶습니다"
ADDRESS = "/matches/try/"


@pytest.fixture
def indexed(cast):
    """A public, a members-only and a teaser technology, and a public need, in the index."""
    for visibility, title in (
        (Visibility.PUBLIC, "공개 열교환기"),
        (Visibility.MEMBERS, "회원 열교환기"),
        (Visibility.TEASER, "맛보기 열교환기"),
    ):
        cast.technology(visibility=visibility, title=title)
    cast.need()
    operations.rebuild_index(progress=Progress(Job.objects.create(kind="rebuild_index", title="")))


@pytest.mark.parametrize("role", ["visitor", "member"])
def test_the_page_opens_without_a_text(as_role, role):
    page = as_role(role).get(ADDRESS).content.decode()

    assert "Say it in your own words" in page
    assert "Nothing fits yet" not in page


@pytest.mark.timeout(300)  # the text model is read once
def test_each_reader_finds_what_they_may_see(as_role, indexed):
    found_by_role = {}
    for role in ("visitor", "newcomer", "member", "officer"):
        page = as_role(role).get(ADDRESS, {"text": TEXT}, headers={"HX-Request": "true"})
        text = page.content.decode()
        assert "<html" not in text
        found_by_role[role] = {
            name for name in ("공개", "회원", "맛보기") if f"{name} 열교환기" in text
        }
        [teaser] = [card for card in text.split("<article")[1:] if "맛보기 열교환기" in card]
        assert "판형" not in teaser or role == "officer"  # a word of its closed text

    everybody = {"공개", "맛보기"}
    assert found_by_role == {
        "visitor": everybody,
        "newcomer": everybody,
        "member": everybody | {"회원"},
        "officer": everybody | {"회원"},
    }

    needs = as_role("visitor").get(ADDRESS, {"text": TEXT, "kind": "needs"}).content.decode()
    assert "도장 건조로 배기열 회수" in needs


def test_a_text_that_is_far_too_long_is_not_searched(as_role):
    page = as_role("visitor").get(ADDRESS, {"text": "가" * 3000})

    assert page.status_code == 200
    assert "<article" not in page.content.decode()


@pytest.fixture
def next_release(settings, tmp_path, monkeypatch):
    """An index of its own; call it to read texts as another release does."""
    settings.DURE_INDEX = str(tmp_path / "index")
    lookup.index.cache_clear()

    def update():
        monkeypatch.setattr(lookup, "ANALYSER", "another analyser")
        lookup.index.cache_clear()

    yield update
    lookup.index.cache_clear()


def test_after_an_update_the_index_is_renewed_and_the_search_says_so(
    as_role, next_release, indexed
):
    client = as_role("officer")
    assert operations.renew_index() is None
    next_release()

    page = client.get(ADDRESS, {"text": TEXT}, headers={"HX-Request": "true"})
    assert page.status_code == 200
    assert "renewed after an update" in page.content.decode()

    Job.objects.all().delete()
    job = operations.renew_index()
    assert job.kind == "rebuild_index"
    assert operations.renew_index() is None  # one is enough
    operations.rebuild_index(progress=Progress(job))
    assert "공개 열교환기" in client.get(ADDRESS, {"text": TEXT}).content.decode()


def test_after_an_update_what_changes_is_matched_all_the_same(as_role, cast, next_release, indexed):
    technology = cast.technology(title="새 열교환기")
    next_release()

    operations.match_changed(
        need_ids=[],
        technology_ids=[technology.pk],
        at=NOON,
        progress=Progress(Job.objects.create(kind="match_changed", title="")),
    )

    assert operations.renew_index() is None
    assert Suggestion.objects.filter(technology=technology).exists()
    assert "새 열교환기" in as_role("officer").get(ADDRESS, {"text": TEXT}).content.decode()
