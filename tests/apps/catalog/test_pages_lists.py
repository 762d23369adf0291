"""The lists: who finds what, in what order, and what the export holds."""

import io

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from openpyxl import load_workbook

from dure.apps.catalog.forms import filters
from dure.apps.catalog.models import Need, Visibility
from dure.apps.catalog.stages import NeedStage
from dure.apps.people.models import OrganisationKind

pytestmark = pytest.mark.django_db

SECRET = "극저온밸브"
READERS = ("visitor", "rival", "member", "officer")


def read(client, cast, who, url):
    """The page at `url` as `who` gets it."""
    client.logout()
    if who != "visitor":
        client.force_login(cast[who])
    return client.get(url, headers={"accept-language": "ko"})


def titles(page):
    """The titles that a list shows."""
    return [row.entry.title for row in page.context["rows"]]


@pytest.fixture
def shelf(cast):
    """One need of every visibility, one draft, one under review, all of the buyer."""
    cast.need(title="공개 수요", body=f"{SECRET} 공개 본문")
    cast.need(title="회원 수요", body=f"{SECRET} 회원 본문", visibility=Visibility.MEMBERS)
    cast.need(
        title="티저 수요",
        body=f"{SECRET} 티저 본문",
        requirements="비밀 요구",
        budget=777_000_000,
        visibility=Visibility.TEASER,
    )
    cast.need(title="작성 수요", body=f"{SECRET} 작성 본문", stage=NeedStage.DRAFT)
    cast.need(title="검토 수요", body=f"{SECRET} 검토 본문", stage=NeedStage.UNDER_REVIEW)
    return cast


SEEN = {
    "visitor": {"공개 수요", "티저 수요"},
    "rival": {"공개 수요", "회원 수요", "티저 수요"},
    "member": {"공개 수요", "회원 수요", "티저 수요", "작성 수요", "검토 수요"},
    "officer": {"공개 수요", "회원 수요", "티저 수요", "작성 수요", "검토 수요"},
}


@pytest.mark.parametrize("who", READERS)
def test_list_shows_what_the_reader_may_see(client, shelf, who):
    page = read(client, shelf, who, "/needs/")

    assert set(titles(page)) == SEEN[who]


@pytest.mark.parametrize("who", READERS)
def test_search_never_finds_a_teaser_by_its_details(client, shelf, who):
    page = read(client, shelf, who, f"/needs/?q={SECRET}")

    assert set(titles(page)) == SEEN[who] - {"티저 수요"}


@pytest.mark.parametrize(
    ("who", "is_open"), [("visitor", False), ("rival", False), ("member", True), ("officer", True)]
)
def test_list_shows_the_text_of_a_teaser_to_insiders_only(client, shelf, who, is_open):
    page = read(client, shelf, who, "/needs/?visibility=TEASER")

    assert ("티저 본문" in page.content.decode()) == is_open


@pytest.mark.parametrize("who", READERS)
def test_export_holds_what_the_list_shows_and_no_detail_of_a_teaser(client, shelf, who):
    answer = read(client, shelf, who, "/needs/export/")

    header, *rows = load_workbook(io.BytesIO(answer.content)).active.iter_rows(values_only=True)
    by_title = {row[header.index("제목")]: dict(zip(header, row, strict=True)) for row in rows}
    assert set(by_title) == SEEN[who]
    teaser = by_title["티저 수요"]
    details = (teaser["내용"], teaser["요구사항"], teaser["예산(원)"])
    is_insider = who in ("member", "officer")
    assert details == (
        (f"{SECRET} 티저 본문", "비밀 요구", 777_000_000) if is_insider else (None, None, None)
    )
    assert by_title["공개 수요"]["내용"] == f"{SECRET} 공개 본문"


def test_export_follows_the_filters(client, shelf):
    answer = read(client, shelf, "officer", "/needs/export/?status=DRAFT")

    rows = list(load_workbook(io.BytesIO(answer.content)).active.iter_rows(values_only=True))
    assert [row[1] for row in rows[1:]] == ["작성 수요"]


def test_korean_search_finds_the_words_however_they_are_spaced(client, cast):
    cast.need(title="지게차 충돌 방지 장치")

    page = read(client, cast, "visitor", "/needs/?q=충돌방지")

    assert titles(page) == ["지게차 충돌 방지 장치"]


