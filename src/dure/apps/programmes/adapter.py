"""Versions as programmes, their figures to change, and the sample plans they are tried on."""

import hashlib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from typing import Any

import tomlkit
from tomlkit.exceptions import TOMLKitError

from dure.foundation import programmes
from dure.foundation.programmes import Judgement, UnusableFile

Place = tuple[str | int, ...]


@dataclass(frozen=True, slots=True)
class Figure:
    """A number in a file: where it stands, what stands beside it, and its value."""

    place: Place
    about: str
    value: int | float

    @property
    def key(self) -> str:
        """The place as one word, for a form."""
        return ".".join(map(str, self.place))


@dataclass(frozen=True, slots=True)
class Tried:
    """A sample plan and what becomes of it; `before` and `after` are None without a version."""

    name: programmes.Text
    before: Judgement | None
    after: Judgement | None

    @property
    def is_turned(self) -> bool:
        """Whether the change turns the answer."""
        return bool(self.before and self.after and self.before.passes is not self.after.passes)


def digest_of(content: str) -> str:
    """The SHA-256 of a file."""
    return hashlib.sha256(content.encode()).hexdigest()


@lru_cache(maxsize=512)
def programme_of(content: str) -> programmes.Programme:
    """The programme that a file says. Raises UnusableFile with every mistake."""
    return programmes.read(content.encode())


def mistakes_in(content: str) -> list[programmes.Mistake]:
    """What is wrong with a file, by line and key; empty when nothing is."""
    try:
        programme_of(content)
    except UnusableFile as error:
        return list(error.mistakes)
    return []


def figures_in(content: str) -> list[Figure]:
    """Every number of a file with what stands beside it, in the order of the file.

    Empty where the file is no TOML.
    """
    try:
        document = tomlkit.parse(content)
    except (TOMLKitError, ValueError):
        return []
    return list(_figures(document.unwrap(), (), ""))


def _figures(node: Any, place: Place, about: str) -> Iterator[Figure]:
    if isinstance(node, Mapping):
        named = [str(node[name]) for name in ("rule", "id", "what", "by", "stage") if name in node]
        here = " · ".join([part for part in (about, *named) if part])
        for key, value in node.items():
            yield from _figures(value, (*place, key), here)
    elif isinstance(node, list):
        for number, value in enumerate(node):
            yield from _figures(value, (*place, number), about)
    elif isinstance(node, int | float) and not isinstance(node, bool):
        yield Figure(place, about, node)


def with_figures(content: str, values: Mapping[Place, int | float]) -> str:
    """The file with other numbers in some places; comments and order stay.

    Raises KeyError for a place that holds no number.
    """
    known = {figure.place for figure in figures_in(content)}
    document = tomlkit.parse(content)
    for place, value in values.items():
        if place not in known:
            raise KeyError(place)
        node: Any = document
        for part in place[:-1]:
            node = node[part]
        node[place[-1]] = value
    return tomlkit.dumps(document)


def try_out(slug: str, before: str | None, after: str | None, on: date) -> list[Tried]:
    """Hold the sample plans of a programme against two versions of its file."""
    return [
        Tried(sample.name, _judged(before, sample, on), _judged(after, sample, on))
        for sample in programmes.samples(slug)
    ]


def _judged(content: str | None, sample: programmes.Sample, on: date) -> Judgement | None:
    if content is None or mistakes_in(content):
        return None
    return programmes.judge_plan(programme_of(content), sample.read(), on)
