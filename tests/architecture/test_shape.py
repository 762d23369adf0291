"""Rules about the shape of the code that import-linter cannot state."""

import ast
import re
import tomllib
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.apps import apps

from tests.lives import lives

ROOT = Path(__file__).parents[2]
SRC = ROOT / "src"
MODULES = [p for p in sorted(SRC.rglob("*.py")) if "migrations" not in p.parts]
APP_MODULES = [p for p in MODULES if "apps" in p.parts]
SHARED = {"models", "queries", "operations", "permissions", "events", "stages", "reasons"}
SHARED |= {"roles", "kinds", "notices"}
# What a room of an app may use of other apps besides: the demonstration their casts, addresses the
# pages that a lower app makes of what is declared (`sheet_urls` of imports).
SHARED_WITH = {"demo": {"demo"}, "urls": {"views"}}
RULES_SIDE = {"queries", "permissions", "adapter", "operations"}
DATA_SIDE = {"models", "queries", "operations", "adapter", "demo"}
DOORS = {"views", "api", "tasks", "receivers", "panels", "management", "templatetags", "demo"}
FORBIDDEN_NAMES = {"utils", "helpers", "misc", "common", "manager", "service", "handler", "tmp"}


def app_of(dotted: str) -> str | None:
    match dotted.split("."):
        case ["dure", "apps", app, *_]:
            return app
    return None


def rank_of_apps() -> dict[str, int]:
    """How high each app stands in the order that the import contract gives them."""
    contracts = tomllib.loads((ROOT / "pyproject.toml").read_text())["tool"]["importlinter"]
    [order] = [
        c["layers"] for c in contracts["contracts"] if c["name"] == "Apps stand in one order"
    ]
    return {app: -i for i, layer in enumerate(order) for app in layer.split(" | ")}


def room_of(path: Path) -> str:
    """The module or package inside the app in which a file stands."""
    return path.relative_to(SRC / "dure" / "apps").with_suffix("").parts[1]


def inside_apps() -> list[Path]:
    """The modules that stand inside an app, not those of the package of apps itself."""
    return [path for path in APP_MODULES if len(path.relative_to(SRC).parts) > 3]


def nodes(path: Path, word: str) -> Iterator[ast.AST]:
    """What a module is made of, if the pattern `word` occurs in it; most need not be parsed."""
    text = path.read_text(encoding="utf-8")
    if re.search(word, text):
        yield from ast.walk(ast.parse(text))


def imported(path: Path) -> list[str]:
    return [
        f"{node.module}.{alias.name}"
        for node in nodes(path, r"from dure\.apps")
        if isinstance(node, ast.ImportFrom) and node.module
        for alias in node.names
    ]


def test_an_app_shows_others_only_its_public_modules():
    private = {
        (str(path.relative_to(SRC)), name)
        for path in APP_MODULES
        for name in imported(path)
        if app_of(name) not in {None, app_of(".".join(path.relative_to(SRC).parts))}
        and name.split(".")[3] not in SHARED | SHARED_WITH.get(room_of(path), set())
    }

    assert private == set()


def test_only_the_data_side_opens_a_manager():
    opened = {
        (str(path.relative_to(SRC)), node.lineno)
        for path in inside_apps()
        if room_of(path) not in DATA_SIDE
        for node in nodes(path, r"\.objects\b")
        if isinstance(node, ast.Attribute) and node.attr == "objects"
    }

    assert opened == set()


def test_only_queries_and_permissions_look_at_roles():
    """Doors and presenters ask a permission by its name, so that what a role opens stands once."""
    looked_at = {
        (str(path.relative_to(SRC)), node.lineno)
        for path in inside_apps()
        if room_of(path) not in RULES_SIDE
        for node in nodes(path, r"\.(is_officer|is_member|holds)\b")
        if isinstance(node, ast.Attribute) and node.attr in {"is_officer", "is_member", "holds"}
    }

    assert looked_at == set()


def test_only_doors_read_the_clock():
    readers = {
        str(path.relative_to(SRC))
        for path in inside_apps()
        if room_of(path) not in DOORS
        and re.search(r"timezone\.now|datetime\.now", path.read_text())
    }

    assert readers == set()


def test_a_day_is_the_day_in_korea():
    """`moment.date()` is the day in UTC, which is yesterday until nine in the morning."""
    days_of_utc = {
        (str(path.relative_to(ROOT)), node.lineno)
        for path in [*inside_apps(), *(ROOT / "tests" / "apps").rglob("*.py")]
        for node in nodes(path, r"(at|now)\s*\.date\b")
        if isinstance(node, ast.Attribute)
        and node.attr == "date"
        and re.search(r"(^|[._])(at|now)$", ast.unparse(node.value))
    }

    assert days_of_utc == set()


def test_no_module_has_a_name_that_says_nothing():
    assert [p for p in MODULES if p.stem in FORBIDDEN_NAMES] == []


def test_foreign_keys_follow_the_order_of_the_apps():
    rank = rank_of_apps()

    upward = [
        f"{model._meta.label}.{field.name}"
        for model in apps.get_models()
        if model._meta.app_label in rank
        for field in model._meta.get_fields()
        if field.is_relation
        and not field.auto_created
        and field.related_model is not None
        and rank.get(field.related_model._meta.app_label, -99) > rank[model._meta.app_label]
    ]

    assert upward == []


@pytest.mark.parametrize(
    ("stages", "moves"), lives().items(), ids=lambda table: getattr(table, "__name__", "")
)
def test_every_stage_table_is_whole(stages, moves):
    assert set(moves) == set(stages)
    assert set().union(*moves.values()) <= set(stages)
