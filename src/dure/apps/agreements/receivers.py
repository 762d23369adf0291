"""What was selected is drawn up; what an applicant gave up is dropped."""

from dure.apps.agreements import operations
from dure.apps.selection.events import Decided
from dure.apps.selection.kinds import Outcome
from dure.foundation.announce import listens_to


@listens_to(Decided)
def draw_up(event: Decided) -> None:
    """Draw up what was selected; of many decisions of one moment the first does all."""
    if event.outcome == Outcome.SELECTED:
        operations.draft_decided(at=event.at)


@listens_to(Decided)
def drop(event: Decided) -> None:
    """Drop the agreement of who gave its place up."""
    if event.outcome == Outcome.WITHDRAWN:
        operations.drop_given_up(at=event.at)


@listens_to(Decided)
def stop(event: Decided) -> None:
    """Stop the signing on a place that was taken back."""
    if event.outcome in (Outcome.RESERVE, Outcome.REJECTED):
        operations.follow_revocations(at=event.at)
