"""`migrate`, as the owner of the tables; afterwards the history is guarded."""

from typing import Any

from django.core.management.commands import migrate

from dure.apps.trail.operations import guard_history
from dure.foundation.migrating import models_rendered_sparingly
from dure.foundation.owner import as_owner


class Command(migrate.Command):
    """Django's own command, as the database role that owns the tables."""

    def handle(self, *args: Any, **options: Any) -> None:
        """Migrate, then let the application's role do its work and nothing to the history."""
        is_only_asked = any(options.get(n) for n in ("plan", "check_unapplied"))
        with as_owner() as role, models_rendered_sparingly():
            super().handle(*args, **options)
            if not is_only_asked:
                guard_history(role=role)
