"""What a depositor keeps secret reaches a user only under the papers of the law; what it does not, passes."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import translation

from dure.apps.deposits import operations
from dure.apps.deposits.kinds import rules
from dure.apps.deposits.models import ReleasedFile
from dure.apps.deposits.stages import ReleaseStage
from dure.apps.ndas.models import Exchange
from dure.apps.ndas.reasons import Reason
from dure.apps.ndas.stages import NdaStage
from dure.apps.records.models import Entry
from dure.foundation.verdict import Refused
from tests.apps.deposits.cast import PASSPHRASE
from tests.conftest import NOON

pytestmark = pytest.mark.django_db
LATER = NOON + timedelta(days=rules().objection + 1)


def granted_once(cast, **more):
    """A release to the buyer that one officer has granted."""
    deposit = cast.kept_deposit(users=[cast.buyer], **more)
    release = operations.ask_release(
        deposit=deposit, organisation=cast.buyer, ground="CLOSURE",
        statement="폐업 사실증명원을 보냈어요.", by=cast["manager"], at=NOON,
    )  # fmt: skip
    return operations.grant(release=release, passphrase=PASSPHRASE, by=cast["officer"], at=NOON)


def released(cast, release):
    return operations.grant(release=release, passphrase=PASSPHRASE, by=cast["officer2"], at=LATER)


def why_not(cast, release):
    with pytest.raises(Refused) as refused:
        released(cast, release)
    release.refresh_from_db()
    assert release.stage == ReleaseStage.WAITING
    assert not ReleasedFile.objects.exists()
    assert not Exchange.objects.exists()
    return refused.value.reason


def test_a_release_waits_for_sheet_and_agreement_and_is_then_registered(cast):
    release = granted_once(cast)
    assert why_not(cast, release) == Reason.SHEET_MISSING
    nda = cast.secrecy_papers(at=NOON)

    assert released(cast, release).stage == ReleaseStage.RELEASED

    exchange = Exchange.objects.get()
    assert (exchange.from_party, exchange.to_party) == (cast.supplier, cast.buyer)
    assert (exchange.nda, exchange.is_secret, exchange.way) == (nda, True, "PLATFORM")
    entry = Entry.objects.get(about=f"exchange:{exchange.pk}")
    assert release.deposit.files.get().sha256 in entry.leaf


def test_an_agreement_that_ran_out_or_was_ended_opens_nothing(cast):
    release = granted_once(cast)
    nda = cast.secrecy_papers(at=NOON, days=3)
    assert why_not(cast, release) == Reason.NDA_MISSING

    type(nda).objects.filter(pk=nda.pk).update(
        stage=NdaStage.ENDED, ended_by=cast["supplier"], ended_at=NOON,
        ends_at=LATER + timedelta(days=9),
    )  # fmt: skip
    assert why_not(cast, release) == Reason.NDA_MISSING


def test_what_is_no_secret_passes_and_is_registered_so(cast):
    release = released(cast, granted_once(cast, is_secret=False))

    assert release.stage == ReleaseStage.RELEASED
    assert not Exchange.objects.get().is_secret


def test_the_depositor_gets_its_own_back_without_papers(cast):
    deposit = cast.kept_deposit()
    release = operations.ask_release(
        deposit=deposit, organisation=cast.supplier, ground="PASSPHRASE_LOST",
        statement="담당자가 떠났어요.", by=cast["supplier"], at=NOON,
    )  # fmt: skip
    release = operations.grant(release=release, passphrase=PASSPHRASE, by=cast["officer"], at=NOON)

    assert released(cast, release).stage == ReleaseStage.RELEASED
    assert not Exchange.objects.exists()


@pytest.mark.parametrize("role", ["manager", "supplier", "officer2"])
def test_the_pages_say_which_paper_is_missing(cast, as_role, role):
    release = granted_once(cast)
    pages = [
        reverse("deposits:deposit", args=[release.deposit_id]),
        reverse("deposits:release", args=[release.pk]),
    ]
    with translation.override("en"):
        missing = str(Reason.SHEET_MISSING.label)
    assert all(missing in as_role(role).get(page).content.decode() for page in pages)

    cast.secrecy_papers(at=NOON)

    assert not any(missing in as_role(role).get(page).content.decode() for page in pages)
