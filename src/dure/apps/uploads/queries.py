"""Who sees which upload, and which nothing uses."""

from datetime import datetime

from django.db.models import QuerySet, Sum

from dure.apps.people.queries import Reader
from dure.apps.uploads.models import CHECKED_WITHIN, KEPT_UNUSED, Upload
from dure.apps.uploads.stages import UploadStage

_COMING = (UploadStage.COMING, UploadStage.CHECKING)
_UNUSED = (*_COMING, UploadStage.WHOLE)


def uploads_visible_to(user: Reader) -> QuerySet[Upload]:
    """What one sent oneself and is not used yet; nobody else's."""
    if not user.is_authenticated:
        return Upload.objects.none()
    return Upload.objects.filter(owner=user, stage__in=_UNUSED).order_by("begun_at", "pk")


def coming(user: Reader, purpose: str) -> QuerySet[Upload]:
    """What one began to send for a page and cannot be used yet: some is missing, or it is being checked."""
    return uploads_visible_to(user).filter(purpose=purpose, stage__in=_COMING)


def whole(user: Reader, purpose: str) -> QuerySet[Upload]:
    """What has arrived for a page and can be used there."""
    return uploads_visible_to(user).filter(purpose=purpose, stage=UploadStage.WHOLE)


def bytes_waiting(user: Reader) -> int:
    """How much somebody announced or sent that nothing uses yet."""
    return int(uploads_visible_to(user).order_by().aggregate(sum=Sum("size"))["sum"] or 0)


def refused(user: Reader) -> QuerySet[Upload]:
    """What one sent and was not taken."""
    if not user.is_authenticated:
        return Upload.objects.none()
    return Upload.objects.filter(owner=user, stage=UploadStage.REFUSED)


def checking(pk: str) -> QuerySet[Upload]:
    """An upload while it is being checked, or nothing."""
    return Upload.objects.filter(pk=pk, stage=UploadStage.CHECKING)


def checks_lost(at: datetime) -> QuerySet[Upload]:
    """What is all here and whose check has said nothing for long: its worker died."""
    checking = Upload.objects.filter(stage=UploadStage.CHECKING)
    return checking.filter(touched_at__lt=at - CHECKED_WITHIN).order_by("touched_at", "pk")


def forgotten(at: datetime) -> QuerySet[Upload]:
    """What nothing uses and nobody has gone on with for days."""
    unused = Upload.objects.exclude(stage__in=(UploadStage.KEPT, UploadStage.CHECKING))
    return unused.filter(touched_at__lt=at - KEPT_UNUSED).order_by("touched_at", "pk")


def known(names: list[str]) -> set[str]:
    """Of folders those that belong to an upload."""
    return {
        upload.hex for upload in Upload.objects.filter(pk__in=names).values_list("pk", flat=True)
    }
