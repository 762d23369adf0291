"""What projects announce after commit."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class FollowUpAnswered:
    """A firm answered what became of a project some years after its end."""

    follow_up_id: int
