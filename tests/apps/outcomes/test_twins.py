"""Two reports of one deal are proposed as one; a person merges them, and can undo it."""

from datetime import date, timedelta
from decimal import Decimal

import pytest
from django.urls import reverse

from dure.apps.outcomes import operations, queries
from dure.apps.outcomes.models import CountedSpan, Twins
from dure.apps.outcomes.reasons import Reason
from dure.apps.outcomes.stages import OutcomeStage
from dure.foundation.verdict import Refused
from tests.conftest import NOON

pytestmark = pytest.mark.django_db
LATER = NOON + timedelta(hours=2)


@pytest.fixture
def both(cast):
    """The supplier and the buyer report one contract."""
    first = cast.outcome()
    second = cast.outcome(
        by="manager", title="배기열 회수 설비 구매 계약", on=date(2026, 10, 9),
        amount=Decimal(315_000_000),
    )  # fmt: skip
    return first, second, Twins.objects.get()


def counted():
    return [fact.id for fact in queries.counted(NOON.date())]


def test_both_sides_reports_are_proposed_as_one(both):
    first, second, twins = both

    assert (twins.first, twins.second) == (first, second)
    assert twins.signs == ["near_day", "near_amount"]


@pytest.mark.parametrize(
    "differs",
    [
        {"amount": Decimal(200_000_000)},
        {"on": date(2026, 8, 1)},
        {"currency": "USD"},
        {"kind": "mou", "amount": None, "currency": ""},
        {"counterpart": None, "counterpart_name": "다른 회사"},
    ],
)
def test_what_differs_is_not_proposed(cast, differs):
    cast.outcome()
    cast.outcome(by="officer", **differs)

    assert not Twins.objects.exists()


def test_the_two_sides_confirm_each_other_when_merged(cast, both):
    first, second, twins = both

    kept = operations.merge(twins=twins, kept=first, by=cast["officer"], at=NOON)

    second.refresh_from_db()
    assert (second.stage, second.merged_into) == (OutcomeStage.MERGED, first)
    assert kept.stage == OutcomeStage.CONFIRMED
    assert kept.answers.get().organisation == cast.buyer
    assert counted() == [first.pk]


def test_a_merge_can_be_undone_and_each_stands_as_before(cast, both):
    first, second, twins = both
    operations.confirm(outcome=second, by=cast["supplier"], at=NOON)
    operations.merge(twins=twins, kept=first, by=cast["officer"], at=NOON)

    operations.part(twins=twins, by=cast["officer2"], at=LATER)

    first.refresh_from_db()
    second.refresh_from_db()
    twins.refresh_from_db()
    assert (first.stage, first.confirmed_at) == (OutcomeStage.CLAIMED, None)
    assert (second.stage, second.merged_into) == (OutcomeStage.CONFIRMED, None)
    assert (twins.answer, twins.dropped) == ("", None)
    assert counted() == [second.pk]
    assert not first.answers.exists()
    spans = CountedSpan.objects.order_by("outcome", "starts_at").values_list("outcome", "ends_at")
    assert list(spans) == [(first.pk, LATER), (second.pk, NOON), (second.pk, None)]


def test_what_the_same_side_reported_twice_is_not_confirmed_by_it(cast):
    first, second = cast.outcome(), cast.outcome(title="같은 계약 다시")

    kept = operations.merge(twins=Twins.objects.get(), kept=second, by=cast["officer"], at=NOON)

    assert kept.stage == OutcomeStage.CLAIMED
    assert counted() == []
    assert first.pk in kept.merged.values_list("pk", flat=True)


def test_only_the_office_merges_and_only_once(cast, both):
    first, _second, twins = both
    with pytest.raises(Refused) as refusal:
        operations.merge(twins=twins, kept=first, by=cast["supplier"], at=NOON)
    assert refusal.value.reason == Reason.NOT_AN_OFFICER
    operations.keep_apart(twins=twins, by=cast["officer"], at=NOON)

    with pytest.raises(Refused) as refusal:
        operations.merge(twins=twins, kept=first, by=cast["officer"], at=NOON)
    assert refusal.value.reason == Reason.ANSWERED_ALREADY


def test_a_third_report_is_none_of_the_two(cast, both):
    _first, _second, twins = both
    third = cast.outcome(kind="mou", amount=None, currency="")

    with pytest.raises(Refused) as refusal:
        operations.merge(twins=twins, kept=third, by=cast["officer"], at=NOON)

    assert refusal.value.reason == Reason.NOT_OF_THE_PAIR


def test_the_office_merges_and_undoes_on_the_page(cast, both, as_role):
    first, second, twins = both
    officer, url = as_role("officer"), reverse("outcomes:twins")
    page = officer.get(url).content.decode()
    assert "nearly the same amount" in page
    assert as_role("supplier").get(url).status_code == 404

    officer = as_role("officer")
    officer.post(reverse("outcomes:judge", args=[twins.pk]), {"answer": "second"})
    second.refresh_from_db()
    assert second.stage == OutcomeStage.CONFIRMED
    officer.post(reverse("outcomes:part", args=[twins.pk]))
    officer.post(reverse("outcomes:judge", args=[twins.pk]), {"answer": "apart"})

    first.refresh_from_db()
    twins.refresh_from_db()
    assert first.stage == OutcomeStage.CLAIMED
    assert twins.answer == "DIFFERENT"
