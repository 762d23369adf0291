"""A ranking learned from verdicts: logistic regression over the strongest score of each signal.

It stands beside the plain sum, never in its place, and only once verdicts are enough (`learning.toml`).
"""

import tomllib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any

from sklearn.linear_model import LogisticRegression

Scores = Mapping[str, float]
"""Of a project the strongest score of each signal that spoke."""


@dataclass(frozen=True, slots=True)
class Checked:
    """A project that was checked: what signals said before, and whether something was confirmed."""

    scores: Scores
    is_confirmed: bool


@dataclass(frozen=True, slots=True)
class Reason:
    """What a signal adds to a project's learned score: its weight times its score (log odds)."""

    signal: str
    adds: float


@dataclass(frozen=True, slots=True)
class Learned:
    """The weight of each signal, and where a project without signals stands (log odds)."""

    weights: Mapping[str, float]
    base: float

    def score(self, scores: Scores) -> float:
        """Log odds that something would be confirmed; only their order is meant."""
        return round(self.base + sum(reason.adds for reason in self.reasons(scores)), 6)

    def reasons(self, scores: Scores) -> tuple[Reason, ...]:
        """What moves a project, the strongest first."""
        moved = [
            Reason(signal, round(self.weights[signal] * score, 6))
            for signal, score in scores.items()
            if self.weights.get(signal)
        ]
        return tuple(sorted(moved, key=lambda reason: (-abs(reason.adds), reason.signal)))


def lacking(checked: Sequence[Checked]) -> dict[str, int]:
    """How many checked, confirmed and cleared projects are missing before a ranking is learned.

    >>> lacking([])["checked"] > 0
    True
    """
    least = _settings()
    confirmed = sum(project.is_confirmed for project in checked)
    have = {"checked": len(checked), "confirmed": confirmed, "cleared": len(checked) - confirmed}
    return {
        name: least[f"least_{name}"] - count
        for name, count in have.items()
        if count < least[f"least_{name}"]
    }


def learn(checked: Iterable[Checked]) -> Learned | None:
    """What verdicts say of signals; None while they are too few. The order of projects does not matter."""
    known = sorted(
        checked, key=lambda project: (sorted(project.scores.items()), project.is_confirmed)
    )
    if lacking(known):
        return None
    signals = sorted({signal for project in known for signal in project.scores})
    if not signals:
        return None
    rows = [[project.scores.get(signal, 0.0) for signal in signals] for project in known]
    model = LogisticRegression(C=_settings()["inverse_penalty"], solver="lbfgs", max_iter=1000)
    model.fit(rows, [project.is_confirmed for project in known])
    weights = {
        signal: round(float(weight), 4)
        for signal, weight in zip(signals, model.coef_[0], strict=True)
    }
    return Learned(weights, round(float(model.intercept_[0]), 4))


@cache
def _settings() -> dict[str, Any]:
    return tomllib.loads(
        files("dure.engines.auditing").joinpath("learning.toml").read_text("utf-8")
    )
