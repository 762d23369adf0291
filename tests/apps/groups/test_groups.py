"""Groups: founded, joined, at work, dormant; competitors are warned of."""

from datetime import date, timedelta

import pytest
from django.urls import reverse
from django.utils.timezone import localdate

from dure.apps.groups import operations
from dure.apps.groups.models import Group
from dure.foundation.verdict import Refused
from tests.conftest import NOON
from tests.html import flat

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
    for firm, industry in ((cast.supplier, "27213"), (cast.stranger, "C272")):
        firm.industry = industry
        firm.save()
    address = reverse("groups:join", args=[group.pk])
    fields = {"organisation": "바른센서", "on": "2026-11-01"}

    warned = as_role("supplier").post(address, fields)
    assert warned.status_code == 422
    assert "열림테크 is of the same industry" in warned.content.decode()
    assert as_role("supplier").post(address, fields | {"is_agreed": "on"}).status_code == 302
    group.refresh_from_db()
    assert group.members_said == 2
    assert as_role("supplier").post(address, fields | {"is_agreed": "on"}).status_code == 422


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


def test_the_map_and_charts_lead_to_the_groups_that_they_count(as_role, cast):
    group = cast.exchange_group()
    cast.federation(name="울산연합회")
    page = flat(as_role("member").get(reverse("groups:groups")).content.decode())
    for part in ("region=GYEONGNAM", "kind=EXCHANGE", "Groups by main industry"):
        assert part in page

    narrowed = as_role("member").get(reverse("groups:groups") + "?level=UNIT").content.decode()
    assert group.name in narrowed
    assert "울산연합회" not in narrowed
    assert "level=UNIT&amp;region=GYEONGNAM" in narrowed


def test_a_group_answers_the_survey_itself_and_is_no_longer_asked(as_role, cast):
    group = cast.exchange_group()
    desk = as_role("supplier").get("/").content.decode()
    assert "Survey of your group" in desk
    listed = reverse("groups:groups") + "?unanswered=on"
    assert group.name in as_role("officer").get(listed).content.decode()

    fields = {"kind": "BUSINESS", "chair_said": "홍길동", "members_said": "17", "founded": "1999"}
    address = reverse("groups:survey_answer", args=[group.pk])
    tomorrow = localdate() + timedelta(days=1)
    late = fields | {"last_met_on": tomorrow.isoformat()}
    assert as_role("supplier").post(address, late).status_code == 422
    as_role("supplier").post(address, fields)

    group.refresh_from_db()
    assert (group.members_said, group.surveyed_on) == (17, localdate())
    assert group.name not in as_role("officer").get(listed).content.decode()
    assert "Survey of your group" not in as_role("supplier").get("/").content.decode()


def test_much_activity_without_a_result_is_asked_about_kindly(as_role, cast):
    group = cast.exchange_group()
    address = reverse("groups:activity", args=[group.pk])
    fields = {"on": localdate().isoformat(), "title": "월례회", "attended": "12"}
    for _ in range(3):
        as_role("supplier").post(address, fields)
    assert "You meet often" in as_role("supplier").get(group.get_absolute_url()).content.decode()
    assert "You meet often" not in as_role("member").get(group.get_absolute_url()).content.decode()

    as_role("supplier").post(address, fields | {"result": "공동구매 1건"})
    assert (
        "You meet often" not in as_role("supplier").get(group.get_absolute_url()).content.decode()
    )


def test_a_goal_of_last_year_waits_on_the_desk_until_it_is_reviewed(as_role, cast):
    goal = operations.add_goal(
        group=cast.exchange_group(), by=cast["supplier"], today=localdate(),
        values={"year": localdate().year - 1, "kind": "TRAINING", "measure": "교육", "target": 4},
    )  # fmt: skip
    assert "Goal to review" in as_role("supplier").get("/").content.decode()
    as_role("supplier").post(
        reverse("groups:review", args=[goal.pk]), {"reached": "0", "evidence": "열지 못함"}
    )
    assert "Goal to review" not in as_role("supplier").get("/").content.decode()


def test_what_the_office_notes_for_a_group_is_marked(as_role, cast):
    group = cast.exchange_group()
    fields = {"on": localdate().isoformat(), "title": "월례회", "attended": "12"}
    as_role("officer").post(reverse("groups:activity", args=[group.pk]), fields)
    page = as_role("supplier").get(group.get_absolute_url()).content.decode()
    assert "noted in the group's name" in page
