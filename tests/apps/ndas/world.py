"""An agreement with a doubt, a request sheet that was agreed to, and a hand-over, for the test of routes."""

from django.utils import timezone

from dure.apps.ndas.models import SecrecyDoubt
from dure.apps.ndas.operations import answer_sheet, register_exchange
from dure.apps.ndas.stages import SheetStage


def things(cast, world):
    now = timezone.now()
    nda = cast.nda(cast.need(title="비공개 수요", visibility="TEASER"))
    doubt = SecrecyDoubt.objects.create(
        nda=nda, text="이미 공개된 규격", answer_by=timezone.localdate(), created_by=cast["supplier"],
        created_at=now,
    )  # fmt: skip
    sheet = cast.request_sheet()
    answer_sheet(sheet=sheet, stage=SheetStage.AGREED, by=cast["supplier"], at=now)
    register_exchange(
        disclosing_party=cast.supplier, receiving_party=cast.buyer, material="시험 성적서", way="MAIL",
        handed_on=timezone.localdate(), by=cast["supplier"], at=now,
    )  # fmt: skip
    return {
        "ndas:": nda.pk,
        "ndas:sheet": sheet.pk,
        "ndas:doubt_answer": doubt.pk,
    }
