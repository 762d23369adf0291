"""Every «no» of this app, and how we say it."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _

from dure.foundation import reasons


class Reason(TextChoices):
    STAGE_CLOSED = reasons.STAGE_CLOSED
    ORGANISATION_NOT_VERIFIED = reasons.ORGANISATION_NOT_VERIFIED
    NOT_A_READER = "NOT_A_READER", _("This is not open to you.")
    NOT_A_COORDINATOR = "NOT_A_COORDINATOR", _("Only coordinators and the office can do this.")
    NOT_YOUR_FIRM = "NOT_YOUR_FIRM", _("You do not speak for this firm.")
    NOT_YOUR_CASE = "NOT_YOUR_CASE", _("Somebody else looks after this firm.")
    NOT_A_SIDE = "NOT_A_SIDE", _("Only the two firms can do this.")
    SAID_ALREADY = "SAID_ALREADY", _("Your firm has said so already.")
    ASKED_ALREADY = "ASKED_ALREADY", _("Your firm is looking for a mentor already.")
    NOTHING_WANTED = "NOTHING_WANTED", _("Write first what your firm wants to learn.")
    TAKEN_ALREADY = "TAKEN_ALREADY", _("Somebody has taken this firm on already.")
    CASELOAD_FULL = "CASELOAD_FULL", _("This coordinator looks after as many firms as allowed.")
    NOBODY_LOOKS = "NOBODY_LOOKS", _("Take the firm on first.")
    SAME_COORDINATOR = "SAME_COORDINATOR", _("This coordinator looks after the firm already.")
    IS_PAIRED = "IS_PAIRED", _("The firm has a mentor, or has been proposed one.")
    MENTOR_FULL = "MENTOR_FULL", _("This firm mentors as many others as it said it can.")
    NOT_OPEN = "NOT_OPEN", _("This firm does not mentor just now.")
    PROPOSED_BEFORE = "PROPOSED_BEFORE", _("These two have been proposed to each other before.")
    TIED = "TIED", _("Something between the two firms keeps them from being paired: %(ties)s")
    SAY_WHY = "SAY_WHY", _("Please say why in a few words.")
    NO_GOALS = "NO_GOALS", _("Write at least one goal first.")
    DAYS_TURNED = "DAYS_TURNED", _("The last day has to come after the first.")
    TERM_TOO_LONG = "TERM_TOO_LONG", _("A mentoring lasts %(months)s months at most.")
    OUTSIDE_THE_TERM = "OUTSIDE_THE_TERM", _("The day lies outside the agreed term.")
    DAY_AHEAD = "DAY_AHEAD", _("A session is noted once it has been held.")
    CHANGED_MEANWHILE = "CHANGED_MEANWHILE", _("The goals were changed meanwhile. Look at them.")
    REVIEWS_MISSING = "REVIEWS_MISSING", _("Both firms write their end review first.")
    TOO_EARLY = "TOO_EARLY", _("It is too early for this review.")
    ITSELF = "ITSELF", _("A firm cannot name itself.")
