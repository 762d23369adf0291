"""Every «no» of this app, and how we say it."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _

from dure.foundation import reasons


class Reason(TextChoices):
    NOT_AN_OFFICER = reasons.NOT_AN_OFFICER
    STAGE_CLOSED = reasons.STAGE_CLOSED
    NOT_THE_LEAD = "NOT_THE_LEAD", _("Only people of the lead organisation report its income.")
    NO_ROYALTIES = "NO_ROYALTIES", _("You have nothing to do with royalties.")
    RELIEF_WITHOUT_REASON = "RELIEF_WITHOUT_REASON", _("Say why less is billed.")
    RELIEF_TOO_HIGH = "RELIEF_TOO_HIGH", _("The relief is more than the royalty.")
    MORE_THAN_BILLED = "MORE_THAN_BILLED", _("That is more than what is still open of the bill.")
    PAID_BEFORE_BILLED = "PAID_BEFORE_BILLED", _("The day lies before the bill.")
