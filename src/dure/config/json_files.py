"""Answers of commands as JSON files."""

import json
import tempfile
from pathlib import Path
from typing import Any


def write_json(path: Path, answer: dict[str, Any]) -> None:
    """Write the whole answer or, when anything fails on the way, nothing."""
    path.parent.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(dir=path.parent) as folder:
        draft = Path(folder) / path.name
        draft.write_text(json.dumps(answer, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")
        draft.replace(path)
