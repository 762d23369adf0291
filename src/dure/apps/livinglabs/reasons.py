"""Every «no» of this app, and how we say it."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _

from dure.foundation import reasons


class Reason(TextChoices):
    STAGE_CLOSED = reasons.STAGE_CLOSED
    NOT_THE_LEAD = "NOT_THE_LEAD", _("Only people of the lead organisation can do this.")
    NO_CONSUMERS = "NO_CONSUMERS", _("The programme of this project asks no consumers.")
    SIGN_IN_FIRST = "SIGN_IN_FIRST", _("Sign in first.")
    TAKES_PART_ITSELF = (
        "TAKES_PART_ITSELF",
        _("People of the project's own organisations cannot judge it as consumers."),
    )
    JOINED_ALREADY = "JOINED_ALREADY", _("You are enrolled already.")
    IS_FULL = "IS_FULL", _("All places are taken.")
    NOT_ENROLLED = "NOT_ENROLLED", _("Only enrolled consumers can do this.")
    ANSWERED_ALREADY = "ANSWERED_ALREADY", _("You have answered already.")
    TRIAL_IS_OPEN = "TRIAL_IS_OPEN", _("Consumers are still answering for the last trial.")
    ALL_PASSED = "ALL_PASSED", _("Consumers have let every step pass.")
    TOO_FEW_ANSWERS = (
        "TOO_FEW_ANSWERS",
        _("Too few consumers have answered. Wait for more of them, or for the last day."),
    )
    DAY_IS_OVER = "DAY_IS_OVER", _("The last day must lie ahead.")
