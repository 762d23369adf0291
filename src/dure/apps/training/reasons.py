"""Every «no» of this app, and how we say it."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _

from dure.foundation import reasons


class Reason(TextChoices):
    STAGE_CLOSED = reasons.STAGE_CLOSED
    NOT_A_RUNNER = "NOT_A_RUNNER", _("Only the office and coordinators run courses.")
    SIGN_IN_FIRST = "SIGN_IN_FIRST", _("Please sign in first.")
    REGISTERED_ALREADY = "REGISTERED_ALREADY", _("You are registered already.")
    TOO_LATE = "TOO_LATE", _("The time to register is over.")
    HAS_BEGUN = "HAS_BEGUN", _("The course has begun.")
    NOT_REGISTERED = "NOT_REGISTERED", _("You are not registered.")
    NO_DAYS = "NO_DAYS", _("Enter at least one day first.")
    NOT_OVER = "NOT_OVER", _("The last day is not over yet.")
    NOT_HELD_YET = "NOT_HELD_YET", _("Attendance is noted on the day itself or later.")
    NOT_ATTENDED = "NOT_ATTENDED", _("Only who took part can do this.")
    ANSWERED_BEFORE = "ANSWERED_BEFORE", _("You have given your feedback.")
    TIMES_TURNED = "TIMES_TURNED", _("The end has to come after the beginning.")
    SEATS_TAKEN = "SEATS_TAKEN", _("More seats than that are taken: %(number)s.")
    SAY_WHY = "SAY_WHY", _("Please say in a few words why.")
