"""Secret keys that the platform makes for itself, kept outside the database.

They stand in the folder `DURE_KEYS` (by default `keys` in the home), readable by its owner alone. A
backup holds them; several machines share the folder.
"""

import contextlib
import os
import secrets
from collections.abc import Callable
from functools import lru_cache
from pathlib import Path

from django.conf import settings


def read_file(name: str) -> bytes | None:
    """The content of a file in the folder of keys; None where there is none."""
    try:
        return (key_folder() / name).read_bytes()
    except FileNotFoundError:
        return None


def write_file(name: str, content: bytes) -> None:
    """Put a file into the folder of keys in place of what was there, whole or not at all."""
    _draft(key_folder() / name, content).replace(key_folder() / name)


def kept_file(name: str, make: Callable[[], bytes]) -> bytes:
    """The content of a file in the folder of keys; `make` gives it at first use.

    Of several processes that make it at once the first wins, and the others read what it made.
    """
    path = key_folder() / name
    if (known := read_file(name)) is not None:
        return known
    draft = _draft(path, make())
    with contextlib.suppress(FileExistsError):
        os.link(draft, path)
    draft.unlink()
    return path.read_bytes()


def kept_key(name: str) -> bytes:
    """The 32 secret bytes called `name`."""
    return _key(str(key_folder()), name)


def key_folder() -> Path:
    """Where keys are kept."""
    return Path(settings.DURE_KEYS)


@lru_cache(maxsize=64)
def _key(folder: str, name: str) -> bytes:
    return kept_file(f"{name}.key", lambda: secrets.token_bytes(32))


def _draft(path: Path, content: bytes) -> Path:
    """A file beside `path` with its content to be, which only its owner reads."""
    path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    draft = path.with_name(f".{path.name}.{os.getpid()}.{secrets.token_hex(4)}")
    draft.touch(mode=0o600)
    draft.write_bytes(content)
    return draft
