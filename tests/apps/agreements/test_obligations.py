"""What is owed beside money is written down, reminded of on its days, and met; late own cash too."""

from datetime import date, timedelta

import pytest
from django.urls import reverse

from dure.apps.agreements import operations, queries
from dure.apps.agreements.models import Instalment, ObligationKind
from dure.apps.agreements.reasons import Hold, Reason
from dure.apps.notices.models import Notice
from dure.apps.people.models import Mandate, MandateKind, Membership, MembershipStage
from dure.foundation.verdict import Refused
from tests.conftest import NOON

pytestmark = pytest.mark.django_db


def told(kind):
    return Notice.objects.filter(kind=kind).count()


def at(day: date):
    return NOON + (day - NOON.date())


def test_results_are_deposited_three_months_after_the_end_and_reminded_of(cast):
    agreement = cast.signed_agreement()
    deposit = agreement.obligations.get()
    assert (deposit.kind, str(deposit.party)) == (ObligationKind.DEPOSIT, "열림테크")
    assert deposit.due_on == date(2028, 4, 30)
    agreement.instalments.all().delete()  # no own cash is late in this test

    days = [deposit.due_on - timedelta(days=n) for n in (31, 30, 29, 7, 0, -1, -2)]
    assert [operations.remind(at=at(day)) for day in days] == [0, 1, 0, 1, 0, 1, 0]
    assert Notice.objects.filter(kind="OBLIGATION_DUE", recipient=cast["supplier"]).count() == 3
    operations.meet(obligation=deposit, note="임치증서 24-1", by=cast["supplier"], at=NOON)
    assert not queries.own_obligations(cast["supplier"], date(2029, 1, 1)).exists()
    with pytest.raises(Refused) as refusal:
        operations.meet(obligation=deposit, note="다시", by=cast["officer"], at=NOON)
    assert refusal.value.reason == Reason.MET_ALREADY


def test_a_young_person_is_hired_for_each_500_million_of_grants(cast):
    agreement = cast.signed_agreement(
        slug="win-win-model", roles=("lead",), months=24, ends_on=date(2028, 11, 30),
        confirmed=("council_recommendation", "committee_approval"), budget=3 * 10**9,
        money=((0, "grant", "cash", 1500), (1, "own_share", "cash", 500)),
    )  # fmt: skip

    assert agreement.obligations.get(kind=ObligationKind.YOUTH).count == 3


@pytest.fixture
def linked(cast):
    """A purchase-linked agreement in force, drawn up without a call."""
    return cast.signed_agreement(
        slug="purchase-linked", months=24, ends_on=date(2028, 11, 30),
        confirmed=("purchase_consent",),
        money=((0, "grant", "cash", 375), (2, "own_share", "cash", 125)),
    )  # fmt: skip


def test_a_justified_reason_exempts_of_the_duty_to_buy_once_another_person_accepted_it(
    cast, linked, as_role
):
    duty = linked.obligations.get(kind=ObligationKind.DUTY)
    assert (str(duty.party), duty.due_on) == ("한빛중공업", date(2029, 11, 30))
    ask, answer = (
        reverse(f"agreements:{name}", args=[duty.pk]) for name in ("plead", "answer_plea")
    )

    as_role("manager").post(ask, {"reason": "설비 사업을 접었다"})
    assert [plea.pk for plea in queries.pleas_to_answer(cast["officer"])] == [duty.pk]
    assert not queries.own_obligations(cast["manager"], duty.due_on).exists()
    refused = as_role("officer").post(answer, {"is_yes": "no", "answer": ""})
    assert "Say why." in refused.content.decode()
    as_role("officer").post(answer, {"is_yes": "no", "answer": "근거를 붙여 주세요"})
    assert queries.own_obligations(cast["manager"], duty.due_on).get() == duty
    as_role("manager").post(ask, {"reason": "설비 사업을 접었다. 이사회 회의록 3쪽"})
    as_role("officer").post(answer, {"is_yes": "yes"})

    duty.refresh_from_db()
    assert duty.is_exempt
    assert duty.met_by == cast["officer"]
    assert duty.note == "설비 사업을 접었다. 이사회 회의록 3쪽"
    page = as_role("manager").get(reverse("agreements:agreement", args=[linked.pk]))
    assert "accepted by" in page.content.decode()
    with pytest.raises(Refused):
        operations.plead(obligation=duty, reason="다시", by=cast["manager"], at=NOON)


def test_nobody_is_exempted_of_the_deposit_and_nobody_asks_for_others(cast, linked):
    deposit = linked.obligations.get(kind=ObligationKind.DEPOSIT)
    duty = linked.obligations.get(kind=ObligationKind.DUTY)
    for owed, who, reason in (
        (deposit, "supplier", Reason.NOT_WAIVABLE), (duty, "supplier", Reason.NOT_A_PARTY),
    ):  # fmt: skip
        with pytest.raises(Refused) as refusal:
            operations.plead(obligation=owed, reason="사유", by=cast[who], at=NOON)
        assert refusal.value.reason == reason


def test_what_the_programme_wants_shown_is_confirmed_on_the_page_of_the_draft(cast, as_role):
    draft = cast.drafted_agreement(
        slug="purchase-linked", months=24, ends_on=date(2028, 11, 30),
        money=((0, "grant", "cash", 375), (2, "own_share", "cash", 125)),
    )  # fmt: skip
    cast.appropriation(slug="purchase-linked")
    page, shown = (
        reverse(f"agreements:{name}", args=[draft.pk]) for name in ("agreement", "confirm_fact")
    )
    assert "breaks rules" in as_role("officer").get(page).content.decode()

    as_role("officer").post(shown, {"fact": "purchase_contract"})

    assert "breaks rules" not in as_role("officer").get(page).content.decode()
    assert as_role("manager").get(shown).status_code == 404


def test_late_own_cash_stops_public_money_and_both_sides_are_told_every_week(cast):
    agreement = cast.signed_agreement()
    own = agreement.instalments.filter(payer__role="demand").order_by("due_on").first()
    public = agreement.instalments.filter(payer__role="government").order_by("due_on").first()
    late = own.due_on + timedelta(days=1)

    assert operations.remind(at=at(own.due_on)) == 0
    assert operations.remind(at=at(late)) == 1
    assert operations.remind(at=at(late)) == 0
    assert queries.hold_of(public, late) == Hold.OWN_CASH_LATE
    assert set(
        Notice.objects.filter(kind="OWN_CASH_LATE").values_list("recipient__name", flat=True)
    ) == {"member", "manager", "officer"}
    assert operations.remind(at=at(late + timedelta(days=7))) == 1
    Instalment.objects.filter(pk=own.pk).update(stage="PAID", paid_on=late)
    assert queries.hold_of(public, late) is None


def test_who_is_named_to_sign_signs_and_the_manager_no_more(cast):
    agreement = cast.opened_agreement()
    lead = agreement.parties.get(role="lead")
    Membership.objects.create(
        user=cast["newcomer"], organisation=cast.supplier, stage=MembershipStage.ACTIVE
    )
    Mandate.objects.create(
        user=cast["newcomer"], organisation=cast.supplier, kind=MandateKind.SIGNATORY,
        first_on=NOON.date(), created_by=cast["supplier"], created_at=NOON,
    )  # fmt: skip

    assert not queries.to_sign(cast["supplier"], NOON.date()).exists()
    with pytest.raises(Refused) as refusal:
        operations.sign(party=lead, by=cast["supplier"], at=NOON)
    assert refusal.value.reason == Reason.NOT_THEIR_SIGNATORY
    assert operations.sign(party=lead, by=cast["newcomer"], at=NOON).party == lead
