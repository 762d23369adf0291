"""Founders pledge and pay in; a project gets its part of everybody, to the won, and nobody's twice."""

from datetime import date, timedelta

import pytest

from dure.apps.instruments import operations, queries
from dure.apps.instruments.kinds import MovementKind
from dure.apps.instruments.models import Movement
from dure.apps.instruments.reasons import Reason
from dure.apps.ledger.adapter import faults
from dure.apps.ledger.queries import balances_of
from dure.apps.people.models import Organisation, OrganisationKind
from dure.foundation.facts import facts_about
from dure.foundation.verdict import Refused
from tests.conftest import NOON

pytestmark = pytest.mark.django_db
LATER = NOON + timedelta(days=9)
MONEY = (
    (0, "grant", "cash", 500),
    (1, "fund", "cash", 400),
    (2, "own_share", "cash", 100),
)


@pytest.fixture
def agreement(cast):
    """Its investor is a member by its pledge to some fund."""
    cast.founded_fund(name="예전 기금", pledges=((1, 0), (1, 0)))
    return cast.signed_agreement(
        slug="co-investment", money=MONEY, roles=("investor", "lead"), budget=10**9
    )


def commit(cast, fund, agreement, won=400_000_000):
    return operations.commit(
        scheme=fund, agreement=agreement, amount=won, by=cast["officer"], at=NOON
    )


def draw_all(cast, commitment):
    for own in commitment.agreement.instalments.filter(payer__role="lead"):
        operations_of_agreements().enter_payment(
            instalment=own, paid_on=LATER.date(), by=cast["officer"], at=NOON + timedelta(days=500)
        )
    for instalment in queries.fund_instalments(commitment):
        operations.draw(
            commitment=commitment,
            instalment=instalment,
            on=LATER.date(),
            by=cast["officer"],
            at=LATER,
        )


def operations_of_agreements():
    from dure.apps.agreements import operations as agreements

    return agreements


def test_a_project_is_paid_by_everybody_pro_rata(cast, agreement):
    fund = cast.founded_fund(project_cap=2_400_000_000)
    commitment = commit(cast, fund, agreement)
    figures = queries.scheme_figures(fund)
    assert (figures.pledged, figures.held, figures.free, figures.committed) == (
        10**9, 10**9, 600_000_000, 400_000_000,
    )  # fmt: skip

    draw_all(cast, commitment)

    figures = queries.scheme_figures(fund)
    assert (figures.given, figures.held, figures.committed) == (400_000_000, 600_000_000, 0)
    first, second = fund.stakes.order_by("pk")
    won = queries.figures_of([first, second])
    assert (won[first.pk].given, won[second.pk].given) == (240_000_000, 160_000_000)
    assert queries.left_of(commitment) == {}
    subject = agreement.subject
    assert balances_of([subject])[subject, "CASH", ""] == 500_000_000
    assert list(faults()) == []


def test_the_balance_of_a_founder_is_known_on_any_day(cast, agreement):
    fund = cast.founded_fund()
    commitment = commit(cast, fund, agreement)
    draw_all(cast, commitment)
    first = fund.stakes.order_by("pk").first()

    before, then = (
        queries.figures_of([first], day)[first.pk]
        for day in (NOON.date() - timedelta(days=1), LATER.date() - timedelta(days=1))
    )

    assert before == queries.Figures()
    assert (then.held, then.committed, then.given) == (600_000_000, 240_000_000, 0)


def test_who_pledged_is_a_member_of_a_fund_from_that_day(cast):
    cast.founded_fund()

    def names(on):
        return {fact.name for fact in facts_about(cast.buyer, on)}

    assert "fund_member" in names(NOON.date())
    assert "fund_member" not in names(NOON.date() - timedelta(days=1))


