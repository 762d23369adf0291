"""The JSON Schemas of programme files and rule sets, made from the models that read them."""

from functools import cache
from typing import Any

from pydantic import TypeAdapter

from dure.foundation.programmes._file import AnyRuleSet, Programme

PROGRAMMES: TypeAdapter[Programme] = TypeAdapter(Programme)
RULE_SETS: TypeAdapter[Any] = TypeAdapter(AnyRuleSet)


def json_schema() -> dict[str, Any]:
    """Return the JSON Schema (2020-12) of programme files."""
    return schema_of(PROGRAMMES)


def schema_of(files: TypeAdapter[Any]) -> dict[str, Any]:
    """Return the JSON Schema (2020-12) of a kind of files."""
    return {"$schema": "https://json-schema.org/draft/2020-12/schema", **_schema(files)}


def keys_at(location: tuple[str | int, ...], files: TypeAdapter[Any]) -> list[str]:
    """Return the keys that the table around the last part of `location` may have."""
    return sorted(_at(location[:-1], files).get("properties", {}))


def kinds_at(location: tuple[str | int, ...], files: TypeAdapter[Any]) -> list[str]:
    """Return the kinds that the table at `location` may be of."""
    return list(_at(location, files).get("discriminator", {}).get("mapping", {}))


def _at(location: tuple[str | int, ...], files: TypeAdapter[Any]) -> dict[str, Any]:
    whole = _schema(files)
    part = _resolved(whole, whole)
    for step in location:
        part = _resolved(_inner(part, step), whole)
    return part


@cache
def _schema(files: TypeAdapter[Any]) -> dict[str, Any]:
    return files.json_schema()


def _resolved(part: dict[str, Any], whole: dict[str, Any]) -> dict[str, Any]:
    """Follow references and leave out null."""
    while True:
        if "$ref" in part:
            part = whole["$defs"][part["$ref"].rsplit("/", 1)[-1]]
        elif choices := [
            choice for choice in part.get("anyOf", ()) if choice.get("type") != "null"
        ]:
            part = choices[-1]
        else:
            return part


def _inner(part: dict[str, Any], step: str | int) -> dict[str, Any]:
    if isinstance(step, int):
        return dict(part.get("items", {}))
    if mapping := part.get("discriminator", {}).get("mapping"):
        return {"$ref": mapping[step]} if step in mapping else {}
    return dict(part.get("properties", {}).get(step, {}))
