"""An agreement with a doubt, a request sheet that was agreed to, and a hand-over, for the test of routes."""

from django.core.files.base import ContentFile
from django.utils import timezone

from dure.apps.ndas.models import CounterDraft, Nda, SecrecyDoubt, StaffNotice
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
    countered = cast.nda(cast.need(title="다른 문구", visibility="TEASER"))
    draft = CounterDraft.objects.create(
        nda=countered, side=cast.supplier, before=countered.terms, terms=countered.terms,
        created_by=cast["supplier"], created_at=now,
    )  # fmt: skip
    running = cast.nda(cast.need(title="명단이 바뀌는 협약", visibility="TEASER"))
    Nda.objects.filter(pk=running.pk).update(
        stage="SIGNED", answered_by=cast["manager"], answered_at=now
    )
    notice = StaffNotice.objects.create(
        nda=running, reason="담당 변경", created_by=cast["supplier"], created_at=now,
        file=ContentFile(b"%PDF-1.7", "notice.pdf"),
    )  # fmt: skip
    third = cast.nda(cast.need(title="도는 협약", visibility="TEASER"))
    Nda.objects.filter(pk=third.pk).update(
        stage="SIGNED", answered_by=cast["manager"], answered_at=now
    )
    return {
        "ndas:": nda.pk,
        "ndas:sheet": sheet.pk,
        "ndas:sheet_": sheet.pk,
        "ndas:doubt_answer": doubt.pk,
        "ndas:draft_answer": draft.pk,
        "ndas:staff_notice": third.pk,
        "ndas:staff_notice_answer": notice.pk,
        "ndas:staff_notice_paper": notice.pk,
    }
