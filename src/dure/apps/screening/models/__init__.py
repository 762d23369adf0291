"""Runs of the screening, what they saw, and cases with questions to firms."""

from dure.apps.screening.models.cases import MOST_WON, Case, Finding, Place, Question, Run
from dure.apps.screening.models.files import FileFinding, FilePlace, FileRun
from dure.apps.screening.models.rules import RuleSet

__all__ = [
    "MOST_WON",
    "Case",
    "FileFinding",
    "FilePlace",
    "FileRun",
    "Finding",
    "Place",
    "Question",
    "RuleSet",
    "Run",
]