def test_99_investors_with_875_3_billion(cast, agreement):
    """The fund of 2022: 99 firms, 875.3B. Every project is paid to the won, in any number of steps."""
    fund = cast.scheme()
    total, count = 875_300_000_000, 99
    kinds = OrganisationKind
    firms = Organisation.objects.bulk_create(
        Organisation(
            business_number=f"9{n:09d}", name=f"투자기업 {n}", kind=kinds.LARGE,
            verified_at=NOON, verified_by=cast["officer"],
        )
        for n in range(count)
    )  # fmt: skip
    pledges = [8_841_414_141 + (n % 7 - 3) * 1_000_003 for n in range(count)]
    pledges[0] += total - sum(pledges)
    for firm, won in zip(firms, pledges, strict=True):
        stake = operations.pledge(
            scheme=fund, founder=firm, amount=won, on=NOON.date(), by=cast["officer"], at=NOON
        )
        operations.pay_in(stake=stake, amount=won, on=NOON.date(), by=cast["officer"], at=NOON)
    assert queries.scheme_figures(fund).pledged == total

    commitment = commit(cast, fund, agreement, 400_000_000)
    draw_all(cast, commitment)

    given = [figure.given for figure in queries.figures_of(fund.stakes.order_by("pk")).values()]
    assert sum(given) == 400_000_000
    for won, pledge in zip(given, pledges, strict=True):
        assert abs(won - 400_000_000 * pledge / total) < 3
    draws = Movement.objects.filter(kind=MovementKind.DRAWN)
    assert draws.count() == count * queries.fund_instalments(commitment).count()
    assert list(faults()) == []


@pytest.mark.parametrize(
    ("won", "cap", "reason"),
    [
        (1_000_000_001, None, Reason.NOT_ENOUGH_FREE),
        (400_000_001, 400_000_000, Reason.ABOVE_CAP),
        (0, None, Reason.AMOUNT_WRONG),
    ],
)
def test_a_commitment_is_refused(cast, agreement, won, cap, reason):
    fund = cast.founded_fund(project_cap=cap)

    with pytest.raises(Refused) as refusal:
        commit(cast, fund, agreement, won)

    assert refusal.value.reason == reason
    assert queries.scheme_figures(fund).committed == 0


def test_founders_who_have_not_paid_in_are_named_and_nothing_is_paid(cast, agreement):
    fund = cast.founded_fund(pledges=((600, 600), (400, 100)))
    commitment = commit(cast, fund, agreement)
    late = agreement.instalments.filter(payer__role="lead").first()
    operations_of_agreements().enter_payment(
        instalment=late, paid_on=LATER.date(), by=cast["officer"], at=LATER
    )
    first = queries.fund_instalments(commitment).first()
    first.agreement.instalments.filter(pk=first.pk).update(amount=400_000_000)
    first.refresh_from_db()

    with pytest.raises(Refused) as refusal:
        operations.draw(
            commitment=commitment, instalment=first, on=LATER.date(), by=cast["officer"], at=LATER
        )

    assert refusal.value.reason == Reason.FOUNDERS_SHORT
    assert "새솔화학 (60,000,000)" in refusal.value.details["who"]
    assert queries.scheme_figures(fund).given == 0


def test_nobody_pays_in_more_than_is_pledged(cast):
    fund = cast.founded_fund(pledges=((600, 500), (400, 0)))
    stake = fund.stakes.order_by("pk").first()

    with pytest.raises(Refused) as refusal:
        operations.pay_in(
            stake=stake, amount=100_000_001, on=NOON.date(), by=cast["officer"], at=NOON
        )

    assert refusal.value.reason == Reason.MORE_THAN_DUE


def test_a_second_pledge_adds_to_the_first(cast):
    fund = cast.founded_fund()
    operations.pledge(
        scheme=fund, founder=cast.buyer, amount=1, on=NOON.date(), by=cast["officer"], at=NOON
    )

    assert queries.scheme_figures(fund).pledged == 10**9 + 1
    assert fund.stakes.count() == 2


def test_what_an_ended_project_did_not_need_is_free_again(cast, agreement):
    fund = cast.founded_fund()
    commitment = commit(cast, fund, agreement)
    with pytest.raises(Refused):
        operations.release(commitment=commitment, by=cast["officer"], at=LATER)
    agreement.stage, agreement.ended_on = "TERMINATED", date(2026, 12, 5)
    agreement.save()

    operations.release(commitment=commitment, by=cast["officer"], at=LATER)

    figures = queries.scheme_figures(fund)
    assert (figures.free, figures.committed) == (10**9, 0)
    assert list(faults()) == []
