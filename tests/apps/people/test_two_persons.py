"""Two persons means two persons: what one officer alone can not do."""

import pytest

from dure.apps.catalog.models import DuplicateCandidate
from dure.apps.catalog.operations import answer_duplicate, edit, publish
from dure.apps.catalog.reasons import Reason as CatalogReason
from dure.apps.catalog.stages import NeedStage
from dure.apps.fairs.permissions import may_withdraw
from dure.apps.fairs.reasons import Reason as FairReason
from dure.apps.fairs.stages import FairStage
from dure.apps.ndas.permissions import may_ask
from dure.apps.ndas.reasons import Reason as NdaReason
from dure.apps.people import operations
from dure.apps.people.models import Membership, MembershipRole, MembershipStage, User
from dure.apps.people.reasons import Reason
from dure.foundation.verdict import Refused
from tests.conftest import NOON

pytestmark = pytest.mark.django_db


def again(person):
    """The same person in the next request."""
    return User.objects.get(pk=person.pk)


def refusal_of(operation, **values):
    with pytest.raises(Refused) as refused:
        operation(**values)
    return refused.value.reason


@pytest.mark.parametrize("role", ["officer", "newcomer", "manager"])
def test_nobody_lets_themselves_in(cast, role):
    asked = operations.ask_to_join(organisation=cast.rival, by=cast[role], at=NOON)
    by = again(cast[role])

    answer = {"membership": asked, "is_welcome": True, "by": by, "at": NOON}
    assert refusal_of(operations.answer_join, **answer) == Reason.OWN_REQUEST
    change = {"membership": asked, "by": by, "stage": MembershipStage.ACTIVE}
    for raised in MembershipRole:
        assert refusal_of(operations.change_membership, role=raised, **change) == Reason.OWN_REQUEST


def test_nobody_makes_themselves_a_manager(cast):
    own = Membership.objects.create(
        user=cast["officer"], organisation=cast.rival, stage=MembershipStage.ACTIVE
    )
    raised = {"role": MembershipRole.MANAGER, "stage": MembershipStage.ACTIVE}

    refused = refusal_of(
        operations.change_membership, membership=own, by=again(cast["officer"]), **raised
    )
    assert refused == Reason.OWN_REQUEST
    changed = operations.change_membership(membership=own, by=cast["officer2"], **raised)
    assert changed.role == MembershipRole.MANAGER


def test_officer_does_not_sign_for_an_organisation(cast):
    Membership.objects.create(
        user=cast["officer"], organisation=cast.supplier,
        stage=MembershipStage.ACTIVE, role=MembershipRole.MANAGER,
    )  # fmt: skip

    verdict = may_ask(again(cast["officer"]), cast.buyer, cast.supplier)
    assert verdict.reason == NdaReason.OFFICERS_DO_NOT_SIGN


@pytest.mark.parametrize("changed", [{"name_en": "Samsung Electronics"}, {"kind": "AGENCY"}])
def test_changed_identity_is_verified_again_by_somebody_else(cast, changed):
    edited = operations.edit_organisation(
        organisation=cast.rival, values=changed, by=cast["officer"]
    )
    assert edited.verified_at is None

    verify = {"organisation": edited, "at": NOON}
    refused = refusal_of(operations.verify_organisation, by=cast["officer"], **verify)
    assert refused == Reason.SECOND_PERSON
    assert operations.verify_organisation(by=cast["officer2"], **verify).verified_at == NOON


def test_who_registered_an_organisation_does_not_verify_it(cast):
    values = {"name": "새 회사", "kind": "SME", "other_id": "DE-1", "business_number": None}
    new = operations.register_organisation(values=values, by=cast["officer"])

    refused = refusal_of(
        operations.verify_organisation, organisation=new, by=again(cast["officer"]), at=NOON
    )
    assert refused == Reason.SECOND_PERSON


def test_who_changed_an_entry_last_does_not_publish_it(cast):
    need = cast.need(
        stage=NeedStage.UNDER_REVIEW, handed_in_by=cast["member"], handed_in_at=NOON,
        published_by=None, published_at=None,
    )  # fmt: skip
    edit(entry=need, values={"title": "다른 제목"}, seen_at=None, by=cast["officer"], at=NOON)

    refused = refusal_of(publish, entries=[need], by=cast["officer"], at=NOON)
    assert refused == CatalogReason.SECOND_PERSON
    assert publish(entries=[need], by=cast["officer2"], at=NOON)


def test_pair_is_judged_once(cast):
    first, second = sorted([cast.need(), cast.need(title="또 하나")], key=lambda need: need.pk)
    pair = DuplicateCandidate.objects.create(first=first, second=second, similarity=0.9)
    judge = {"duplicate": pair, "keep": None, "at": NOON}
    answer_duplicate(is_same=False, by=cast["officer"], **judge)

    refused = refusal_of(answer_duplicate, is_same=True, by=cast["officer2"], **judge)
    assert refused == CatalogReason.JUDGED_ALREADY


@pytest.mark.parametrize(
    ("stage", "role", "may"),
    [
        (FairStage.WISHES, "member", True),
        (FairStage.PLANNING, "member", False),
        (FairStage.HELD, "member", False),
        (FairStage.HELD, "manager", True),
        (FairStage.HELD, "officer", True),
    ],
)
def test_member_does_not_withdraw_the_firm_from_a_running_fair(cast, stage, role, may):
    registration = cast.registration(cast.fair(stage=stage), cast.buyer)
    verdict = may_withdraw(cast[role], registration)

    assert bool(verdict) == may
    assert may or verdict.reason == FairReason.MANAGERS_WITHDRAW


def test_join_form_does_not_tell_the_name_of_an_unverified_organisation(as_role, cast):
    values = {"name": "비밀 회사", "kind": "SME", "other_id": "", "business_number": "1248100998"}
    type(cast.rival).objects.filter(business_number="1248100998").update(
        business_number=None, other_id="x"
    )
    hidden = operations.register_organisation(values=values, by=cast["rival"])

    page = as_role("newcomer").post(
        "/organisations/join/", {"organisation": hidden.pk}, follow=True
    )

    assert "request has been sent" in page.content.decode()
    assert "비밀 회사" not in page.content.decode()
