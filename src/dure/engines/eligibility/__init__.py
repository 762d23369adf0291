"""Who may apply: one verdict per rule, with the fact it rests on, whose it is and since when.

>>> from datetime import date
>>> rule = EligibilityRule("arrears", Clear("tax_arrears"), curable_until="evaluation")
>>> owing = Fact("tax_arrears", True, as_of=date(2026, 11, 2), source=Source.REGISTRY)
>>> [verdict] = judge(Applicant(facts=(owing,)), [rule], on=date(2026, 11, 30))
>>> verdict.answer.value, verdict.bars, verdict.is_curable, verdict.fact.as_of.isoformat()
('no', True, True, '2026-11-02')
"""

from dure.engines.eligibility._judge import Applicant, EligibilityRule, Verdict, judge
from dure.engines.eligibility._model import Answer, Effect, Fact, Source, Span, Value
from dure.engines.eligibility._rules import (
    AtLeast,
    AtMost,
    Clear,
    Holds,
    NoneOf,
    OneOf,
    Question,
    Shown,
    Younger,
)

__all__ = [
    "Answer",
    "Applicant",
    "AtLeast",
    "AtMost",
    "Clear",
    "Effect",
    "EligibilityRule",
    "Fact",
    "Holds",
    "NoneOf",
    "OneOf",
    "Question",
    "Shown",
    "Source",
    "Span",
    "Value",
    "Verdict",
    "Younger",
    "judge",
]
