"""The word lists in the reference of programme files are those that files are read with."""

import os
from pathlib import Path

from dure.foundation import programmes

PAGE = Path(__file__).parents[2] / "docs" / "reference" / "programme-file.md"
MARK = "<!-- words -->\n"
LISTS = {
    "role": "Roles",
    "instrument": "Instruments",
    "kind": "Kinds of money",
    "size": "Sizes",
    "fact": "Facts",
    "body": "Bodies that decide",
    "goal": "Goals",
    "call": "Ways to apply",
    "run": "Ways to run",
    "term": "Terms of money",
    "step": "Steps by which a reason can be cured",
    "result": "Results of a project",
    "figure": "Figures",
}


def tables() -> str:
    written = ""
    for group, title in LISTS.items():
        rows = [
            f"| `{word}` | {programmes.name(group, word, 'ko')} | {programmes.name(group, word, 'en')} |"
            for word in programmes.ids(group)
        ]
        written += "\n".join(
            [f"\n### {title}\n", "| id | Korean | English |", "|---|---|---|", *rows]
        )
        written += "\n"
    return written


def test_the_page_has_every_word():
    head, _mark, listed = PAGE.read_text(encoding="utf-8").partition(MARK)
    if os.environ.get("DURE_WRITE_DOCS"):
        listed = tables()
        PAGE.write_text(head + MARK + listed, encoding="utf-8")

    assert listed == tables()
