"""What people fill in of exchange groups."""

from dure.apps.groups.forms.bodies import (
    ActivityForm,
    GoalForm,
    GroupForm,
    GroupsFilter,
    JoinForm,
    LeaveForm,
    OfficerForm,
    ReviewForm,
    SurveyForm,
)
from dure.apps.groups.forms.converging import (
    DropForm,
    EvidenceForm,
    GateForm,
    PackageForm,
    PrePlanForm,
    ProjectForm,
    StrengthForm,
    StrengthsFilter,
)
from dure.apps.groups.forms.meetings import (
    GuestForm,
    MeetingForm,
    MinutesForm,
    PhotoForm,
    PresentForm,
)
from dure.apps.groups.forms.money import ApproveForm, AssignForm, BookingForm, DuesForm
from dure.apps.groups.forms.raising import AnswerForm, ProposalForm, ProposalsFilter, TakeUpForm

__all__ = [
    "ActivityForm",
    "AnswerForm",
    "ApproveForm",
    "AssignForm",
    "BookingForm",
    "DropForm",
    "DuesForm",
    "EvidenceForm",
    "GateForm",
    "GoalForm",
    "GroupForm",
    "GroupsFilter",
    "GuestForm",
    "JoinForm",
    "LeaveForm",
    "MeetingForm",
    "MinutesForm",
    "OfficerForm",
    "PackageForm",
    "PhotoForm",
    "PrePlanForm",
    "PresentForm",
    "ProjectForm",
    "ProposalForm",
    "ProposalsFilter",
    "ReviewForm",
    "StrengthForm",
    "StrengthsFilter",
    "SurveyForm",
    "TakeUpForm",
]
