"""Kinds of contracts and items, grounds of release, fees and clocks of deposits: `rules.toml`."""

import tomllib
from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from dure.apps.records.kinds import record_kind

APPLIED = record_kind("DEPOSIT_APPLIED", _("Files handed in for deposit"))
ACCEPTED = record_kind("DEPOSIT_ACCEPTED", _("Deposit taken into keeping"))
RENEWED = record_kind("DEPOSIT_RENEWED", _("Deposit renewed"))
LAPSED = record_kind("DEPOSIT_LAPSED", _("Term of a deposit over"))
ENDED = record_kind("DEPOSIT_ENDED", _("Deposit ended, its files destroyed"))
RELEASE_MOVED = record_kind("DEPOSIT_RELEASE_MOVED", _("Release of a deposit moved on"))


@dataclass(frozen=True, slots=True)
class Word:
    """A code with its name in both languages, and one sentence on it where there is one."""

    code: str
    name_ko: str
    name_en: str
    says_ko: str = ""
    says_en: str = ""

    @property
    def name(self) -> str:
        """The name in the reader's language."""
        return self.name_en if get_language() == "en" else self.name_ko

    @property
    def says(self) -> str:
        """What it means, in the reader's language."""
        return self.says_en if get_language() == "en" else self.says_ko

    def __str__(self) -> str:
        return self.name


@dataclass(frozen=True, slots=True)
class Contract(Word):
    """A kind of contract: how many users join the depositor and the keeper."""

    least_users: int = 0
    most_users: int = 0


@dataclass(frozen=True, slots=True)
class Ground(Word):
    """What a release can rest on; `by` says who may ask: "users" or the "depositor"."""

    by: str = "users"


@dataclass(frozen=True, slots=True)
class Fee:
    """Won for the first year and for each renewal, for some items and kinds of depositors."""

    starts_on: date
    items: frozenset[str]
    kinds: frozenset[str]
    new: int
    renewal: int


@dataclass(frozen=True, slots=True)
class Rules:
    """All of `rules.toml`; clocks in days."""

    contracts: dict[str, Contract]
    items: dict[str, Word]
    grounds: dict[str, Ground]
    fees: tuple[Fee, ...]
    notices: tuple[int, ...]
    grace: int
    objection: int
    duty_months: int

    def fee(self, item: str, kind: str, on: date) -> Fee:
        """What a depositor of a kind of organisation pays for an item deposited on a day.

        Of the rows that fit, the latest counts, and of one day the first. Raises LookupError.
        """
        fitting = [
            fee
            for fee in self.fees
            if fee.starts_on <= on
            and (not fee.items or item in fee.items)
            and (not fee.kinds or kind in fee.kinds)
        ]
        if not fitting:
            raise LookupError(f"no fee for {item} of {kind} on {on}")
        return max(fitting, key=lambda fee: fee.starts_on)


@cache
def rules() -> Rules:
    """The rules that are in force."""
    given = tomllib.loads(Path(__file__).with_name("rules.toml").read_text(encoding="utf-8"))
    clocks = given["clocks"]
    return Rules(
        _by_code(Contract, given["contracts"]),
        _by_code(Word, given["items"]),
        _by_code(Ground, given["grounds"]),
        tuple(_fee(row) for row in given["fees"]),
        tuple(sorted(clocks["notices"], reverse=True)),
        clocks["grace"],
        clocks["objection"],
        clocks["duty_months"],
    )


def contract_choices() -> list[tuple[str, str]]:
    """Code and name of every kind of contract."""
    return [(contract.code, contract.name) for contract in rules().contracts.values()]


def item_choices() -> list[tuple[str, str]]:
    """Code and name of every kind of item."""
    return [(item.code, item.name) for item in rules().items.values()]


def _by_code(kind: type[Any], rows: list[dict[str, Any]]) -> dict[str, Any]:
    return {row["code"]: kind(**row) for row in rows}


def _fee(row: dict[str, Any]) -> Fee:
    items, kinds = (frozenset(row.get(name, ())) for name in ("items", "kinds"))
    return Fee(row["from"], items, kinds, row["new"], row["renewal"])
