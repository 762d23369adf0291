"""Where meetings, proposals and pairs of exchange groups are in their lives, and the moves."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class MeetingStage(TextChoices):
    """A meeting of a group."""

    PLANNED = "PLANNED", pgettext_lazy("meeting", "Planned")
    HELD = "HELD", _("Minutes written")
    CONFIRMED = "CONFIRMED", _("Minutes confirmed")
    CANCELLED = "CANCELLED", pgettext_lazy("meeting", "Called off")


class ProposalStage(TextChoices):
    """A policy request or joint project of a federation."""

    RAISED = "RAISED", pgettext_lazy("proposal", "Raised")
    TAKEN_UP = "TAKEN_UP", pgettext_lazy("proposal", "Being worked on")
    ANSWERED = "ANSWERED", pgettext_lazy("proposal", "Answered")


class PairStage(TextChoices):
    """Two firms of different industries."""

    PROPOSED = "PROPOSED", pgettext_lazy("pair", "Proposed")
    AGREED = "AGREED", _("Both want it")
    PLANNED = "PLANNED", _("Pre-plan written")
    SPARK = "SPARK", _("Became a project group")
    DROPPED = "DROPPED", pgettext_lazy("pair", "Came to nothing")


PAIR_NEXT = {
    PairStage.PROPOSED: {PairStage.AGREED, PairStage.DROPPED},
    PairStage.AGREED: {PairStage.PLANNED, PairStage.DROPPED},
    PairStage.PLANNED: {PairStage.PLANNED, PairStage.SPARK, PairStage.DROPPED},
    PairStage.SPARK: set(),
    PairStage.DROPPED: set(),
}
