"""The lives of a call and of what two persons decide. Diagrams in docs/reference are made from these."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class CallStage(TextChoices):
    """A call."""

    DRAFT = "DRAFT", _("Draft")
    ANNOUNCED = "ANNOUNCED", _("Announced")
    CLOSED = "CLOSED", _("Closed")
    CLOSED_EARLY = "CLOSED_EARLY", _("Closed early")
    CANCELLED = "CANCELLED", _("Cancelled")


# Whether an announced call is open says the clock: `queries.state_of`. A closed one opens again
# when its deadline is extended for all, before anything was opened.
CALL_NEXT = {
    CallStage.DRAFT: {CallStage.ANNOUNCED, CallStage.CANCELLED},
    CallStage.ANNOUNCED: {CallStage.CLOSED, CallStage.CLOSED_EARLY, CallStage.CANCELLED},
    CallStage.CLOSED: {CallStage.ANNOUNCED, CallStage.CANCELLED},
    CallStage.CLOSED_EARLY: set(),
    CallStage.CANCELLED: set(),
}


class State(TextChoices):
    """What a reader is told of a call at a moment."""

    DRAFT = "DRAFT", _("Draft")
    TO_COME = "TO_COME", _("To come")
    OPEN = "OPEN", pgettext_lazy("call", "Open")
    CLOSED = "CLOSED", pgettext_lazy("call", "Closed")
    CLOSED_EARLY = "CLOSED_EARLY", _("Closed early")
    CANCELLED = "CANCELLED", _("Cancelled")


class ProposalStage(TextChoices):
    """What takes two officers on a call."""

    PROPOSED = "PROPOSED", _("Proposed")
    CONFIRMED = "CONFIRMED", _("Confirmed")
    TAKEN_BACK = "TAKEN_BACK", _("Taken back")


PROPOSAL_NEXT = {
    ProposalStage.PROPOSED: {ProposalStage.CONFIRMED, ProposalStage.TAKEN_BACK},
    ProposalStage.CONFIRMED: set(),
    ProposalStage.TAKEN_BACK: set(),
}
