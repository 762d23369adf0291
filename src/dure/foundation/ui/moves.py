"""Moves of a record from one stage of its life to the next, as pages offer them."""

from collections.abc import Callable, Container, Iterable
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Any, Self

from django.utils.formats import date_format
from django.utils.functional import Promise
from django.utils.timezone import localtime

from dure.foundation.verdict import Verdict


@dataclass(frozen=True, slots=True)
class Move:
    """One thing that can be done with a record: its button, its question, or why not.

    `ui/_moves.html` asks the questions; `asks_why` moves want a reason from the reader.
    """

    stage: str
    label: Promise
    question: Promise
    note: Promise
    asks_why: bool = False
    variant: str = "tertiary"
    why_not: str = ""

    @property
    def dialog(self) -> str:
        """The id of the dialog that asks before the move is made."""
        return f"move-{self.stage.lower().replace('_', '-')}"

    def judged(self, verdict: Verdict) -> Self:
        """The same move, with the reason where it cannot be made now."""
        return replace(self, why_not=str(verdict.reason.label) if verdict.reason else "")


def offered(
    moves: Iterable[Move], judge: Callable[[Move], Verdict], never_shown: Container[Any]
) -> list[Move]:
    """The moves of a record that concern a reader, each with the reason where it is not possible now.

    A move that `judge` refuses for one of the reasons `never_shown` is none of the reader's.
    """
    judged = [(move, judge(move)) for move in moves]
    return [move.judged(verdict) for move, verdict in judged if verdict.reason not in never_shown]


def step(label: Promise | str, state: str, at: date | None = None) -> dict[str, Any]:
    """One stage on the path of a record: done, now or next, and the day on which it was reached.

    `at` is a day, or a moment of which the day in Seoul is said.
    """
    day = localtime(at) if isinstance(at, datetime) else at
    on = date_format(day, "Y-m-d") if day else ""
    return {"label": label, "state": state, "on": on}
