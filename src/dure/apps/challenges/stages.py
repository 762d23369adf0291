"""The lives of a discovery and of its candidates. Diagrams in docs/reference are made from these."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class DiscoveryStage(TextChoices):
    """A discovery of challenges."""

    GATHERING = "GATHERING", _("Gathering")
    VERIFYING = "VERIFYING", _("In verification")
    DECIDED = "DECIDED", _("Selection made")
    ANNOUNCED = "ANNOUNCED", _("Announced")
    CANCELLED = "CANCELLED", _("Called off")


DISCOVERY_NEXT = {
    DiscoveryStage.GATHERING: {DiscoveryStage.VERIFYING, DiscoveryStage.CANCELLED},
    DiscoveryStage.VERIFYING: {DiscoveryStage.DECIDED, DiscoveryStage.CANCELLED},
    DiscoveryStage.DECIDED: {DiscoveryStage.ANNOUNCED, DiscoveryStage.CANCELLED},
    DiscoveryStage.ANNOUNCED: set(),
    DiscoveryStage.CANCELLED: set(),
}


class CandidateStage(TextChoices):
    """A candidate challenge."""

    GATHERED = "GATHERED", _("Gathered")
    IN_REVIEW = "IN_REVIEW", _("In verification")
    HELD = "HELD", _("Held back")
    DROPPED = "DROPPED", _("Dropped")
    MERGED = "MERGED", _("Merged")
    WITHDRAWN = "WITHDRAWN", _("Taken back")
    SELECTED = "SELECTED", _("Selected")


CANDIDATE_NEXT = {
    CandidateStage.GATHERED: {
        CandidateStage.IN_REVIEW,
        CandidateStage.MERGED,
        CandidateStage.WITHDRAWN,
    },
    CandidateStage.IN_REVIEW: {
        CandidateStage.HELD,
        CandidateStage.DROPPED,
        CandidateStage.SELECTED,
        CandidateStage.MERGED,
        CandidateStage.WITHDRAWN,
    },
    CandidateStage.HELD: {
        CandidateStage.IN_REVIEW,
        CandidateStage.DROPPED,
        CandidateStage.MERGED,
        CandidateStage.WITHDRAWN,
    },
    CandidateStage.DROPPED: set(),
    CandidateStage.MERGED: set(),
    CandidateStage.WITHDRAWN: set(),
    CandidateStage.SELECTED: set(),
}
ALIVE = (CandidateStage.GATHERED, CandidateStage.IN_REVIEW, CandidateStage.HELD)


class RoundStage(TextChoices):
    """A round of verification."""

    OPEN = "OPEN", _("Open")
    CLOSED = "CLOSED", _("Closed")


ROUND_NEXT = {RoundStage.OPEN: {RoundStage.CLOSED}, RoundStage.CLOSED: set()}
