"""What the environment says: every setting that a deployment may change, read in one place."""

import atexit
import contextlib
import os
import secrets
import shutil
import tempfile
from pathlib import Path
from typing import Any

from psycopg.conninfo import conninfo_to_dict

ROOT = Path(__file__).resolve().parents[3]


def home() -> Path:
    """Where dure keeps what it makes: database, index, uploads, keys (`DURE_HOME`)."""
    return Path(os.environ.get("DURE_HOME", ROOT / "var")).resolve()


def throwaway_home() -> Path:
    """A home that is gone when this process ends, for tests."""
    folder = tempfile.mkdtemp(prefix="dure-test-")
    atexit.register(shutil.rmtree, folder, ignore_errors=True)
    return Path(folder)


def real_data() -> Path | None:
    """The folder with the real data sets (`DURE_DATA`), if there is one."""
    folder = Path(os.environ.get("DURE_DATA", ROOT.parent / "shared" / "data"))
    return folder if folder.is_dir() else None


def keep_files_private() -> None:
    """What this process and its children write from now on, only their own user can read."""
    os.umask(0o077)


def flag(name: str) -> bool:
    """True when the variable is set to 1, true, yes or on."""
    return os.environ.get(name, "").lower() in {"1", "true", "yes", "on"}


def words(name: str, default: str = "") -> list[str]:
    """The comma-separated entries of a variable."""
    return [word.strip() for word in os.environ.get(name, default).split(",") if word.strip()]


def secret_key() -> str:
    """The signing key: `DURE_SECRET_KEY`, or one made at first use and kept in the home folder."""
    if key := os.environ.get("DURE_SECRET_KEY"):
        return key
    path = home() / "secret-key"
    try:
        return path.read_text()
    except FileNotFoundError:
        path.parent.mkdir(parents=True, exist_ok=True)
        draft = path.with_suffix(f".{os.getpid()}")
        draft.touch(mode=0o600)
        draft.write_text(secrets.token_urlsafe(50))
        with contextlib.suppress(FileExistsError):
            os.link(draft, path)  # the first process wins, the others read its key
        draft.unlink()
        return path.read_text()


def database(server: str = "postgres", *, is_owner: bool = False) -> dict[str, Any]:
    """Django's connection settings, from `DATABASE_URL` or for an embedded server in the home.

    The application owns nothing; `is_owner` asks for the role that does (see `database_owner`).
    """
    url = os.environ.get("DATABASE_URL")
    parts: dict[str, Any] = dict(conninfo_to_dict(url)) if url else _embedded(server)
    if is_owner:
        parts |= _owner(server)
    known = {
        "NAME": parts.pop("dbname", "dure"),
        "USER": parts.pop("user", ""),
        "PASSWORD": parts.pop("password", ""),
        "HOST": parts.pop("host", ""),
        "PORT": str(parts.pop("port", "")),
    }
    return {"ENGINE": "django.db.backends.postgresql", **known, "OPTIONS": parts}


def database_owner(server: str = "postgres") -> dict[str, str]:
    """How the role connects that owns the tables and migrates, where it is another one.

    `DATABASE_MIGRATION_URL`, or the superuser of the embedded server.
    """
    if not _owner(server):
        return {}
    owner = database(server, is_owner=True)
    return {name: owner[name] for name in ("USER", "PASSWORD", "HOST", "PORT")}


def _embedded(server: str) -> dict[str, Any]:
    from dure.config import postgres

    return {**postgres.connection(home() / server), "user": postgres.APPLICATION}


def _owner(server: str) -> dict[str, Any]:
    if url := os.environ.get("DATABASE_MIGRATION_URL"):
        return dict(conninfo_to_dict(url))
    if os.environ.get("DATABASE_URL"):
        return {}
    from dure.config import postgres

    return dict(postgres.connection(home() / server))
