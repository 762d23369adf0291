"""What long jobs there are; an app's `tasks.py` has those of its own."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from django.utils.functional import Promise

from dure.foundation.registry import Registry
from dure.foundation.routes import missing_route

Run = Callable[[Any, Any], dict[str, Any] | None]
Figures = Mapping[str, Promise]


@dataclass(frozen=True, slots=True)
class JobKind:
    """What a kind of job does, and how pages speak of it.

    `run(job, progress)` does the work; its result is a JSON object, whose numbers are shown with
    the labels of `figures`. The result is seen on the page `route`, whose arguments `route_args`
    takes from the job. A job whose end nobody can foresee says nothing of the time left. Short ones
    take seconds and come before those that take minutes.
    """

    code: str
    label: Promise
    run: Run
    figures: Figures = field(default_factory=dict)
    route: str = ""
    route_args: Callable[[Any], list[Any]] = lambda job: []
    is_foreseeable: bool = True
    is_short: bool = False


def _faults(kind: JobKind) -> Iterator[str]:
    if kind.route:
        yield from missing_route(kind.route)


KINDS = Registry[JobKind]("kind of job", _faults)


def job_handler(code: str, label: Promise, **more: Any) -> Callable[[Run], Run]:
    """Make a function what a kind of job does; `more` are fields of JobKind."""

    def register(run: Run) -> Run:
        KINDS.add(code, JobKind(code, label, run, **more))
        return run

    return register
