"""`dure timetable`: a fair from a JSON file, its timetable into another."""

import json
import sys
from collections.abc import Iterable
from pathlib import Path
from time import perf_counter
from typing import Annotated, Any, Literal

import click
from pydantic import BaseModel, ConfigDict, Field, ValidationError

from dure.config.answer_files import write_json
from dure.engines import scheduling
from dure.engines.scheduling import Fair, Lock, Participant, Request, Side, Timetable

_PROBLEMS_SHOWN = 20
_KINDS_OF_TABLES = {"int", "list[int]"}


class UnusableFair(click.ClickException):
    exit_code = 2


class _Strict(BaseModel):
    model_config = ConfigDict(strict=True, extra="forbid", frozen=True)


class _Participant(_Strict):
    id: str
    side: Literal["demand", "supply", "either"] = "either"
    parallel: int = 1
    available: list[int] | None = None
    max_meetings: int | None = None


class _Request(_Strict):
    demand: str
    supply: str
    weight: int


class _Lock(_Strict):
    demand: str
    supply: str
    slot: int
    table: int | None = None


class _Fair(_Strict):
    slots: int
    tables: int | list[int]
    participants: list[_Participant]
    requests: list[_Request]
    locked: list[_Lock] = []
    forbidden: list[Annotated[list[str], Field(min_length=2, max_length=2)]] = []


def timetable_files(fair: Path, output: Path, seconds: float) -> None:
    """Write the best timetable of the fair in `fair` to `output`.

    The same file gives the same timetable, as long as it is proven optimal; only the seconds that
    it took differ. Raises UnusableFair, with the place of every fault, and writes nothing then.
    """
    asked = _read(fair)
    begun = perf_counter()
    timetable = scheduling.solve(asked, seconds=seconds)
    took = perf_counter() - begun
    if violations := scheduling.check(asked, timetable.meetings):
        raise AssertionError(f"the timetable breaks rules of its fair: {violations}")
    write_json(output, _answer(timetable, took))
    state = "optimal" if timetable.optimal else f"at most {timetable.bound} possible"
    _say(
        f"{len(timetable.meetings)} meetings, weight {timetable.weight} ({state}), "
        f"{len(timetable.unplaced)} requests unplaced, {took:.2f} s"
    )
    _say(f"written: {output}")


def _read(path: Path) -> Fair:
    try:
        content = path.read_bytes()
        # Notepad and PowerShell write a byte order mark, the latter UTF-16 too.
        text = content.decode(json.detect_encoding(content)).removeprefix("\ufeff")
        read = _Fair.model_validate_json(text)
    except UnicodeDecodeError as error:
        raise _unusable(path, ["the text is not UTF-8"]) from error
    except ValidationError as error:
        faults = (f"{_place(error['loc'])}{_sentence(error)}" for error in error.errors())
        raise _unusable(path, dict.fromkeys(faults)) from error
    fair = _fair(read)
    if contradictions := scheduling.contradictions(fair):
        raise _unusable(path, [str(contradiction) for contradiction in contradictions])
    return fair


def _fair(read: _Fair) -> Fair:
    return Fair(
        slots=read.slots,
        tables=read.tables if isinstance(read.tables, int) else tuple(read.tables),
        participants=tuple(
            Participant(
                participant.id,
                Side(participant.side.upper()),
                participant.parallel,
                None if participant.available is None else frozenset(participant.available),
                participant.max_meetings,
            )
            for participant in read.participants
        ),
        requests=tuple(
            Request(request.demand, request.supply, request.weight) for request in read.requests
        ),
        locked=tuple(Lock(lock.demand, lock.supply, lock.slot, lock.table) for lock in read.locked),
        forbidden=frozenset((demand, supply) for demand, supply in read.forbidden),
    )


def _place(location: Iterable[str | int]) -> str:
    """Return where something is in the file, as in "requests[17].demand: "."""
    place = ""
    for part in location:
        if isinstance(part, int):
            place += f"[{part}]"
        elif part not in _KINDS_OF_TABLES:
            place += f".{part}" if place else part
    return f"{place}: " if place else ""


def _sentence(error: Any) -> str:
    message: str = error["msg"]
    return message[0].lower() + message[1:] if message.startswith("Input") else message


def _unusable(path: Path, faults: Iterable[str]) -> UnusableFair:
    lines = [f"{path.name}: {fault}" for fault in faults]
    if len(lines) > _PROBLEMS_SHOWN:
        lines[_PROBLEMS_SHOWN:] = [f"... and {len(lines) - _PROBLEMS_SHOWN} more"]
    return UnusableFair("\n".join(lines))


def _answer(timetable: Timetable, seconds: float) -> dict[str, Any]:
    return {
        "meetings": [
            {"demand": m.demand, "supply": m.supply, "slot": m.slot, "table": m.table}
            for m in timetable.meetings
        ],
        "unplaced": [
            {"demand": u.demand, "supply": u.supply, "cause": u.cause.lower()}
            for u in timetable.unplaced
        ],
        "weight": timetable.weight,
        "bound": timetable.bound,
        "optimal": timetable.optimal,
        "seconds": round(seconds, 3),
    }


def _say(what: str) -> None:
    sys.stderr.write(f"{what}\n")
