"""Who may go on with an upload."""

from dure.apps.people.queries import Reader
from dure.apps.uploads.models import Upload
from dure.apps.uploads.reasons import Reason
from dure.apps.uploads.stages import UploadStage
from dure.foundation.verdict import YES, Verdict


def may_send(user: Reader, upload: Upload) -> Verdict:
    """Send the next piece: who began it, while some are missing."""
    if not user.is_authenticated or upload.owner_id != user.pk:
        return Verdict(Reason.NOT_YOURS)
    return YES if upload.stage == UploadStage.COMING else Verdict(Reason.OVER)


def may_keep(user: Reader, upload: Upload, purpose: str) -> Verdict:
    """Use what has arrived, on the page for which it was sent."""
    if not user.is_authenticated or upload.owner_id != user.pk:
        return Verdict(Reason.NOT_YOURS)
    if upload.stage != UploadStage.WHOLE:
        return Verdict(Reason.NOT_WHOLE)
    return YES if upload.purpose == purpose else Verdict(Reason.ELSEWHERE)


def may_discard(user: Reader, upload: Upload) -> Verdict:
    """Remove what nothing uses."""
    if not user.is_authenticated or upload.owner_id != user.pk:
        return Verdict(Reason.NOT_YOURS)
    return YES if upload.stage != UploadStage.KEPT else Verdict(Reason.OVER)
