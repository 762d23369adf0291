"""The kinds of papers that a firm keeps, from `kinds.csv`.

A row says for how many `days` after its issue a paper is usually taken (empty: without an end), how many
days before that its people are warned, and which `documents` of programme files it serves as.
"""

import csv
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache
from pathlib import Path

from django.utils.translation import get_language

WARN_DAYS = 30
OTHER = "OTHER"


@dataclass(frozen=True, slots=True)
class PaperKind:
    """A kind of paper; `days` is None where it has no end."""

    code: str
    name_ko: str
    name_en: str
    days: int | None
    warn_days: int
    serves: tuple[str, ...]

    @property
    def name(self) -> str:
        """The name in the reader's language."""
        return self.name_en if get_language() == "en" else self.name_ko

    def end_of(self, issued_on: date) -> date | None:
        """The last day on which a paper of that day is usually taken."""
        return None if self.days is None else issued_on + timedelta(days=self.days)


@cache
def paper_kinds() -> dict[str, PaperKind]:
    """All kinds by code, in the order of the file."""
    with Path(__file__).with_name("kinds.csv").open(encoding="utf-8", newline="") as file:
        return {
            row["code"]: PaperKind(
                row["code"],
                row["name_ko"],
                row["name_en"],
                int(row["days"]) if row["days"] else None,
                int(row["warn_days"] or WARN_DAYS),
                tuple(filter(None, row["serves"].split("|"))),
            )
            for row in csv.DictReader(file)
        }


def kind_choices() -> list[tuple[str, str]]:
    """Code and name of every kind, for a form and for the field of the model."""
    return [(kind.code, kind.name) for kind in paper_kinds().values()]


def kinds_serving(document: str) -> list[str]:
    """The codes of the kinds that serve as a document of a programme file."""
    return [kind.code for kind in paper_kinds().values() if document in kind.serves]
