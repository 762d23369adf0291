"""An internal approver of the organisation approves this very text before its signatory signs it."""

from datetime import timedelta

import pytest
from django.urls import reverse

from dure.apps.agreements import operations, queries
from dure.apps.agreements.reasons import Reason
from dure.apps.notices.models import Notice
from dure.foundation.verdict import Refused
from tests.conftest import NOON
from tests.html import flat

pytestmark = pytest.mark.django_db


@pytest.fixture
def agreement(cast):
    """Being signed; what the buyer's manager signs its member approves."""
    operations.name_approver(
        organisation=cast.buyer, user=cast["member"], by=cast["manager"], at=NOON
    )
    return cast.opened_agreement()


def demand(agreement):
    return agreement.parties.get(role="demand")


def refused(operation, **arguments):
    with pytest.raises(Refused) as refusal:
        operation(**arguments)
    return refusal.value.reason


def signs(cast, agreement, who="manager"):
    return {"party": demand(agreement), "by": cast[who], "at": NOON}


def test_nobody_signs_before_the_approver_approved_and_another_person_signs(cast, agreement):
    assert refused(operations.sign, **signs(cast, agreement)) == Reason.APPROVAL_MISSING
    assert not queries.to_sign(cast["manager"], NOON.date()).exists()
    assert [party.agreement for party in queries.to_approve(cast["member"])] == [agreement]
    asked = Notice.objects.filter(kind="AGREEMENT_TO_APPROVE")
    assert [notice.recipient for notice in asked] == [cast["member"]]

    operations.approve(party=demand(agreement), by=cast["member"], at=NOON)

    assert not queries.to_approve(cast["member"]).exists()
    notices = Notice.objects.filter(kind="AGREEMENT_TO_SIGN", recipient=cast["manager"])
    assert notices.count() == 1
    operations.sign(**signs(cast, agreement))
    again = {"party": demand(agreement), "by": cast["member"], "at": NOON}
    assert refused(operations.approve, **again) == Reason.SIGNED_ALREADY


def test_a_manager_who_approves_does_not_sign_as_well(cast, agreement):
    operations.name_approver(
        organisation=cast.buyer, user=cast["manager"], by=cast["manager"], at=NOON
    )
    operations.approve(party=demand(agreement), by=cast["manager"], at=NOON)

    assert refused(operations.sign, **signs(cast, agreement)) == Reason.APPROVER_SIGNS


def test_what_is_not_approved_is_not_signed_and_its_reason_reaches_who_signs(cast, agreement):
    asked = {"party": demand(agreement), "by": cast["member"], "at": NOON}
    assert refused(operations.refuse_approval, reason=" ", **asked) == Reason.REASON_MISSING
    operations.refuse_approval(reason="예산 승인 전", **asked)

    assert refused(operations.sign, **signs(cast, agreement)) == Reason.APPROVAL_REFUSED
    notice = Notice.objects.get(kind="AGREEMENT_NOT_APPROVED")
    assert (notice.recipient, notice.facts["reason"]) == (cast["manager"], "예산 승인 전")
    operations.approve(**asked)  # the budget has come
    operations.sign(**signs(cast, agreement))


def test_who_signs_can_refuse_without_an_approval(cast, agreement):
    operations.refuse(reason="사업 철수", **signs(cast, agreement))

    agreement.refresh_from_db()
    assert agreement.stage == "REFUSED"


def test_an_approval_is_of_one_version_and_the_next_is_approved_anew(cast, agreement):
    operations.approve(party=demand(agreement), by=cast["member"], at=NOON)
    operations.reopen(agreement=agreement, reason="금액 정정", by=cast["officer"], at=NOON)
    operations.open_for_signing(
        agreement=agreement, sign_by=NOON.date() + timedelta(days=20), by=cast["officer"], at=NOON
    )

    assert refused(operations.sign, **signs(cast, agreement)) == Reason.APPROVAL_MISSING
    assert [party.agreement for party in queries.to_approve(cast["member"])] == [agreement]


def test_only_the_approver_approves_and_only_while_of_the_organisation(cast, agreement):
    for who in ("manager", "supplier", "officer"):
        asked = {"party": demand(agreement), "by": cast[who], "at": NOON}
        assert refused(operations.approve, **asked) == Reason.NOT_THE_APPROVER
    stranger = {"organisation": cast.buyer, "user": cast["supplier"], "by": cast["manager"]}
    assert refused(operations.name_approver, at=NOON, **stranger) == Reason.NOT_OF_THEM
    by_rival = {"organisation": cast.buyer, "user": cast["member"], "by": cast["member"]}
    assert refused(operations.name_approver, at=NOON, **by_rival) == Reason.NOT_THEIR_SIGNATORY
    cast["member"].memberships.all().delete()
    asked = {"party": demand(agreement), "by": cast["member"], "at": NOON}
    assert refused(operations.approve, **asked) == Reason.NOT_THE_APPROVER

    operations.name_approver(organisation=cast.buyer, user=None, by=cast["manager"], at=NOON)

    operations.sign(**signs(cast, agreement))


def test_the_reminder_goes_to_the_approver_as_long_as_it_waits_there(cast, agreement):
    Notice.objects.all().delete()
    operations.remind_signers(at=NOON + timedelta(days=17))

    notices = Notice.objects.values_list("kind", "recipient")
    assert set(notices) == {
        ("AGREEMENT_TO_APPROVE", cast["member"].pk), ("AGREEMENT_TO_SIGN", cast["supplier"].pk),
    }  # fmt: skip


def test_from_naming_the_approver_to_the_signature_on_pages(as_role, cast):
    as_role("manager").post(
        reverse("agreements:approver", args=[cast.buyer.pk]), {"user": cast["member"].pk}
    )
    agreement = cast.opened_agreement()
    party = demand(agreement)
    page = reverse("agreements:agreement", args=[agreement.pk])

    assert "Read and approve" in as_role("member").get("/").content.decode()
    shown = flat(as_role("manager").get(page).content.decode())
    assert "internal approval by member is missing" in shown
    assert str(Reason.APPROVAL_MISSING.label) in shown
    refusal = reverse("agreements:refuse_approval", args=[party.pk])
    assert as_role("member").post(refusal, {"reason": ""}).status_code == 422
    as_role("member").post(refusal, {"reason": "예산 승인 전"})
    assert "예산 승인 전" in flat(as_role("manager").get(page).content.decode())
    assert "예산 승인 전" not in flat(as_role("supplier").get(page).content.decode())
    as_role("member").post(reverse("agreements:approve", args=[party.pk]))
    assert "approved internally by member" in flat(as_role("supplier").get(page).content.decode())
    as_role("manager").post(reverse("agreements:sign", args=[party.pk]))

    assert queries.open_text(agreement).signatures.get().signed_by == cast["manager"]
