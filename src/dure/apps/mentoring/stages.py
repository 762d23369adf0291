"""The life of a pair: proposed to both, goals agreed on, under way, ended."""

from django.db.models import TextChoices
from django.utils.translation import pgettext_lazy


class PairStage(TextChoices):
    """Two firms that may come to mentoring."""

    PROPOSED = "PROPOSED", pgettext_lazy("mentoring", "Proposed to both")
    AGREEING = "AGREEING", pgettext_lazy("mentoring", "Agreeing on goals")
    RUNNING = "RUNNING", pgettext_lazy("mentoring", "Under way")
    ENDED = "ENDED", pgettext_lazy("mentoring", "Completed")
    DECLINED = "DECLINED", pgettext_lazy("mentoring", "Declined")
    BROKEN_OFF = "BROKEN_OFF", pgettext_lazy("mentoring", "Broken off")


PAIR_NEXT = {
    PairStage.PROPOSED: {PairStage.AGREEING, PairStage.DECLINED},
    PairStage.AGREEING: {PairStage.RUNNING, PairStage.BROKEN_OFF},
    PairStage.RUNNING: {PairStage.ENDED, PairStage.BROKEN_OFF},
    PairStage.ENDED: set(),
    PairStage.DECLINED: set(),
    PairStage.BROKEN_OFF: set(),
}

OPEN = (PairStage.PROPOSED, PairStage.AGREEING, PairStage.RUNNING)
"""Stages in which two still have to do with each other."""

TIED = (PairStage.AGREEING, PairStage.RUNNING, PairStage.ENDED, PairStage.BROKEN_OFF)
"""Stages in which both had said yes."""
