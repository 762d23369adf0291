"""A variable is named by what it holds: five words that say nothing are refused."""

import ast
from pathlib import Path

ROOT = Path(__file__).parents[2]
SAY_NOTHING = {"each", "found", "one", "said", "told"}


def test_variables_are_named_by_what_they_hold():
    files = [file for top in ("src", "tests", "benchmarks") for file in (ROOT / top).rglob("*.py")]

    refused = {f"{file.relative_to(ROOT)}: {name}" for file in files for name in bound_in(file)}

    assert len(files) > 1000
    assert refused == set()


def bound_in(file: Path) -> set[str]:
    """The words among them that a file assigns, loops over or takes as a parameter."""
    tree = ast.walk(ast.parse(file.read_text(encoding="utf-8")))
    names = {
        node.arg if isinstance(node, ast.arg) else node.id
        for node in tree
        if isinstance(node, ast.arg)
        or (isinstance(node, ast.Name) and isinstance(node.ctx, ast.Store))
    }
    return names & SAY_NOTHING
