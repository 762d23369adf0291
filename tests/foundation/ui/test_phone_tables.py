"""On a phone a table is a list of cards with two lines: who, and the fact that matters."""

import re
from pathlib import Path

import pytest

import dure

TEMPLATES = sorted(
    path for path in Path(dure.__file__).parent.rglob("*.html") if "<c-table" in path.read_text()
)


@pytest.mark.parametrize("template", TEMPLATES, ids=lambda path: path.name)
def test_every_table_says_what_its_cards_show_on_a_phone(template):
    for table in re.findall(r"<c-table.*?</c-table>", template.read_text(), re.DOTALL):
        cells = re.findall(r"<c-td\b[^>]*>|<td\b[^>]*data-label[^>]*>", table)
        if len(cells) > 1:
            shown = [cell for cell in cells if re.search(r"\bfact\b|data-fact", cell)]
            assert shown, f"no cell of {template} is marked as the fact of its row"
            assert len(shown) < 4
