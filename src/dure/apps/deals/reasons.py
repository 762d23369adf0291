"""Every «no» of this app, and how we say it."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _

from dure.foundation import reasons


class Reason(TextChoices):
    NOT_A_BROKER = "NOT_A_BROKER", _("Only a broker of the office can do this.")
    NOT_A_SIDE = "NOT_A_SIDE", _("Only the organisations of this deal can do this.")
    NOT_A_MANAGER = "NOT_A_MANAGER", _("Only a manager of one of the two sides can sign.")
    OFFICERS_DO_NOT_SIGN = (
        "OFFICERS_DO_NOT_SIGN",
        _("The programme office does not sign contracts of others."),
    )
    ORGANISATION_NOT_VERIFIED = reasons.ORGANISATION_NOT_VERIFIED
    STAGE_CLOSED = reasons.STAGE_CLOSED
    TEXT_MISSING = "TEXT_MISSING", _("Say in a few sentences what is sought.")
    WHY_MISSING = "WHY_MISSING", _("Choose why, and say it in a sentence.")
    UNKNOWN_KIND = "UNKNOWN_KIND", _("There is no such kind of contract.")
    OWN_TECHNOLOGY = "OWN_TECHNOLOGY", _("The technology is of the one that asks.")
    PROPOSED_ALREADY = "PROPOSED_ALREADY", _("This technology is proposed already.")
    PLAN_DIFFERS = (
        "PLAN_DIFFERS",
        _("The payments do not add up to the amount of the contract."),
    )
    SUPPORT_TOO_HIGH = "SUPPORT_TOO_HIGH", _("The support is more than the fee itself.")
    SIGNED_ALREADY = "SIGNED_ALREADY", _("Your side has signed already.")
    PAID_ALREADY = "PAID_ALREADY", _("This payment is entered already.")
    DAY_TO_COME = "DAY_TO_COME", _("The day is still to come.")
    ENTRUSTED_ALREADY = "ENTRUSTED_ALREADY", _("This technology is entrusted already.")
