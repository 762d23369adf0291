"""Who reads which needs and technologies through the API, and how much of them."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from dure.apps.catalog.models import Need, Visibility
from dure.apps.catalog.stages import NeedStage
from tests.conftest import NOON

READERS = ("visitor", "newcomer", "supplier", "member", "officer", "centre_officer", "auditor")
EVERYBODY = set(READERS)
MEMBERS = {"supplier", "member", "officer", "centre_officer", "auditor"}
OWN_AND_STAFF = {"member", "officer", "centre_officer", "auditor"}
CASES = {
    "public": ({}, EVERYBODY, EVERYBODY),
    "members": ({"visibility": Visibility.MEMBERS}, MEMBERS, MEMBERS),
    "teaser": ({"visibility": Visibility.TEASER}, EVERYBODY, OWN_AND_STAFF),
    "draft": ({"stage": NeedStage.DRAFT}, OWN_AND_STAFF, OWN_AND_STAFF),
    "under_review": ({"stage": NeedStage.UNDER_REVIEW}, OWN_AND_STAFF, OWN_AND_STAFF),
    "withdrawn": ({"stage": NeedStage.WITHDRAWN}, OWN_AND_STAFF, OWN_AND_STAFF),
    "unmatched": ({"stage": NeedStage.UNMATCHED}, OWN_AND_STAFF, OWN_AND_STAFF),
}


@pytest.mark.parametrize("kind", ["need", "technology"])
@pytest.mark.parametrize("case", CASES)
def test_entries_are_read_by_whom_they_are_open_to(cast, read, kind, case):
    values, seen_by, opened_by = CASES[case]
    if kind == "technology" and values.get("stage") == NeedStage.UNMATCHED:
        pytest.skip("a technology has no such stage")
    entry = getattr(cast, kind)(
        organisation=cast.buyer, title="도장 설비", body="극저온 펌프", external_id="N-1", **values
    )
    path = "/needs" if kind == "need" else "/technologies"

    for reader in READERS:
        answer = read(f"{path}/{entry.pk}", reader)
        by_query = {q: read(f"{path}?q={q}", reader).json() for q in ("", "도장", "극저온")}

        sees, opens = reader in seen_by, reader in opened_by
        assert answer.status_code == (200 if sees else 404), reader
        assert [item["id"] for item in by_query[""]["items"]] == [entry.pk] * sees, reader
        assert {q: page["total"] for q, page in by_query.items()} == {
            "": sees,
            "도장": sees,
            "극저온": sees and case != "teaser",
        }, reader
        if sees:
            item = answer.json()
            assert item == by_query[""]["items"][0]
            assert item["details"] == ("open" if opens else "under_nda"), reader
            assert (item["body"] is not None) == opens, reader
            assert (item["external_id"] == "N-1") == (reader in OWN_AND_STAFF), reader


def test_a_teaser_keeps_all_its_details(cast, read):
    need = cast.need(
        visibility=Visibility.TEASER, body_en="secret-en", requirements="secret-req", budget=77_000
    )
    technology = cast.technology(visibility=Visibility.TEASER, track_record="secret-use")

    needs = [read("/needs", "rival"), read(f"/needs/{need.pk}", "rival")]
    technologies = [read("/technologies"), read(f"/technologies/{technology.pk}")]

    for answer in needs + technologies:
        text = answer.content.decode()
        assert "secret" not in text
        assert "77000" not in text
        assert "회수율" not in text
        assert "판형" not in text
    assert needs[1].json()["budget"] is None
    assert technologies[1].json()["track_record"] is None


def test_an_entry_says_everything_in_both_languages(cast, read):
    need = cast.need(
        title_en="Waste heat",
        body_en="We look for heat exchangers.",
        requirements="60 %",
        budget=150_000_000,
        trl=6,
        region="ULSAN",
        keywords=["폐열"],
        cooperation=["JOINT"],
        source="수요조사",
    )

    item = read(f"/needs/{need.pk}").json()

    assert item.pop("updated_at").endswith("Z")
    assert item == {
        "id": need.pk,
        "url": f"/needs/{need.pk}/",
        "external_id": None,
        "title": {"ko": "도장 건조로 배기열 회수", "en": "Waste heat"},
        "body": {"ko": need.body, "en": "We look for heat exchangers."},
        "field": "SMARTFAC",
        "keywords": ["폐열"],
        "trl": 6,
        "region": "ULSAN",
        "cooperation": ["JOINT"],
        "organisation": {
            "id": cast.buyer.pk,
            "name": {"ko": "한빛중공업", "en": None},
            "kind": "LARGE",
            "region": "GYEONGNAM",
        },
        "visibility": "PUBLIC",
        "details": "open",
        "source": "수요조사",
        "published_at": NOON.strftime("%Y-%m-%dT%H:%M:%SZ"),
        "status": "PUBLISHED",
        "requirements": "60 %",
        "budget": 150_000_000,
        "currency": "KRW",
    }


def test_an_english_entry_has_no_korean(cast, read):
    need = cast.need(title="Waste heat", body="Wanted.", language="en")

    item = read(f"/needs/{need.pk}").json()

    assert item["title"] == {"ko": None, "en": "Waste heat"}
    assert item["body"] == {"ko": None, "en": "Wanted."}


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ("q=수소", {"hydrogen"}),
        ("field=AI&field=SMARTFAC", {"heat"}),
        ("trl_from=1&trl_to=9&status=PUBLISHED", {"heat", "unknown"}),
        ("trl_from=5", {"heat"}),
        ("trl_to=4", {"hydrogen"}),
        ("trl_from=8&trl_to=2", set()),
        ("region=ULSAN", {"hydrogen"}),
        ("region=GYEONGNAM", {"heat"}),
        ("cooperation=PURCHASE&cooperation=INVEST", {"hydrogen"}),
        ("organisation_kind=SME", {"unknown"}),
        ("visibility=PUBLIC", {"heat", "hydrogen", "unknown"}),
        ("status=MATCHED", {"hydrogen"}),
        ("status=DRAFT", set()),
        ("status=DRAFT&status=PUBLISHED", {"heat", "unknown"}),
        ("organisation={buyer}", {"heat", "hydrogen"}),
        ("organisation={rival}", set()),
        ("q=수소&trl_to=4&region=ULSAN", {"hydrogen"}),
    ],
)
def test_the_list_is_narrowed(cast, read, query, expected):
    names = {
        cast.need(trl=6).pk: "heat",
        cast.need(
            title="수소 저장", body="수소 저장 용기", field="HYDROGEN", trl=3, region="ULSAN",
            cooperation=["PURCHASE"], stage=NeedStage.MATCHED,
        ).pk: "hydrogen",
    }  # fmt: skip
    unknown = cast.need(title="모름", body="모름", field="", organisation=cast.supplier)
    names[unknown.pk] = "unknown"
    cast.need(title="초안", stage=NeedStage.DRAFT)
    query = query.format(buyer=cast.buyer.pk, rival=cast.rival.pk)

    page = read(f"/needs?{query}").json()

    assert {names[item["id"]] for item in page["items"]} == expected
    assert page["total"] == len(expected)


@pytest.mark.parametrize(
    "sort",
    ["-published", "published", "title", "-title", "organisation", "-organisation", "trl", "-trl"],
)
def test_pages_neither_repeat_nor_lose_when_keys_are_equal(cast, read, sort):
    ids = {cast.need(title="같은 제목", trl=5).pk for _ in range(11)}

    pages = [read(f"/needs?sort={sort}&limit=3&page={page}").json() for page in (1, 2, 3, 4, 5)]

    seen = [item["id"] for page in pages for item in page["items"]]
    assert len(seen) == len(ids)
    assert set(seen) == ids
    assert [page["total"] for page in pages] == [11] * 5
    assert [page["next_page"] for page in pages] == [2, 3, 4, None, None]


@pytest.mark.parametrize("role", ["visitor", "member", "officer"])
@pytest.mark.parametrize("address", ["/needs", "/technologies", "/needs?q=건조로&region=BUSAN"])
def test_a_longer_list_costs_no_more_queries(cast, read, address, role):
    def cost() -> int:
        with CaptureQueriesContext(connection) as captured:
            assert read(address, role).status_code == 200
        return len(captured)

    cast.need(region="BUSAN")
    cast.technology()
    cost_of_one = cost()
    for firm in (cast.rival, cast.supplier, cast.stranger):
        cast.need(organisation=firm, region="BUSAN")
        cast.technology(organisation=firm)

    assert cost() == cost_of_one


def test_the_search_column_is_never_fetched(cast, read):
    cast.need()

    with CaptureQueriesContext(connection) as captured:
        read("/needs")

    table = Need._meta.db_table
    assert not [q for q in captured if f'"{table}"."search"' in q["sql"]]


def test_the_vocabularies_name_every_code_in_both_languages(read):
    words = read("/vocabularies").json()

    artificial = {"ko": "인공지능", "en": "Artificial intelligence", "group": "FOURTH_WAVE"}
    assert words["fields"][0] == {"code": "AI", **artificial}
    assert [word["code"] for word in words["need_stages"]] == NeedStage.values
    assert [word["en"] for word in words["visibility"]][:2] == ["Public", "Members only"]
    assert all(word["ko"] != word["en"] for word in words["need_stages"])
