"""The lives of win-win models, meetings, votes and what follows. Diagrams are made from these."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class ModelStage(TextChoices):
    """A win-win model, from a draft to the end of all that came of it."""

    DRAFT = "DRAFT", _("Draft")
    PROPOSED = "PROPOSED", _("Proposed")
    DELIBERATED = "DELIBERATED", _("In deliberation")
    RETURNED = "RETURNED", _("Returned with conditions")
    RECOMMENDED = "RECOMMENDED", _("Recommended")
    REJECTED = "REJECTED", _("Rejected")
    APPROVED = "APPROVED", _("Approved by the committee")
    REFUSED = "REFUSED", _("Not approved")
    CLOSED = "CLOSED", _("Followed to the end")
    WITHDRAWN = "WITHDRAWN", _("Taken back")


MODEL_NEXT = {
    ModelStage.DRAFT: {ModelStage.PROPOSED, ModelStage.WITHDRAWN},
    ModelStage.PROPOSED: {ModelStage.DELIBERATED, ModelStage.WITHDRAWN},
    ModelStage.DELIBERATED: {
        ModelStage.RECOMMENDED,
        ModelStage.RETURNED,
        ModelStage.REJECTED,
        ModelStage.WITHDRAWN,
    },
    ModelStage.RETURNED: {ModelStage.PROPOSED, ModelStage.WITHDRAWN},
    ModelStage.RECOMMENDED: {ModelStage.APPROVED, ModelStage.REFUSED},
    ModelStage.APPROVED: {ModelStage.CLOSED},
    ModelStage.REJECTED: set(),
    ModelStage.REFUSED: set(),
    ModelStage.CLOSED: set(),
    ModelStage.WITHDRAWN: set(),
}
CHANGEABLE = (ModelStage.DRAFT, ModelStage.DELIBERATED, ModelStage.RETURNED)
"""Where a new version may be written: before it is proposed, as an amendment, or on conditions."""
COUNTED = (ModelStage.APPROVED, ModelStage.CLOSED)
"""What counts against the target."""


class MeetingStage(TextChoices):
    """A meeting."""

    PLANNED = "PLANNED", _("Planned")
    CALLED = "CALLED", pgettext_lazy("meeting", "Called")
    OPEN = "OPEN", pgettext_lazy("meeting", "Running")
    CLOSED = "CLOSED", pgettext_lazy("meeting", "Held")
    CONFIRMED = "CONFIRMED", _("Minutes confirmed")
    CANCELLED = "CANCELLED", _("Called off")


MEETING_NEXT = {
    MeetingStage.PLANNED: {MeetingStage.CALLED, MeetingStage.CANCELLED},
    MeetingStage.CALLED: {MeetingStage.OPEN, MeetingStage.CANCELLED},
    MeetingStage.OPEN: {MeetingStage.CLOSED},
    MeetingStage.CLOSED: {MeetingStage.CONFIRMED},
    MeetingStage.CONFIRMED: set(),
    MeetingStage.CANCELLED: set(),
}


class VoteStage(TextChoices):
    """A vote."""

    OPEN = "OPEN", pgettext_lazy("vote", "Open for votes")
    CLOSED = "CLOSED", pgettext_lazy("vote", "Counted")


VOTE_NEXT = {VoteStage.OPEN: {VoteStage.CLOSED}, VoteStage.CLOSED: set()}


class FollowUpStage(TextChoices):
    """What an approved model gave rise to."""

    RUNNING = "RUNNING", pgettext_lazy("follow-up", "On its way")
    DONE = "DONE", pgettext_lazy("follow-up", "Reached")
    FAILED = "FAILED", pgettext_lazy("follow-up", "Not reached")


FOLLOW_UP_NEXT = {
    FollowUpStage.RUNNING: {FollowUpStage.DONE, FollowUpStage.FAILED},
    FollowUpStage.DONE: set(),
    FollowUpStage.FAILED: set(),
}
