"""The life of an outcome: said by one, confirmed by another."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class OutcomeStage(TextChoices):
    """A report of an outcome; only a confirmed one counts."""

    CLAIMED = "CLAIMED", _("Reported, not confirmed")
    DISPUTED = "DISPUTED", _("Disputed")
    CONFIRMED = "CONFIRMED", pgettext_lazy("outcome", "Confirmed")
    WITHDRAWN = "WITHDRAWN", _("Withdrawn")
    MERGED = "MERGED", _("Merged into another report")


OUTCOME_NEXT = {
    OutcomeStage.CLAIMED: {
        OutcomeStage.CONFIRMED, OutcomeStage.DISPUTED, OutcomeStage.WITHDRAWN, OutcomeStage.MERGED,
    },
    OutcomeStage.DISPUTED: {
        OutcomeStage.CONFIRMED, OutcomeStage.WITHDRAWN, OutcomeStage.MERGED,
    },
    # Back again when the merge is undone that had confirmed it.
    OutcomeStage.CONFIRMED: {
        OutcomeStage.WITHDRAWN, OutcomeStage.MERGED, OutcomeStage.CLAIMED, OutcomeStage.DISPUTED,
    },
    OutcomeStage.WITHDRAWN: set(),
    OutcomeStage.MERGED: {
        OutcomeStage.CLAIMED, OutcomeStage.DISPUTED, OutcomeStage.CONFIRMED,
    },
}  # fmt: skip
OPEN = (OutcomeStage.CLAIMED, OutcomeStage.DISPUTED)
"""While somebody has to say whether it is so."""
ALIVE = (*OPEN, OutcomeStage.CONFIRMED)
"""What was neither withdrawn nor merged."""
