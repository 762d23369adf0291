"""Organisations, memberships, roles and keys: what is done, and what is refused."""

from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction

from dure.apps.people import operations
from dure.apps.people.events import JoinAnswered, JoinRequested, OrganisationVerified
from dure.apps.people.models import (
    AccessToken,
    Appointment,
    Membership,
    MembershipRole,
    MembershipStage,
    Organisation,
    OrganisationKind,
    User,
)
from dure.apps.people.queries import roles_of
from dure.apps.people.reasons import Reason
from dure.apps.people.roles import Role
from dure.foundation.announce import announced
from dure.foundation.verdict import Refused
from tests.conftest import NOON

pytestmark = pytest.mark.django_db
FREE_NUMBER = "2118700616"


def fresh(user: User) -> User:
    """The same person in their next request: what they may is asked of the database again."""
    return User.objects.get(pk=user.pk)


def values(**changed) -> dict:
    return {
        "business_number": FREE_NUMBER,
        "other_id": "",
        "name": "하늘바이오",
        "kind": OrganisationKind.SME,
        "group": "하늘그룹",
        **changed,
    }


@pytest.fixture
def heard(django_capture_on_commit_callbacks):
    """The events announced within `with heard as events:`."""

    class Listening:
        def __enter__(self):
            self.events = []
            self.capture = django_capture_on_commit_callbacks(execute=True)
            announced.connect(self._note)
            self.capture.__enter__()
            return self.events

        def __exit__(self, *problem):
            self.capture.__exit__(*problem)
            announced.disconnect(self._note)

        def _note(self, event, **_):
            self.events.append(event)

    return Listening()


def test_whoever_registers_an_organisation_manages_it_and_it_stays_unverified(cast):
    organisation = operations.register_organisation(values=values(), by=cast["newcomer"])

    roles = roles_of(fresh(cast["newcomer"]))
    assert organisation.verified_at is None
    assert organisation.group.name == "하늘그룹"
    assert roles.managed == {organisation.pk}
    assert not roles.is_member


def test_the_same_group_is_found_again_by_its_name(cast):
    organisation = operations.register_organisation(
        values=values(group=f" {cast.buyer.group.name} "), by=cast["newcomer"]
    )

    assert organisation.group == cast.buyer.group


@pytest.mark.parametrize(
    ("changed", "stays_verified"),
    [
        ({"summary": "새 소개"}, True),
        ({"region": "SEOUL"}, True),
        ({"name": "다른 이름"}, False),
        ({"business_number": FREE_NUMBER}, False),
        ({"other_id": "DE-123"}, False),
        ({"group": "다른그룹"}, False),
    ],
)
def test_who_changes_its_identity_is_verified_again(cast, changed, stays_verified):
    organisation = operations.edit_organisation(
        organisation=cast.buyer, values=changed, by=cast["manager"]
    )

    assert (organisation.verified_at is not None) == stays_verified


def test_an_organisation_without_numbers_loses_its_verification_not_the_page(cast):
    operations.edit_organisation(
        organisation=cast.buyer, values={"business_number": None}, by=cast["manager"]
    )

    cast.buyer.refresh_from_db()
    assert cast.buyer.verified_at is None


def test_two_may_go_without_a_business_number_but_not_share_another(cast):
    operations.register_organisation(
        values=values(business_number=None, other_id="DE-1"), by=cast["newcomer"]
    )
    operations.register_organisation(
        values=values(business_number=None, other_id="DE-2"), by=cast["newcomer"]
    )

    with pytest.raises(Refused) as refusal:
        operations.register_organisation(
            values=values(business_number=None, other_id="DE-1"), by=cast["rival"]
        )
    assert refusal.value.reason == Reason.OTHER_NUMBER_TAKEN


def test_verifying_says_who_and_when_and_is_announced(cast, heard):
    organisation = operations.register_organisation(values=values(), by=cast["newcomer"])

    with heard as events:
        operations.verify_organisation(organisation=organisation, by=cast["officer"], at=NOON)

    organisation.refresh_from_db()
    assert (organisation.verified_by, organisation.verified_at) == (cast["officer"], NOON)
    assert events == [OrganisationVerified(organisation.pk, NOON)]


def test_joining_is_asked_for_answered_and_announced(cast, heard):
    with heard as events:
        membership = operations.ask_to_join(organisation=cast.buyer, by=cast["newcomer"], at=NOON)
        operations.answer_join(membership=membership, is_welcome=True, by=cast["manager"], at=NOON)

    membership.refresh_from_db()
    assert membership.stage == MembershipStage.ACTIVE
    assert membership.role == MembershipRole.MEMBER
    assert events == [
        JoinRequested(membership.pk, NOON),
        JoinAnswered(membership.pk, is_welcome=True, at=NOON),
    ]


def test_who_left_as_manager_comes_back_as_member(cast):
    second = Membership.objects.create(
        user=cast["newcomer"],
        organisation=cast.buyer,
        role=MembershipRole.MANAGER,
        stage=MembershipStage.ACTIVE,
    )
    operations.leave(membership=second, by=cast["newcomer"])

    again = operations.ask_to_join(organisation=cast.buyer, by=cast["newcomer"], at=NOON)

    assert (again.role, again.stage) == (MembershipRole.MEMBER, MembershipStage.REQUESTED)


def test_an_ordinary_member_can_go_where_there_is_one_manager(cast):
    membership = Membership.objects.get(user=cast["member"], organisation=cast.buyer)

    operations.change_membership(
        membership=membership,
        role=MembershipRole.MEMBER,
        stage=MembershipStage.ENDED,
        by=cast["manager"],
    )

    assert cast.buyer.pk not in roles_of(fresh(cast["member"])).organisations


