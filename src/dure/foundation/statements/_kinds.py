"""What can be wrong in a statement, beside what can be wrong in any sheet."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _

from dure.foundation.sheets import problem_kinds


@problem_kinds
class StatementProblem(TextChoices):
    """What can be wrong with a cell of a statement."""

    NO_DAY_OF_PAYMENT = (
        "NO_DAY_OF_PAYMENT",
        _("This is not a day of payment. Write it as 2025-03-31."),
    )
    NOT_A_TIME = "NOT_A_TIME", _("This is not a time of day. Write it as 14:05.")
    NOT_WHOLE_WON = "NOT_WHOLE_WON", _("This is not an amount in whole won.")
    VAT_ABOVE_AMOUNT = "VAT_ABOVE_AMOUNT", _("The VAT is more than the amount.")
    NEITHER_IN_NOR_OUT = (
        "NEITHER_IN_NOR_OUT",
        _("Neither money in nor money out stands in this row."),
    )
