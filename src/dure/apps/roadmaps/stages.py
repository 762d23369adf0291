"""The life of a proposal. Its diagram in docs/reference is made from this."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class ProposalStage(TextChoices):
    """A proposal for a roadmap."""

    PROPOSED = "PROPOSED", _("Proposed")
    ACCEPTED = "ACCEPTED", _("Taken up")
    REJECTED = "REJECTED", _("Not taken up")
    WITHDRAWN = "WITHDRAWN", _("Taken back")


PROPOSAL_NEXT = {
    ProposalStage.PROPOSED: {
        ProposalStage.ACCEPTED,
        ProposalStage.REJECTED,
        ProposalStage.WITHDRAWN,
    },
    ProposalStage.ACCEPTED: set(),
    ProposalStage.REJECTED: set(),
    ProposalStage.WITHDRAWN: set(),
}
