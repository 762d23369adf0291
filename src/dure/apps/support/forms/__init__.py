"""What people fill in of support services: the fields of a request stand in the service's file."""

from dure.apps.support.forms.asking import (
    AskForm,
    BodyForm,
    HandOverForm,
    PostponeForm,
    RequestsFilter,
    StepForm,
    TakeOnForm,
)
from dure.apps.support.forms.pools import InviteForm, LinkForm, ProgrammeForm, TaskForm
from dure.apps.support.forms.working import (
    AnswerForm,
    PanelistForm,
    ProfilesFilter,
    ProposeForm,
    RateForm,
    ReportForm,
    VisitForm,
)

__all__ = [
    "AnswerForm",
    "AskForm",
    "BodyForm",
    "HandOverForm",
    "InviteForm",
    "LinkForm",
    "PanelistForm",
    "PostponeForm",
    "ProfilesFilter",
    "ProgrammeForm",
    "ProposeForm",
    "RateForm",
    "ReportForm",
    "RequestsFilter",
    "StepForm",
    "TakeOnForm",
    "TaskForm",
    "VisitForm",
]
