"""What an organisation shows of itself, and who of it may be contacted."""

import pytest
from django.urls import reverse

from dure.apps.people import operations
from dure.apps.people.models import Membership, ProfileEntry
from dure.apps.people.reasons import Reason
from dure.foundation.verdict import Refused
from tests.conftest import NOON
from tests.html import flat

pytestmark = pytest.mark.django_db


def page_of(organisation):
    return reverse("people:organisation_detail", args=[organisation.pk])


def test_a_manager_shows_a_patent_and_takes_it_out(as_role, cast):
    manager, add = as_role("manager"), reverse("people:profile_add", args=[cast.buyer.pk])
    sent = {"kind": "PATENT", "title": "폐열회수 장치", "number": "10-1234567", "year": "2021"}

    manager.post(add, sent)

    page = flat(as_role("visitor").get(page_of(cast.buyer)).content.decode())
    assert "폐열회수 장치" in page
    assert "10-1234567, 2021" in page
    entry = ProfileEntry.objects.get()
    as_role("manager").post(reverse("people:profile_remove", args=[entry.pk]))
    assert not ProfileEntry.objects.exists()


def test_what_cannot_be_shown_is_refused_where_it_stands(as_role, cast):
    add = reverse("people:profile_add", args=[cast.buyer.pk])

    answer = as_role("manager").post(add, {"kind": "PATENT", "title": "x", "url": "javascript:1"})

    assert answer.status_code == 422
    assert not ProfileEntry.objects.exists()


def test_nobody_else_changes_a_profile(as_role, cast):
    add = reverse("people:profile_add", args=[cast.buyer.pk])
    entry = operations.add_profile_entry(
        organisation=cast.buyer, values={"kind": "REFERENCE", "title": "납품"},
        by=cast["manager"], at=NOON,
    )  # fmt: skip

    assert as_role("rival").get(add).status_code == 404
    as_role("rival").post(reverse("people:profile_remove", args=[entry.pk]))
    with pytest.raises(Refused) as refusal:
        operations.remove_profile_entry(entry=entry, by=cast["member"])

    assert refusal.value.reason == Reason.NOT_A_MANAGER
    assert ProfileEntry.objects.exists()


def test_one_is_a_contact_only_by_saying_so_oneself(as_role, cast):
    membership = Membership.objects.get(user=cast["member"], organisation=cast.buyer)
    address = reverse("people:be_contact", args=[membership.pk])
    assert "member@example.org" not in as_role("rival").get(page_of(cast.buyer)).content.decode()

    assert as_role("manager").post(address, {"contact": "yes"}).status_code == 404
    as_role("member").post(address, {"contact": "yes"})

    assert "member@example.org" in as_role("rival").get(page_of(cast.buyer)).content.decode()
    assert "member@example.org" not in as_role("visitor").get(page_of(cast.buyer)).content.decode()
