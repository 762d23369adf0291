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


class NdaStanding(TextChoices):
    """How an agreement stands at one moment: its stage, and whether its time is over."""

    ASKED = "ASKED", _("To be signed")
    IN_FORCE = "IN_FORCE", _("In force")
    LAPSED = "LAPSED", _("Not signed in time")
    RUN_OUT = "RUN_OUT", _("Run out")
    REFUSED = "REFUSED", _("Refused")
    WITHDRAWN = "WITHDRAWN", _("Taken back")
    ENDED = "ENDED", _("Ended early")


class SheetStage(TextChoices):
    """A request sheet for technical data."""

    GIVEN = "GIVEN", _("To be answered")
    AGREED = "AGREED", _("Agreed to")
    DECLINED = "DECLINED", _("Declined")
    TAKEN_BACK = "TAKEN_BACK", _("Taken back")


class DraftStage(TextChoices):
    """Other words for an agreement, proposed by one side."""

    OFFERED = "OFFERED", _("To be answered")
    ACCEPTED = "ACCEPTED", _("Accepted")
    DECLINED = "DECLINED", _("Declined")
    REPLACED = "REPLACED", _("Replaced by later words")


class NoticeStage(TextChoices):
    """A signed notice that other people of the receiver will hold the material."""

    GIVEN = "GIVEN", _("Waits for the consent of the other side")
    CONSENTED = "CONSENTED", _("Consented to")
    DECLINED = "DECLINED", _("Declined")


SHEET_NEXT = {
    SheetStage.GIVEN: {SheetStage.AGREED, SheetStage.DECLINED, SheetStage.TAKEN_BACK},
    SheetStage.AGREED: set(),
    SheetStage.DECLINED: set(),
    SheetStage.TAKEN_BACK: set(),
}


NDA_NEXT = {
    NdaStage.ASKED: {NdaStage.SIGNED, NdaStage.REFUSED, NdaStage.WITHDRAWN},
    NdaStage.SIGNED: {NdaStage.ENDED},
    NdaStage.REFUSED: set(),
    NdaStage.WITHDRAWN: set(),
    NdaStage.ENDED: set(),
}
