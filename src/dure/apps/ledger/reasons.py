"""Every «no» of the ledger, and how we say it."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _

from dure.foundation import reasons


class Reason(TextChoices):
    NOT_A_READER = "NOT_A_READER", _("The ledger is read by the programme office and auditors.")
    NOT_AN_OFFICER = reasons.NOT_AN_OFFICER
    UNBALANCED = "UNBALANCED", _("Debit and credit of the entry differ.")
    AMOUNT_OUT_OF_RANGE = "AMOUNT_OUT_OF_RANGE", _("The amount is nought or too large.")
    LINES_MISSING = "LINES_MISSING", _("An entry without amounts is none.")
    LINES_TOO_MANY = "LINES_TOO_MANY", _("An entry has at most 30,000 lines.")
    CAUSE_MISSING = "CAUSE_MISSING", _("The entry does not say what it is for.")
    KEY_TAKEN = "KEY_TAKEN", _("Something else was posted for the same cause.")
    OVERDRAWN = "OVERDRAWN", _("There is not enough money for this.")
    CORRECTED_ALREADY = "CORRECTED_ALREADY", _("The entry has been corrected already.")
    REASON_MISSING = "REASON_MISSING", _("Say why.")
    YEAR_OUT_OF_RANGE = "YEAR_OUT_OF_RANGE", _("That is no year of a budget.")
