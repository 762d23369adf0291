"""What history keeps of a model: every insert, update and delete, by database triggers."""

from collections.abc import Callable
from typing import Any

import pghistory


def untracked(reason: str) -> Callable[[type], type]:
    """Say of a model why its changes are not kept."""

    def note(model: type) -> type:
        model.untracked_reason = reason  # type: ignore[attr-defined]
        return model

    return note


def track(**options: Any) -> Callable[[type], type]:
    """Keep the history of a model.

    `exclude` names the fields that are left out; `append_only=False` leaves it to the guard of the
    whole history (`trail/guard.sql`) alone that nothing is changed, which knows an exception.
    """
    tracked: Callable[[type], type] = pghistory.track(
        pghistory.InsertEvent(),
        pghistory.UpdateEvent(),
        pghistory.DeleteEvent(),
        **{"append_only": True, **options},
    )
    return tracked
