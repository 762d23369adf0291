"""What can my firm apply for, by what the platform knows of it?"""

from datetime import timedelta

import pytest

from dure.apps.calls import adapter, operations
from dure.apps.people.models import Organisation
from dure.engines.eligibility import Answer
from tests.apps.calls.conftest import announced_call
from tests.conftest import NOON


@pytest.fixture
def calls(cast):
    return {
        "small": announced_call(cast, title="중소기업 공고"),
        "south": announced_call(cast, title="부산 공고", regions=["BUSAN"]),
        "young": announced_call(cast, "startup-growth", closes_at=NOON + timedelta(days=25)),
    }


def answers(calls, firm):
    return {name: adapter.chances(call, firm).answer for name, call in calls.items()}


def test_size_and_region_decide(calls, cast):
    assert answers(calls, cast.buyer) == dict.fromkeys(calls, Answer.NO)
    supplier = answers(calls, cast.supplier)
    assert supplier["small"] == supplier["south"] == Answer.YES
    assert answers(calls, cast.stranger)["south"] == Answer.NO


def test_a_region_that_is_not_known_is_said_to_be_lacking(calls, cast):
    cast.supplier.region = ""

    known = adapter.chances(calls["south"], cast.supplier)

    assert (known.answer, known.is_elsewhere) == (Answer.UNKNOWN, None)


@pytest.mark.parametrize(
    ("founded", "answer"),
    # Seven years before the deadline in December 2026: of a firm of 2019 only the day would tell.
    [(2024, Answer.YES), (2020, Answer.YES), (2019, Answer.UNKNOWN), (2018, Answer.NO)],
)
def test_of_the_founding_only_the_year_is_known(calls, cast, founded, answer):
    cast.supplier.founded = founded

    assert adapter.chances(calls["young"], cast.supplier).answer == answer


def test_general_reasons_of_exclusion_are_asked_later_and_named(calls, cast):
    known = adapter.chances(calls["small"], cast.supplier)

    assert "arrears" in {each.rule.id for each in known.declared}
    assert not known.lacking


def test_the_page_names_what_is_not_known_and_why_not(calls, cast, as_role):
    page = as_role("supplier").get(f"/calls/{calls['young'].pk}/").content.decode()
    assert "We do not know enough yet" in page
    assert "day of foundation" in page

    page = as_role("manager").get(f"/calls/{calls['small'].pk}/").content.decode()
    assert "You may not apply" in page
    assert "large firm" in page


def test_the_list_leaves_out_what_a_firm_is_barred_from(calls, cast, as_role):
    as_supplier = as_role("supplier")
    page = as_supplier.get("/calls/", {"firm": cast.supplier.pk}).content.decode()
    assert "Technology innovation" in page

    Organisation.objects.filter(pk=cast.supplier.pk).update(region="JEJU")
    found = as_supplier.get("/calls/", {"firm": cast.supplier.pk}).context["page"].object_list
    assert set(found) == {calls["small"], calls["young"]}


def test_nobody_asks_for_somebody_elses_firm(calls, cast, as_role):
    found = as_role("supplier").get("/calls/", {"firm": cast.buyer.pk})

    assert set(found.context["page"].object_list) == set(calls.values())


def test_eligibility_goes_by_the_day_on_which_a_call_closes(calls, cast):
    cast.supplier.founded = 2019
    call = operations.close_early(call=calls["young"], reason="x", by=cast["officer"], at=NOON)

    assert adapter.chances(call, cast.supplier).answer == Answer.UNKNOWN
