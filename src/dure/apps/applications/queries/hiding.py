"""An application without who applies: what reviewers read where a selection hides the names."""

import re
from typing import Any

HIDDEN = "○○○"
_SHOWN = ("demand", "investor", "guarantor")
"""Roles whose organisations are named nevertheless: they set the task or pay, they do not apply."""
_FORMS = re.compile(r"\(주\)|㈜|주식회사|유한회사|\(유\)|,?\s*(?:Co\.,?\s*Ltd\.|Inc\.|Ltd\.)")
_SHORTEST, _BUSINESS_DIGITS = 2, 10


def names_in(content: dict[str, Any], also: tuple[str, ...] = ()) -> set[str]:
    """The names and numbers of who applies and of their people, as `without_names` hides them."""
    names = {name for name in also if len(name) >= _SHORTEST}
    for member in content["members"]:
        if member["role"] not in _SHOWN:
            names |= _names_of(member)
    return names


def without_names(content: dict[str, Any], also: tuple[str, ...] = ()) -> dict[str, Any]:
    """The content with the names and numbers of applicants and their people taken out, everywhere.

    `also` are further names, such as that of the project leader. What a text hints at in other
    words stays.
    """
    names = names_in(content, also)
    if not names:
        return content
    longest_first = sorted(names, key=lambda name: (-len(name), name))
    pattern = re.compile("|".join(map(re.escape, longest_first)))
    values: dict[str, Any] = _replaced(content, pattern)
    return values


def _names_of(member: dict[str, Any]) -> set[str]:
    organisation = member["organisation"]
    number = organisation["number"]
    full = {organisation["name"], organisation.get("name_en") or "", number}
    if len(number) == _BUSINESS_DIGITS and number.isascii():
        full.add(f"{number[:3]}-{number[3:5]}-{number[5:]}")
    short = {_FORMS.sub("", name).strip() for name in full}
    people = {row["name"] for row in member["people"]}
    return {name for name in full | short | people if len(name) >= _SHORTEST}


def _replaced(value: Any, pattern: re.Pattern[str]) -> Any:
    if isinstance(value, str):
        return pattern.sub(HIDDEN, value)
    if isinstance(value, list):
        return [_replaced(part, pattern) for part in value]
    if isinstance(value, dict):
        return {key: _replaced(part, pattern) for key, part in value.items()}
    return value
