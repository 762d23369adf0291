"""What a small firm keeps secret waits for the papers of the law; a brochure passes."""

from datetime import timedelta

import pytest
from django.utils import timezone

from dure.apps.ndas.models import Exchange, Nda
from dure.apps.ndas.operations import (
    answer_sheet,
    ask_for_agreement,
    move,
    register_exchange,
)
from dure.apps.ndas.permissions import may_hand_over
from dure.apps.ndas.queries import lacking
from dure.apps.ndas.reasons import Reason
from dure.apps.ndas.stages import NdaStage, SheetStage
from dure.apps.records.models import Entry
from dure.foundation.verdict import Refused
from tests.apps.ndas.conftest import signed

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def keys(settings, tmp_path):
    settings.DURE_KEYS = str(tmp_path / "keys")


def hand_over(cast, *, is_secret=True, way="PLATFORM"):
    return register_exchange(
        disclosing_party=cast.supplier, receiving_party=cast.buyer, material="밸브 도면", way=way,
        handed_on=timezone.localdate(), is_secret=is_secret, by=cast["supplier"], at=timezone.now(),
    )  # fmt: skip


def why_not(cast):
    with pytest.raises(Refused) as refusal:
        hand_over(cast)
    assert not Exchange.objects.exists()
    return refusal.value.reason


def test_each_paper_is_waited_for_and_then_it_passes(cast):
    now = timezone.now()
    assert why_not(cast) == Reason.SHEET_MISSING
    sheet = cast.request_sheet()
    assert why_not(cast) == Reason.SHEET_MISSING
    sheet = answer_sheet(sheet=sheet, stage=SheetStage.AGREED, by=cast["supplier"], at=now)
    assert why_not(cast) == Reason.NDA_MISSING
    nda = ask_for_agreement(
        sheet=sheet, people=[cast["manager"]], ends_on=timezone.localdate() + timedelta(days=9),
        by=cast["manager"], at=now,
    )  # fmt: skip
    assert why_not(cast) == Reason.NDA_MISSING
    nda = move(nda=nda, stage=NdaStage.SIGNED, by=cast["supplier"], at=now)
    assert hand_over(cast).nda == nda

    Exchange.objects.all().delete()
    Nda.objects.filter(pk=nda.pk).update(ends_at=now - timedelta(minutes=1))
    assert why_not(cast) == Reason.NDA_MISSING


def test_an_agreement_without_a_sheet_is_not_enough_for_a_buyer(cast):
    entry = cast.technology(title="비공개 기술", visibility="TEASER")
    nda = cast.nda(entry, receiving_party="manager")
    move(nda=nda, stage=NdaStage.SIGNED, by=cast["supplier"], at=timezone.now())

    assert why_not(cast) == Reason.SHEET_MISSING


def test_a_buyer_needs_the_agreement_alone(cast):
    now = timezone.now()

    def verdict():
        return may_hand_over(cast["manager"], cast.buyer, cast.supplier, is_secret=True, at=now)

    assert verdict().reason == Reason.NDA_MISSING
    signed(cast, cast.need(title="비공개 수요", visibility="TEASER"))
    now = timezone.now()
    assert verdict()


def test_a_brochure_passes_and_is_not_watched(cast):
    brochure = hand_over(cast, is_secret=False)

    assert brochure.nda is None
    assert not lacking(Exchange.objects.all()).exists()


def test_what_was_given_elsewhere_is_registered_and_marked(cast):
    given = hand_over(cast, way="MAIL")

    assert list(lacking(Exchange.objects.all())) == [given]
    assert Entry.objects.filter(about=f"exchange:{given.pk}").count() == 1
