"""Savings from their call to the first payment: workers stand in no application, they join."""

from datetime import timedelta

import pytest

from dure.apps.calls.models import CallKind
from dure.apps.calls.stages import CallStage
from dure.apps.instruments import adapter, operations, queries
from dure.apps.instruments.kinds import MovementKind, Payer, SchemeKind
from dure.apps.instruments.models import Movement
from dure.apps.ledger.adapter import faults
from dure.apps.ledger.models import Entry
from dure.apps.ledger.queries import budgets
from dure.foundation import programmes
from tests.apps.agreements.cast import agency
from tests.apps.calls.conftest import announced_call
from tests.conftest import NOON

pytestmark = pytest.mark.django_db


def test_savings_run_from_the_call_to_the_first_month_of_all_three_payers(cast):
    plan = next(
        sample for sample in programmes.samples("young-worker-savings") if sample.passes
    ).read()
    [won] = {row.amount for row in plan.money}
    call = announced_call(
        cast, "young-worker-savings", kind=CallKind.OPEN, opens_at=NOON - timedelta(days=1)
    )
    assert call.stage == CallStage.ANNOUNCED
    budget = cast.appropriation(slug="young-worker-savings", amount=10**9)
    scheme = operations.set_up(
        kind=SchemeKind.SAVINGS, programme=call.version.programme, name="2026년 가입",
        keeper=agency(cast), by=cast["officer"], at=NOON,
    )  # fmt: skip

    stake = operations.join(
        scheme=scheme, firm=cast.supplier, name="이청년", person=cast["newcomer"], amount=won,
        months=plan.months, starts_on=NOON.date(), by=cast["officer"], at=NOON,
    )  # fmt: skip
    due = adapter.part_of(stake, NOON.date())
    operations.collect(
        payments=[
            Movement(
                stake=stake, kind=MovementKind.PAID_IN, part=payer, amount=due,
                month=NOON.date().replace(day=1), on=NOON.date(),
            )
            for payer in Payer.values
        ],
        by=cast["officer"], at=NOON,
    )  # fmt: skip

    assert queries.figures_of([stake])[stake.pk].held == 3 * due
    assert budgets([budget])[budget.pk].paid == due
    assert Entry.objects.filter(kind="PAID_IN").count() == 3
    assert list(queries.stakes_visible_to(cast["newcomer"])) == [stake]
    assert list(faults()) == []
