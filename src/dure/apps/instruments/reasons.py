"""Every «no» about funds, savings, vouchers and steps, and how we say it."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _

from dure.foundation import reasons
from dure.foundation.sheets import problem_kinds


class Reason(TextChoices):
    NOT_AN_OFFICER = reasons.NOT_AN_OFFICER
    STAGE_CLOSED = reasons.STAGE_CLOSED
    ORGANISATION_NOT_VERIFIED = reasons.ORGANISATION_NOT_VERIFIED
    NOT_A_MANAGER = "NOT_A_MANAGER", _("Only a manager of the organisation can do this.")
    NOT_THEIR_STEP = "NOT_THEIR_STEP", _("Another institution confirms this step.")
    NOT_OPERATING = "NOT_OPERATING", _("Only an operating institution of this scheme can do this.")
    NOT_THE_HOLDER = "NOT_THE_HOLDER", _("Only the firm that holds the voucher can do this.")
    WRONG_KIND = "WRONG_KIND", _("This scheme is of another kind.")
    AMOUNT_WRONG = "AMOUNT_WRONG", _("Write an amount above nought.")
    DAY_TO_COME = "DAY_TO_COME", _("This day is still to come.")
    PLEDGED_ALREADY = "PLEDGED_ALREADY", _("This organisation has a part in the scheme already.")
    MORE_THAN_DUE = "MORE_THAN_DUE", _("That is more than is still due.")
    ABOVE_CAP = "ABOVE_CAP", _("The fund gives one project at most %(won)s won.")
    NOT_ENOUGH_FREE = "NOT_ENOUGH_FREE", _("The fund has %(won)s won less than that free.")
    FOUNDERS_SHORT = "FOUNDERS_SHORT", _("Not enough is paid in yet by: %(who)s.")
    NOT_IN_FORCE = "NOT_IN_FORCE", _("The agreement is not in force.")
    NOT_OF_THE_FUND = "NOT_OF_THE_FUND", _("This instalment is not paid by a fund.")
    COMMITMENT_SPENT = "COMMITMENT_SPENT", _("That is more than the fund has committed.")
    NO_BUDGET = "NO_BUDGET", _("The programme has no budget for this year.")
    OVERDRAWN = "OVERDRAWN", _("There is not enough money for this.")
    IN_ARREARS = "IN_ARREARS", _("Payments are still missing.")
    NOT_YET = "NOT_YET", _("Its term is not over yet.")
    LEAVING_UNKNOWN = "LEAVING_UNKNOWN", _("Choose why the saver leaves.")
    BREAKS_RULES = "BREAKS_RULES", _("It breaks rules of the programme: %(what)s")
    VOUCHER_LAPSED = "VOUCHER_LAPSED", _("The voucher is no longer valid on this day.")
    MORE_THAN_LEFT = "MORE_THAN_LEFT", _("That is more than the voucher still holds.")
    NOT_NEXT = "NOT_NEXT", _("Another step comes first.")
    FACT_MISSING = "FACT_MISSING", _("First has to be shown: %(what)s.")
    REASON_MISSING = "REASON_MISSING", _("Say why.")
    LEAD_DIFFERS = "LEAD_DIFFERS", _("The agreement has another lead organisation.")


@problem_kinds
class CollectionProblem(TextChoices):
    """What can be wrong with a row of a list of payments into savings."""

    NO_SAVER = "NO_SAVER", _("Nobody saves under this number.")
    NOT_A_MONTH = "NOT_A_MONTH", _("Write the month as 2026-11.")
    NO_PAID_DAY = "NO_PAID_DAY", _("Write the day of payment as 2026-11-30.")
    MONTH_OUTSIDE = "MONTH_OUTSIDE", _("This month is not one of the savings.")
    MONTH_TWICE = "MONTH_TWICE", _("Row %(row)s has the same saver, payer and month.")
    PART_DIFFERS = "PART_DIFFERS", _("%(due)s won are due for this month.")
    PAID_OTHERWISE = "PAID_OTHERWISE", _("Something else was entered for this month before.")
    PAID_LATER = "PAID_LATER", _("This day is still to come.")
    SAVING_OVER = "SAVING_OVER", _("These savings have ended.")
