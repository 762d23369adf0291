"""Casting on the pages: the code is shown before, and a form that is sent twice is one vote."""

import re

import pytest
from django.urls import reverse

from dure.apps.councils import operations
from dure.apps.councils.models import Ballot
from tests.conftest import NOON

pytestmark = pytest.mark.django_db


@pytest.fixture
def vote(cast):
    seats = cast.council_seats()
    model = cast.win_win_model()
    operations.undertake(model=model, by=cast["reviewer"], at=NOON)
    return cast.council_vote(cast.council_meeting(seats=seats, model=model), model)


@pytest.fixture
def address(cast, vote):
    elector = vote.electors.get(voter__user=cast["reviewer"])
    return reverse("councils:cast", args=[vote.pk, elector.pk])


def test_the_code_is_shown_with_the_page_and_finds_the_ballot_afterwards(
    as_role, cast, vote, address
):
    page = as_role("reviewer").get(address)
    assert "no-store" in page["Cache-Control"]
    [code] = set(re.findall(r"[0-9A-Z]{4}(?:-[0-9A-Z]{4}){3}", page.content.decode()))

    done = as_role("reviewer").post(address, {"option": "reject", "code": code})

    assert (done.status_code, done["Location"]) == (302, vote.get_absolute_url())
    check = reverse("councils:vote_check", args=[vote.pk])
    assert as_role("reviewer").get(check).status_code == 404
    for elector in vote.electors.exclude(voter__user=cast["reviewer"]).select_related("seat"):
        cast.ballot(vote, elector.seat, "recommend")
    as_role("officer").post(reverse("councils:vote_close", args=[vote.pk]))
    response = as_role("reviewer").post(check, {"code": code.lower().replace("-", " ")})
    assert "Reject" in response.content.decode()
    assert as_role("reviewer").post(check, {"code": "0000-0000-0000-0000"}).status_code == 422
    assert as_role("reviewer").post(check, {"code": "?"}).status_code == 422


def test_sent_twice_it_is_one_ballot_and_changes_nothing(as_role, vote, address):
    fields = {"option": "reject", "code": operations.fresh_code()}
    as_role("reviewer").post(address, fields)

    again = as_role("reviewer").post(address, fields | {"option": "recommend"})

    assert again.status_code == 302
    assert Ballot.objects.count() == 1


def test_what_is_no_option_or_no_code_is_not_taken(as_role, address):
    code = operations.fresh_code()
    assert as_role("reviewer").post(address, {"option": "x", "code": code}).status_code == 422
    wrong = as_role("reviewer").post(address, {"option": "reject", "code": "abc"})
    assert wrong.status_code == 422
    assert not Ballot.objects.exists()


def test_nobody_casts_the_vote_of_another(as_role, vote):
    other = vote.electors.exclude(voter__user__name="reviewer").first()
    address = reverse("councils:cast", args=[vote.pk, other.pk])

    assert as_role("reviewer").post(address, {"option": "reject"}).status_code == 404


def test_the_secretary_sees_that_people_have_voted_and_never_what(as_role, cast, vote):
    for elector in vote.electors.select_related("seat"):
        cast.ballot(vote, elector.seat, "recommend")

    page = as_role("officer").get(vote.get_absolute_url()).content.decode()

    assert "5 of 5 have voted" in page
    assert "<code>" not in page


def test_the_member_is_told_on_the_desk(as_role, vote):
    assert vote.get_absolute_url() in as_role("reviewer").get("/").content.decode()
