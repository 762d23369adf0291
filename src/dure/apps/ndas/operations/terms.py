"""The words under which one signs: a file for each relation, dated, filled in with the facts."""

import tomllib
from collections.abc import Mapping
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

from dure.apps.ndas.kinds import Relation
from dure.apps.people.models import Organisation

LANGUAGES = ("ko", "en")
OPEN = ("purpose", "people", "ends_on", "return_on")
_FOLDER = Path(__file__).parents[1] / "terms"


@cache
def templates() -> tuple[dict[str, Any], ...]:
    """Every file of words, as it stands."""
    return tuple(
        tomllib.loads(path.read_text(encoding="utf-8")) for path in sorted(_FOLDER.glob("*.toml"))
    )


def template_of(relation: str, on: date | None = None) -> dict[str, Any]:
    """The words of a relation in force on a day; the newest where no day is said."""
    in_force = [
        template
        for template in templates()
        if template["relation"] == relation and (on is None or template["in_force_from"] <= on)
    ] or [template for template in templates() if template["relation"] == relation]
    return max(in_force, key=lambda template: template["in_force_from"])


def standard() -> dict[str, Any]:
    """What holds for every agreement: days of reminders, and the words that are freely agreed."""
    return template_of(Relation.FREE)


def names_of(
    language: str, disclosing_party: Organisation, receiving_party: Organisation
) -> dict[str, str]:
    """The names of both sides as documents write them."""
    return {
        "disclosing_party": disclosing_party.official_name(language),
        "receiving_party": receiving_party.official_name(language),
    }


def clauses_of(
    template: Mapping[str, Any], language: str, facts: Mapping[str, str]
) -> list[dict[str, str]]:
    """The clauses in a language, filled in."""
    return [
        {
            "title": clause[f"title_{language}"],
            "text": clause[f"text_{language}"].format(**facts),
        }
        for clause in template["clauses"]
    ]


def standard_terms(
    *, disclosing_party: Organisation, receiving_party: Organisation, material: str, language: str
) -> list[dict[str, str]]:
    """What one would sign: the clauses with title and text, dots where it is still open."""
    facts = {
        "material": material,
        **dict.fromkeys(OPEN, "…"),
        **names_of(language, disclosing_party, receiving_party),
    }
    return clauses_of(standard(), language, facts)
