"""Saved searches: kept, opened again, renamed, deleted, by and for one person."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from dure.apps.catalog import operations
from dure.apps.catalog.models import SavedSearch
from dure.apps.catalog.reasons import Reason
from dure.foundation.verdict import Refused
from tests.conftest import NOON

LIST = reverse("catalog:searches")


def save(cast, role="member", name="배터리", query="field=AI", kind="needs"):
    return operations.save_search(kind=kind, name=name, query=query, by=cast[role], at=NOON)


def test_the_filters_of_a_list_are_kept_and_lead_back_to_it(as_role, cast):
    cast.need(title="인공지능 수요", field="AI")
    cast.need(title="제조 수요")
    client = as_role("member")
    page = client.get("/needs/?field=AI&q=수요&sort=title&page=2&trl_to=")
    kept = page.context["filters"].kept()

    went = client.post(
        reverse("catalog:search_save"), {"kind": "needs", "query": kept, "name": " AI  수요 "}
    )

    saved = SavedSearch.objects.get()
    assert (saved.user, saved.kind, saved.name) == (cast["member"], "needs", "AI 수요")
    assert saved.query == "field=AI&q=%EC%88%98%EC%9A%94"
    again = client.get(went["Location"])
    assert [row.entry.title for row in again.context["rows"]] == ["인공지능 수요"]
    assert f"/needs/?{saved.query}".replace("&", "&amp;") in client.get(LIST).content.decode()


def test_what_is_no_filter_is_not_kept(as_role):
    as_role("member").post(
        reverse("catalog:search_save"),
        {"kind": "technologies", "query": "next=//evil.example&trl_from=5&page=3", "name": "x"},
    )

    assert SavedSearch.objects.get().query == "trl_from=5"


def test_the_name_offered_says_what_is_filtered(as_role):
    page = as_role("member").get("/needs/?q=배기&trl_from=5")

    assert 'value="배기 · 5"' in page.content.decode()


def test_renaming_and_deleting(as_role, cast):
    search, client = save(cast), as_role("member")

    client.post(reverse("catalog:search_rename", args=[search.pk]), {"name": "전지"})
    assert "전지" in client.get(LIST).content.decode()
    client.post(reverse("catalog:search_delete", args=[search.pk]))

    assert not SavedSearch.objects.exists()


@pytest.mark.parametrize("page", ["search_rename", "search_delete"])
def test_the_search_of_another_is_not_there(as_role, cast, page):
    search = save(cast)

    for role in ("rival", "manager", "officer"):
        client = as_role(role)
        address = reverse(f"catalog:{page}", args=[search.pk])
        assert client.post(address, {"name": "x"}).status_code == 404
        assert "배터리" not in client.get(LIST).content.decode()
    assert SavedSearch.objects.get().name == "배터리"


@pytest.mark.parametrize("name", ["", "  \n "])
def test_a_search_needs_a_name(cast, name):
    with pytest.raises(Refused) as refusal:
        save(cast, name=name)

    assert refusal.value.reason == Reason.NAME_MISSING


def test_a_name_is_taken_once_for_each_list_and_person(cast):
    save(cast)
    save(cast, kind="technologies")
    save(cast, role="rival")
    other = save(cast, name="다른 이름")

    for act in (
        lambda: save(cast),
        lambda: operations.rename_search(search=other, name="배터리"),
    ):
        with pytest.raises(Refused) as refusal:
            act()
        assert refusal.value.reason == Reason.NAME_TAKEN
    assert SavedSearch.objects.count() == 4


def test_nobody_keeps_searches_without_end(cast):
    for number in range(50):
        save(cast, name=f"{number}번")

    with pytest.raises(Refused) as refusal:
        save(cast)
    assert refusal.value.reason == Reason.TOO_MANY_SEARCHES


@pytest.mark.parametrize("fields", [{"kind": "people"}, {"kind": "needs", "query": "q" * 5000}])
def test_a_nonsense_search_is_turned_away(as_role, fields):
    answer = as_role("member").post(reverse("catalog:search_save"), {"name": "x", **fields})

    assert answer.status_code == 400
    assert not SavedSearch.objects.exists()


def test_visitors_are_not_offered_what_they_cannot_keep(as_role):
    assert "Save this search" not in as_role("visitor").get("/needs/").content.decode()
    assert "Save this search" in as_role("member").get("/needs/").content.decode()


def test_the_spans_told_follow_each_other_without_gap_or_overlap(cast):
    save(cast)
    spans = [
        operations.take_searches(user=cast["member"], at=NOON + timedelta(minutes=minutes))
        for minutes in (5, 60, 60, 1500)
    ]

    times = [[(since, until) for _search, since, until in taken] for taken in spans]
    first, second = NOON + timedelta(minutes=50), NOON + timedelta(minutes=1490)
    assert times == [[], [(NOON, first)], [], [(first, second)]]


def test_fifty_searches_ask_as_often_as_one(as_role, cast):
    client = as_role("member")
    save(cast, name="하나")
    client.get(LIST)
    with CaptureQueriesContext(connection) as for_one:
        client.get(LIST)
    for number in range(20):
        save(cast, name=f"{number}번")
    with CaptureQueriesContext(connection) as many:
        client.get(LIST)

    assert len(many) == len(for_one)
