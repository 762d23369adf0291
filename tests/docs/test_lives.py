"""The diagrams of lives in the docs are drawn from the tables in the code."""

import os
from pathlib import Path

from dure.apps.catalog.stages import NEED_NEXT, TECHNOLOGY_NEXT

PAGE = Path(__file__).parents[2] / "docs" / "reference" / "lives.md"


def diagram(moves) -> str:
    lines = ["```mermaid", "stateDiagram-v2", "  [*] --> DRAFT"]
    lines += [f"  {stage} --> {after}" for stage in moves for after in sorted(moves[stage])]
    return "\n".join([*lines, "```"])


def test_the_diagrams_show_the_tables():
    page = (
        "# Lives of needs and technologies\n\nDrawn from `apps/catalog/stages.py`; after a change:"
        " `DURE_WRITE_DOCS=1 pytest tests/docs`.\n\n"
        f"## A need\n\n{diagram(NEED_NEXT)}\n\n## A technology\n\n{diagram(TECHNOLOGY_NEXT)}\n"
    )
    if os.environ.get("DURE_WRITE_DOCS"):
        PAGE.write_text(page)

    assert PAGE.read_text() == page
