"""What keeps the history as it was written."""

from pathlib import Path

from django.db import connection
from psycopg import sql

from dure.apps.trail.queries import tables_of_history

GUARD = Path(__file__).with_name("guard.sql")


def guard_history(*, role: str) -> None:
    """Guard the history by triggers, and against `role`, which may use all other tables.

    Meant for the owner of the tables. Where `role` is that owner, the triggers alone guard.
    """
    tables = tables_of_history()
    if not set(connection.introspection.table_names()) >= set(tables):
        return  # in the middle of the migrations
    statement = sql.SQL(GUARD.read_text(encoding="utf-8")).format(
        tables=sql.Literal(tables), role=sql.Literal(role)
    )
    with connection.cursor() as cursor:
        cursor.execute(statement.as_string(cursor.connection))
