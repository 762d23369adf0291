"""Who gives a place up after the selection has no agreement any more, and no money is kept for it."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils.timezone import localdate

from dure.apps.agreements import operations, permissions, queries
from dure.apps.agreements.models import Agreement
from dure.apps.agreements.reasons import Hold, Reason
from dure.apps.agreements.stages import AgreementStage
from dure.apps.notices.models import Notice
from dure.apps.selection import operations as selection
from dure.apps.selection.models import Decision
from tests.apps.agreements.cast import agency
from tests.apps.agreements.chain import DECIDED, decided
from tests.apps.agreements.test_signing import budget, party
from tests.conftest import NOON

pytestmark = pytest.mark.django_db


@pytest.fixture
def decision(cast):
    agency(cast)
    return decided(cast, "challenge")


def given_up(cast, decision):
    return selection.record_withdrawal(
        decision=decision, reason="자금 사정", by=cast["officer"], at=DECIDED
    )


def of(decision, agreement) -> Agreement:
    """An agreement as that of a decision."""
    Agreement.objects.filter(pk=agreement.pk).update(application=decision.application)
    agreement.refresh_from_db()
    return agreement


def test_who_listens_drops_the_draft_with_what_was_said(
    cast, decision, django_capture_on_commit_callbacks
):
    [draft] = operations.draft_decided(at=DECIDED)

    with django_capture_on_commit_callbacks(execute=True):
        given_up(cast, decision)

    draft.refresh_from_db()
    assert (draft.stage, draft.reason) == (AgreementStage.DROPPED, "자금 사정")
    assert Notice.objects.filter(recipient=cast["supplier"], kind="AGREEMENT_MOVED").count() == 1
    assert operations.draft_decided(at=DECIDED) == []


def test_what_was_being_signed_gives_its_money_back(cast, decision):
    signing = of(decision, cast.opened_agreement())
    operations.sign(party=party(signing, "lead"), by=cast["supplier"], at=NOON)
    assert budget() == (820_000_000, 180_000_000, 0, 0)
    given_up(cast, decision)

    assert operations.drop_given_up(at=DECIDED) == 1
    assert operations.drop_given_up(at=DECIDED) == 0

    signing.refresh_from_db()
    assert signing.stage == AgreementStage.DROPPED
    assert signing.texts.get().closed_at == DECIDED
    assert budget() == (1_000_000_000, 0, 0, 0)


def test_what_is_in_force_ends_by_its_own_rules_and_others_stay(cast, decision):
    signed = of(decision, cast.signed_agreement())
    other = cast.drafted_agreement()
    given_up(cast, decision)

    assert operations.drop_given_up(at=DECIDED) == 0
    stages = Agreement.objects.filter(pk__in=[signed.pk, other.pk]).values_list("stage", flat=True)
    assert set(stages) == {AgreementStage.IN_FORCE, AgreementStage.DRAFT}


def taken_back(decision, until):
    """As a ranking made anew takes a place back, which can be objected to until a day."""
    Decision.objects.filter(pk=decision.pk).update(
        outcome="REJECTED", cause="REVOKED", reason="가족이 평가함", months=0, granted=0,
        objections_until=until, replan_until=None,
    )  # fmt: skip


def test_what_rests_on_a_place_that_was_taken_back_is_not_signed_and_dropped_once_it_is_final(
    cast, decision, as_role
):
    today = localdate(DECIDED)
    signing = of(decision, cast.opened_agreement())
    taken_back(decision, today + timedelta(days=10))

    assert operations.follow_revocations(at=DECIDED) == 1
    assert operations.follow_revocations(at=DECIDED) == 0
    signing.refresh_from_db()
    assert (signing.stage, signing.reason) == (AgreementStage.DRAFT, "가족이 평가함")
    assert budget() == (1_000_000_000, 0, 0, 0)
    verdict = permissions.may_open(cast["officer"], signing, today + timedelta(days=20))
    assert verdict.reason == Reason.NOT_SELECTED
    assert permissions.may_replan(cast["officer"], signing, today).reason == Reason.NOT_SELECTED
    page = (
        as_role("supplier").get(reverse("agreements:agreement", args=[signing.pk])).content.decode()
    )
    assert "가족이 평가함" in page

    assert operations.follow_revocations(at=DECIDED + timedelta(days=11)) == 1
    signing.refresh_from_db()
    assert signing.stage == AgreementStage.DROPPED


def test_what_is_in_force_is_paid_nothing_more_until_somebody_clears_it_up(cast, decision):
    agreement = of(decision, cast.signed_agreement())
    instalment = agreement.instalments.filter(payer__role="government").first()
    before = queries.hold_of(instalment, localdate(DECIDED))
    taken_back(decision, localdate(DECIDED))

    assert before != Hold.SELECTION_REVOKED
    assert queries.hold_of(instalment, localdate(DECIDED)) == Hold.SELECTION_REVOKED
    assert operations.follow_revocations(at=DECIDED + timedelta(days=5)) == 0
