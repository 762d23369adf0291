"""A database that is migrated once and copied for every run, until a migration changes."""

import hashlib
from pathlib import Path

from django.apps import apps
from django.core.management import call_command
from django.db import connection

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


def _digest() -> str:
    """Changes with every migration of ours and of the libraries."""
    folders = [Path(app.path) / "migrations" for app in apps.get_app_configs()]
    files = sorted(file for folder in folders for file in folder.rglob("*"))
    content = b"".join(file.read_bytes() for file in files if file.suffix in {".py", ".sql"})
    return hashlib.sha256(content).hexdigest()[:12]
