"""Who gives a place up after the selection has no agreement any more, and no money is kept for it."""

import pytest

from dure.apps.agreements import operations
from dure.apps.agreements.models import Agreement
from dure.apps.agreements.stages import AgreementStage
from dure.apps.notices.models import Notice
from dure.apps.selection import operations as selection
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
