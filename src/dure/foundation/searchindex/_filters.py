"""Filters over the filter columns, as SQL text that no value can break out of."""

from __future__ import annotations

import re
from collections.abc import Iterable

_COLUMN = re.compile(r"[a-z][a-z0-9_]*")


class Where(str):
    """A filter in SQL, made by the functions of this module and joined by `&`, `|` and `~`.

    It is a `str`, so it travels through any port that takes SQL; the index takes nothing else,
    so no caller can hand it text glued together from what a user typed.
    """

    __slots__ = ()

    def __and__(self, other: Where) -> Where:
        return all_of(self, other)

    def __or__(self, other: Where) -> Where:
        return any_of(self, other)

    def __invert__(self) -> Where:
        """Everything `self` does not hold for, missing values included."""
        return Where(f"(({self}) IS NOT TRUE)")


def equals(column: str, value: str | int) -> Where:
    return one_of(column, [value])


def one_of(column: str, values: Iterable[str | int]) -> Where:
    """The column holds one of `values`; nothing passes when there are none."""
    literals = sorted({_literal(value) for value in values})
    return Where(f"{_name(column)} IN ({', '.join(literals)})" if literals else "false")


def between(column: str, low: int, high: int) -> Where:
    """The column holds a number from `low` to `high`, both included; missing does not pass."""
    return Where(f"{_name(column)} BETWEEN {_number(low)} AND {_number(high)}")


def at_least(column: str, low: int) -> Where:
    return Where(f"{_name(column)} >= {_number(low)}")


def at_most(column: str, high: int) -> Where:
    return Where(f"{_name(column)} <= {_number(high)}")


def is_missing(column: str) -> Where:
    return Where(f"{_name(column)} IS NULL")


def has_any(column: str, values: Iterable[str]) -> Where:
    """The column, a list, shares at least one entry with `values`."""
    literals = sorted({_literal(value) for value in values})
    if not literals:
        return Where("false")
    return Where(f"array_has_any({_name(column)}, [{', '.join(literals)}])")


def all_of(*conditions: Where) -> Where:
    """Every condition holds; everything passes when there are none."""
    return _join(conditions, " AND ", "true")


def any_of(*conditions: Where) -> Where:
    """At least one condition holds; nothing passes when there are none."""
    return _join(conditions, " OR ", "false")


def _join(conditions: tuple[Where, ...], word: str, empty: str) -> Where:
    for condition in conditions:
        if not isinstance(condition, Where):
            raise TypeError(f"{condition!r} is no Where")
    return Where(f"({word.join(conditions)})" if conditions else empty)


def _name(column: str) -> str:
    if not _COLUMN.fullmatch(column):
        raise ValueError(f"{column!r} is no column name")
    return f"`{column}`"


def _literal(value: str | int) -> str:
    if isinstance(value, str):
        return "'" + str(value).replace("'", "''") + "'"
    return _number(value)


def _number(value: int) -> str:
    if isinstance(value, bool) or not isinstance(value, int):
        raise TypeError(f"{value!r} is neither text nor a whole number")
    return str(int(value))
