"""What happens to sessions when a fair changes."""

from dure.apps.briefings.operations import briefings
from dure.apps.fairs.events import FairCopied
from dure.foundation.announce import listens_to


@listens_to(FairCopied)
def copy_briefings_of_fair(event: FairCopied) -> None:
    """Hold the same sessions again."""
    briefings.copy_briefings(
        fair_id=event.copied_from_id,
        to_fair_id=event.fair_id,
        shift=event.shift,
        halls=event.halls,
    )
