"""Keys of each test alone, files in a folder of its own, and the papers of the law."""

from datetime import timedelta

import pytest
from django.utils import timezone

from dure.apps.ndas.operations import answer_sheet, ask_for_agreement, move
from dure.apps.ndas.stages import NdaStage, SheetStage


@pytest.fixture(autouse=True)
def apart(settings, tmp_path):
    settings.DURE_KEYS = str(tmp_path / "keys")
    settings.MEDIA_ROOT = str(tmp_path / "media")


def papers(cast):
    """Request sheet and agreement between the buyer and the supplier, both live."""
    now = timezone.now()
    sheet = answer_sheet(
        sheet=cast.request_sheet(), stage=SheetStage.AGREED, by=cast["supplier"], at=now
    )
    nda = ask_for_agreement(
        sheet=sheet, people=[cast["manager"]], ends_on=timezone.localdate() + timedelta(days=90),
        by=cast["manager"], at=now,
    )  # fmt: skip
    return move(nda=nda, stage=NdaStage.SIGNED, by=cast["supplier"], at=now)
