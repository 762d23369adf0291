"""A cache that all processes and machines share: a table of the database that they share anyway."""

from django.core.cache.backends.db import DatabaseCache
from django.db import connection, transaction

TABLE = "shared_cache"


class SharedCache(DatabaseCache):
    """Django's cache in a database table, with counts that are exact.

    The original reads a count and writes it back, so that two at once count one; limits that an
    attacker meets with many requests at once would leak.
    """

    def incr(self, key: str, delta: int = 1, version: int | None = None) -> int:
        """Add to a count, one process after the other. Raises ValueError if there is none."""
        row = self.make_and_validate_key(key, version=version)
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(f"SELECT 1 FROM {TABLE} WHERE cache_key = %s FOR UPDATE", [row])  # noqa: S608 -- a constant
            return super().incr(key, delta, version)
