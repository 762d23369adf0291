"""Reads programme files and rule sets: hostile until parsed, every mistake told with its line."""

import re
import tomllib
from collections.abc import Iterable, Iterator
from decimal import Decimal
from typing import Any

from pydantic import TypeAdapter, ValidationError
from pydantic_core import ErrorDetails

from dure.foundation.programmes._file import Programme
from dure.foundation.programmes._lines import Place, lines_of
from dure.foundation.programmes._mistakes import (
    Mistake,
    UnusableFile,
    code_of,
    facts_of,
    guess_of,
)
from dure.foundation.programmes._schema import PROGRAMMES, RULE_SETS, keys_at, kinds_at
from dure.foundation.programmes._words import ids
from dure.foundation.strict_json import key_of

MOST_BYTES = 200_000
MOST_DEPTH = 12
_MOST_MISTAKES = 500
_MOST_DOTS = 100  # in a line; tomllib takes memory by the square of the dots in a key
_AT_LINE = re.compile(r" \(at line (\d+), column (\d+)\)| \(at end of document\)")


def parse(content: bytes) -> Programme:
    """Return the programme that `content`, a TOML file, says.

    References to shared rule sets are not followed here. Raises UnusableFile with every mistake.
    """
    text, raw = _toml(content)
    read: Programme = _checked(PROGRAMMES, text, raw)
    return read


def parse_rule_set(content: bytes) -> Any:
    """Return the rule set that `content` says. Raises UnusableFile with every mistake."""
    text, raw = _toml(content)
    return _checked(RULE_SETS, text, raw)


def parse_as(files: TypeAdapter[Any], content: bytes) -> Any:
    """Return what `content` says, a TOML file of another kind that has `faults()`.

    Raises UnusableFile with every mistake.
    """
    text, raw = _toml(content)
    return _checked(files, text, raw)


def mistakes_at(
    content: bytes, faults: Iterable[tuple[Place, str, dict[str, Any]]]
) -> list[Mistake]:
    """Return faults found elsewhere as mistakes on the lines of `content`, a valid file."""
    lines = lines_of(content.decode())
    return [_mistake(lines, *fault) for fault in faults]


def _toml(content: bytes) -> tuple[str, dict[str, Any]]:
    if len(content) > MOST_BYTES:
        raise UnusableFile([Mistake(1, "", "too_big", {"size": len(content), "most": MOST_BYTES})])
    try:
        text = content.decode("utf-8-sig").replace("\r\n", "\n")
    except UnicodeDecodeError as error:
        line = content[: error.start].count(b"\n") + 1
        raise UnusableFile([Mistake(line, "", "encoding")]) from error
    for number, written in enumerate(text.split("\n"), start=1):
        if written.count(".") > _MOST_DOTS:
            raise UnusableFile([Mistake(number, "", "too_deep")])
    try:
        raw = tomllib.loads(text, parse_float=Decimal)
    except RecursionError as error:
        raise UnusableFile([Mistake(1, "", "too_deep")]) from error
    except (tomllib.TOMLDecodeError, ValueError) as error:
        raise UnusableFile([_syntax(text, str(error))]) from error
    if _depth(raw) > MOST_DEPTH:
        raise UnusableFile([Mistake(1, "", "too_deep")])
    return text, raw


def _syntax(text: str, message: str) -> Mistake:
    match = _AT_LINE.search(message)
    line = int(match[1]) if match and match[1] else text.rstrip().count("\n") + 1
    written = text.split("\n")[line - 1].strip() if text else ""
    key = re.split(r"[\s=]", written)[0].strip("[]") if written else ""
    code = "key_twice" if message.startswith(("Cannot overwrite", "Cannot declare")) else "syntax"
    return Mistake(
        line, key.rstrip(":"), code, {"text": _AT_LINE.sub("", message), "line": written}
    )


def _depth(value: Any) -> int:
    inner = value.values() if isinstance(value, dict) else value if isinstance(value, list) else ()
    return 1 + max(map(_depth, inner), default=0)


def _checked(adapter: TypeAdapter[Any], text: str, raw: dict[str, Any]) -> Any:
    lines = lines_of(text)
    try:
        read = adapter.validate_python(raw)
    except ValidationError as error:
        mistakes = [
            _of_error(lines, raw, error, adapter) for error in error.errors()[:_MOST_MISTAKES]
        ]
        raise UnusableFile(list({(m.line, m.key, m.code): m for m in mistakes}.values())) from error
    if faults := [*read.faults(), *_doubled(raw)]:
        raise UnusableFile([_mistake(lines, *fault) for fault in faults])
    return read


def _doubled(value: Any, place: Place = ()) -> Iterator[tuple[Place, str, dict[str, Any]]]:
    """Words that stand twice in one list."""
    inner = value.items() if isinstance(value, dict) else enumerate(value)
    for key, entry in inner:
        if isinstance(value, list) and isinstance(entry, str) and entry in value[:key]:
            yield (*place, key), "twice", {"value": entry}
        if isinstance(entry, dict | list):
            yield from _doubled(entry, (*place, key))


def _of_error(
    lines: dict[Place, int], raw: dict[str, Any], error: ErrorDetails, files: TypeAdapter[Any]
) -> Mistake:
    place, value = _place(raw, error["loc"])
    code = code_of(error)
    if code in {"unknown_kind", "no_kind"}:
        place = (*place, error["ctx"]["discriminator"].strip("'"))
    facts = facts_of(error, value)
    if code == "missing":
        facts |= {"key": place[-1], "line": _line(lines, place[:-1])}
    if code == "no_kind":
        kinds = ", ".join(kinds_at(error["loc"], files))
        facts |= {"key": place[-1], "known": kinds}
    if code == "extra":
        siblings = keys_at(error["loc"], files)
        facts |= {"known": ", ".join(siblings), **guess_of(str(place[-1]), siblings)}
    if code not in ids("mistake"):
        code = "other"
    return Mistake(_line(lines, place), key_of(place), code, facts)


def _place(raw: Any, location: tuple[str | int, ...]) -> tuple[Place, Any]:
    """Return the place in the file of a location, which names kinds of rules too, and its value."""
    place: Place = ()
    value = raw
    for position, part in enumerate(location):
        is_element = isinstance(value, list) and isinstance(part, int)
        is_last = position == len(location) - 1
        if is_element or (isinstance(value, dict) and part in value):
            place, value = (*place, part), value[part]
        elif is_last and isinstance(value, dict) and part not in value.values():
            return (*place, part), None
    return place, value


def _line(lines: dict[Place, int], place: Place) -> int:
    while place not in lines:
        place = place[:-1]
    return lines[place]


def _mistake(lines: dict[Place, int], place: Place, code: str, facts: dict[str, Any]) -> Mistake:
    if isinstance(known := facts.get("known"), list):
        facts = {**facts, "known": ", ".join(known)}
    return Mistake(_line(lines, place), key_of(place), code, facts)
