"""What the parts of plan files are made of: exact figures, periods and words of the vocabulary."""

from decimal import Decimal
from typing import Annotated, Any

from pydantic import AfterValidator, BeforeValidator, Field, WithJsonSchema
from pydantic_core import PydanticCustomError

from dure.foundation.promotion_plans._periods import NotAPeriod, period_of
from dure.foundation.promotion_plans._words import ids

MOST = 10**18


def _exact(value: Any) -> Any:
    """Whole numbers and decimals as they stand in the file; floats are not exact."""
    if isinstance(value, bool) or not isinstance(value, int | Decimal):
        raise PydanticCustomError("not_a_number", "has to be a number")
    number = Decimal(value)
    if not number.is_finite() or abs(number) > MOST:
        raise PydanticCustomError("not_a_number", "has to be a number")
    return number


def _period(value: str) -> str:
    try:
        period_of(value)
    except NotAPeriod as error:
        raise PydanticCustomError("period", "is no period") from error
    return value


def _word(group: str) -> Any:
    def known(word: str) -> str:
        if word not in ids(group):
            raise PydanticCustomError(
                "unknown_word", "is not in the list", {"group": group, "known": ids(group)}
            )
        return word

    schema = WithJsonSchema({"type": "string", "enum": ids(group)})
    return Annotated[str, AfterValidator(known), schema]


Amount = Annotated[Decimal, BeforeValidator(_exact), WithJsonSchema({"type": "number"})]
When = Annotated[
    str,
    AfterValidator(_period),
    WithJsonSchema({"type": "string", "pattern": r"^\d{4}(-\d{2,4})*$"}),
]
Year = Annotated[int, Field(ge=1900, le=2200)]
Code = Annotated[str, Field(pattern=r"^[A-Za-z0-9]+([_-][A-Za-z0-9]+)*$", max_length=60)]
Unit = _word("unit")
AddsUp = _word("adds_up")
Direction = _word("direction")
Timing = _word("timing")
