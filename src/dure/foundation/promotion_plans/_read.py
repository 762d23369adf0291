"""The plans that dure comes with, and reading one from a file."""

from pathlib import Path
from typing import Any

from pydantic import TypeAdapter

from dure.foundation.programmes import parse_as, schema_of
from dure.foundation.promotion_plans._file import Plan

_PACKED = Path(__file__).parent / "files"
_CHECKOUT = Path(__file__).resolve().parents[4] / "promotion-plans"
_PLANS: TypeAdapter[Plan] = TypeAdapter(Plan)


def folder() -> Path:
    """Where the plans of dure are: inside an installed package, or beside the source."""
    return _PACKED if _PACKED.is_dir() else _CHECKOUT


def read(content: bytes) -> Plan:
    """Return the plan that a TOML file's `content` says.

    Raises `programmes.UnusableFile`, with every mistake by line and key.
    """
    plan: Plan = parse_as(_PLANS, content)
    return plan


def shipped() -> dict[str, Path]:
    """The plan files that dure comes with, by id."""
    return dict(sorted((path.stem, path) for path in folder().glob("*.toml")))


def json_schema() -> dict[str, Any]:
    """Return the JSON Schema (2020-12) of plan files."""
    return schema_of(_PLANS)
