"""Each institution confirms its own step, in order; what is shown opens what needs it."""

import pytest

from dure.apps.agreements import operations as agreements
from dure.apps.agreements.reasons import Reason as AgreementReason
from dure.apps.instruments import operations, queries
from dure.apps.instruments.reasons import Reason
from dure.apps.instruments.stages import StakeStage
from dure.apps.ledger.adapter import faults
from dure.apps.ledger.queries import balances_of
from dure.apps.people.models import Membership
from dure.foundation.facts import facts_about
from dure.foundation.verdict import Refused
from tests.conftest import NOON

pytestmark = pytest.mark.django_db
TODAY = NOON.date()
OFFICE_STEPS = ("application", "evaluation", "agreement", "project", "closing")


def confirm(cast, stake, part, amount=0, by="officer"):
    return operations.confirm_step(
        step=stake.movements.get(part=part), amount=amount, on=TODAY, by=cast[by], at=NOON
    )


def test_guarantee_grant_guarantee_across_two_institutions(cast):
    stake = cast.way()
    second = stake.movements.get(part="commercialisation")
    second.organisation = cast.buyer
    second.save()

    confirm(cast, stake, "guarantee", 200_000_000, by="rival")
    for part in OFFICE_STEPS:
        confirm(cast, stake, part)
    confirm(cast, stake, "commercialisation", 10_000_000_000, by="manager")

    stake.refresh_from_db()
    assert stake.stage == StakeStage.COMPLETED
    won = balances_of([stake.subject])
    assert won[stake.subject, "STAKE_GIVEN", "guarantee"] == 200_000_000
    assert won[stake.subject, "STAKE_GIVEN", "commercialisation"] == 10_000_000_000
    assert list(faults()) == []


@pytest.mark.parametrize(
    ("part", "amount", "by", "reason"),
    [
        ("guarantee", 200_000_001, "rival", Reason.BREAKS_RULES),
        ("guarantee", 0, "rival", Reason.AMOUNT_WRONG),
        ("guarantee", 200_000_000, "officer", Reason.NOT_THEIR_STEP),
        ("guarantee", 200_000_000, "supplier", Reason.NOT_THEIR_STEP),
        ("application", 0, "officer", Reason.NOT_NEXT),
        ("commercialisation", 1, "rival", Reason.NOT_NEXT),
    ],
)
def test_a_step_is_refused(cast, part, amount, by, reason):
    stake = cast.way()

    with pytest.raises(Refused) as refusal:
        confirm(cast, stake, part, amount, by)

    assert refusal.value.reason == reason
    assert queries.steps_done(stake) == {}


def test_a_step_is_confirmed_once(cast):
    stake = cast.way()
    confirm(cast, stake, "guarantee", 100_000_000, by="rival")

    with pytest.raises(Refused) as refusal:
        confirm(cast, stake, "guarantee", 100_000_000, by="rival")

    assert refusal.value.reason == Reason.NOT_NEXT


def test_what_a_step_shows_is_a_fact_for_calls_from_its_day(cast):
    stake = cast.way()
    known = {known_fact.name for known_fact in facts_about(cast.supplier, TODAY)}
    assert "special_guarantee" not in known

    confirm(cast, stake, "guarantee", 100_000_000, by="rival")

    [fact] = [
        known_fact
        for known_fact in facts_about(cast.supplier, TODAY)
        if known_fact.name == "special_guarantee"
    ]
    assert (fact.value, fact.as_of) == (True, TODAY)


@pytest.mark.parametrize(("grant", "is_taken"), [(800, True), (801, False)])
def test_the_grant_is_at_most_eight_times_the_confirmed_guarantee(cast, grant, is_taken):
    stake = cast.way()
    confirm(cast, stake, "guarantee", 100_000_000, by="rival")
    agreement = cast.drafted_agreement(
        slug="guarantee-linked", money=((0, "grant", "cash", grant),), roles=("lead",)
    )

    def tie():
        operations.lead_to(stake=stake, agreement=agreement, by=cast["officer"], at=NOON)

    if not is_taken:
        with pytest.raises(Refused) as refusal:
            tie()
        assert refusal.value.reason == Reason.BREAKS_RULES
        return
    tie()
    agreement.refresh_from_db()
    assert agreement.confirmed == ["special_guarantee"]


TIPS = {
    # operator's equity first, then the public match (programmes.md 2), in millions
    "scale-up-tips": ("investment", 1_000, ((1, "equity", "cash", 1_000), (0, "grant", "cash", 1_200))),
    "deep-tech-tips": ("investment", 1_000, ((1, "equity", "cash", 1_000), (0, "grant", "cash", 1_500))),
    # the example of a 10,000M project: 2,000 of the operator first, fund of funds 4,000, grant 3,000
    "high-risk": (
        "discovery",
        2_000,
        (
            (1, "equity", "cash", 2_000), (0, "equity", "cash", 4_000),
            (0, "grant", "cash", 3_000), (2, "own_share", "cash", 1_000),
        ),
    ),
}  # fmt: skip


@pytest.mark.parametrize("slug", TIPS)
def test_private_investment_is_confirmed_first_and_the_public_match_comes_after(cast, slug):
    part, million, money = TIPS[slug]
    stake = cast.way(slug)
    agreement = cast.drafted_agreement(slug=slug, money=money, roles=("operator", "lead"))
    cast.appropriation(slug=slug, amount=10**11)
    opening = {
        "agreement": agreement,
        "sign_by": TODAY.replace(day=30),
        "by": cast["officer"],
        "at": NOON,
    }
    with pytest.raises(Refused) as refusal:
        agreements.open_for_signing(**opening)
    assert refusal.value.reason == AgreementReason.PLAN_BREAKS_RULES

    operations.lead_to(stake=stake, agreement=agreement, by=cast["officer"], at=NOON)
    confirm(cast, stake, part, million * 1_000_000, by="rival")
    operations.lead_to(stake=stake, agreement=agreement, by=cast["officer"], at=NOON)
    agreements.open_for_signing(**opening)

    agreement.refresh_from_db()
    assert "private_investment" in agreement.confirmed
    assert agreement.stage == "SIGNING"


@pytest.mark.parametrize("slug", ["scale-up-tips", "deep-tech-tips"])
def test_an_operator_invests_at_least_a_billion(cast, slug):
    stake = cast.way(slug)

    with pytest.raises(Refused) as refusal:
        confirm(cast, stake, "investment", 999_999_999, by="rival")

    assert refusal.value.reason == Reason.BREAKS_RULES


def test_institutions_read_the_way_and_others_do_not(cast):
    stake = cast.way()

    assert list(queries.stakes_visible_to(cast["rival"])) == [stake]
    assert list(queries.stakes_visible_to(cast["supplier"])) == [stake]
    assert list(queries.stakes_visible_to(cast["manager"])) == []
    Membership.objects.filter(user=cast["rival"]).delete()
    cast["rival"]._roles = None
    assert list(queries.stakes_visible_to(cast["rival"])) == []
