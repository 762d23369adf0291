"""Every «no» of this app, and how we say it."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _

from dure.foundation import reasons


class Reason(TextChoices):
    NOT_A_MEMBER = (
        "NOT_A_MEMBER",
        _("Data products are shown to members of verified organisations."),
    )
    NOT_A_MANAGER = (
        "NOT_A_MANAGER",
        _("Only a manager of the organisation, once it is verified, signs for it."),
    )
    OWN_PRODUCT = "OWN_PRODUCT", _("It is a product of your own organisation.")
    NOT_OFFERED = "NOT_OFFERED", _("It is not offered any more.")
    ASKED_ALREADY = "ASKED_ALREADY", _("Your organisation has asked for this version already.")
    SECOND_PERSON = (
        "SECOND_PERSON",
        _("You signed for the other side; somebody else must sign for this one."),
    )
    STAGE_CLOSED = reasons.STAGE_CLOSED
    FILES_MISSING = "FILES_MISSING", _("Name at least one file with its fingerprint.")
    SEALED_ALREADY = "SEALED_ALREADY", _("These are the files of the last version.")
    HOW_MISSING = "HOW_MISSING", _("Say how the data went over, in a sentence.")
    PURPOSE_MISSING = "PURPOSE_MISSING", _("Say what you want the data for.")
