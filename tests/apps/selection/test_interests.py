"""Either side declares what no record knows, and from then on it bars as the rule set says."""

from datetime import timedelta

import pytest
from dateutil.relativedelta import relativedelta
from django.urls import reverse

from dure.apps.selection import operations, queries
from dure.apps.selection.models import Interest
from dure.apps.selection.reasons import Reason
from tests.apps.selection.cast import LATER
from tests.apps.selection.test_life import refused

pytestmark = pytest.mark.django_db


def conflicts_of(selection, organisation, user):
    """Why somebody is in conflict with an organisation's application."""
    items = list(selection.items.filter(application__organisation=organisation))
    mine = queries.conflicts_of(items).filter(reviewer__user=user, ended_at=None)
    return {(conflict.kind, conflict.party, conflict.since) for conflict in mine}


def test_kin_that_a_reviewer_declares_bars_from_that_applicant_alone(cast):
    selection = cast.begun_selection()
    since = LATER.date() - timedelta(days=900)

    cast.interest(by="reviewer", kind="KINSHIP", other=cast.rival, since=since)

    assert conflicts_of(selection, cast.rival, cast["reviewer"]) == {
        ("kinship", cast.rival.name, since)
    }
    assert conflicts_of(selection, cast.supplier, cast["reviewer"]) == set()


def test_a_firm_names_a_reviewer_and_its_rivals_people_are_barred_too(cast):
    selection = cast.begun_selection()
    named = cast.pool()[3].user
    cast.interest(kind="KINSHIP", name=f" {named.name[0]} {named.name[1:]} ")
    cast.join(cast["reviewer"], cast.stranger)
    cast.interest(kind="RIVALRY", other=cast.stranger)

    assert {kind for kind, _, _ in conflicts_of(selection, cast.supplier, named)} == {"kinship"}
    assert "rivalry" in {
        kind for kind, _, _ in conflicts_of(selection, cast.supplier, cast["reviewer"])
    }
    assert conflicts_of(selection, cast.rival, named) == set()


def test_what_is_over_counts_for_the_years_of_the_rule_set(cast):
    selection = cast.begun_selection()
    ended = LATER.date() - timedelta(days=10)
    cast.interest(by="reviewer", kind="MENTORING", other=cast.rival, until=ended)
    assert conflicts_of(selection, cast.rival, cast["reviewer"])

    later = LATER + relativedelta(years=3)
    operations.find_conflicts(selection=selection, by=cast["officer"], at=later)

    assert not conflicts_of(selection, cast.rival, cast["reviewer"])


def test_one_declared_after_scoring_closes_the_page_and_the_office_is_told_what_it_touched(cast):
    selection = cast.scored_selection(members=12)
    [item] = selection.items.filter(application__organisation=cast.rival)
    assert queries.items_read_by(cast["reviewer"]).filter(pk=item.pk).exists()

    cast.interest(by="reviewer", kind="TRADE", other=cast.rival)

    assert not queries.items_read_by(cast["reviewer"]).filter(pk=item.pk).exists()
    counted = queries.final_sheets([item]).filter(member__reviewer__user=cast["reviewer"])
    assert not counted.exists()


def test_who_declared_it_cannot_undo_it_and_the_office_ends_a_mistake(cast):
    selection = cast.begun_selection()
    interest = cast.interest(by="reviewer", kind="KINSHIP", other=cast.rival)
    refused(
        Reason.NOT_AN_OFFICER, operations.end_interest, interest=interest, by=cast["reviewer"],
        at=LATER,
    )  # fmt: skip

    operations.end_interest(interest=interest, by=cast["officer"], at=LATER)

    assert not conflicts_of(selection, cast.rival, cast["reviewer"])
    refused(
        Reason.STAGE_CLOSED, operations.end_interest, interest=interest, by=cast["officer"],
        at=LATER,
    )  # fmt: skip


@pytest.mark.parametrize(
    ("values", "reason"),
    [
        ({"reason": " "}, Reason.REASON_MISSING),
        ({"name": ""}, Reason.ONE_OTHER),
        ({"name": "김위원", "other": "rival"}, Reason.ONE_OTHER),
        ({"other": "supplier"}, Reason.ONE_OTHER),
        ({"since": LATER.date(), "until": LATER.date() - timedelta(days=1)}, Reason.DAYS_WRONG),
    ],
)
def test_what_is_not_whole_is_refused(cast, values, reason):
    if "other" in values:
        values = values | {"other": getattr(cast, values["other"])}

    refused(reason, cast.interest, **values)


def test_both_sides_declare_on_pages_and_read_their_own_alone(cast, as_role):
    cast.pool()
    page = reverse("selection:declare_interest")
    number = cast.rival.business_number
    declaration = {"kind": "RIVALRY", "number": number, "reason": "입찰 경쟁"}
    as_role("supplier").post(page, declaration | {"organisation": cast.supplier.pk})
    as_role("reviewer").post(page, {"kind": "KINSHIP", "number": number, "reason": "사촌"})
    wrong = as_role("reviewer").post(page, {"kind": "KINSHIP", "number": "1", "reason": "x"})

    assert wrong.status_code == 422
    firm, mine = Interest.objects.order_by("pk")
    assert (firm.organisation, firm.other, mine.reviewer) == (
        cast.supplier, cast.rival, cast["reviewer"].reviewer,
    )  # fmt: skip
    lists = {role: as_role(role).get(reverse("selection:interests")) for role in
             ("supplier", "reviewer", "officer", "rival")}  # fmt: skip
    shown = {role: list(answer.context["page"]) for role, answer in lists.items()}
    assert shown == {"supplier": [firm], "reviewer": [mine], "officer": [mine, firm], "rival": []}
    as_role("officer").post(reverse("selection:end_interest", args=[mine.pk]))
    mine.refresh_from_db()
    assert mine.ended_at
