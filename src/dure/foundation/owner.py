"""The database as its owner sees it, for migrations; everything else runs as a lesser role."""

from collections.abc import Iterator
from contextlib import contextmanager

from django.conf import settings
from django.db import connection


@contextmanager
def as_owner() -> Iterator[str]:
    """Work as the role that owns the tables; gives the name of the role that does not.

    Where the settings name no other owner (`DATABASE_OWNER`), the application itself is it.
    """
    known = connection.settings_dict
    before = {name: known[name] for name in ("USER", "PASSWORD", "HOST", "PORT")}
    if not settings.DATABASE_OWNER:
        yield before["USER"]
        return
    connection.close()
    known.update(settings.DATABASE_OWNER)
    try:
        yield before["USER"]
    finally:
        connection.close()
        known.update(before)
