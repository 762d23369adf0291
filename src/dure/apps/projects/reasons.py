"""Every «no» of this app, and how we say it."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _

from dure.foundation import reasons


class Reason(TextChoices):
    NOT_AN_OFFICER = reasons.NOT_AN_OFFICER
    STAGE_CLOSED = reasons.STAGE_CLOSED
    NOT_A_SPENDER = "NOT_A_SPENDER", _("Only people of the organisation that spends can do this.")
    NOT_A_PARTY = "NOT_A_PARTY", _("Only those who take part in the project can do this.")
    NOT_THE_DEMAND_SIDE = (
        "NOT_THE_DEMAND_SIDE",
        _("Only the demand organisation or the programme office confirms a milestone."),
    )
    NOT_THE_ACCOUNTANT = "NOT_THE_ACCOUNTANT", _("Only the accounting firm can do this.")
    NO_ACCOUNTANT = "NO_ACCOUNTANT", _("Name an accounting firm first.")
    ACCOUNTANT_TAKES_PART = (
        "ACCOUNTANT_TAKES_PART",
        _("An organisation that takes part cannot examine its own project."),
    )
    ANSWERED_MEANWHILE = (
        "ANSWERED_MEANWHILE",
        _("Somebody else has just answered this row. Look at their answer first."),
    )
    IN_SETTLEMENT = "IN_SETTLEMENT", _("The settlement has begun; expenses no longer change.")
    STAGE_IN_SETTLEMENT = (
        "STAGE_IN_SETTLEMENT",
        _("The stage of this day is in settlement; its expenses no longer change."),
    )
    STILL_SETTLING = "STILL_SETTLING", _("Conclude the settlement of the stage first.")
    NO_STAGE_OVER = "NO_STAGE_OVER", _("No stage is over whose settlement was not opened.")
    NOT_SETTLED_HERE = "NOT_SETTLED_HERE", _("This expense belongs to another stage.")
    OPEN_CARRY_OVER = "OPEN_CARRY_OVER", _("Decide what is carried over first.")
    NOT_CARRIED = (
        "NOT_CARRIED",
        _("Only direct cost paid in cash can be carried over into the next stage."),
    )
    MORE_THAN_LEFT = "MORE_THAN_LEFT", _("That is more than is left on this line.")
    ASKED_ALREADY = "ASKED_ALREADY", _("This has been asked for already.")
    OBJECTED_ALREADY = (
        "OBJECTED_ALREADY",
        _("An objection was raised already; a settlement is objected to once."),
    )
    OPEN_OBJECTION = "OPEN_OBJECTION", _("An objection to the settlement is not decided yet.")
    PANEL_TOO_SMALL = (
        "PANEL_TOO_SMALL",
        _("The panel needs more members, each named once, and one of them the accountant."),
    )
    NOTHING_CHANGES = (
        "NOTHING_CHANGES",
        _("Say which rows count after all, or deny the objection."),
    )
    NO_INTEREST = "NO_INTEREST", _("No interest is due by the rules of this project.")
    MONTH_NOT_OVER = "MONTH_NOT_OVER", _("The month is not over yet.")
    NONE_TO_DRAW = "NONE_TO_DRAW", _("No small project that ended in this month waits.")
    SPENDING_HELD = (
        "SPENDING_HELD",
        _("A special evaluation is open; money stands still until it is decided."),
    )
    DECIDED_ALREADY = "DECIDED_ALREADY", _("This has been decided already.")
    SAY_WHY = "SAY_WHY", _("Say why.")
    NOTHING_TO_JUSTIFY = "NOTHING_TO_JUSTIFY", _("No rule speaks against this expense.")
    OVER_ALL_TIME = (
        "OVER_ALL_TIME",
        _("With this share the person would be above 100 % of the month over all projects."),
    )
    NOT_IN_SAMPLE = (
        "NOT_IN_SAMPLE",
        _(
            "This row is not in the sample: it is settled as declared. Have every row examined first."
        ),
    )
    OPEN_MARKS = "OPEN_MARKS", _("Some marked rows are not decided yet.")
    NOT_SETTLED = "NOT_SETTLED", _("The settlement is not concluded yet.")
    NO_VERDICT = "NO_VERDICT", _("There is no final verdict yet.")
    NO_RULES = "NO_RULES", _("The programme of this project names no rules for this.")
    FILE_EMPTY = "FILE_EMPTY", _("The file is empty.")
    FILE_TOO_LARGE = "FILE_TOO_LARGE", _("The file is too large. The limit is 20 MB.")
    FILE_NOT_ALLOWED = (
        "FILE_NOT_ALLOWED",
        _("Files of this kind cannot be sent, or the file is not what its name says."),
    )
    OUT_OF_RANGE = "OUT_OF_RANGE", _("The amount or date is outside what is possible.")
    INSTALMENTS_DIFFER = (
        "INSTALMENTS_DIFFER",
        _("The instalments do not add up to what is still open."),
    )
    DEFERRED_ALREADY = "DEFERRED_ALREADY", _("It was deferred as often as the rule allows.")
    DEFERRED_TOO_LONG = "DEFERRED_TOO_LONG", _("The rule does not allow it to be deferred so long.")
    MORE_THAN_OPEN = "MORE_THAN_OPEN", _("That is more than is still open.")
    LINK_BROKEN = (
        "LINK_BROKEN",
        _("This link is not valid. Ask the programme office for a new one."),
    )
    EARLIER_THAN_ALLOWED = (
        "EARLIER_THAN_ALLOWED",
        _("A re-examination can still be asked for; decide after that day."),
    )
    TOO_LATE = "TOO_LATE", _("The time for this is over.")
