"""Outcomes: what is said, who confirmed it, what it came of, and what counted when."""

from dure.apps.outcomes.models.answers import Answer, Evidence, Twins
from dure.apps.outcomes.models.chain import LINKS, Chain, CountedSpan
from dure.apps.outcomes.models.outcome import MOST, Outcome

__all__ = ["LINKS", "MOST", "Answer", "Chain", "CountedSpan", "Evidence", "Outcome", "Twins"]
