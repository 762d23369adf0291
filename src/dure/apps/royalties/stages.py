"""The life of the royalty of one year."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class RoyaltyStage(TextChoices):
    """Asked of the firm, reported, billed, paid; or nothing is due."""

    ASKED = "ASKED", _("The firm reports")
    REPORTED = "REPORTED", _("The office bills")
    BILLED = "BILLED", _("The firm pays")
    PAID = "PAID", _("Paid")
    NOTHING_DUE = "NOTHING_DUE", _("Nothing is due")


ROYALTY_NEXT = {
    RoyaltyStage.ASKED: {RoyaltyStage.REPORTED, RoyaltyStage.NOTHING_DUE},
    RoyaltyStage.REPORTED: {RoyaltyStage.REPORTED, RoyaltyStage.BILLED, RoyaltyStage.NOTHING_DUE},
    RoyaltyStage.BILLED: {RoyaltyStage.PAID},
    RoyaltyStage.PAID: set(),
    RoyaltyStage.NOTHING_DUE: set(),
}
