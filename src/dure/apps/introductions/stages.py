"""The lives of an introduction and of a proposed meeting. Their diagrams in docs are made from this."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class IntroductionStage(TextChoices):
    """An introduction."""

    INTRODUCED = "INTRODUCED", _("Introduced")
    TALKING = "TALKING", _("In conversation")
    MEETING_AGREED = "MEETING_AGREED", _("Meeting agreed")
    MET = "MET", _("Met")
    CONCLUDED = "CONCLUDED", _("Cooperating")
    ENDED = "ENDED", _("Ended without cooperation")
    TAKEN_BACK = "TAKEN_BACK", _("Taken back by the office")


INTRODUCTION_NEXT = {
    IntroductionStage.INTRODUCED: {
        IntroductionStage.TALKING,
        IntroductionStage.MEETING_AGREED,
        IntroductionStage.MET,
        IntroductionStage.ENDED,
        IntroductionStage.TAKEN_BACK,
    },
    IntroductionStage.TALKING: {
        IntroductionStage.MEETING_AGREED,
        IntroductionStage.MET,
        IntroductionStage.ENDED,
    },
    IntroductionStage.MEETING_AGREED: {
        IntroductionStage.TALKING,
        IntroductionStage.MET,
        IntroductionStage.ENDED,
    },
    IntroductionStage.MET: {
        IntroductionStage.MEETING_AGREED,
        IntroductionStage.CONCLUDED,
        IntroductionStage.ENDED,
    },
    IntroductionStage.CONCLUDED: {IntroductionStage.ENDED},
    IntroductionStage.ENDED: {IntroductionStage.TALKING},
    IntroductionStage.TAKEN_BACK: {IntroductionStage.INTRODUCED},
}

# Stages in which the two sides still write and meet.
ALIVE = (
    IntroductionStage.INTRODUCED,
    IntroductionStage.TALKING,
    IntroductionStage.MEETING_AGREED,
    IntroductionStage.MET,
    IntroductionStage.CONCLUDED,
)
# Stages in which silence means that something is stuck.
WAITING = (
    IntroductionStage.INTRODUCED,
    IntroductionStage.TALKING,
    IntroductionStage.MEETING_AGREED,
)


class ProposalStage(TextChoices):
    """A proposed meeting."""

    OFFERED = "OFFERED", _("Proposed")
    ACCEPTED = "ACCEPTED", _("Agreed")
    DECLINED = "DECLINED", _("Does not suit")
    CANCELLED = "CANCELLED", _("Cancelled")
    HELD = "HELD", _("Held")


PROPOSAL_NEXT = {
    ProposalStage.OFFERED: {
        ProposalStage.ACCEPTED,
        ProposalStage.DECLINED,
        ProposalStage.CANCELLED,
    },
    ProposalStage.ACCEPTED: {ProposalStage.CANCELLED, ProposalStage.HELD},
    ProposalStage.DECLINED: set(),
    ProposalStage.CANCELLED: set(),
    ProposalStage.HELD: set(),
}
