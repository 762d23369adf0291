"""The glossary in the docs is written from the one that the pages show."""

import os
from pathlib import Path

from dure.foundation.vocabularies.glossary import glossary, grouped

PAGE = Path(__file__).parents[2] / "docs" / "glossary.md"
HEAD = """# Glossary · 용어

Written from `src/dure/foundation/vocabularies/glossary.csv`, which the pages of the site show as well;
after a change: `DURE_WRITE_DOCS=1 pytest tests/docs`. The English term is the one in code and
interface; the Korean one is what users call the thing, with the official term in brackets.
"""


def test_the_docs_show_the_glossary():
    page = HEAD
    for group, terms in grouped(glossary().values()):
        page += f"\n## {group.name_en} · {group.name_ko}\n\n| English | 한국어 | Meaning | 뜻 |\n|---|---|---|---|\n"
        for term in terms:
            official = f" ({term.official})" if term.official else ""
            page += f"| {term.en} | {term.ko}{official} | {term.meaning_en} | {term.meaning_ko} |\n"
    if os.environ.get("DURE_WRITE_DOCS"):
        PAGE.write_text(page)

    assert PAGE.read_text() == page
