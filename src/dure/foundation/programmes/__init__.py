"""A programme is a file: reading it, what its rules are to the engines, and its words.

The vocabulary of the file: docs/reference/programme-file.md. Nothing here needs Django.
"""

from dure.foundation.programmes._described import (
    Section,
    described,
    eligibility_sentence,
    rule_sentence,
)
from dure.foundation.programmes._engine import ceilings_of, eligibility_of, holds_on, terms
from dure.foundation.programmes._facts import (
    UnreadableFact,
    listed_facts,
    read_fact,
    write_fact,
)
from dure.foundation.programmes._field import Application, read_field
from dure.foundation.programmes._file import Programme
from dure.foundation.programmes._judged import Judgement, judge_plan
from dure.foundation.programmes._mistakes import Mistake, UnusableFile
from dure.foundation.programmes._parts import Id, Line, Strict, Text
from dure.foundation.programmes._plan import Sample, UnusablePlan, read_plan
from dure.foundation.programmes._read import MOST_BYTES, parse, parse_as
from dure.foundation.programmes._rule_sets import (
    RuleSets,
    budget_lines,
    folder,
    read,
    rule_sets,
    samples,
    shipped,
)
from dure.foundation.programmes._said import (
    remedy_sentence,
    rule_question,
    source_said,
    value_said,
    verdict_sentence,
    violation_sentence,
)
from dure.foundation.programmes._schema import json_schema, schema_of
from dure.foundation.programmes._selecting import ConflictRules, Reviewing, SelectionRules
from dure.foundation.programmes._settlement import settled
from dure.foundation.programmes._simulated import simulate
from dure.foundation.programmes._spending import (
    RoyaltyRules,
    SettlementRules,
    SpendingRules,
    VerdictRules,
)
from dure.foundation.programmes._spent import (
    approvals_of,
    finding_sentence,
    notices_of,
    purposes_of,
    spending_of,
)
from dure.foundation.programmes._words import ids, name

__all__ = [
    "MOST_BYTES",
    "Application",
    "ConflictRules",
    "Id",
    "Judgement",
    "Line",
    "Mistake",
    "Programme",
    "Reviewing",
    "RoyaltyRules",
    "RuleSets",
    "Sample",
    "Section",
    "SelectionRules",
    "SettlementRules",
    "SpendingRules",
    "Strict",
    "Text",
    "UnreadableFact",
    "UnusableFile",
    "UnusablePlan",
    "VerdictRules",
    "approvals_of",
    "budget_lines",
    "ceilings_of",
    "described",
    "eligibility_of",
    "eligibility_sentence",
    "finding_sentence",
    "folder",
    "holds_on",
    "ids",
    "json_schema",
    "judge_plan",
    "listed_facts",
    "name",
    "notices_of",
    "parse",
    "parse_as",
    "purposes_of",
    "read",
    "read_fact",
    "read_field",
    "read_plan",
    "remedy_sentence",
    "rule_question",
    "rule_sentence",
    "rule_sets",
    "samples",
    "schema_of",
    "settled",
    "shipped",
    "simulate",
    "source_said",
    "spending_of",
    "terms",
    "value_said",
    "verdict_sentence",
    "violation_sentence",
    "write_fact",
]
