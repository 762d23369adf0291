"""What firms answer of their projects is taken in as outcomes at once."""

from django.utils import timezone

from dure.apps.outcomes import operations
from dure.apps.projects.events import FollowUpAnswered
from dure.foundation.announce import listens_to


@listens_to(FollowUpAnswered)
def take_follow_up(event: FollowUpAnswered) -> None:
    """Take in what was answered; the nightly round takes in what was missed."""
    operations.take_follow_ups(at=timezone.now())
