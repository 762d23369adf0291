"""Votes of bodies: who is enough, what carries a motion, and the codes of a secret ballot.

>>> from fractions import Fraction
>>> half = Share(Fraction(1, 2), is_more=True)
>>> rule = Rule(("yes", "no", "abstain"), "abstain", half, half, Base.VALID, Tie.CHAIR)
>>> result = tally(rule, ["yes", "yes", "no", "no", "abstain"], present=6, entitled=9, casting="yes")
>>> result.outcome.value, result.option, result.is_by_chair
('carried', 'yes', True)
"""

from dure.engines.voting._codes import (
    box_digest,
    code_digest,
    new_code,
    packed,
    tidy_code,
    unpacked,
)
from dure.engines.voting._model import Base, Outcome, Result, Rule, Share, Tie
from dure.engines.voting._tally import is_quorate, tally

__all__ = [
    "Base",
    "Outcome",
    "Result",
    "Rule",
    "Share",
    "Tie",
    "box_digest",
    "code_digest",
    "is_quorate",
    "new_code",
    "packed",
    "tally",
    "tidy_code",
    "unpacked",
]
