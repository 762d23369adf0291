"""Runs of the screening, what they saw, and cases with questions to firms."""

from dure.apps.screening.models.cases import MOST_WON, Case, Finding, Place, Question, Run
from dure.apps.screening.models.files import FileFinding, FilePlace, FileRun
from dure.apps.screening.models.rules import RuleSet
from dure.apps.screening.models.visits import EvidenceMark, Visit

__all__ = [
    "MOST_WON",
    "Case",
    "EvidenceMark",
    "FileFinding",
    "FilePlace",
    "FileRun",
    "Finding",
    "Place",
    "Question",
    "RuleSet",
    "Run",
    "Visit",
]
