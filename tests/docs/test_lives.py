"""The diagrams of lives in the docs are drawn from the tables in the code."""

import os
from pathlib import Path

from tests.lives import lives

PAGE = Path(__file__).parents[2] / "docs" / "reference" / "lives.md"


def diagram(moves) -> str:
    first = next(iter(moves))
    lines = ["```mermaid", "stateDiagram-v2", f"  [*] --> {first}"]
    lines += [f"  {stage} --> {after}" for stage in moves for after in sorted(moves[stage])]
    return "\n".join([*lines, "```"])


def test_the_diagrams_show_the_tables():
    page = (
        "# Lives of things\n\nDrawn from `apps/*/stages.py`; after a change:"
        " `DURE_WRITE_DOCS=1 pytest tests/docs`.\n"
    ) + "".join(
        f"\n## {stages.__doc__.rstrip('.')}\n\n{diagram(moves)}\n"
        for stages, moves in lives().items()
    )
    if os.environ.get("DURE_WRITE_DOCS"):
        PAGE.write_text(page)

    assert PAGE.read_text() == page
