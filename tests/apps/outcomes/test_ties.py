"""Confirmed trade, investment and agreements tie a reviewer's house to an applicant, with their dates."""

from datetime import date

import pytest
from dateutil.relativedelta import relativedelta

from dure.apps.outcomes import operations as outcomes
from dure.apps.selection import operations, queries
from dure.engines.conflicts import Fact
from dure.foundation.ties import organisation, ties_of
from tests.apps.selection.cast import LATER
from tests.conftest import NOON

pytestmark = pytest.mark.django_db
DAY = date(2026, 10, 5)


def between(cast):
    """What ties the supplier to the buyer."""
    both = {organisation(cast.supplier.pk), organisation(cast.buyer.pk)}
    return [fact for fact in ties_of([], [cast.supplier.pk]) if {fact.party, fact.other} == both]


def confirmed(cast, kind, **values):
    outcome = cast.outcome(kind, files=[cast.proof()], **values)
    return outcomes.confirm(outcome=outcome, by=cast["manager"], at=NOON)


@pytest.mark.parametrize(
    ("kind", "values", "tie", "until"),
    [
        ("contract", {}, "trade", DAY),
        ("contract", {"until": date(2027, 3, 31)}, "trade", date(2027, 3, 31)),
        ("investment", {}, "shareholding", None),
    ],
)
def test_a_confirmed_outcome_ties_its_two_sides(cast, kind, values, tie, until):
    confirmed(cast, kind, **values)

    [fact] = between(cast)
    assert (fact.kind, fact.start, fact.end) == (tie, DAY, until)


def test_what_is_only_claimed_or_no_trade_ties_nobody(cast):
    cast.outcome("contract", files=[cast.proof()])
    confirmed(cast, "mou", amount=None, currency="")

    assert between(cast) == []


def test_an_agreement_ties_its_parties_and_the_agency_nobody(cast):
    agreement = cast.signed_agreement()

    supplier, buyer = organisation(cast.supplier.pk), organisation(cast.buyer.pk)
    assert [fact for fact in ties_of([], [cast.supplier.pk]) if fact.kind != "employment"] == [
        Fact("agreement", buyer, supplier, agreement.agreed_on, agreement.ends_on)
    ]
    assert [fact for fact in ties_of([], [cast.rival.pk]) if fact.kind == "agreement"] == []


def test_who_leads_and_who_does_a_part_have_a_project_together(cast):
    cast.signed_agreement(roles=("demand", "lead", "partner"))

    ours = ties_of([], [cast.supplier.pk])
    assert {fact.kind for fact in ours} >= {"agreement", "co_project"}
    [together] = [fact for fact in ours if fact.kind == "co_project"]
    assert {together.party, together.other} == {
        organisation(cast.supplier.pk), organisation(cast.rival.pk)
    }  # fmt: skip


def test_a_reviewer_of_the_other_side_is_in_conflict_until_the_years_are_over(cast):
    cast.pool()
    cast.join(cast["reviewer"], cast.buyer)
    confirmed(cast, "contract")
    selection = cast.begun_selection()

    def found():
        items = list(selection.items.filter(application__organisation=cast.supplier))
        mine = queries.conflicts_of(items).filter(reviewer__user=cast["reviewer"], ended_at=None)
        return {
            (conflict.kind, conflict.party, conflict.since, conflict.until) for conflict in mine
        }

    assert found() == {("trade", cast.buyer.name, DAY, DAY)}
    later = LATER + relativedelta(years=3)
    operations.find_conflicts(selection=selection, by=cast["officer"], at=later)
    assert found() == set()
