"""Calls as CommonGrants opportunities, judged by the SDK and, where it is there, by the specification."""

from datetime import timedelta
from uuid import uuid4

import pytest
from common_grants_sdk.schemas.pydantic import (
    OpportunitiesSearchResponse,
    OpportunityBase,
    PaginatedResultsInfo,
)
from django.utils import timezone

from dure.apps.calls import operations
from dure.apps.calls.models import CallMode
from dure.apps.calls.operations import Window
from dure.apps.calls.stages import State
from tests.api.conftest import anonymous
from tests.apps.calls.conftest import announced_call, draft_call

DAY = timedelta(days=1)
LIST = "/common-grants/opportunities"


@pytest.fixture
def calls(cast):
    now = timezone.now()
    rounds = [Window(now + DAY, now + 2 * DAY), Window(now + 3 * DAY, now + 9 * DAY)]
    draft_call(cast)
    return {
        "open": announced_call(cast, opens_at=now - DAY, closes_at=now + DAY, regions=["BUSAN"]),
        "rounds": announced_call(cast, mode=CallMode.ROUNDS, rounds=rounds),
        "rolling": announced_call(
            cast, mode=CallMode.ROLLING, opens_at=now, closes_at=None, places=None
        ),
    }


def test_the_sdk_reads_what_is_open_and_to_come(calls, read):
    answer = read(LIST).json()

    items = [OpportunityBase.model_validate(item) for item in answer["items"]]
    paging = PaginatedResultsInfo.model_validate(answer["paginationInfo"])
    assert {item.id for item in items} == {call.uid for call in calls.values()}
    assert paging.total_items == 3
    statuses = {str(item.id): item.status.value.value for item in items}
    assert statuses == {
        str(calls["open"].uid): "open",
        str(calls["rounds"].uid): "forecasted",
        str(calls["rolling"].uid): "open",
    }


def test_dates_money_and_applicants_are_those_of_the_call(calls, read):
    item = read(f"{LIST}/{calls['open'].uid}").json()["data"]

    deadline = timezone.localtime(calls["open"].deadline_at)
    assert item["keyDates"]["closeDate"]["date"] == f"{deadline:%Y-%m-%d}"
    assert item["customFields"]["deadlineAt"]["value"] == deadline.isoformat(timespec="seconds")
    assert item["funding"] == {
        "totalAmountAvailable": {"amount": "5000000000", "currency": "KRW"},
        "estimatedAwardCount": 20,
    }
    assert item["acceptedApplicantTypes"] == [{"value": "for_profit_small_business"}]
    assert item["customFields"]["regions"]["value"] == ["BUSAN"]


def test_what_ended_is_not_listed_but_still_found(calls, cast, read):
    now = timezone.now()
    operations.close_early(call=calls["rolling"], reason="예산", by=cast["officer"], at=now)
    proposal = operations.propose_cancellation(
        call=calls["open"], reason="예산", by=cast["officer"], at=now
    )
    operations.confirm(proposal=proposal, by=cast["officer2"], at=now)

    assert len(read(LIST).json()["items"]) == 1
    closed = read(f"{LIST}/{calls['rolling'].uid}").json()["data"]
    cancelled = read(f"{LIST}/{calls['open'].uid}").json()["data"]
    assert OpportunityBase.model_validate(closed).status.value.value == "closed"
    assert cancelled["status"]["value"] == "custom"
    assert cancelled["status"]["customValue"] == State.CANCELLED.lower()


def test_drafts_and_strangers_are_missing_in_the_form_of_the_specification(cast, read):
    for uid in (draft_call(cast).uid, uuid4()):
        answer = read(f"{LIST}/{uid}", role="officer")
        assert answer.status_code == 404
        assert set(answer.json()) == {"status", "message", "errors"}


@pytest.mark.parametrize("query", ["page=0", "page=x", "pageSize=0", "pageSize=1e3", "limit=3"])
def test_pages_that_do_not_exist_are_refused(db, read, query):
    assert read(f"{LIST}?{query}").status_code == 422


def test_pages_are_cut_to_a_hundred(calls, read):
    first = read(f"{LIST}?pageSize=2").json()
    assert (len(first["items"]), first["paginationInfo"]["totalPages"]) == (2, 2)
    assert read(f"{LIST}?page=2147483647&pageSize=2147483647").json()["items"] == []
    assert read(f"{LIST}?pageSize=500").json()["paginationInfo"]["pageSize"] == 100


def search(**wanted):
    return anonymous.post(f"/api/v1{LIST}/search", wanted, content_type="application/json")


def found(calls, **wanted):
    """Which of the calls a search finds, in its order."""
    names = {str(call.uid): name for name, call in calls.items()}
    return [names[item["id"]] for item in search(**wanted).json()["items"]]


def test_the_sdk_reads_what_a_search_finds(calls):
    answer = search(search="기술혁신 공고", pagination={"page": 2, "pageSize": 2}).json()

    read = OpportunitiesSearchResponse.model_validate(answer)
    assert read.pagination_info.total_items == 3
    assert len(read.items) == 1


def test_a_search_filters_by_status_money_and_closing_day(calls, cast):
    now = timezone.now()
    operations.close_early(call=calls["rolling"], reason="예산", by=cast["officer"], at=now)
    soon = {"min": f"{now:%Y-%m-%d}", "max": (now + 3 * DAY).isoformat()}

    def won(low, high, currency="KRW"):
        bounds = {"min": low, "max": high}
        return {name: {"amount": text, "currency": currency} for name, text in bounds.items()}

    def by(name, operator, value):
        return found(calls, filters={name: {"operator": operator, "value": value}})

    assert by("status", "in", ["closed"]) == ["rolling"]
    assert set(by("status", "notIn", ["closed"])) == {"open", "rounds"}
    assert by("closeDateRange", "between", soon) == ["open"]
    assert by("closeDateRange", "outside", soon) == ["rounds"]
    assert len(by("totalFundingAvailableRange", "between", won("5000000000", "5000000000.0"))) == 3
    assert by("totalFundingAvailableRange", "outside", won("0", "9000000000")) == []
    assert by("totalFundingAvailableRange", "between", won("0", "9000000000", "USD")) == []


@pytest.mark.parametrize("order", ["asc", "desc"])
def test_a_search_sorts_and_what_has_no_value_comes_last(calls, order):
    sorting = {"sortBy": "keyDates.closeDate", "sortOrder": order}

    last = ["open", "rounds"] if order == "asc" else ["rounds", "open"]
    assert found(calls, sorting=sorting) == [*last, "rolling"]


def test_a_search_says_what_it_could_not_do(calls):
    money = {"amount": "1", "currency": "KRW"}
    unknown = {"operator": "between", "value": {"min": money, "max": money}}
    days = {"operator": "between", "value": {"min": "soon", "max": "later"}}

    answer = search(
        filters={"minAwardAmountRange": unknown, "closeDateRange": days},
        sorting={"sortBy": "custom", "customSortBy": "luck"},
    ).json()

    assert len(answer["items"]) == 3
    assert len(answer["filterInfo"]["errors"]) == 2
    assert answer["sortInfo"]["sortBy"] == "lastModifiedAt"
    assert answer["sortInfo"]["errors"]


def test_a_search_finds_no_draft_and_refuses_what_is_no_search(cast, calls):
    draft_call(cast, title="비밀 초안")

    assert search(search="비밀").json()["items"] == []
    assert search(pagination={"page": 0}).status_code == 422
    no_json = anonymous.post(f"/api/v1{LIST}/search", "words", content_type="application/json")
    assert no_json.status_code == 422
    assert no_json["Content-Type"] == "application/problem+json"
