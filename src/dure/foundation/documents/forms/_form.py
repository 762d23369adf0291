"""What a form asks for and where it stands in its document, read from a data file."""

import re
import tomllib
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field, ValidationError

FILES = Path(__file__).parent / "files"
Name = Annotated[str, Field(pattern=r"^[a-z][a-z0-9_]*$", max_length=60)]
Text = Annotated[str, Field(min_length=1, max_length=300)]


class UnusableForm(ValueError):
    """A data file of a form that cannot be used; the message says where and why."""


class _Strict(BaseModel):
    model_config = ConfigDict(strict=True, extra="forbid", frozen=True)


class _Field(_Strict):
    """What every field has: the name of its value."""

    id: Name


class CellField(_Field):
    """A value in the cell right of a label.

    `label` is a path of labels, each in the rows of the one before and to its right: "연구개발과제명 >
    국문". `table` are words of the first cell of the table; without it every table is searched.
    `blank` is what stands there in an empty form. `kind` "won" is an amount, written in `unit` won.
    `options` are pairs of a value and the words beside its box `[ ]`. `after` and `before` are the
    words around a gap in a sentence.
    """

    label: Text
    table: str = ""
    place: Literal["right", "below", "itself"] = "right"
    kind: Literal["text", "won"] = "text"
    unit: Annotated[int, Field(gt=0)] = 1
    blank: str = ""
    options: list[Annotated[list[str], Field(min_length=2, max_length=2)]] = []
    after: str = ""
    before: str = ""


class Column(_Strict):
    """A column of a list: under a path of headers, each below the one before, or at a number."""

    id: Name
    head: str = ""
    at: int | None = None
    kind: Literal["text", "won"] = "text"
    unit: Annotated[int, Field(gt=0)] = 1
    blank: list[str] = []


class ListField(_Field):
    """Rows of a table: those beside a label that spans them, or so many below a label."""

    table: str = ""
    beside: str = ""
    below: str = ""
    rows: Annotated[int, Field(gt=0, le=200)] | None = None
    columns: Annotated[list[Column], Field(min_length=1)]


class SectionField(_Field):
    """Paragraphs below a heading, up to the next heading; `prompts` begin what only explains it."""

    heading: Text
    prompts: list[str] = []


class Form(_Strict):
    """A form: `fields` in cells, `lists` in rows, `sections` under headings.

    `ends` are headings that end a section and have none themselves.
    """

    id: Name
    name: Text
    source: str = ""
    fields: list[CellField] = []
    lists: list[ListField] = []
    sections: list[SectionField] = []
    ends: list[str] = []
    prompts: list[str] = []

    @property
    def ids(self) -> list[str]:
        """The names of all its values."""
        named: list[_Field] = [*self.fields, *self.lists, *self.sections]
        return [field.id for field in named]


@dataclass(frozen=True, slots=True)
class FormProblem:
    """What is wrong at a place of a document: `place` is the field, with the row of a list.

    Kinds: "missing" (the form has no such place), "twice" (it has several), "no_number",
    "no_room" (more rows than the form has), "several" (two boxes are ticked), "object" (a table
    or picture that was not read), "unknown" (no such field), "no_option", "no_period".
    """

    place: str
    kind: str
    text: str = ""


class FormMismatch(Exception):
    """A document is not this form, or values do not fit it; `problems` say where."""

    def __init__(self, problems: tuple[FormProblem, ...]) -> None:
        super().__init__("; ".join(f"{problem.place}: {problem.kind}" for problem in problems))
        self.problems = problems


def parse(content: str) -> Form:
    """Return the form that a data file says. Raises UnusableForm."""
    try:
        form = Form.model_validate(tomllib.loads(content))
    except tomllib.TOMLDecodeError as error:
        raise UnusableForm(str(error)) from error
    except ValidationError as error:
        faults = [f"{'.'.join(map(str, e['loc']))}: {e['msg']}" for e in error.errors()]
        raise UnusableForm("; ".join(faults)) from error
    ids = form.ids
    if doubled := sorted({field_id for field_id in ids if ids.count(field_id) > 1}):
        raise UnusableForm(f"two fields have one id: {', '.join(doubled)}")
    return form


@cache
def form_named(name: str) -> Form:
    """The form of that id that dure comes with. Raises KeyError."""
    path = FILES / f"{name}.toml"
    if not re.fullmatch(r"[a-z][a-z0-9_]*", name) or not path.is_file():
        raise KeyError(name)
    return parse(path.read_text(encoding="utf-8"))


def form_ids() -> list[str]:
    """The ids of the forms that dure comes with."""
    return sorted(path.stem for path in FILES.glob("*.toml"))
