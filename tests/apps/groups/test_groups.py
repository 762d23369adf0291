"""Groups: founded, joined, at work, dormant; competitors are warned of."""

from datetime import date, timedelta

import pytest
from django.urls import reverse
from django.utils.timezone import localdate

from dure.apps.groups import operations
from dure.apps.groups.models import Group
from dure.foundation.verdict import Refused
from tests.conftest import NOON

pytestmark = pytest.mark.django_db


def refused(act):
    with pytest.raises(Refused) as refusal:
        act()
    return refusal.value.reason.value


def test_units_stand_under_a_regional_federation_and_nowhere_else(cast):
    region = cast.federation()
    unit = cast.exchange_group(parent=region)

    assert unit.parent == region
    values = {"name": "아래 교류회", "region": "BUSAN", "parent": unit}
    assert refused(lambda: operations.found_group(values=values, by=cast["officer"])) == (
        "WRONG_PARENT"
    )


def test_a_firm_of_a_members_industry_joins_only_when_the_group_agrees(as_role, cast):
    group = cast.exchange_group()
    for firm, industry in ((cast.supplier, "27213"), (cast.stranger, "27219")):
        firm.industry = industry
        firm.save()
    address = reverse("groups:join", args=[group.pk])
    said = {"organisation": "바른센서", "on": "2026-11-01"}

    warned = as_role("supplier").post(address, said)
    assert warned.status_code == 422
    assert "열림테크 is of the same industry" in warned.content.decode()
    assert as_role("supplier").post(address, said | {"is_agreed": "on"}).status_code == 302
    group.refresh_from_db()
    assert group.members_said == 2
    assert as_role("supplier").post(address, said | {"is_agreed": "on"}).status_code == 422


def test_who_left_may_come_again(as_role, cast):
    group = cast.exchange_group()
    member = group.members.get()
    as_role("supplier").post(reverse("groups:leave", args=[member.pk]), {"on": "2026-10-01"})
    member.refresh_from_db()
    assert member.left_on == date(2026, 10, 1)
    assert (
        refused(
            lambda: operations.leave(
                member=member, on=NOON.date(), by=cast["supplier"], today=NOON.date()
            )
        )
        == "LEFT_BEFORE"
    )
    operations.join(
        group=group, organisation=cast.supplier, on=NOON.date(), is_agreed=False,
        by=cast["supplier"], today=NOON.date(),
    )  # fmt: skip
    assert group.members.count() == 2


def test_a_group_that_has_not_met_for_a_year_is_dormant_until_it_meets(as_role, cast):
    group = cast.exchange_group()
    Group.objects.filter(pk=group.pk).update(last_met_on=localdate() - timedelta(days=366))
    assert "Dormant" in as_role("member").get(group.get_absolute_url()).content.decode()
    listed = as_role("member").get(reverse("groups:groups") + "?dormant=on").content.decode()
    assert group.name in listed

    as_role("supplier").post(
        reverse("groups:activity", args=[group.pk]),
        {"on": localdate().isoformat(), "title": "월례회", "attended": "12", "minutes": "의논함"},
    )

    page = as_role("member").get(group.get_absolute_url()).content.decode()
    assert "Dormant" not in page
    assert "의논함" not in page  # minutes are the group's
    assert "의논함" in as_role("supplier").get(group.get_absolute_url()).content.decode()


def test_a_goal_is_reviewed_with_its_evidence(as_role, cast):
    group = cast.exchange_group()
    as_role("supplier").post(
        reverse("groups:goal", args=[group.pk]),
        {"year": "2026", "kind": "PURCHASE", "measure": "공동구매 절감액", "target": "100"},
    )
    goal = group.goals.get()
    as_role("supplier").post(
        reverse("groups:review", args=[goal.pk]), {"reached": "80", "evidence": "세금계산서 3건"}
    )

    page = as_role("member").get(group.get_absolute_url()).content.decode()
    assert "세금계산서 3건" in page
    assert "80%" in page


def test_the_chair_acts_within_the_term_alone(as_role, cast):
    group = cast.exchange_group()
    group.officers.update(ends_on=date(2026, 1, 31))

    assert as_role("supplier").get(reverse("groups:join", args=[group.pk])).status_code == 404
