"""Projects: budgets, expenses, settlement, verdict, recovery and follow-up."""

from dure.apps.projects.models.ending import (
    FinalVerdict,
    FollowUp,
    FollowUpFile,
    Sanction,
    SpecialEvaluation,
)
from dure.apps.projects.models.project import (
    MOST_WON,
    BudgetLine,
    KeptFile,
    Member,
    Message,
    Milestone,
    Paper,
    Project,
    Report,
)
from dure.apps.projects.models.settlement import (
    Instalment,
    Mark,
    Payment,
    Recovery,
    SampledRow,
    SentOnce,
    Settlement,
)
from dure.apps.projects.models.spending import (
    Evidence,
    Expense,
    Participation,
    kinds_of_evidence,
    means_of_payment,
    relations_to_payees,
)

__all__ = [
    "MOST_WON",
    "BudgetLine",
    "Evidence",
    "Expense",
    "FinalVerdict",
    "FollowUp",
    "FollowUpFile",
    "Instalment",
    "KeptFile",
    "Mark",
    "Member",
    "Message",
    "Milestone",
    "Paper",
    "Participation",
    "Payment",
    "Project",
    "Recovery",
    "Report",
    "SampledRow",
    "Sanction",
    "SentOnce",
    "Settlement",
    "SpecialEvaluation",
    "kinds_of_evidence",
    "means_of_payment",
    "relations_to_payees",
]
