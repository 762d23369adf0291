"""Who may do what with organisations and people, role by role: permissions.csv."""

from datetime import timedelta
from pathlib import Path

import pytest

from dure.apps.people import operations, permissions, queries
from dure.apps.people.models import Appointment, Membership, Organisation
from dure.apps.people.roles import Role
from tests.conftest import NOON
from tests.truth_tables import assert_table, assert_whole


@pytest.fixture
def cases(cast):
    unverified = Organisation.objects.create(name="새별", kind="SME", business_number="1018119101")
    joined = Membership.objects.get(user=cast["member"])
    asked, of_officer = (
        Membership(user=cast[role], organisation=cast.buyer) for role in ("newcomer", "officer")
    )
    officers = Appointment.objects.filter(role=Role.OFFICER)
    mandates = {
        kind: operations.name_mandate(
            organisation=cast.buyer, user=cast[who], kind=kind, first_on=NOON.date(),
            last_on=NOON.date() + timedelta(days=9), by=cast["manager"], at=NOON,
        )
        for who, kind in (("manager", "SIGNATORY"), ("member", "DELEGATE"), ("rival", "BOOKKEEPER"))
    }  # fmt: skip
    later = NOON.date() + timedelta(days=10)
    return {
        "may_sign_for: the buyer": lambda user: permissions.may_sign_for(
            user, cast.buyer, NOON.date()
        ),
        "may_sign_for: the buyer, when all mandates are over": lambda user: (
            permissions.may_sign_for(user, cast.buyer, later)
        ),
        "may_see_money_of: the buyer": lambda user: permissions.may_see_money_of(
            user, cast.buyer, NOON.date()
        ),
        "may_name_mandates: of the buyer": lambda user: permissions.may_name_mandates(
            user, cast.buyer
        ),
        "may_end_mandate: of the delegate": lambda user: permissions.may_end_mandate(
            user, mandates["DELEGATE"]
        ),
        "mandates_visible_to: the bookkeeper": lambda user: queries.mandates_visible_to(
            user
        ).filter(pk=mandates["BOOKKEEPER"].pk),
        "may_manage: the buyer": lambda user: permissions.may_manage(user, cast.buyer),
        "may_be_contact: the member": lambda user: permissions.may_be_contact(
            user, Membership.objects.get(user=cast["member"])
        ),
        "may_look_inside: the buyer": lambda user: permissions.may_look_inside(user, cast.buyer),
        "may_read_unverified": permissions.may_read_unverified,
        "may_run_programmes": permissions.may_run_programmes,
        "may_verify: a new firm": lambda user: permissions.may_verify(user, unverified),
        "may_verify: the buyer": lambda user: permissions.may_verify(user, cast.buyer),
        "may_answer_join: a newcomer asks the buyer": lambda user: permissions.may_answer_join(
            user, asked
        ),
        "may_answer_join: an officer asks the buyer": lambda user: permissions.may_answer_join(
            user, of_officer
        ),
        "may_change_membership: a member becomes a manager": (
            lambda user: permissions.may_change_membership(user, joined, "MANAGER", "ACTIVE")
        ),
        "may_change_membership: an officer becomes a member": (
            lambda user: permissions.may_change_membership(user, of_officer, "MEMBER", "ACTIVE")
        ),
        "may_change_membership: a member is put out": (
            lambda user: permissions.may_change_membership(user, joined, "MEMBER", "ENDED")
        ),
        "may_appoint": permissions.may_appoint,
        "organisations_visible_to: the buyer": lambda user: queries.organisations_visible_to(
            user
        ).filter(pk=cast.buyer.pk),
        "organisations_visible_to: a new firm": lambda user: queries.organisations_visible_to(
            user
        ).filter(pk=unverified.pk),
        "memberships_visible_to: of the buyer": lambda user: queries.memberships_visible_to(
            user
        ).filter(pk=joined.pk),
        "people_visible_to": queries.people_visible_to,
        "appointments_visible_to: of officers": lambda user: queries.appointments_visible_to(
            user
        ).filter(pk__in=officers),
    }


def test_each_role_is_answered_as_the_table_says(cases, cast):
    assert_table(Path(__file__).with_name("permissions.csv"), cases, cast)


def test_the_table_is_whole(cases):
    assert_whole(cases, permissions, queries)
