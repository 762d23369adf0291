"""The diagrams of lives in the docs are drawn from the tables in the code."""

import os
from pathlib import Path

from dure.apps.catalog.stages import NEED_NEXT, TECHNOLOGY_NEXT
from dure.apps.consultations.stages import WALK_IN_NEXT
from dure.apps.fairs.stages import FAIR_NEXT, REGISTRATION_NEXT, TIMETABLE_NEXT
from dure.apps.ndas.stages import NDA_NEXT

LIVES = {
    "A need": NEED_NEXT,
    "A technology": TECHNOLOGY_NEXT,
    "A non-disclosure agreement": NDA_NEXT,
    "A fair": FAIR_NEXT,
    "A registration for a fair": REGISTRATION_NEXT,
    "A version of a timetable": TIMETABLE_NEXT,
    "A walk-in": WALK_IN_NEXT,
}
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
    ) + "".join(f"\n## {name}\n\n{diagram(moves)}\n" for name, moves in LIVES.items())
    if os.environ.get("DURE_WRITE_DOCS"):
        PAGE.write_text(page)

    assert PAGE.read_text() == page