def refused(cast, what: str) -> None:
    """Do one thing that must be refused."""
    own = {m.user_id: m for m in Membership.objects.filter(organisation=cast.buyer)}
    manager, member = own[cast["manager"].pk], own[cast["member"].pk]
    asked = Membership.objects.create(user=cast["newcomer"], organisation=cast.buyer)
    unnumbered = Organisation.objects.create(name="번호 없음", kind=OrganisationKind.SME)
    token, _key = operations.issue_token(name="x", by=cast["member"], at=NOON)
    administrator = Appointment.objects.get(role=Role.ADMINISTRATOR)
    end = {"role": MembershipRole.MANAGER, "stage": MembershipStage.ENDED}
    do = {
        "take a number": lambda: operations.register_organisation(
            values=values(business_number=cast.buyer.business_number), by=cast["newcomer"]
        ),
        "edit another's": lambda: operations.edit_organisation(
            organisation=cast.buyer, values={"name": "x"}, by=cast["rival"]
        ),
        "edit as member": lambda: operations.edit_organisation(
            organisation=cast.buyer, values={"name": "x"}, by=cast["member"]
        ),
        "opt another out": lambda: operations.opt_out(
            organisation=cast.buyer, is_out=True, by=cast["rival"]
        ),
        "verify as manager": lambda: operations.verify_organisation(
            organisation=unnumbered, by=cast["manager"], at=NOON
        ),
        "verify without number": lambda: operations.verify_organisation(
            organisation=unnumbered, by=cast["officer"], at=NOON
        ),
        "verify twice": lambda: operations.verify_organisation(
            organisation=cast.buyer, by=cast["officer"], at=NOON
        ),
        "join twice": lambda: operations.ask_to_join(
            organisation=cast.buyer, by=cast["newcomer"], at=NOON
        ),
        "join as member": lambda: operations.ask_to_join(
            organisation=cast.buyer, by=cast["member"], at=NOON
        ),
        "answer as member": lambda: operations.answer_join(
            membership=asked, is_welcome=True, by=cast["member"], at=NOON
        ),
        "answer oneself": lambda: operations.answer_join(
            membership=asked, is_welcome=True, by=cast["newcomer"], at=NOON
        ),
        "answer twice": lambda: operations.answer_join(
            membership=member, is_welcome=True, by=cast["manager"], at=NOON
        ),
        "end the last manager": lambda: operations.change_membership(
            membership=manager, by=cast["officer"], **end
        ),
        "leave as last manager": lambda: operations.leave(membership=manager, by=cast["manager"]),
        "end a stranger": lambda: operations.leave(membership=member, by=cast["rival"]),
        "appoint as officer": lambda: operations.appoint(
            user=cast["member"], role=Role.OFFICER, by=cast["officer"]
        ),
        "dismiss as officer": lambda: operations.dismiss(
            appointment=administrator, by=cast["officer"]
        ),
        "dismiss the last": lambda: operations.dismiss(
            appointment=administrator, by=cast["administrator"]
        ),
        "revoke another's": lambda: operations.revoke_token(
            token=token, by=cast["manager"], at=NOON
        ),
    }
    do[what]()


@pytest.mark.parametrize(
    ("what", "reason"),
    [
        ("take a number", Reason.BUSINESS_NUMBER_TAKEN),
        ("edit another's", Reason.NOT_A_MANAGER),
        ("edit as member", Reason.NOT_A_MANAGER),
        ("opt another out", Reason.NOT_A_MANAGER),
        ("verify as manager", Reason.NOT_AN_OFFICER),
        ("verify without number", Reason.NO_BUSINESS_NUMBER),
        ("verify twice", Reason.ALREADY_VERIFIED),
        ("join twice", Reason.ALREADY_ASKED),
        ("join as member", Reason.ALREADY_A_MEMBER),
        ("answer as member", Reason.NOT_A_MANAGER),
        ("answer oneself", Reason.OWN_REQUEST),
        ("answer twice", Reason.NOT_REQUESTED),
        ("end the last manager", Reason.LAST_MANAGER),
        ("leave as last manager", Reason.LAST_MANAGER),
        ("end a stranger", Reason.NOT_YOURS),
        ("appoint as officer", Reason.NOT_AN_ADMINISTRATOR),
        ("dismiss as officer", Reason.NOT_AN_ADMINISTRATOR),
        ("dismiss the last", Reason.LAST_ADMINISTRATOR),
        ("revoke another's", Reason.NOT_YOURS),
    ],
)
def test_what_is_refused(cast, what, reason):
    with pytest.raises(Refused) as refusal:
        refused(cast, what)

    assert refusal.value.reason == reason


def test_a_key_opens_until_it_is_revoked_or_a_year_old(cast):
    token, key = operations.issue_token(name="밤 작업", by=cast["member"], at=NOON)
    in_time, too_late = NOON + timedelta(days=364), NOON + timedelta(days=366)

    assert operations.user_of_token(key=key, at=in_time) == cast["member"]
    assert operations.user_of_token(key=key, at=too_late) is None
    assert operations.user_of_token(key=f"{key}x", at=in_time) is None
    operations.revoke_token(token=token, by=cast["member"], at=in_time)
    assert operations.user_of_token(key=key, at=in_time) is None
    assert key not in str(AccessToken.objects.values().get())


@pytest.mark.parametrize(
    ("constraint", "made"),
    [
        (
            "organisation_business_number_has_ten_digits",
            {"business_number": "12345", "name": "x", "kind": "SME"},
        ),
        (
            "organisation_verified_by_somebody_with_number",
            {"name": "x", "kind": "SME", "verified_at": NOON},
        ),
    ],
)
def test_what_the_database_refuses(cast, constraint, made):
    with pytest.raises(IntegrityError, match=constraint), transaction.atomic():
        Organisation.objects.create(**made)
