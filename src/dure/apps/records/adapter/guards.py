"""Triggers and constraints of the record that are missing, switched off or not those of the code."""

from collections.abc import Iterator

from django.db import connection

from dure.apps.records.models import Checkpoint, Entry, Place, Tile, Timestamp

GUARDED = (Entry, Place, Tile, Checkpoint, Timestamp)


def missing_guards() -> Iterator[str]:
    """The names of what should keep the record and does not."""
    known = {model: model._meta for model in GUARDED}  # noqa: SLF001 -- Django's public model API
    with connection.cursor() as cursor:
        cursor.execute(
            """
            SELECT tgname, prosrc FROM pg_trigger JOIN pg_proc ON pg_proc.oid = tgfoid
            WHERE tgenabled = 'O' AND tgrelid = ANY (%s::regclass[])
            """,
            [[options.db_table for options in known.values()]],
        )
        installed = dict(cursor.fetchall())
    for model, options in known.items():
        for trigger in options.triggers:
            if trigger.render_func(model).strip() not in installed.get(trigger.get_pgid(model), ""):
                yield trigger.get_uri(model)
