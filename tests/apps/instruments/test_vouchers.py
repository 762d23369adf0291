"""Vouchers by readiness level, first-timers first, spent at 220 institutions, confirmed by the firm."""

from datetime import timedelta

import pytest
from django.utils.timezone import localdate

from dure.apps.instruments import adapter, operations, queries
from dure.apps.instruments.kinds import SchemeKind
from dure.apps.instruments.reasons import Reason
from dure.apps.instruments.stages import MovementStage, StakeStage
from dure.apps.ledger.adapter import faults
from dure.apps.ledger.models import Appropriation
from dure.apps.ledger.queries import budgets
from dure.apps.people.models import Membership, Organisation, OrganisationKind
from dure.foundation.verdict import Refused
from tests.conftest import NOON

pytestmark = pytest.mark.django_db
YEAR = timedelta(days=365)


def use(cast, stake, won=5_000_000, at=NOON, **more):
    values = {"institution": cast.rival, "what": "전자현미경 10시간", "by": cast["rival"]} | more
    return operations.enter_use(stake=stake, amount=won, on=localdate(at), at=at, **values)


def money(slug="equipment-voucher"):
    budget = Appropriation.objects.get(programme__slug=slug)
    return budgets([budget])[budget.pk]


@pytest.mark.parametrize(
    ("trl", "limit"), [(1, 25_000_000), (6, 25_000_000), (7, 10_000_000), (9, 10_000_000)]
)
def test_the_programme_says_what_a_level_is_worth(cast, trl, limit):
    scheme = cast.scheme(SchemeKind.VOUCHER)
    assert adapter.voucher_limit(scheme, trl) == limit

    with pytest.raises(Refused) as refusal:
        cast.asked_voucher(scheme=scheme, trl=trl, amount=limit + 1)

    assert refusal.value.reason == Reason.BREAKS_RULES
    assert cast.asked_voucher(scheme=scheme, trl=trl, amount=limit).stage == StakeStage.ASKED


def test_a_large_firm_gets_no_voucher(cast):
    with pytest.raises(Refused) as refusal:
        cast.asked_voucher(organisation=cast.buyer, by=cast["manager"])

    assert refusal.value.reason == Reason.BREAKS_RULES


def test_first_timers_come_first_for_as_long_as_there_is_money(cast):
    scheme = cast.scheme(SchemeKind.VOUCHER)
    known = cast.asked_voucher(scheme=scheme)
    known.comes_first = False
    known.save()
    Membership.objects.create(
        user=cast["supplier"], organisation=cast.stranger, role="MANAGER", stage="ACTIVE"
    )
    cast["supplier"]._roles = None
    new = cast.asked_voucher(
        scheme=scheme, organisation=cast.stranger, at=NOON + timedelta(hours=1)
    )
    cast.appropriation(slug="equipment-voucher", amount=40_000_000)

    issued = operations.issue_in_line(scheme=scheme, by=cast["officer"], at=NOON)

    assert issued == [new]
    assert (money().committed, money().free) == (25_000_000, 15_000_000)
    assert list(queries.vouchers_in_line(scheme)) == [known]


def test_who_took_part_in_the_last_three_years_is_no_first_timer(cast):
    assert queries.is_first_timer(cast.supplier, NOON.date())
    cast.signed_agreement()

    assert not queries.is_first_timer(cast.supplier, NOON.date() + 3 * YEAR)
    assert queries.is_first_timer(cast.supplier, NOON.date() + 4 * YEAR)


def test_a_use_is_paid_when_the_firm_confirms_it(cast):
    stake = cast.issued_voucher()
    entered = use(cast, stake)
    assert money().paid == 0
    assert list(queries.to_confirm(cast["supplier"])) == [entered]

    operations.confirm_use(use=entered, by=cast["supplier"], at=NOON)

    figures = queries.figures_of([stake])[stake.pk]
    assert (figures.given, figures.free) == (5_000_000, 20_000_000)
    assert (money().paid, money().committed) == (5_000_000, 20_000_000)
    assert list(faults()) == []
    with pytest.raises(Refused):
        operations.confirm_use(use=entered, by=cast["supplier"], at=NOON)


def test_uses_that_wait_count_and_a_refused_one_no_more(cast):
    stake = cast.issued_voucher()
    first = use(cast, stake, 20_000_000)
    with pytest.raises(Refused) as refusal:
        use(cast, stake, 5_000_001)
    assert refusal.value.reason == Reason.MORE_THAN_LEFT

    operations.refuse_use(use=first, reason="쓰지 않았어요", by=cast["supplier"], at=NOON)

    first.refresh_from_db()
    assert first.stage == MovementStage.REFUSED
    last = use(cast, stake, 25_000_000)
    operations.confirm_use(use=last, by=cast["supplier"], at=NOON)
    stake.refresh_from_db()
    assert stake.stage == StakeStage.COMPLETED


def test_it_is_spent_at_one_of_220_institutions_and_nowhere_else(cast):
    firms = Organisation.objects.bulk_create(
        Organisation(
            business_number=f"8{n:09d}", name=f"운영기관 {n}", kind=OrganisationKind.INSTITUTE,
            verified_at=NOON, verified_by=cast["officer"],
        )
        for n in range(219)
    )  # fmt: skip
    stake = cast.issued_voucher()
    operations.set_institutions(
        scheme=stake.scheme, institutions=[*firms, cast.rival], by=cast["officer"]
    )
    assert stake.scheme.institutions.count() == 220

    with pytest.raises(Refused) as refusal:
        use(cast, stake, institution=cast.buyer, by=cast["manager"])

    assert refusal.value.reason == Reason.NOT_OPERATING
    assert use(cast, stake).organisation == cast.rival


def test_what_was_not_used_in_time_goes_back_into_the_budget(cast):
    stake = cast.issued_voucher()
    operations.confirm_use(use=use(cast, stake), by=cast["supplier"], at=NOON)
    last_day = NOON.replace(
        year=stake.ends_on.year, month=stake.ends_on.month, day=stake.ends_on.day
    )

    # A Sunday: the voucher can be used on the Monday after.
    assert operations.lapse_due(at=last_day + timedelta(days=1)) == 0
    assert operations.lapse_due(at=last_day + timedelta(days=2)) == 1

    stake.refresh_from_db()
    assert stake.stage == StakeStage.LAPSED
    assert (money().paid, money().committed, money().free) == (5_000_000, 0, 95_000_000)
    assert list(faults()) == []
    with pytest.raises(Refused):
        use(cast, stake)


def test_a_use_that_waits_keeps_a_voucher_open(cast):
    stake = cast.issued_voucher()
    use(cast, stake)

    assert operations.lapse_due(at=NOON + 2 * YEAR) == 0
