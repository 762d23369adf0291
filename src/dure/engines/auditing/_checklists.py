"""What is looked at on a visit, by dated lists."""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache
from importlib.resources import files


@dataclass(frozen=True, slots=True)
class Item:
    """A sentence that holds or does not, in each language, and the signals that it can clear up."""

    code: str
    words: Mapping[str, str]
    signals: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Checklist:
    """The items that count from a day on."""

    since: date
    source: str
    items: tuple[Item, ...]


def checklist_on(day: date) -> Checklist:
    """The list of a day; before the first list, the first."""
    lists = checklists()
    return next((known for known in reversed(lists) if known.since <= day), lists[0])


@cache
def checklists() -> tuple[Checklist, ...]:
    """Every list, the oldest first."""
    text = files("dure.engines.auditing").joinpath("checklists.toml").read_text("utf-8")
    lists = [
        Checklist(
            known["since"],
            known["source"],
            tuple(
                Item(item["code"], {"ko": item["ko"], "en": item["en"]}, tuple(item["signals"]))
                for item in known["item"]
            ),
        )
        for known in tomllib.loads(text)["checklist"]
    ]
    return tuple(sorted(lists, key=lambda known: known.since))
