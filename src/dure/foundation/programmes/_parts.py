"""What the parts of programme files are made of: strict values and the words they may use."""

from decimal import Decimal
from fractions import Fraction
from typing import Annotated, Any

from pydantic import (
    AfterValidator,
    BaseModel,
    BeforeValidator,
    ConfigDict,
    Field,
    PlainSerializer,
    WithJsonSchema,
)
from pydantic_core import PydanticCustomError

from dure.foundation.programmes._words import ids

MOST_WON = 10**15
MOST_ROWS = 500
MOST_COUNTED = 10_000_000


def _word(group: str) -> Any:
    """The type of a word that has to stand in a list of the vocabulary."""

    def known(word: str) -> str:
        if word not in ids(group):
            raise PydanticCustomError(
                "unknown_word", "is not in the list", {"group": group, "known": ids(group)}
            )
        return word

    return Annotated[
        str, AfterValidator(known), WithJsonSchema({"type": "string", "enum": ids(group)})
    ]


RoleName = _word("role")
InstrumentName = _word("instrument")
KindName = _word("kind")
SizeName = _word("size")
FactName = _word("fact")
BodyName = _word("body")
GoalName = _word("goal")
CallName = _word("call")
RunName = _word("run")
SourceName = _word("source")
StepName = _word("step")
FigureName = _word("figure")
TermName = _word("term")
ResultName = _word("result")

Id = Annotated[str, Field(pattern=r"^[a-z][a-z0-9]*([_-][a-z0-9]+)*$", max_length=60)]
Line = Annotated[str, Field(min_length=1, max_length=300, pattern=r"^\S(.*\S)?$")]
Won = Annotated[int, Field(gt=0, le=MOST_WON)]
Count = Annotated[int, Field(gt=0, le=MOST_COUNTED)]
Months = Annotated[int, Field(gt=0, le=240)]
Trl = Annotated[int, Field(ge=1, le=9)]


def _exact(value: Any) -> Any:
    """Let whole numbers and decimals through, as they stand in the file; floats are not exact."""
    if isinstance(value, int | Decimal) and not isinstance(value, bool):
        if isinstance(value, Decimal) and not value.is_finite():
            raise PydanticCustomError("not_a_number", "has to be a number")
        return Fraction(value)
    if isinstance(value, Fraction):
        return value
    raise PydanticCustomError("not_a_number", "has to be a number")


def _number(value: Fraction) -> int | float:
    return value.numerator if value.denominator == 1 else float(value)


Number = Annotated[
    Fraction,
    BeforeValidator(_exact),
    PlainSerializer(_number),
    WithJsonSchema({"type": "number", "exclusiveMinimum": 0}),
    Field(gt=0),
]
Percent = Annotated[
    Number, Field(le=100), WithJsonSchema({"type": "number", "exclusiveMinimum": 0, "maximum": 100})
]


class Strict(BaseModel):
    """Knows its keys and takes no value for another."""

    model_config = ConfigDict(
        strict=True,
        extra="forbid",
        frozen=True,
        arbitrary_types_allowed=True,
        populate_by_name=False,
    )


class Text(Strict):
    """A sentence or name in both languages."""

    ko: Line
    en: Line

    def in_language(self, language: str | None) -> str:
        """The text in Korean unless English is asked for."""
        return self.en if language == "en" else self.ko
