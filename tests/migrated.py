"""A database that is migrated once and copied for every run, until a migration changes."""

import hashlib
from functools import cache
from pathlib import Path

from django.apps import apps
from django.core.management import call_command
from django.db import connection, transaction

from dure.apps.trail.queries import tables_of_history
from dure.config import postgres

PREFIX = "dure_migrated_"
LOCK = 20261122


def migrated_database() -> str:
    """The name of a database with all migrations; the first who asks makes it, others wait."""
    name = PREFIX + _digest()
    with connection._nodb_cursor() as cursor:
        cursor.execute("SELECT pg_advisory_lock(%s)", [LOCK])
        cursor.execute("SELECT datname FROM pg_database WHERE starts_with(datname, %s)", [PREFIX])
        known = {row[0] for row in cursor.fetchall()}
        if name not in known:
            for old in known:
                cursor.execute(f'DROP DATABASE "{old}"')
            cursor.execute(f'CREATE DATABASE "{PREFIX}draft"')
            _migrate(f"{PREFIX}draft")
            cursor.execute(f'ALTER DATABASE "{PREFIX}draft" RENAME TO "{name}"')
    return name


def fill(root: Path) -> None:
    """Start a server under `root` and give it the tables, so that its first `dure` need not."""
    known = connection.settings_dict
    name, file = migrated_database(), root / "dure.sql"
    postgres.start(root)
    address = ("-p", postgres.PORT, "-U", postgres.USER, "-f", file)
    postgres._run("pg_dump", "-h", known["HOST"], *address, name)
    postgres._run("psql", "-q", "-h", postgres.connection(root)["host"], *address, "dure")


def _migrate(database: str) -> None:
    own = connection.settings_dict["NAME"]
    connection.close()
    connection.settings_dict["NAME"] = database
    call_command("migrate", verbosity=0)
    connection.close()
    connection.settings_dict["NAME"] = own


def let_tests_empty_tables() -> None:
    """Django empties all tables after a test that commits, those of the history too."""
    with connection.cursor() as cursor:
        for table in tables_of_history():
            cursor.execute(f"DROP TRIGGER history_stays_whole ON {table}")


def empty_tables() -> None:
    """Delete the rows of every table of a model, as Django does after a test that commits.

    Django truncates, which for hundreds of tables takes seconds even where they are empty. It waits
    like that for whoever still writes. Content types and permissions stay; Django makes them anew.
    """
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(f"LOCK TABLE {', '.join(_tables())} IN ACCESS EXCLUSIVE MODE")
        asked = (f"SELECT '{table}' WHERE EXISTS (SELECT FROM {table})" for table in _tables())
        cursor.execute(" UNION ALL ".join(asked))
        filled = [row[0] for row in cursor.fetchall()]
        # Without triggers: foreign keys need no order then, and history notes nothing.
        cursor.execute("SET LOCAL session_replication_role = replica")
        for table in filled:
            cursor.execute(f"DELETE FROM {table}")


@cache
def _tables() -> list[str]:
    with connection.cursor() as cursor:
        names = connection.introspection.get_table_list(cursor)
    known = {model._meta.db_table for model in apps.get_models(include_auto_created=True)}
    kept = {"django_content_type", "auth_permission"}
    return sorted(
        f'"{table.name}"' for table in names if table.type == "t" and table.name in known - kept
    )


def _digest() -> str:
    """Changes with every migration of ours and of the libraries."""
    folders = [Path(app.path) / "migrations" for app in apps.get_app_configs()]
    files = sorted(file for folder in folders for file in folder.rglob("*"))
    content = b"".join(file.read_bytes() for file in files if file.suffix in {".py", ".sql"})
    return hashlib.sha256(content).hexdigest()[:12]
