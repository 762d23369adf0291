"""Every «no» of this app, and how we say it."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _

from dure.foundation import reasons
from dure.foundation.sheets import problem_kinds


class Reason(TextChoices):
    NOT_AN_OFFICER = reasons.NOT_AN_OFFICER
    STAGE_CLOSED = reasons.STAGE_CLOSED
    ORGANISATION_NOT_VERIFIED = reasons.ORGANISATION_NOT_VERIFIED
    NOT_THEIR_TURN = "NOT_THEIR_TURN", _("Somebody else takes this step.")
    NOT_OPENED_BY_YOU = (
        "NOT_OPENED_BY_YOU",
        _("Entries of this register are made by others."),
    )
    SAY_WHY = "SAY_WHY", _("Say why.")
    FIELD_MISSING = "FIELD_MISSING", _("Fill in what this step needs.")
    DAY_TO_COME = "DAY_TO_COME", _("This day is still to come.")
    BEFORE_THE_LAST_STEP = (
        "BEFORE_THE_LAST_STEP",
        _("The last step was later. Write its day or a later one."),
    )
    NUMBER_TAKEN = "NUMBER_TAKEN", _("Another entry of this register has this number.")


@problem_kinds
class EntryProblem(TextChoices):
    """What can be wrong with a row of a list of designations."""

    NO_DAY = "NO_DAY", _("This is no day. Write it as 2026-11-30.")
    NO_NUMBER = "NO_NUMBER", _("This is no whole number.")
    NUMBER_TWICE = "NUMBER_TWICE", _("Row %(row)s has the same number.")
    ENDS_TOO_EARLY = "ENDS_TOO_EARLY", _("The term ends before it begins.")
