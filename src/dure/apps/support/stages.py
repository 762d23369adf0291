"""The life of a proposed partner: proposed by the owner, wanted by the firm, asked, and agreed."""

from django.db.models import TextChoices
from django.utils.translation import pgettext_lazy


class CandidateStage(TextChoices):
    PROPOSED = "PROPOSED", pgettext_lazy("partner", "Proposed")
    WANTED = "WANTED", pgettext_lazy("partner", "Wanted by the firm")
    NOT_WANTED = "NOT_WANTED", pgettext_lazy("partner", "Not wanted")
    INTRODUCED = "INTRODUCED", pgettext_lazy("partner", "Introduced, answer awaited")
    ACCEPTED = "ACCEPTED", pgettext_lazy("partner", "Agreed")
    DECLINED = "DECLINED", pgettext_lazy("partner", "Declined")
    ENDED = "ENDED", pgettext_lazy("partner", "Ended")


NEXT = {
    CandidateStage.PROPOSED: {CandidateStage.WANTED, CandidateStage.NOT_WANTED},
    CandidateStage.WANTED: {CandidateStage.INTRODUCED, CandidateStage.NOT_WANTED},
    CandidateStage.INTRODUCED: {CandidateStage.ACCEPTED, CandidateStage.DECLINED},
    CandidateStage.ACCEPTED: {CandidateStage.ENDED},
    CandidateStage.NOT_WANTED: set(),
    CandidateStage.DECLINED: set(),
    CandidateStage.ENDED: set(),
}
"""Which move follows which."""
