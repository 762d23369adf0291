"""Which meetings need an interpreter, and how many interpreters there must be at once."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass

from django.utils.timezone import localtime

from dure.apps.fairs.models import Meeting


@dataclass(frozen=True, slots=True)
class Interpreting:
    """One language: how many meetings, how many at once at most, and when at which tables."""

    language: str
    meetings: int
    at_once: int
    hours: list[tuple[str, str]]


def languages_of(meeting: Meeting) -> list[str]:
    """The languages that the two sides of a meeting asked an interpreter for."""
    sides = (meeting.pair.demand, meeting.pair.supply)
    by_key = {side.interpreter.strip().casefold(): side.interpreter.strip() for side in sides}
    return sorted(language for language in by_key.values() if language)


def interpreters_of(meetings: Iterable[Meeting]) -> list[Interpreting]:
    """What interpreters must be engaged, the language with most meetings first.

    `meetings` come by time and table, as `queries.meetings_of` gives them.
    """
    spelt: dict[str, str] = {}
    hours: defaultdict[str, defaultdict[str, list[int]]] = defaultdict(lambda: defaultdict(list))
    for meeting in meetings:
        for language in languages_of(meeting):
            key = language.casefold()
            spelt.setdefault(key, language)
            hours[key][f"{localtime(meeting.slot.starts_at):%m-%d %H:%M}"].append(
                meeting.table.number
            )
    interpretings = [
        Interpreting(
            spelt[key],
            sum(map(len, tables.values())),
            max(map(len, tables.values())),
            [(when, ", ".join(map(str, table))) for when, table in tables.items()],
        )
        for key, tables in hours.items()
    ]
    return sorted(
        interpretings, key=lambda interpreting: (-interpreting.meetings, interpreting.language)
    )
