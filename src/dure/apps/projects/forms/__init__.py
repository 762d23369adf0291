"""What people fill in of projects."""

from dure.apps.projects.forms.ending import (
    FollowUpForm,
    ReasonForm,
    SanctionForm,
    SpecialForm,
    StageEndForm,
    TextForm,
    VerdictForm,
)
from dure.apps.projects.forms.lists import ExpensesForm, FollowUpsForm, ProjectsForm, RecoveriesForm
from dure.apps.projects.forms.settling import (
    AccountantForm,
    AnswerForm,
    InstalmentsForm,
    JudgeForm,
    MarkForm,
    StepForm,
)
from dure.apps.projects.forms.spending import (
    DecisionForm,
    EvidenceForm,
    ExpenseForm,
    PasteForm,
    ShareForm,
    StatementForm,
)
from dure.apps.projects.forms.staging import (
    CarryOverDecisionForm,
    CarryOverForm,
    DrawForm,
    ObjectionDecisionForm,
    ObjectionForm,
)
from dure.apps.projects.forms.talking import MessageForm, MilestoneForm, ReportForm

__all__ = [
    "AccountantForm",
    "AnswerForm",
    "CarryOverDecisionForm",
    "CarryOverForm",
    "DecisionForm",
    "DrawForm",
    "EvidenceForm",
    "ExpenseForm",
    "ExpensesForm",
    "FollowUpForm",
    "FollowUpsForm",
    "InstalmentsForm",
    "JudgeForm",
    "MarkForm",
    "MessageForm",
    "MilestoneForm",
    "ObjectionDecisionForm",
    "ObjectionForm",
    "PasteForm",
    "ProjectsForm",
    "ReasonForm",
    "RecoveriesForm",
    "ReportForm",
    "SanctionForm",
    "ShareForm",
    "SpecialForm",
    "StageEndForm",
    "StatementForm",
    "StepForm",
    "TextForm",
    "VerdictForm",
]
