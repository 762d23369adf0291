"""Every «no» of this app, and how we say it."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _

from dure.foundation import reasons


class Reason(TextChoices):
    NOT_YOUR_SIDE = (
        "NOT_YOUR_SIDE",
        _("Only people of the two organisations and programme officers can answer."),
    )
    NO_LONGER_OPEN = (
        "NO_LONGER_OPEN",
        _("The need or the technology is no longer open, so there is nothing to answer."),
    )
    WHY_MISSING = "WHY_MISSING", _("Choose why it is not for you; it makes the next ones better.")
    NOT_AN_OFFICER = reasons.NOT_AN_OFFICER
    BARRED_PAIR = "BARRED_PAIR", _("These two organisations must not be matched.")
    BAR_NEEDS_TWO = "BAR_NEEDS_TWO", _("Choose two different organisations.")
    ALREADY_INTRODUCED = "ALREADY_INTRODUCED", _("They have been introduced already.")
    RUNNING_ALREADY = "RUNNING_ALREADY", _("Matching is running already. Watch its progress.")
    INDEX_IS_RENEWED = (
        "INDEX_IS_RENEWED",
        _("The search is being renewed after an update. Try again in a few minutes."),
    )
    NOTHING_TO_TAKE_BACK = reasons.NOTHING_TO_TAKE_BACK
