"""Who may do what with data products, role by role: permissions.csv."""

from pathlib import Path

import pytest
from django.utils import timezone

from dure.apps.dataproducts import permissions, queries
from dure.apps.dataproducts.operations import answer, hand_over
from tests.truth_tables import assert_table, assert_whole

pytestmark = pytest.mark.django_db


@pytest.fixture
def cases(cast, settings, tmp_path):
    settings.DURE_KEYS = str(tmp_path / "keys")
    now = timezone.now()
    product = cast.data_product()
    version = product.versions.get()
    asked = cast.data_transfer(product)
    other = cast.data_product(title="둘째")
    agreed = answer(transfer=cast.data_transfer(other), agrees=True, by=cast["supplier"], at=now)
    third = cast.data_product(title="셋째")
    given = answer(transfer=cast.data_transfer(third), agrees=True, by=cast["supplier"], at=now)
    given = hand_over(transfer=given, how="sftp", by=cast["supplier"], at=now)
    secret = cast.data_product(title="비밀", is_secret=True)
    held = answer(transfer=cast.data_transfer(secret), agrees=True, by=cast["supplier"], at=now)

    def asking(name, *things):
        return lambda user: getattr(permissions, name)(user, *things)

    return {
        "may_see_products": permissions.may_see_products,
        "may_sign_for: the supplier": asking("may_sign_for", cast.supplier),
        "may_change: a product of the supplier": asking("may_change", product),
        "may_ask: for the buyer again": asking("may_ask", version, cast.buyer),
        "may_ask: for the rival": asking("may_ask", version, cast.rival),
        "may_answer": asking("may_answer", asked),
        "may_hand_over": asking("may_hand_over", agreed, now),
        "may_hand_over: technical data kept secret": asking("may_hand_over", held, now),
        "may_compare": asking("may_compare", given),
        "products_visible_to": queries.products_visible_to,
        "transfers_visible_to": queries.transfers_visible_to,
    }


def test_each_role_is_answered_as_the_table_says(cases, cast):
    assert_table(Path(__file__).with_name("permissions.csv"), cases, cast)


def test_the_table_is_whole(cases):
    assert_whole(cases, permissions, queries)
