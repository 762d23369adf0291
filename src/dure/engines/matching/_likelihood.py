"""How likely the candidate at a place of the ranking is right; unlikely ones are folded away.

Logistic regression over how far a candidate stands out, fitted on first places of labelled data
with the right answer present and taken away (`make fit-abstention` fits and reports it).
"""

from collections.abc import Sequence
from dataclasses import astuple, dataclass

import numpy as np

from dure.engines.matching._model import Strength


@dataclass(frozen=True, slots=True)
class Signs:
    """What speaks for one candidate.

    words: how far its words stand out from those of all candidates of its language, in standard
    deviations; coverage: the part of the query it speaks of; coverage_lead: the same less that of
    the best of the other first places; meaning_lead: its cosine less that of the best of the others
    of its language, in hundredths; ahead: its score less the mean of the ten after the first.
    """

    words: float
    coverage: float
    coverage_lead: float
    meaning_lead: float
    ahead: float


MOST = 5.0
"""Leads count up to this far: further ahead is no surer."""

CONSTANT = -4.510
WEIGHTS = Signs(
    words=0.131,
    coverage=1.999,
    coverage_lead=2.764,
    meaning_lead=0.270,
    ahead=0.693,
)
BOUNDS = (
    (Strength.STRONG, -0.20),
    (Strength.GOOD, -2.12),
    (Strength.PARTIAL, -3.14),
)
"""Log-odds from which a candidate has each strength. What is GOOD is shown as a match: on the half
of the labelled data that was fitted on, 92 % of the right first places are."""


def lead(values: Sequence[float], place: int) -> float:
    """Return how far the value at `place` is ahead of the best of the others, at most MOST."""
    others = [value for other, value in enumerate(values) if other != place]
    ahead = values[place] - max(others, default=values[place] - MOST)
    return max(-MOST, min(MOST, ahead))


def strength_of(signs: Signs, *, is_first: bool) -> Strength:
    """Return how far to trust a candidate with these signs.

    Beside the first of a ranking only strong ones are likely: where it is right, others rarely are.
    """
    value = log_odds(signs)
    strength = next((word for word, bound in BOUNDS if value >= bound), Strength.WEAK)
    return Strength.PARTIAL if strength is Strength.GOOD and not is_first else strength


def log_odds(signs: Signs) -> float:
    """Return the logarithm of the odds that a candidate is right."""
    return CONSTANT + float(np.dot(astuple(signs), astuple(WEIGHTS)))