def test_best_match_stands_first(client, cast):
    cast.need(title="공장 안전", body="지게차가 다니는 곳에 조명이 필요합니다. " * 5)
    cast.need(title="지게차 관제", body="위치를 봅니다.")
    cast.need(title="물류 개선", body="지게차 조명이 필요합니다. " * 5)

    page = read(client, cast, "visitor", "/needs/?q=지게차")

    assert titles(page)[0] == "지게차 관제"
    assert len(titles(page)) == 3


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ("field=AI", {"인공지능 수요"}),
        ("field=AI&field=SMARTFAC", {"인공지능 수요", "제조 수요"}),
        ("trl_from=5", {"제조 수요"}),
        ("trl_to=4", {"인공지능 수요"}),
        ("trl_from=3&trl_to=7", {"인공지능 수요", "제조 수요"}),
        ("region=GYEONGNAM", {"제조 수요"}),
        ("region=ULSAN", {"인공지능 수요"}),
        ("cooperation=JOINT", {"제조 수요"}),
        ("organisation_kind=SME", {"인공지능 수요"}),
        ("field=NOSUCH&trl_from=abc&page=zzz&size=9", {"인공지능 수요", "제조 수요"}),
    ],
)
def test_filters_narrow_the_list(client, cast, query, expected):
    cast.need(title="제조 수요", trl=6, cooperation=["JOINT"])
    cast.need(title="인공지능 수요", field="AI", trl=3, organisation=cast.supplier, region="ULSAN")

    page = read(client, cast, "visitor", f"/needs/?{query}")

    assert cast.supplier.kind == OrganisationKind.SME
    assert set(titles(page)) == expected


def test_one_organisation(client, cast):
    cast.need(title="우리 수요")
    cast.need(title="남의 수요", organisation=cast.rival)

    page = read(client, cast, "visitor", f"/needs/?organisation={cast.rival.pk}&trl_to=")

    assert titles(page) == ["남의 수요"]
    [chip] = page.context["chips"]
    assert (chip.value, chip.remove_url) == ("새솔화학", "?trl_to=")


def test_a_visitor_cannot_filter_for_stages_that_are_not_shown(client, shelf):
    page = read(client, shelf, "visitor", "/needs/?status=DRAFT")

    assert set(titles(page)) == SEEN["visitor"]
    assert [code for code, _ in page.context["filters"].fields["status"].choices] == [
        "PUBLISHED",
        "MATCHED",
        "IN_IMPLEMENTATION",
        "CLOSED",
    ]


def test_mine_shows_only_the_own_organisation(client, cast):
    cast.need(title="우리 수요")
    cast.need(title="남의 수요", organisation=cast.rival)

    page = read(client, cast, "member", "/needs/?mine=on")

    assert titles(page) == ["우리 수요"]


@pytest.mark.parametrize(
    ("sort", "expected"),
    [
        ("title", ["가", "나", "다"]),
        ("-title", ["다", "나", "가"]),
        ("-trl", ["나", "가", "다"]),
        ("trl", ["가", "나", "다"]),
        ("organisation", ["나", "가", "다"]),
        ("nonsense", ["다", "나", "가"]),
    ],
)
def test_sorting(client, cast, sort, expected):
    cast.need(title="가", trl=3)
    cast.need(title="나", trl=8, organisation=cast.rival)
    cast.need(title="다")

    page = read(client, cast, "visitor", f"/needs/?sort={sort}")

    assert titles(page) == expected


def test_htmx_gets_only_the_results(client, shelf):
    whole = client.get("/needs/")
    part = client.get("/needs/?field=SMARTFAC&sort=&trl_to=", headers={"HX-Request": "true"})

    assert b"<html" in whole.content
    assert b"<html" not in part.content
    assert "공개 수요" in part.content.decode()
    assert part["HX-Push-Url"] == "/needs/?field=SMARTFAC"
    assert "HX-Request" in part["Vary"]


def test_invented_organisations_and_sources_are_named(client, cast):
    cast.buyer.is_invented = True
    cast.buyer.save()
    cast.need(source="시연 자료 1")

    page = read(client, cast, "visitor", "/needs/").content.decode()

    assert "시연을 위해 지어낸 것이에요" in page
    assert "시연 자료 1" in page


@pytest.mark.parametrize("who", READERS)
@pytest.mark.parametrize("path", ["needs", "technologies"])
def test_the_number_of_queries_does_not_grow_with_the_list(client, cast, who, path):
    make = cast.need if path == "needs" else cast.technology
    make()
    url = f"/{path}/?size=50"
    read(client, cast, who, url)  # content types and the like are read once

    with CaptureQueriesContext(connection) as alone:
        read(client, cast, who, url)
    for number in range(29):
        make(title=f"{number}번", organisation=cast.rival if number % 2 else cast.buyer)
    with CaptureQueriesContext(connection) as many:
        page = read(client, cast, who, url)

    assert len(page.context["rows"]) == 30
    assert len(many) == len(alone)


def test_a_long_list_is_counted_no_further_than_it_is_paged(client, cast, monkeypatch):
    monkeypatch.setattr(filters, "COUNTED", 25)
    for number in range(30):
        cast.need(title=f"{number}번")

    page = read(client, cast, "visitor", "/needs/?page=99")

    assert page.context["page"].paginator.is_capped
    assert page.context["page"].number == 2
    assert "25</b>건 이상" in page.content.decode()


def test_technologies_have_the_same_list(client, cast):
    cast.technology(title="열교환기", track_record="납품 3건")

    page = read(client, cast, "visitor", "/technologies/?q=열교환기")
    book = read(client, cast, "visitor", "/technologies/export/")

    assert titles(page) == ["열교환기"]
    header, row = load_workbook(io.BytesIO(book.content)).active.iter_rows(values_only=True)
    assert row[header.index("적용 실적")] == "납품 3건"
    assert Need.objects.count() == 0
