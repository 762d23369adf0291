"""Strengths and wants: pairs across industries, a spark, a project group and its gates."""

import pytest
from django.urls import reverse

from dure.apps.groups import adapter, operations, queries
from dure.apps.groups.models import Group, Pair
from dure.apps.programmes.models import Programme
from dure.apps.programmes.operations import load_shipped
from dure.foundation.verdict import Refused
from tests.conftest import NOON

pytestmark = pytest.mark.django_db


def refused(act):
    with pytest.raises(Refused) as refusal:
        act()
    return refusal.value.reason.value


@pytest.fixture
def group(cast):
    group = cast.exchange_group()
    cast.second_member(group)
    cast.second_member(group, cast.stranger)
    return group


def test_the_engine_proposes_who_is_good_at_what_one_looks_for(as_role, cast, group):
    seeker = cast.firm_strength(
        cast.supplier, cast["supplier"], "누출 감지", "배터리 가스를 감지하는 센서를 찾아요"
    )
    helper = cast.firm_strength(
        cast.stranger, cast["officer"], "배터리 가스 감지 센서를 만들어요", "판로"
    )
    cast.firm_strength(cast.buyer, cast["member"], "대형 선박 도장", "용접 인력")
    assert helper.is_entered_for
    assert not seeker.is_entered_for

    fits = adapter.fits_for(seeker, queries.helpers_for(seeker))
    assert fits[0].helper == helper
    assert fits[0].reasons
    address = reverse("groups:fits", args=[seeker.pk])
    assert as_role("supplier").get(address).status_code == 404
    as_role("coordinator").post(address, {"helper": helper.pk})
    assert Pair.objects.get().helper == helper
    assert helper not in queries.helpers_for(seeker)  # once


def test_firms_of_one_industry_or_one_group_are_no_pair(cast, group):
    cast.supplier.industry = cast.stranger.industry = "27213"
    cast.supplier.save()
    cast.stranger.save()
    seeker = cast.firm_strength(cast.supplier, cast["supplier"], "가", "나")
    same = cast.firm_strength(cast.stranger, cast["officer"], "나", "가")

    assert same not in queries.helpers_for(seeker)
    assert refused(
        lambda: operations.propose_pair(
            seeker=seeker, helper=same, strength="WEAK", reasons=[], by=cast["officer"], at=NOON
        )
    ) == "SAME_INDUSTRY"  # fmt: skip


def test_a_secretary_says_it_for_a_member_and_it_is_marked(as_role, cast, group):
    as_role("supplier").post(
        reverse("groups:say"),
        {"organisation": cast.buyer.pk, "strengths": "선박", "wants": "센서"},
    )
    assert cast.buyer.strength.is_entered_for
    fields = {"organisation": cast.supplier.pk, "strengths": "센서", "wants": "선박"}
    assert as_role("member").post(reverse("groups:say"), fields).status_code == 422


def test_from_two_times_yes_to_the_project_group(as_role, cast, group):
    pair = cast.group_pair(group)
    answer = reverse("groups:pair_answer", args=[pair.pk])
    assert str(pair) in as_role("member").get("/").content.decode()
    as_role("member").post(answer, {"firm": cast.supplier.pk, "wants": "yes"})
    pair.refresh_from_db()
    assert pair.seeker_says is None  # nobody answers for another firm
    as_role("member").post(answer, {"firm": cast.buyer.pk, "wants": "yes"})
    as_role("coordinator").post(answer, {"firm": cast.supplier.pk, "wants": "yes"})
    pair.refresh_from_db()
    assert (pair.stage, pair.is_said_for) == ("AGREED", True)

    address = reverse("groups:found", args=[pair.pk])
    assert as_role("coordinator").post(address, {"name": "센서 과제"}).status_code == 422
    plan = reverse("groups:pre_plan", args=[pair.pk])
    as_role("coordinator").post(plan, {"pre_plan": "함께 시제품을 만든다."})
    as_role("coordinator").post(address, {"name": "센서 과제"})

    project = Group.objects.get(name="센서 과제")
    assert project.level == "PROJECT"
    assert {member.organisation for member in project.members.all()} == {cast.supplier, cast.buyer}
    assert (
        "함께 시제품을 만든다." in as_role("member").get(pair.get_absolute_url()).content.decode()
    )
    assert as_role("rival").get(pair.get_absolute_url()).status_code == 404


def test_one_no_ends_a_pair(as_role, cast, group):
    pair = cast.group_pair(group)
    answer = reverse("groups:pair_answer", args=[pair.pk])
    as_role("member").post(answer, {"firm": cast.buyer.pk, "wants": "no"})
    as_role("supplier").post(answer, {"firm": cast.supplier.pk, "wants": "yes"})
    pair.refresh_from_db()
    assert (pair.stage, pair.seeker_says) == ("DROPPED", None)


def test_a_package_goes_through_the_gates_of_its_programme_one_by_one(as_role, cast):
    load_shipped(at=NOON)
    values = {"name": "과제 모임", "level": "PROJECT", "region": "BUSAN"}
    project = operations.found_group(values=values, by=cast["officer"])
    operations.join(
        group=project, organisation=cast.supplier, on=NOON.date(), is_agreed=True,
        by=cast["officer"], today=NOON.date(),
    )  # fmt: skip
    programme = Programme.objects.get(slug="exchange-package")
    address = reverse("groups:package", args=[project.pk])
    as_role("officer").post(address, {"programme": programme.pk})
    steps = list(project.package.steps.all())
    names = [step.stage_id for step in steps]
    assert names == [
        "application", "agreement", "research", "commercialisation", "finance", "overseas",
    ]  # fmt: skip

    def show(step):
        return operations.show_evidence(step=step, evidence="협약서", by=cast["officer"], at=NOON)

    def gate(step, answer):
        return as_role("officer").post(
            reverse("groups:gate", args=[step.pk]), {"is_passed": answer, "decision": "까닭"}
        )

    assert refused(lambda: show(steps[1])) == "STEP_BEFORE"
    assert gate(steps[0], "yes").status_code == 422  # nothing was handed in
    show(steps[0])
    assert "Selection" in as_role("officer").get("/").content.decode()
    gate(steps[0], "no")
    assert refused(lambda: show(steps[1])) == "STEP_BEFORE"
    show(steps[0])  # again, after the no
    gate(steps[0], "yes")
    show(steps[1])
    assert as_role("supplier").get(reverse("groups:gate", args=[steps[1].pk])).status_code == 404


def test_only_project_groups_have_a_package(cast, group):
    assert refused(
        lambda: operations.open_package(
            group=group, programme=Programme(), by=cast["supplier"], at=NOON
        )
    ) == "NOT_A_PROJECT_GROUP"  # fmt: skip
