"""One of everything of the catalogue, for the test of routes."""

from django.core.files.base import ContentFile

from dure.apps.catalog.models import Attachment, DuplicateCandidate, SavedSearch
from dure.apps.catalog.stages import NeedStage
from tests.conftest import NOON


def things(cast, world):
    need, technology = cast.need(), cast.technology()
    waiting = cast.need(title="검토 중인 수요", stage=NeedStage.UNDER_REVIEW)
    teaser = cast.need(title="아직 아무도 묻지 않은 수요", visibility="TEASER")
    secret = cast.technology(title="비공개 기술자료", visibility="TEASER", secret_since=NOON)
    attachment = Attachment.objects.create(
        need=need, file=ContentFile(b"%PDF-1.7", name="none.pdf"), name="none.pdf", size=1,
        sha256="0" * 64, added_by=cast["manager"],
    )  # fmt: skip
    first, second = sorted([need, waiting], key=lambda n: n.pk)
    search = SavedSearch.objects.create(
        user=cast["manager"], kind="needs", name="폐열", created_at=NOON, told_until=NOON
    )
    return {
        "attachment_id": attachment.pk,
        "need_id": need.pk,
        "technology_id": technology.pk,
        "sheet": "needs",
        "catalog:answer_duplicate": DuplicateCandidate.objects.create(
            first=first, second=second, similarity=0.9
        ).pk,
        "catalog:undo_duplicate": DuplicateCandidate.objects.create(
            first=first,
            second=max(teaser, first, key=lambda n: n.pk),
            similarity=0.9,
            answer="DIFFERENT",
            answered_by=cast["officer"],
            answered_at=NOON,
        ).pk,
        "catalog:confirm_import": world["job_id"],
        "catalog:import_": world["job_id"],
        "catalog:need_": need.pk,
        "catalog:need_ask": teaser.pk,
        "catalog:search_": search.pk,
        "catalog:technology_": technology.pk,
        "catalog:technology_sheet": secret.pk,
        "catalog:need_question:name": "body",
        "catalog:technology_question:name": "body",
        # It waits on the desk.
        "kind": "NEED",
        "dashboards:settle": waiting.pk,
    }
