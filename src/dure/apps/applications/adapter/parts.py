"""What can stand in the parts of a draft; whatever comes from outside is checked here.

A part is named by its kind, what it is about and whose it is: "project", "answers/need",
"costs/12", "documents/registration/12". What is not known yet is absent or null.
"""

import json
from typing import Annotated, Any, Literal

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from dure.apps.applications.models import DraftPart
from dure.foundation import sealing
from dure.values.text import clean

MOST_ROWS = 300
MOST_WON = 10**13
LONGEST_ANSWER = 20_000

Line = Annotated[str, Field(max_length=300)]
Won = Annotated[int, Field(ge=0, le=MOST_WON)]
Percent = Annotated[int, Field(ge=0, le=100)]
Year = Annotated[int, Field(ge=1, le=10)]
Kind = Literal["cash", "in_kind", "unpaid"]
Paid = Literal["cash", "in_kind"]


class BadPart(ValueError):
    """Something in a part cannot stand there; `faults` say where ("rows.2.won") and why."""

    def __init__(self, faults: list[tuple[str, str]]) -> None:
        super().__init__("; ".join(f"{place}: {fault}" for place, fault in faults))
        self.faults = faults


class _Strict(BaseModel):
    model_config = ConfigDict(strict=True, extra="forbid", frozen=True)


class Project(_Strict):
    """What it is called, how long it takes, and which body may recommend it in the call."""

    title: Line = ""
    title_en: Line = ""
    months: Annotated[int, Field(ge=1, le=120)] | None = None
    trl_now: Annotated[int, Field(ge=1, le=9)] | None = None
    trl_goal: Annotated[int, Field(ge=1, le=9)] | None = None
    recommender: Annotated[int, Field(ge=1)] | None = None


class Answer(_Strict):
    """The answer to one question of the programme."""

    text: Annotated[str, Field(max_length=LONGEST_ANSWER)] = ""


class Person(_Strict):
    """Somebody who works on it: `rate` and `other_rate` (in other projects) are per cent."""

    name: Line = ""
    task: Line = ""
    monthly_won: Won | None = None
    rate: Percent | None = None
    other_rate: Percent = 0
    months: Annotated[int, Field(ge=0, le=120)] | None = None
    kind: Kind = "cash"
    is_new: bool = False


class Cost(_Strict):
    """What a category costs in a year."""

    year: Year = 1
    category: Annotated[str, Field(max_length=60)] = ""
    kind: Paid = "cash"
    won: Won | None = None
    note: Line = ""


class Money(_Strict):
    """What one payer gives in a year, or in a phase of the programme."""

    role: Annotated[str, Field(max_length=30)] = ""
    instrument: Annotated[str, Field(max_length=30)] = ""
    kind: Paid = "cash"
    year: Year = 1
    phase: Annotated[str, Field(max_length=60)] = ""
    won: Won | None = None


class People(_Strict):
    rows: Annotated[list[Person], Field(max_length=MOST_ROWS)] = []


class Costs(_Strict):
    rows: Annotated[list[Cost], Field(max_length=MOST_ROWS)] = []


class Moneys(_Strict):
    rows: Annotated[list[Money], Field(max_length=MOST_ROWS)] = []


class Commitment(_Strict):
    """What a demand organisation or investor stands for: a fact of the programme, or why it need not."""

    shows: Annotated[str, Field(max_length=60)] = ""
    is_exempt: bool = False
    reason: Annotated[str, Field(max_length=2000)] = ""


class Declared(_Strict):
    """What a member says of itself, by the facts of eligibility rules."""

    facts: dict[Annotated[str, Field(max_length=60)], bool | int | Line] = {}


class Document(_Strict):
    """A file that was handed in; `file` is the uid of the locked file and `key` opens it."""

    name: Annotated[str, Field(max_length=200)]
    size: Annotated[int, Field(ge=0)]
    sha256: Annotated[str, Field(pattern=r"^[0-9a-f]{64}$")]
    pages: Annotated[int, Field(ge=0)] | None = None
    scan: Literal["CLEAN", "NOT_SCANNED"] = "NOT_SCANNED"
    file: Annotated[str, Field(max_length=36)]
    key: Annotated[str, Field(max_length=60)]


class Documents(_Strict):
    rows: Annotated[list[Document], Field(max_length=20)] = []


class Origin(_Strict):
    """Where it comes from: what the platform knows and nobody is asked again."""

    challenge: int | None = None
    needs: list[int] = []
    record: int | None = None
    copied_from: Line = ""


_KINDS: dict[str, type[_Strict]] = {
    "project": Project,
    "answers": Answer,
    "people": People,
    "costs": Costs,
    "money": Moneys,
    "commitment": Commitment,
    "declared": Declared,
    "documents": Documents,
    "origin": Origin,
}
SHARED = ("project", "answers", "origin")
"""Parts of the lead organisation alone; the others are each member's own."""
_MONEY = ("people", "costs", "money")


def part_name(kind: str, *about: str | int) -> str:
    """The name of a part."""
    return "/".join([kind, *map(str, about)])


def kind_of(name: str) -> str:
    """The kind of a part: "costs" of "costs/12"."""
    return name.partition("/")[0]


def owner_of(name: str) -> int | None:
    """The participant whose part it is; None for those of the lead organisation alone.

    Raises BadPart for what is no name of a part.
    """
    kind, *about = name.split("/")
    lengths = {"project": 0, "origin": 0, "answers": 1, "documents": 2}
    if kind not in _KINDS or len(about) != lengths.get(kind, 1) or not all(about):
        raise BadPart([("name", "unknown")])
    if kind in SHARED:
        return None
    if not (about[-1].isascii() and about[-1].isdigit() and len(about[-1]) < 19):
        raise BadPart([("name", "unknown")])
    return int(about[-1])


def is_money(name: str) -> bool:
    """True for parts that people who see only the money may read."""
    return kind_of(name) in _MONEY


def checked(name: str, value: Any) -> dict[str, Any]:
    """Return the value of a part as it is kept. Raises BadPart with every fault."""
    try:
        read = _KINDS[kind_of(name)].model_validate(_cleaned(value))
    except ValidationError as error:
        faults = [(".".join(map(str, error["loc"])), error["type"]) for error in error.errors()]
        raise BadPart(faults) from error
    return read.model_dump(mode="json")


def sealed_value(application_id: int, name: str, value: dict[str, Any]) -> bytes:
    """Return a part's value as the database keeps it."""
    return sealing.lock(sealing.canonical(value), _about(application_id, name))


def read(part: DraftPart) -> dict[str, Any]:
    """Return the value of a part."""
    about = _about(part.application_id, part.name)
    value: dict[str, Any] = json.loads(sealing.unlock(bytes(part.locked), about))
    return value


def _about(application_id: int, name: str) -> str:
    return f"draft:{application_id}:{name}"


def _cleaned(value: Any) -> Any:
    """Texts as they were meant: composed, without what is not seen."""
    if isinstance(value, str):
        return clean(value)
    if isinstance(value, list):
        return [_cleaned(part) for part in value]
    if isinstance(value, dict):
        return {key: _cleaned(part) for key, part in value.items()}
    return value
