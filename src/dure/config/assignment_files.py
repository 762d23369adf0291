"""`dure assign`: reviewers and applications from a JSON file, who reads what into another."""

import sys
from collections.abc import Iterable, Iterator, Sequence
from decimal import Decimal
from pathlib import Path
from time import perf_counter
from typing import Annotated, Any

import click
from pydantic import Field

from dure.config.answer_files import write_json
from dure.engines import assigning
from dure.engines.assigning import (
    Application,
    Assignment,
    Impossible,
    Instance,
    Objective,
    OutOfTime,
    Reviewer,
)
from dure.foundation.strict_json import StrictJson, UnusableJson, read_strictly

_MOST_BYTES = 200_000_000
_FAULTS_SHOWN = 20
_DECIMALS = 9  # of a fit; what is smaller decides nothing

_Id = Annotated[str, Field(min_length=1, max_length=200)]
_Count = Annotated[int, Field(ge=0, le=100_000)]
_Fit = Annotated[float, Field(ge=-10_000, le=10_000, allow_inf_nan=False)]
_Fits = Annotated[list[tuple[_Id, _Id, _Fit]], Field(max_length=5_000_000)]
_Pairs = Annotated[list[tuple[_Id, _Id]], Field(max_length=5_000_000)]


class _Reviewer(StrictJson):
    id: _Id
    min: _Count = 0
    max: _Count | None = None
    kinds: Annotated[list[_Id], Field(max_length=100)] = []


class _Application(StrictJson):
    id: _Id
    reviews: _Count | None = None
    needs: Annotated[dict[_Id, _Count], Field(max_length=100)] = {}


class _Instance(StrictJson):
    reviews: _Count | None = None
    reviewers: Annotated[list[_Reviewer], Field(max_length=50_000)]
    applications: Annotated[list[_Application], Field(max_length=50_000)]
    fit: _Fits = []
    conflicts: _Pairs = []
    fixed: _Pairs = []


class UnusableInstance(click.ClickException):
    exit_code = 2


def assignment_files(instance: Path, output: Path, objective: Objective, seconds: float) -> None:
    """Write who reads what in `instance` to `output`, or what clashes, which ends with exit code 1.

    The same file gives the same bytes on every run, as long as the answer is proven. Raises
    UnusableInstance, with the place of every fault, and writes nothing then.
    """
    asked, fits = _read(instance)
    begun = perf_counter()
    try:
        assignment = assigning.solve(asked, objective, seconds=seconds)
    except Impossible:
        clash = assigning.explain(asked)
        sentences = clash.sentences() if clash else ("no assignment keeps all limits",)
        write_json(output, _nothing(seconds, impossible=list(sentences)))
        raise click.ClickException("impossible: " + "; ".join(sentences)) from None
    except OutOfTime:
        raise click.ClickException(f"no assignment was found in {seconds:g} s") from None
    if violations := assigning.check(asked, assignment.reviewers_of):
        raise AssertionError(f"the assignment breaks rules of its instance: {violations}")
    write_json(output, _answer(assignment, asked, fits, objective, seconds))
    state = "proven" if assignment.optimal else "not proven best"
    took = perf_counter() - begun
    sys.stderr.write(
        f"{len(assignment.pairs)} reviews, {objective.value} ({state}), {took:.2f} s\n"
        f"written: {output}\n"
    )


def _read(path: Path) -> tuple[Instance, dict[tuple[str, str], Decimal]]:
    try:
        read = read_strictly(_Instance, path.read_bytes(), _MOST_BYTES)
    except UnusableJson as error:
        raise _unusable(path, error.faults) from error
    if faults := [*_wrong_ids(read), *_wrong_numbers(read), *_wrong_pairs(read)]:
        raise _unusable(path, faults)
    # The shortest decimal that is the number: as it stands in the file.
    fits = {(reviewer, application): Decimal(str(fit)) for reviewer, application, fit in read.fit}
    unit = _unit(fits.values())
    instance = Instance(
        reviewers=tuple(
            Reviewer(reviewer.id, reviewer.min, reviewer.max, frozenset(reviewer.kinds))
            for reviewer in read.reviewers
        ),
        applications=tuple(
            Application(application.id, _reviews(read, application), dict(application.needs))
            for application in read.applications
        ),
        fit={pair: int((fit * unit).to_integral_value()) for pair, fit in fits.items()},
        conflicts=frozenset(read.conflicts),
        fixed=frozenset(read.fixed),
    )
    return instance, fits


