"""Requests for support, the partners that can be proposed, and the pools of experts."""

from dure.apps.support.models.pools import ExchangeProgramme, Invitation, Task
from dure.apps.support.models.profiles import Profile
from dure.apps.support.models.requests import Body, PersonalValues, StepTaken, SupportRequest
from dure.apps.support.models.work import Candidate, Evidence, Panelist, Report, Visit

__all__ = [
    "Body",
    "Candidate",
    "Evidence",
    "ExchangeProgramme",
    "Invitation",
    "Panelist",
    "PersonalValues",
    "Profile",
    "Report",
    "StepTaken",
    "SupportRequest",
    "Task",
    "Visit",
]
