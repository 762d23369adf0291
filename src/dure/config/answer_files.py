"""Answers of commands as files: whole or not at all."""

import json
import tempfile
from pathlib import Path
from typing import Any


def write_json(path: Path, answer: dict[str, Any]) -> None:
    """Write the whole answer or, when anything fails on the way, nothing."""
    write_text(path, json.dumps(answer, ensure_ascii=False, indent=1) + "\n")


def write_text(path: Path, text: str) -> None:
    """Write the whole text or, when anything fails on the way, nothing."""
    path.parent.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(dir=path.parent) as folder:
        draft = Path(folder) / path.name
        draft.write_text(text, encoding="utf-8")
        draft.replace(path)
