"""Reads the legal texts."""

import tomllib
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

FOLDER = Path(__file__).parent / "texts"
TERMS, PRIVACY = "TERMS", "PRIVACY"
LANGUAGES = ("ko", "en")


class LegalTextError(ValueError):
    """A file of a legal text that cannot be used; says which and why."""


@dataclass(frozen=True, slots=True)
class Operator:
    """Who runs the platform, as the texts name them."""

    name: str
    address: str
    email: str
    phone: str
    privacy_officer: str


@dataclass(frozen=True, slots=True)
class Clause:
    """A numbered part of a text."""

    title: str
    text: str


@dataclass(frozen=True, slots=True)
class LegalText:
    """One version of a text; `version` is the day from which it applies, as YYYY-MM-DD."""

    code: str
    version: str
    clauses: Mapping[str, tuple[Clause, ...]]

    def in_language(self, language: str | None, operator: Operator) -> list[Clause]:
        """The clauses in a language, in Korean where there is no other, with the operator's facts."""
        facts = asdict(operator)
        clause = self.clauses.get(language or "") or self.clauses["ko"]
        return [Clause(part.title, part.text.format(**facts)) for part in clause]


def versions(code: str, folder: Path = FOLDER) -> tuple[LegalText, ...]:
    """All versions of a text, the newest first. Raises LegalTextError."""
    legal_texts = tuple(text for text in _all(folder) if text.code == code)
    if not legal_texts:
        raise LegalTextError(f"{folder}: there is no file {code.lower()}-YYYY-MM-DD.toml")
    return legal_texts


def current(code: str, on: date, folder: Path = FOLDER) -> LegalText:
    """The version that applies on a day; before the first one, the first. Raises LegalTextError."""
    texts = versions(code, folder)
    begun = [version for version in texts if version.version <= on.isoformat()]
    return begun[0] if begun else texts[-1]


@cache
def _all(folder: Path) -> tuple[LegalText, ...]:
    files = sorted(folder.glob("*.toml"), key=lambda file: file.stem, reverse=True)
    return tuple(_read(file) for file in files)


def _read(file: Path) -> LegalText:
    code, _, version = file.stem.partition("-")
    try:
        date.fromisoformat(version)
        raw: dict[str, Any] = tomllib.loads(file.read_text(encoding="utf-8"))
        clauses = {
            language: tuple(
                Clause(clause[f"title_{language}"], clause[f"text_{language}"].strip())
                for clause in raw["clauses"]
            )
            for language in LANGUAGES
        }
        nobody = Operator("", "", "", "", "")
        text = LegalText(code.upper(), version, clauses)
        for language in LANGUAGES:
            text.in_language(language, nobody)
    except (ValueError, KeyError, TypeError, IndexError) as fault:
        raise LegalTextError(f"{file.name}: {fault}") from fault
    return text
