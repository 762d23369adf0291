"""Programmes are files: nothing in the source knows one of them by its name."""

import ast
import re
from pathlib import Path

from dure.foundation import programmes
from tests.architecture.test_shape import nodes

SRC = Path(__file__).parents[2] / "src"
TEXTS = [
    path
    for path in sorted(SRC.rglob("*"))
    if path.suffix in {".py", ".html", ".csv", ".po", ".js", ".toml"}
    and "files" not in path.relative_to(SRC).parts
]
IDS = set(programmes.shipped())


def decided_by(node: ast.AST) -> set[str]:
    """The strings that a comparison, a `match` or a table decides by."""
    deciding: list[ast.AST] = []
    if isinstance(node, ast.Compare):
        deciding = [node.left, *node.comparators]
    elif isinstance(node, ast.MatchValue):
        deciding = [node.value]
    return {
        constant.value
        for part in deciding
        for constant in ast.walk(part)
        if isinstance(constant, ast.Constant) and isinstance(constant.value, str)
    }


def test_there_are_programmes_to_look_for():
    assert len(IDS) > 40


def test_no_id_of_several_words_stands_in_the_source():
    ids = re.compile(r"(?<![\w-])(" + "|".join(i for i in sorted(IDS) if "-" in i) + r")(?![\w-])")

    occurrences = {
        (str(path.relative_to(SRC)), *ids.findall(path.read_text(encoding="utf-8")))
        for path in TEXTS
        if ids.search(path.read_text(encoding="utf-8"))
    }

    assert occurrences == set()


def test_no_code_decides_by_an_id():
    """Ids of one word are words of the language too, so only decisions by them are looked for."""
    quoted = "[\"'](" + "|".join(sorted(IDS)) + ")[\"']"
    decisions = {
        (str(path.relative_to(SRC)), programme_id)
        for path in TEXTS
        if path.suffix == ".py"
        for node in nodes(path, quoted)
        for programme_id in decided_by(node) & IDS
    }

    assert decisions == set()
