"""The signals there are: one file of words and parameters, and one of the expression, for each."""

import importlib
import tomllib
from collections.abc import Callable, Mapping
from dataclasses import fields
from functools import cache
from importlib.resources import files
from typing import Any

from ibis.expr.types import Table

from dure.engines.auditing._model import Ledger, Level, Signal, Words

LANGUAGES = ("ko", "en")
_PACKAGE = "dure.engines.auditing.catalogue"

Find = Callable[[Ledger, Mapping[str, Any]], Table]


@cache
def signals() -> tuple[Signal, ...]:
    """Every signal, in the order of their places."""
    named = [file for file in files(_PACKAGE).iterdir() if file.name.endswith(".toml")]
    read = [_read(file.name.removesuffix(".toml"), file.read_text("utf-8")) for file in named]
    return tuple(sorted(read, key=lambda signal: (signal.place, signal.code)))


def find_of(signal: Signal) -> Find:
    """The expression of a signal: `find(ledger, parameters)` gives a table of project, score, rows
    and the facts."""
    find: Find = importlib.import_module(f"{_PACKAGE}.{signal.code}").find
    return find


def _read(code: str, text: str) -> Signal:
    content = tomllib.loads(text)
    return Signal(
        code=code,
        level=Level(content["level"]),
        place=content["place"],
        source=content["source"],
        needs=tuple(content["needs"]),
        parameters=content.get("parameters", {}),
        facts=content.get("facts", {}),
        words={
            language: Words(
                **{field.name: content[language][field.name] for field in fields(Words)}
            )
            for language in LANGUAGES
        },
    )
