"""What the office introduces is opened once, told to both, and found when the word was lost."""

import pytest
from django.urls import reverse

from dure.apps.introductions import operations
from dure.apps.introductions.models import Introduction
from dure.apps.matches.models import Side
from dure.apps.matches.operations import introduce, take_back
from dure.apps.notices.models import Notice
from dure.apps.notices.presenters import sentence
from dure.apps.people.models import Membership
from tests.conftest import NOON

pytestmark = pytest.mark.django_db


def open_ones():
    return list(Introduction.objects.exclude(stage="TAKEN_BACK"))


def test_the_button_of_the_office_opens_an_introduction(
    as_role, cast, django_capture_on_commit_callbacks
):
    need, technology = cast.need(), cast.technology()

    with django_capture_on_commit_callbacks(execute=True):
        introduce(need=need, technology=technology, by=cast["officer"], at=NOON)

    [made] = open_ones()
    assert (made.need, made.technology, made.introduced_by) == (need, technology, cast["officer"])
    page = as_role("supplier").get(made.get_absolute_url()).content.decode()
    assert "한빛중공업" in page
    assert cast["manager"].email in page


def test_whoever_was_interested_speaks_for_their_side(cast, introduced):
    assert introduced.demand_contact == cast["member"]
    assert introduced.supply_contact == cast["supplier"]


def test_a_contact_who_left_is_followed_by_a_manager(cast, introduced, as_role):
    Membership.objects.filter(user=cast["member"]).update(stage="ENDED")

    page = as_role("supplier").get(introduced.get_absolute_url()).content.decode()

    assert cast["manager"].email in page
    assert cast["member"].email not in page


def test_both_sides_are_told_once_with_the_way_there(cast, introduced):
    operations.open_introduction(need_id=introduced.need_id, technology_id=introduced.technology_id)

    notices = Notice.objects.filter(kind="INTRODUCTION", recipient=cast["supplier"])
    [notice] = notices
    assert notice.url == reverse("introductions:introduction", args=[introduced.pk])
    assert "한빛중공업" in sentence(notice)
    assert "member" in sentence(notice)


def test_what_was_announced_while_nobody_listened_is_found(cast):
    introduce(need=cast.need(), technology=cast.technology(), by=cast["officer"], at=NOON)
    assert open_ones() == []

    assert operations.open_missing() == 1
    assert operations.open_missing() == 0
    assert len(open_ones()) == 1


def test_what_the_office_takes_back_is_gone_and_can_come_again(
    cast, introduced, django_capture_on_commit_callbacks
):
    pair = {"need": introduced.need, "technology": introduced.technology}

    with django_capture_on_commit_callbacks(execute=True):
        take_back(**pair, by=cast["officer"], at=NOON, side=Side.OFFICE)
    assert open_ones() == []

    with django_capture_on_commit_callbacks(execute=True):
        introduce(**pair, by=cast["officer2"], at=NOON)
    assert [introduction.introduced_by for introduction in open_ones()] == [cast["officer2"]]
    assert Introduction.objects.count() == 1


def test_once_somebody_has_written_it_stays(
    cast, introduced, say, django_capture_on_commit_callbacks
):
    say("supplier")

    with django_capture_on_commit_callbacks(execute=True):
        take_back(
            need=introduced.need, technology=introduced.technology, by=cast["officer"], at=NOON,
            side=Side.OFFICE,
        )  # fmt: skip

    assert [introduction.stage for introduction in open_ones()] == ["TALKING"]


def test_the_page_of_the_need_says_with_whom_and_where_it_stands(as_role, introduced):
    address = introduced.need.get_absolute_url()

    owner = as_role("member").get(address).content.decode()
    stranger = as_role("rival").get(address).content.decode()

    assert "Introduced to" in owner
    assert introduced.get_absolute_url() in owner
    assert introduced.get_absolute_url() not in stranger
