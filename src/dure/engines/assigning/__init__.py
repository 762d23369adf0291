"""Reviewers to applications: who reads what, within loads, needs and conflicts, with a proof.

>>> reviewers = (Reviewer("R1", max=1, kinds=frozenset({"law"})), Reviewer("R2", max=2))
>>> applications = (Application("A1", 1), Application("A2", 1, {"law": 1}))
>>> fit = {("R1", "A1"): 9, ("R2", "A1"): 5, ("R1", "A2"): 1}
>>> instance = Instance(reviewers, applications, fit)
>>> assignment = solve(instance)
>>> assignment.reviewers_of, assignment.total, assignment.optimal
({'A1': ('R2',), 'A2': ('R1',)}, 6, True)
>>> check(instance, assignment.reviewers_of)
()
"""

from dure.engines.assigning._check import Rule, Violation, check
from dure.engines.assigning._explain import Clash, Kind, Limit, explain
from dure.engines.assigning._model import (
    Application,
    Assignment,
    Impossible,
    Instance,
    Objective,
    OutOfTime,
    Pair,
    Reviewer,
)
from dure.engines.assigning._panels import Panel, PanelRules, check_panels, form_panels
from dure.engines.assigning._solve import adjust, solve

__all__ = [
    "Application",
    "Assignment",
    "Clash",
    "Impossible",
    "Instance",
    "Kind",
    "Limit",
    "Objective",
    "OutOfTime",
    "Pair",
    "Panel",
    "PanelRules",
    "Reviewer",
    "Rule",
    "Violation",
    "adjust",
    "check",
    "check_panels",
    "explain",
    "form_panels",
    "solve",
]
