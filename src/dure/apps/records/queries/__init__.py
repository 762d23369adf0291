"""Who sees which entries, what is recorded about a thing, and how the record stands."""

from dure.apps.records.queries.entries import (
    entries_about,
    entries_visible_to,
    entry_at,
    first_covering,
)
from dure.apps.records.queries.standing import (
    checkpoint_of_size,
    checkpoints_visible_to,
    checks_visible_to,
    last_check,
    last_checkpoint,
    size,
    unstamped,
)

__all__ = [
    "checkpoint_of_size",
    "checkpoints_visible_to",
    "checks_visible_to",
    "entries_about",
    "entries_visible_to",
    "entry_at",
    "first_covering",
    "last_check",
    "last_checkpoint",
    "size",
    "unstamped",
]
