"""A roadmap as a file: read strictly, so that every mistake is named with its place."""

import hashlib
import tomllib
from pathlib import Path
from typing import Annotated

from pydantic import BaseModel, ConfigDict, Field, StringConstraints, ValidationError

Name = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=200)]
LARGEST_FILE = 5_000_000
FOLDER = Path(__file__).parents[4] / "roadmaps"


class BrokenRoadmap(ValueError):
    """The file is no roadmap; each line says where and why."""


class Strict(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class Names(Strict):
    """A name in both languages."""

    ko: Name
    en: Name


class ItemFile(Names):
    """A product with its technologies, each a pair of names; `ours` marks names chosen by us."""

    ours: bool = False
    technologies: list[tuple[Name, Name]] = []


class FieldFile(Names):
    code: Annotated[str, StringConstraints(pattern=r"^[A-Z0-9]{1,8}$")]
    group: str = ""
    ours: bool = False
    items: list[ItemFile] = []


class RoadmapFile(Strict):
    """The whole file. `technologies_ours` says that the names of technologies are chosen by us."""

    id: Annotated[str, StringConstraints(pattern=r"^[a-z0-9-]{2,40}$")]
    ko: Name
    en: Name
    year: Annotated[int, Field(ge=1990, le=2100)]
    source: Names
    levels: list[Names] = Field(min_length=1, max_length=3)
    groups: dict[str, Names] = {}
    technologies_ours: bool = False
    fields: list[FieldFile] = Field(min_length=1, max_length=500)


def read(path: Path) -> tuple[RoadmapFile, str]:
    """The roadmap in a file, and the SHA-256 of the file. Raises BrokenRoadmap."""
    if path.stat().st_size > LARGEST_FILE:
        raise BrokenRoadmap(f"{path.name}: the file is larger than {LARGEST_FILE:,} bytes")
    content = path.read_bytes()
    try:
        parsed = RoadmapFile.model_validate(tomllib.loads(content.decode("utf-8-sig")))
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise BrokenRoadmap(f"{path.name}: {error}") from error
    except ValidationError as error:
        raise BrokenRoadmap("\n".join(_problems(path, error))) from error
    if doubled := _doubled(parsed):
        raise BrokenRoadmap("\n".join(f"{path.name}: {line}" for line in doubled))
    return parsed, hashlib.sha256(content).hexdigest()


def _problems(path: Path, error: ValidationError) -> list[str]:
    return [
        f"{path.name}: {'.'.join(map(str, problem['loc'])) or 'the file'}: {problem['msg']}"
        for problem in error.errors(include_url=False)
    ]


def _doubled(roadmap: RoadmapFile) -> list[str]:
    """Names and codes that stand twice in one place, and groups that nobody declares."""
    problems = [*_twice("fields", [field.code for field in roadmap.fields])]
    problems += _twice("fields", [field.ko for field in roadmap.fields])
    for field in roadmap.fields:
        if field.group and field.group not in roadmap.groups:
            problems.append(f"field {field.code}: the group {field.group!r} is not declared")
        problems += _twice(f"field {field.code}", [item.ko for item in field.items])
        for item in field.items:
            names = [korean for korean, _english in item.technologies]
            problems += _twice(f"field {field.code}, {item.ko}", names)
    return problems


def _twice(place: str, names: list[str]) -> list[str]:
    return [f"{place}: {name!r} is there twice" for name in set(names) if names.count(name) > 1]
