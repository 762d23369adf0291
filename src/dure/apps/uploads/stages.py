"""The life of a large upload."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class UploadStage(TextChoices):
    """A large file that comes in pieces."""

    COMING = "COMING", _("On its way")
    CHECKING = "CHECKING", _("All here, being checked")
    WHOLE = "WHOLE", _("Arrived, not used yet")
    KEPT = "KEPT", _("In use")
    REFUSED = "REFUSED", _("Not taken")


UPLOAD_NEXT = {
    UploadStage.COMING: {UploadStage.CHECKING, UploadStage.WHOLE, UploadStage.REFUSED},
    UploadStage.CHECKING: {UploadStage.WHOLE, UploadStage.REFUSED},
    UploadStage.WHOLE: {UploadStage.KEPT},
    UploadStage.KEPT: set(),
    UploadStage.REFUSED: set(),
}