def _unit(fits: Iterable[Decimal]) -> int:
    """Return by what fits are multiplied to become whole numbers."""
    decimals = (-int(fit.as_tuple().exponent) for fit in fits)
    return int(10 ** min(max(decimals, default=0), _DECIMALS))


def _reviews(read: _Instance, application: _Application) -> int:
    return (read.reviews or 0) if application.reviews is None else application.reviews


def _unusable(path: Path, faults: Sequence[str]) -> UnusableInstance:
    lines = [f"{path.name}: {fault}" for fault in faults[:_FAULTS_SHOWN]]
    if len(faults) > _FAULTS_SHOWN:
        lines.append(f"... and {len(faults) - _FAULTS_SHOWN} more")
    return UnusableInstance("\n".join(lines))


def _wrong_ids(read: _Instance) -> Iterator[str]:
    for name, those in (("reviewers", read.reviewers), ("applications", read.applications)):
        seen = set[str]()
        for number, entry in enumerate(those):
            if entry.id in seen:
                yield f"{name}[{number}].id: {entry.id!r} stands twice"
            seen.add(entry.id)


def _wrong_numbers(read: _Instance) -> Iterator[str]:
    for number, reviewer in enumerate(read.reviewers):
        if reviewer.max is not None and reviewer.min > reviewer.max:
            yield f"reviewers[{number}].min: {reviewer.min} is more than max, {reviewer.max}"
    for number, application in enumerate(read.applications):
        if application.reviews is None and read.reviews is None:
            yield f"applications[{number}].reviews: missing, and no reviews for all"


def _wrong_pairs(read: _Instance) -> Iterator[str]:
    reviewers = {reviewer.id for reviewer in read.reviewers}
    applications = {application.id for application in read.applications}
    for name, pairs in (
        ("fit", [(reviewer, application) for reviewer, application, _ in read.fit]),
        ("conflicts", read.conflicts),
        ("fixed", read.fixed),
    ):
        seen = set[tuple[str, str]]()
        for number, (reviewer, application) in enumerate(pairs):
            if reviewer not in reviewers:
                yield f"{name}[{number}][0]: no reviewer has the id {reviewer!r}"
            if application not in applications:
                yield f"{name}[{number}][1]: no application has the id {application!r}"
            if (reviewer, application) in seen:
                yield f"{name}[{number}]: the same pair stands twice"
            seen.add((reviewer, application))


def _answer(
    assignment: Assignment,
    asked: Instance,
    fits: dict[tuple[str, str], Decimal],
    objective: Objective,
    seconds: float,
) -> dict[str, Any]:
    """Return the answer, its sums of the fits as they stand in the file."""
    sums = {
        application: sum(
            (fits.get((reviewer, application), Decimal(0)) for reviewer in those), Decimal(0)
        )
        for application, those in assignment.reviewers_of.items()
    }
    total = sum(sums.values(), Decimal(0))
    worst = min(
        (sums[application.id] for application in asked.applications if application.reviews),
        default=Decimal(0),
    )
    sought, value = (
        (total, assignment.total) if objective is Objective.TOTAL else (worst, assignment.worst)
    )
    # The unit of the engine, from what is left between found and bound.
    missing = Decimal(assignment.bound - value) / _unit(fits.values())
    return {
        "assignment": {name: list(those) for name, those in assignment.reviewers_of.items()},
        "total": float(total),
        "worst": float(worst),
        "bound": float(sought + missing),
        "optimal": assignment.optimal,
        "seconds": seconds,
        "impossible": None,
    }


def _nothing(seconds: float, *, impossible: list[str]) -> dict[str, Any]:
    nothing = {"assignment": {}, "total": 0.0, "worst": 0.0, "bound": 0.0, "optimal": False}
    return {**nothing, "seconds": seconds, "impossible": impossible}
