"""Words that records of a selection use."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from dure.apps.records.kinds import record_kind

DECIDED = record_kind("SELECTION_DECIDED", _("Decision on an application"))


class Outcome(TextChoices):
    """What becomes of an application."""

    SELECTED = "SELECTED", pgettext_lazy("outcome", "Selected")
    RESERVE = "RESERVE", pgettext_lazy("outcome", "Reserve")
    REJECTED = "REJECTED", pgettext_lazy("outcome", "Not selected")
    WITHDRAWN = "WITHDRAWN", pgettext_lazy("outcome", "Given up")


TABLED = (Outcome.SELECTED, Outcome.RESERVE, Outcome.REJECTED)
"""What the table of a selection can say; who was selected may give it up afterwards."""


class Cause(TextChoices):
    """Why; the causes of engines.scoring, and what comes before and after it."""

    IN_PLACES = "IN_PLACES", _("Within the places")
    BY_QUOTA = "BY_QUOTA", _("Selected by a quota")
    NEXT_IN_LINE = "NEXT_IN_LINE", _("Next in line")
    BEYOND_PLACES = "BEYOND_PLACES", _("Beyond the places")
    QUOTA_FULL = "QUOTA_FULL", _("The quota is full")
    DISPLACED_BY_QUOTA = "DISPLACED_BY_QUOTA", _("Gave its place to a quota")
    GATE = "GATE", _("A gate was not passed")
    BELOW_MINIMUM = "BELOW_MINIMUM", _("Below the minimum of a criterion")
    BELOW_THRESHOLD = "BELOW_THRESHOLD", _("Below the pass score")
    NOT_ADMITTED = "NOT_ADMITTED", _("Not admitted at the formal check")
    EXCEPTION = "EXCEPTION", _("Exception with a reason")
    MOVED_UP = "MOVED_UP", _("Moved up from the reserve")
    GAVE_UP = "GAVE_UP", _("The applicant gave it up")
    JUDGED_AGAIN = "JUDGED_AGAIN", _("Judged again")
    REVOKED = "REVOKED", _("Taken back: a conflict of interest became known")


class Again(TextChoices):
    """Why an application is judged again."""

    ACROSS = "ACROSS", _("Judged again across the panels")
    OBJECTION = "OBJECTION", _("Judged again after an objection")
    CONFLICT = "CONFLICT", _("Judged again because of a conflict of interest")


class Touched(TextChoices):
    """What a conflict that became known later has opened again."""

    SHEET = "SHEET", _("The sheet no longer counts.")
    PANEL = "PANEL", _("The panel is in its consensus again and confirms its minutes anew.")
    PROPOSAL = "PROPOSAL", _("The table that was proposed is taken off.")
    DECISION = "DECISION", _("It is decided already: make the ranking anew and look what changes.")
    MOVED = "MOVED", _("Too few of its panel could judge it; another panel does.")
    SCORING = "SCORING", _("The review is open again.")
    VOTE = "VOTE", _("A vote on the objection no longer counts.")
    REPLACED = "REPLACED", _("Somebody else was asked to judge it instead.")
    TOO_FEW = "TOO_FEW", _("Too few of its panel can judge it, and no other panel can.")


class Source(TextChoices):
    """Where a conflict of interest is known from."""

    COMPUTED = "COMPUTED", _("Computed from facts")
    DECLARED = "DECLARED", _("Declared by the reviewer")
    PINNED = "PINNED", _("Noted by the office")


class WorkKind(TextChoices):
    """What a reviewer did that shows a field."""

    PROJECT = "PROJECT", pgettext_lazy("work", "Project")
    PATENT = "PATENT", pgettext_lazy("work", "Patent")
    PAPER = "PAPER", pgettext_lazy("work", "Paper")


class InterestKind(TextChoices):
    """What somebody declares to be between them and another; the words of rule sets, in capitals."""

    KINSHIP = "KINSHIP", pgettext_lazy("interest", "Kin")
    RIVALRY = "RIVALRY", pgettext_lazy("interest", "Rival")
    SHAREHOLDING = "SHAREHOLDING", pgettext_lazy("interest", "Shares held")
    TRADE = "TRADE", pgettext_lazy("interest", "Trade")
    MENTORING = "MENTORING", pgettext_lazy("interest", "Mentoring or advice")
    CO_PROJECT = "CO_PROJECT", pgettext_lazy("interest", "Project together")
    CO_AUTHORSHIP = "CO_AUTHORSHIP", pgettext_lazy("interest", "Written together")
    OUTSIDE_DIRECTOR = "OUTSIDE_DIRECTOR", pgettext_lazy("interest", "Outside director")
