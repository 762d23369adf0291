"""What history keeps of a model: every insert, update and delete, by database triggers."""

from collections.abc import Callable
from typing import Any

import pghistory
from django.db.migrations.state import ProjectState
from pgtrigger.migrations import AddTrigger


def track(**options: Any) -> Callable[[type], type]:
    """Keep the history of a model; `exclude` names the fields that are left out."""
    return pghistory.track(
        pghistory.InsertEvent(),
        pghistory.UpdateEvent(),
        pghistory.DeleteEvent(),
        append_only=True,
        **options,
    )


def _add_to_state(operation: AddTrigger, app_label: str, state: ProjectState) -> None:
    """Note a trigger without making all models anew, which know nothing of it.

    pgtrigger makes them anew for every trigger: ten of thirty seconds for a new database.
    """
    options = state.models[app_label, operation.model_name].options
    options["triggers"] = [*options.get("triggers", []), operation.trigger]


AddTrigger.state_forwards = _add_to_state
