"""An introduction with a message, a file and a proposed meeting, for the test of routes."""

from datetime import timedelta

from django.core.files.base import ContentFile
from django.utils import timezone

from dure.apps.catalog.models import Need, Technology
from dure.apps.introductions import operations


def things(cast, world):
    made = cast.introduction(
        Need.objects.get(pk=world["need_id"]), Technology.objects.get(pk=world["technology_id"])
    )
    now = timezone.now()
    message = operations.write(
        introduction=made, text="안녕하세요.", files=[ContentFile(b"%PDF-1.7", "자료.pdf")],
        by=cast["supplier"], at=now,
    )  # fmt: skip
    [proposal] = operations.propose_times(
        introduction=made, times=[now + timedelta(days=3)], minutes=60, is_online=True,
        place="https://meet.example.org/1", by=cast["supplier"], at=now,
    )  # fmt: skip
    offer = operations.offer(
        need=cast.need(title="다른 수요"), technology=made.technology, by=cast["supplier"], at=now
    )
    return {
        "offer_id": offer.pk,
        "introductions:": made.pk,
        "introduction_id": made.pk,
        "file_id": message.files.get().pk,
        "proposal_id": proposal.pk,
    }
