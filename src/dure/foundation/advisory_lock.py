"""Being the only one at something, whatever process or machine the others are in."""

from collections.abc import Iterator
from contextlib import contextmanager, suppress

from django.db import InterfaceError, OperationalError, connection


def in_turn(*names: object) -> None:
    """Until this transaction ends, be the only one at what the names say, and wait for that.

    For what is to be made once: a row that is not there yet cannot be locked.
    """
    name = ":".join(map(str, names))
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(hashtextextended(%s, 0))", [name])


@contextmanager
def advisory_lock(key: int, *, is_patient: bool) -> Iterator[bool]:
    """Hold the lock of `key`, a 64-bit number; whether we have it, which the patient wait for.

    PostgreSQL gives the lock back by itself when this process or the connection dies. Whoever
    holds it on a connection gets it there again.
    """
    with connection.cursor() as cursor:
        if is_patient:
            cursor.execute("SELECT pg_advisory_lock(%s)", [key])
            is_ours = True
        else:
            cursor.execute("SELECT pg_try_advisory_lock(%s)", [key])
            [is_ours] = cursor.fetchone()
    try:
        yield is_ours
    finally:
        # A connection that broke meanwhile holds no lock any more.
        with suppress(InterfaceError, OperationalError):
            if is_ours:
                with connection.cursor() as cursor:
                    cursor.execute("SELECT pg_advisory_unlock(%s)", [key])
