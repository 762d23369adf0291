"""Every «no» of this app, and how we say it."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _

from dure.foundation import reasons
from dure.foundation.sheets import problem_kinds


class Reason(TextChoices):
    NOT_AN_OFFICER = reasons.NOT_AN_OFFICER
    STAGE_CLOSED = reasons.STAGE_CLOSED
    ORGANISATION_NOT_VERIFIED = reasons.ORGANISATION_NOT_VERIFIED
    NO_ORGANISATION = (
        "NO_ORGANISATION",
        _("Only people of an organisation and the programme office can do this."),
    )
    NOT_A_PARTY = (
        "NOT_A_PARTY",
        _("Only people of the two organisations and the programme office can do this."),
    )
    OWN_REPORT = (
        "OWN_REPORT",
        _("Whoever reported it cannot confirm it; the other side or the programme office does."),
    )
    NO_EVIDENCE = (
        "NO_EVIDENCE",
        _("The programme office confirms on evidence only. Add a file first."),
    )
    SAY_WHY = "SAY_WHY", _("Say why.")
    UNKNOWN_KIND = "UNKNOWN_KIND", _("There is no such kind of outcome.")
    FIELD_MISSING = "FIELD_MISSING", _("Fill in every field that this kind of outcome needs.")
    DAY_TO_COME = "DAY_TO_COME", _("Report what has happened; this day is still to come.")
    ONE_PARTY = "ONE_PARTY", _("The two sides cannot be the same organisation.")
    OUT_OF_RANGE = "OUT_OF_RANGE", _("The amount or number is outside what is possible.")
    TOO_MANY_DIGITS = (
        "TOO_MANY_DIGITS",
        _("The currency has fewer digits behind the point than this amount."),
    )
    NO_FILE = "NO_FILE", _("Choose a file first.")
    FILE_EMPTY = "FILE_EMPTY", _("The file is empty.")
    FILE_TOO_LARGE = "FILE_TOO_LARGE", _("The file is too large. The limit is 20 MB.")
    FILE_NOT_ALLOWED = (
        "FILE_NOT_ALLOWED",
        _("Files of this kind cannot be sent, or the file is not what its name says."),
    )
    ANSWERED_ALREADY = "ANSWERED_ALREADY", _("Somebody has answered this already.")
    NOT_OF_THE_PAIR = "NOT_OF_THE_PAIR", _("This report is not one of the two.")


@problem_kinds
class OutcomeProblem(TextChoices):
    """What can be wrong with a row of a list of outcomes."""

    NOT_A_DAY = "NOT_A_DAY", _("Write the day as 2026-11-30.")
    FUTURE_DAY = "FUTURE_DAY", _("This day is still to come. Report what has happened.")
    NOT_A_DECIMAL = "NOT_A_DECIMAL", _("Write the amount in digits, such as 12,500.50.")
    TOO_MANY_DECIMALS = (
        "TOO_MANY_DECIMALS",
        _("The currency has fewer digits behind the point than this amount."),
    )
    KIND_NEEDS_IT = "KIND_NEEDS_IT", _("This kind of outcome needs this cell.")
    KIND_HAS_NONE = "KIND_HAS_NONE", _("This kind of outcome has no such field. Empty the cell.")
    SAME_PARTY = "SAME_PARTY", _("The two sides cannot be the same organisation.")
    UNKNOWN_PROJECT = (
        "UNKNOWN_PROJECT",
        _("There is no project with this number, or the organisation takes no part in it."),
    )
    REPORTED_TWICE = "REPORTED_TWICE", _("Row %(row)s reports the same outcome.")
