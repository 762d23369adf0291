"""What an outcome can be: the kinds of `kinds.toml`, currencies and countries."""

import tomllib
from functools import cache
from pathlib import Path
from typing import Literal

from babel import Locale
from babel.numbers import get_currency_precision
from django.db.models import TextChoices
from django.utils.translation import get_language, override, pgettext_lazy
from django.utils.translation import gettext_lazy as _
from pydantic import BaseModel, ConfigDict, Field

from dure.foundation.sheets import Names, bare

FILE = Path(__file__).with_name("kinds.toml")
WON = "KRW"

Asked = Literal["counterpart", "country", "number", "amount", "count", "since", "until"]


class _Strict(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class Words(_Strict):
    """A text in both languages."""

    ko: str = Field(min_length=1)
    en: str = Field(min_length=1)

    def __str__(self) -> str:
        return self.en if get_language() == "en" else self.ko


class Kind(Words):
    """A kind of outcome: its fields and how they are called, what shows it, how it ties the two sides."""

    id: str = Field(pattern=r"^[a-z_]{2,40}$")
    family: str = Field(pattern=r"^[a-z_]{2,40}$")
    tie: str = Field("", pattern=r"^[a-z_]{0,40}$")
    asks: dict[Asked, Literal["required", "optional"]]
    evidence: Words
    words: dict[Literal["on"] | Asked, Words] = {}

    def requires(self, field: str) -> bool:
        """True for a field without which such an outcome cannot be reported."""
        return dict(self.asks).get(field) == "required"  # type: ignore[call-overload]


class _File(_Strict):
    currencies: list[str]
    kinds: list[Kind]


class Source(TextChoices):
    """Where a report comes from."""

    FORM = "FORM", pgettext_lazy("source", "Form")
    SHEET = "SHEET", _("Spreadsheet")
    FOLLOW_UP = "FOLLOW_UP", _("Follow-up of a project")


class TwinAnswer(TextChoices):
    """What a person said of two reports that may tell of one deal."""

    SAME = "SAME", _("One and the same")
    DIFFERENT = "DIFFERENT", _("Two different ones")


@cache
def _file() -> _File:
    return _File.model_validate(tomllib.loads(FILE.read_text(encoding="utf-8")))


def kinds() -> list[Kind]:
    """Every kind, in the order of the file."""
    return _file().kinds


def kind_of(code: str) -> Kind | None:
    """The kind with this id; None where there is none."""
    return next((kind for kind in kinds() if kind.id == code), None)


def kind_choices() -> list[tuple[str, str]]:
    """Ids and names of the kinds, in the reader's language."""
    return [(kind.id, str(kind)) for kind in kinds()]


def currencies() -> list[str]:
    """The currencies in which an amount can be reported (ISO 4217), won first."""
    return _file().currencies


def currency_choices() -> list[tuple[str, str]]:
    """The currencies with their names in the reader's language."""
    names = _locale().currencies
    return [(code, f"{code} {names.get(code, '')}".strip()) for code in currencies()]


def digits_of(currency: str) -> int:
    """How many digits an amount in a currency has behind the point."""
    return int(get_currency_precision(currency))


def countries() -> dict[str, str]:
    """The countries (ISO 3166-1, two letters) with their names in the reader's language."""
    return {
        code: name
        for code, name in _locale().territories.items()
        if len(code) == 2
        and code.isalpha()
        and code not in ("EU", "EZ", "UN", "XA", "XB", "ZZ", "QO")
    }


def country_choices() -> list[tuple[str, str]]:
    """The countries by name."""
    return sorted(countries().items(), key=lambda country: country[1])


def _locale() -> Locale:
    return Locale.parse(get_language() or "ko", sep="-")


@cache
def country_names() -> Names:
    """Countries by their code and their name in either language."""
    codes: dict[str, str] = {}
    pairs: dict[str, list[str]] = {}
    for language in ("ko", "en"):
        with override(language):
            for code, name in countries().items():
                codes |= {bare(code): code, bare(name): code}
                pairs.setdefault(code, []).append(name)
    return Names(codes, tuple((pair[0], pair[-1]) for pair in pairs.values()))
