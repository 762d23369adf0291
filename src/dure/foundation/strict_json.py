"""JSON from outside, read strictly: what readers of JSON take differently is refused.

Keys that stand twice, NaN, numbers for texts, unknown keys, deep nesting, files beyond a size.
"""

import codecs
import json
from collections.abc import Sequence
from typing import Any, TypeVar

from pydantic import BaseModel, ConfigDict, ValidationError

_Model = TypeVar("_Model", bound=BaseModel)


class UnusableJson(ValueError):
    """A file that cannot be read; `faults` say where and why."""

    def __init__(self, faults: Sequence[str]) -> None:
        super().__init__("; ".join(faults))
        self.faults = tuple(faults)


class StrictJson(BaseModel):
    """Knows its keys and takes no value for another."""

    model_config = ConfigDict(strict=True, extra="forbid", frozen=True)


def read_strictly(model: type[_Model], content: bytes, most_bytes: int) -> _Model:
    """Return what `content` says. Raises UnusableJson with the place of every fault."""
    if len(content) > most_bytes:
        raise UnusableJson([f"the file is too big; at most {most_bytes:,} bytes are read"])
    content = content.removeprefix(codecs.BOM_UTF8)
    _refuse_ambiguity(content)
    try:
        return model.model_validate_json(content)
    except ValidationError as error:
        faults = [
            f"{key_of(error['loc'])}: {error['msg']}".removeprefix(": ") for error in error.errors()
        ]
        raise UnusableJson(list(dict.fromkeys(faults))) from error


def _refuse_ambiguity(content: bytes) -> None:
    """Refuse what readers of JSON take differently: keys that stand twice, NaN, deep nesting."""
    try:
        json.loads(content, object_pairs_hook=_no_key_twice, parse_constant=_no_constant)
    except RecursionError as error:
        raise UnusableJson(["the file is nested too deeply"]) from error
    except UnicodeDecodeError as error:
        raise UnusableJson(["the file is not text in UTF-8"]) from error
    except json.JSONDecodeError as error:
        place = f"line {error.lineno}, column {error.colno}"
        raise UnusableJson([f"{place}: {error.msg}"]) from error
    except ValueError as error:
        raise UnusableJson([str(error)]) from error


def _no_key_twice(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    read: dict[str, Any] = {}
    for key, value in pairs:
        if key in read:
            raise ValueError(f"the key {key!r} stands twice in one object")
        read[key] = value
    return read


def _no_constant(text: str) -> Any:
    raise ValueError(f"{text} is not a number")


def key_of(place: Sequence[str | int]) -> str:
    """Return how a place is written, as in "money.rules[0].percent"."""
    text = ""
    for part in place:
        text += f"[{part}]" if isinstance(part, int) else f".{part}" if text else part
    return text
