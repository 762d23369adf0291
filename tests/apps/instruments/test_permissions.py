"""Who may do what in schemes, role by role: permissions.csv."""

from pathlib import Path

import pytest

from dure.apps.instruments import operations, permissions, queries
from dure.apps.instruments.kinds import SchemeKind
from tests.conftest import NOON
from tests.truth_tables import assert_table, assert_whole


@pytest.fixture
def cases(cast):
    voucher = cast.issued_voucher()
    use = operations.enter_use(
        stake=voucher, institution=cast.rival, what="분석", amount=1, on=NOON.date(),
        by=cast["rival"], at=NOON,
    )  # fmt: skip
    way = cast.way()
    cast.founded_fund()
    scheme = voucher.scheme
    return {
        "may_run": permissions.may_run,
        "may_ask_voucher: for the supplier": lambda user: permissions.may_ask_voucher(
            user, scheme, cast.supplier
        ),
        "may_enter_use: at the rival's laboratory": lambda user: permissions.may_enter_use(
            user, scheme, cast.rival
        ),
        "may_answer_use: of the supplier's voucher": lambda user: permissions.may_answer_use(
            user, use
        ),
        "may_confirm_step: of the rival": lambda user: permissions.may_confirm_step(
            user, way, cast.rival
        ),
        "may_confirm_step: of nobody": lambda user: permissions.may_confirm_step(user, way, None),
        "schemes_visible_to": queries.schemes_visible_to,
        "stakes_visible_to: vouchers": lambda user: queries.stakes_visible_to(user).filter(
            scheme__kind=SchemeKind.VOUCHER
        ),
        "movements_visible_to: of the voucher": lambda user: queries.movements_visible_to(
            user
        ).filter(stake=voucher),
        "commitments_visible_to": queries.commitments_visible_to,
    }


def test_each_role_is_answered_as_the_table_says(cases, cast):
    assert_table(Path(__file__).with_name("permissions.csv"), cases, cast)


def test_the_table_is_whole(cases):
    assert_whole(cases, permissions, queries)
