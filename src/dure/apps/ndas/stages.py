"""The life of a non-disclosure agreement. Its diagram in docs/reference is made from this."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class NdaStage(TextChoices):
    """A non-disclosure agreement."""

    ASKED = "ASKED", _("To be signed")
    SIGNED = "SIGNED", _("Signed")
    REFUSED = "REFUSED", _("Refused")
    WITHDRAWN = "WITHDRAWN", _("Taken back")
    ENDED = "ENDED", _("Ended early")


NDA_NEXT = {
    NdaStage.ASKED: {NdaStage.SIGNED, NdaStage.REFUSED, NdaStage.WITHDRAWN},
    NdaStage.SIGNED: {NdaStage.ENDED},
    NdaStage.REFUSED: set(),
    NdaStage.WITHDRAWN: set(),
    NdaStage.ENDED: set(),
}
