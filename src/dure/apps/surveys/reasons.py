"""Every «no» of this app, and how we say it."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _

from dure.foundation import reasons


class Reason(TextChoices):
    NOT_AN_OFFICER = reasons.NOT_AN_OFFICER
    STAGE_CLOSED = reasons.STAGE_CLOSED
    NOT_ASKED = "NOT_ASKED", _("Only the people of the body that is asked can answer.")
    NOT_A_MANAGER = "NOT_A_MANAGER", _("Only a manager of your organisation hands the answer in.")
    TOO_LATE = "TOO_LATE", _("The time to answer is over. Ask the programme office.")
    NO_MINISTRY = "NO_MINISTRY", _("Say which ministry asks; several can ask together.")
    NOBODY_ASKED = "NOBODY_ASKED", _("Choose at least one body to ask.")
    NOTHING_WRITTEN = (
        "NOTHING_WRITTEN",
        _("Write at least one need, or say that you need nothing."),
    )
    TITLE_MISSING = "TITLE_MISSING", _("Write a title.")
    BODY_MISSING = "BODY_MISSING", _("Say what the problem is.")
    REASON_MISSING = "REASON_MISSING", _("Say why, in a sentence; the body that needs it reads it.")
    OTHER_MINISTRY = "OTHER_MINISTRY", _("This ministry does not take part in the survey.")
    NO_PROGRAMME = "NO_PROGRAMME", _("Say to which programme or ministry it goes.")
    IN_THE_CATALOGUE = "IN_THE_CATALOGUE", _("It is in the catalogue already.")
    ALL_ANSWERED = "ALL_ANSWERED", _("Everybody has answered; there is nobody to remind.")
    REMINDED_TODAY = "REMINDED_TODAY", _("All who have not answered were reminded today.")
