"""Every «no» of this app, and how we say it."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _

from dure.foundation import reasons


class Reason(TextChoices):
    NOT_AN_OFFICER = reasons.NOT_AN_OFFICER
    STAGE_CLOSED = reasons.STAGE_CLOSED
    NOT_A_MANAGER = "NOT_A_MANAGER", _("Only a manager of a verified organisation applies for it.")
    TOO_LATE = "TOO_LATE", _("The time to apply is over.")
    NOT_OVER_YET = "NOT_OVER_YET", _("Applications can still come in; decide after the deadline.")
    APPLIED_ALREADY = "APPLIED_ALREADY", _("Your organisation has applied already.")
    PLAN_MISSING = "PLAN_MISSING", _("Write how you would find and support firms.")
    REASON_MISSING = "REASON_MISSING", _("Say why; whoever applied reads it.")
    TOO_MANY = "TOO_MANY", _("More are appointed than there are places.")
    IN_OFFICE = "IN_OFFICE", _("This organisation is an operator of the programme already.")
    SECOND_PERSON = "SECOND_PERSON", _("You prepared it; a second officer puts it into force.")
    NO_OPERATORS = "NO_OPERATORS", _("No operator is in office on the last day of that year.")
    RANKED_ALREADY = "RANKED_ALREADY", _("This year is ranked already.")
    CHANGED_MEANWHILE = (
        "CHANGED_MEANWHILE",
        _("Somebody changed the ranking since you opened it. Look at it again."),
    )
    BAD_RESULTS = "BAD_RESULTS", _("Every result is a number from 0; give one for each operator.")
