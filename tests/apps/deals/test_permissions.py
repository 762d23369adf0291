"""Who may do what with deals, role by role: permissions.csv."""

from pathlib import Path

import pytest
from django.utils import timezone

from dure.apps.deals import permissions, queries
from dure.apps.deals.operations import sign
from tests.truth_tables import assert_table, assert_whole


@pytest.fixture
def cases(db, cast):
    filed, proposal, agreed, signed = (
        cast.filed_deal(), cast.proposed_deal(), cast.agreed_deal(), cast.agreed_deal(),
    )  # fmt: skip
    for who in ("manager", "supplier"):
        signed = sign(deal=signed, by=cast[who], at=timezone.now())
    payment = signed.payments.first()
    return {
        "may_see_deals": permissions.may_see_deals,
        "may_file: for the buyer": lambda user: permissions.may_file(user, cast.buyer),
        "may_broker": permissions.may_broker,
        "may_judge: filed": lambda user: permissions.may_judge(user, filed),
        "may_propose: judged fit": lambda user: permissions.may_propose(
            user, queries.deals_visible_to(cast["officer"]).get(pk=proposal.deal_id)
        ),
        "may_take": lambda user: permissions.may_take(
            user, queries.proposals_visible_to(cast["officer"]).get(pk=proposal.pk)
        ),
        "may_move: to failed": lambda user: permissions.may_move(user, filed, "FAILED"),
        "may_set_terms": lambda user: permissions.may_set_terms(user, agreed),
        "may_sign": lambda user: permissions.may_sign(user, agreed),
        "may_enter_payment": lambda user: permissions.may_enter_payment(user, payment),
        "may_read_terms": lambda user: permissions.may_read_terms(user, agreed),
        "may_read_figures": permissions.may_read_figures,
        "deals_visible_to": queries.deals_visible_to,
        "proposals_visible_to": queries.proposals_visible_to,
        "payments_visible_to": queries.payments_visible_to,
    }


def test_each_role_is_answered_as_the_table_says(cases, cast):
    assert_table(Path(__file__).with_name("permissions.csv"), cases, cast)


def test_the_table_is_whole(cases):
    assert_whole(cases, permissions, queries, exclude=set())
