"""What apps declare in files: a TOML file for each thing of a kind, read strictly, in both languages."""

import tomllib
from functools import cache
from pathlib import Path
from typing import Annotated, TypeVar

from django.utils.translation import get_language
from pydantic import BaseModel, ConfigDict, StringConstraints, ValidationError

Id = Annotated[str, StringConstraints(pattern=r"^[a-z][a-z0-9_-]{1,39}$")]
Text = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=1000)]


class BrokenFile(ValueError):
    """A file does not declare what it should; the message says which, where and why."""


class Strict(BaseModel):
    """A part of a file; what nobody knows in it is a mistake."""

    model_config = ConfigDict(extra="forbid", frozen=True)


class Words(Strict):
    """A text in both languages."""

    ko: Text
    en: Text

    def __str__(self) -> str:
        return self.en if get_language() == "en" else self.ko


class Named(Words):
    """Something that the rest of a file speaks of by its id."""

    id: Id


class Declared(Named):
    """A whole file, called after its id; `place` is where it stands among the others."""

    place: int


Kind = TypeVar("Kind", bound=Declared)


def read_declared(path: Path, kind: type[Kind]) -> Kind:
    """What a file declares. Raises BrokenFile."""
    try:
        declared = kind.model_validate(tomllib.loads(path.read_text(encoding="utf-8")))
    except (tomllib.TOMLDecodeError, UnicodeDecodeError, ValidationError) as error:
        raise BrokenFile(f"{path.name}: {error}") from error
    if declared.id != path.stem:
        raise BrokenFile(f"{path.name}: the id is {declared.id}, not the name of the file")
    return declared


@cache
def all_declared(app: str, kind: type[Kind]) -> dict[str, Kind]:
    """Everything that the files of an app declare, by its id, in the order of the places.

    In a wheel the files stand in the app, in a checkout in a folder of its name. Raises BrokenFile.
    """
    package = Path(__file__).parents[1] / "apps" / app / "files"
    folder = package if package.is_dir() else Path(__file__).parents[3] / app
    files = sorted(
        (read_declared(path, kind) for path in folder.glob("*.toml")), key=lambda file: file.place
    )
    return {file.id: file for file in files}
