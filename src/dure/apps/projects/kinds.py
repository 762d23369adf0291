"""What kinds of things projects have; the words of rule files are named by those files."""

from collections.abc import Callable, Iterable
from typing import Any

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from dure.apps.ledger.kinds import Side, account_kind, entry_kind
from dure.apps.records.kinds import record_kind
from dure.foundation.data_packages import Rows, Table
from dure.foundation.registry import Registry
from dure.foundation.sheets import problem_kinds

SETTLED = record_kind("PROJECT_SETTLED", _("Settlement concluded"))

SPENT = account_kind("SPENT", _("Spent by projects"), Side.DEBIT)
ADVANCED = account_kind("ADVANCED", _("Laid out by those who spend"), Side.CREDIT, has_floor=True)
RETURNED = account_kind("RETURNED", _("Returned to the firm"), Side.DEBIT)
TO_RECOVER = account_kind("TO_RECOVER", _("To be paid back"), Side.DEBIT, has_floor=True)
CLAIMED = account_kind("CLAIMED", _("Claimed back"), Side.CREDIT, has_floor=True)
RECOVERED = account_kind("RECOVERED", _("Paid back"), Side.DEBIT)
PAID_IN = account_kind("PAID_IN", _("Paid in from own money"), Side.CREDIT)

EXPENSE = entry_kind("EXPENSE", _("Expense"))
REIMBURSEMENT = entry_kind("REIMBURSEMENT", _("What was laid out, paid back"))
SETTLEMENT = entry_kind("SETTLEMENT", _("Settlement"))
CLAIM = entry_kind("CLAIM", _("Claimed back"))
RECOVERY = entry_kind("RECOVERY", _("Paid back"))
WRITE_OFF = entry_kind("WRITE_OFF", _("Written off"))


class MemberRole(TextChoices):
    """What an organisation is in a project."""

    LEAD = "LEAD", _("Lead organisation")
    PARTNER = "PARTNER", _("Partner")
    CONTRACTED = "CONTRACTED", _("Contracted organisation")
    DEMAND = "DEMAND", _("Demand organisation")
    INVESTOR = "INVESTOR", _("Investor")
    OPERATOR = "OPERATOR", _("Operator")
    INSTITUTION = "INSTITUTION", _("Institution")
    GUARANTOR = "GUARANTOR", _("Guarantor")


SPENDERS = (MemberRole.LEAD, MemberRole.PARTNER, MemberRole.CONTRACTED)
"""Who has a budget and files expenses."""


class Source(TextChoices):
    """Where an expense comes from."""

    FORM = "FORM", _("Form")
    CARD = "CARD", _("Card file")
    BANK = "BANK", _("Bank file")
    INVOICE = "INVOICE", _("Tax invoices")
    RCMS = "RCMS", _("RCMS list")


@problem_kinds
class StatementRowProblem(TextChoices):
    """Why a payment of a statement cannot be taken into a project."""

    STAGE_IS_SETTLED = (
        "STAGE_IS_SETTLED",
        _(
            "The stage until %(until)s is in settlement. Leave this row out, or ask the programme office."
        ),
    )
    OF_ANOTHER_PROJECT = (
        "OF_ANOTHER_PROJECT",
        _("This row belongs to project %(number)s. Hand in the list of this project alone."),
    )


class Decision(TextChoices):
    """What was decided of an expense that a rule speaks against."""

    ALLOWED = "ALLOWED", pgettext_lazy("expense", "Allowed")
    DISALLOWED = "DISALLOWED", _("Disallowed")


class WhySampled(TextChoices):
    """Why a row stands in the sample of a settlement; as the engine says it."""

    BROKEN = "BROKEN", _("A rule speaks against it")
    LARGE = "LARGE", _("A large sum")
    DRAWN = "DRAWN", _("Drawn by lot")


STAGE_DAYS = 30  # GL 13: a stage report is handed in 30 days before its stage ends


class ReportKind(TextChoices):
    """What is reported, and when."""

    YEARLY = "YEARLY", _("Yearly report")
    STAGE = "STAGE", _("Stage report")
    FINAL = "FINAL", _("Final report")
    SPENDING = "SPENDING", _("Report on the use of money")


class RecoveryCause(TextChoices):
    """Why money has to come back."""

    SETTLEMENT = "SETTLEMENT", _("Settlement")
    VERDICT = "VERDICT", _("Final verdict")
    GIVE_UP = "GIVE_UP", _("Giving up")
    AUDIT = "AUDIT", _("Audit")
    INTEREST = "INTEREST", _("Late interest")


class ObjectionDecision(TextChoices):
    """What a panel decides of an objection to a settlement."""

    GRANTED = "GRANTED", pgettext_lazy("objection", "Granted")
    IN_PART = "IN_PART", pgettext_lazy("objection", "Granted in part")
    DENIED = "DENIED", pgettext_lazy("objection", "Denied")


class SpecialDecision(TextChoices):
    """What a special evaluation decides (계속, 중단, 조기완료); to leave it open is not to decide."""

    GO_ON = "GO_ON", _("Go on")
    STOP = "STOP", _("Stop")
    EARLY = "EARLY", _("Completed early")


class PromiseKept(TextChoices):
    """Whether the demand organisation bought as it had promised (구매 약속)."""

    NONE = "NONE", _("There was no promise")
    KEPT = "KEPT", _("Kept")
    IN_PART = "IN_PART", _("Kept in part")
    NOT_KEPT = "NOT_KEPT", _("Not kept")


class Success(TextChoices):
    """The seven ways in which a result becomes business (사업화 성공)."""

    SALES = "SALES", _("Sales")
    IMPORT = "IMPORT", _("Replaced an import")
    LICENCE = "LICENCE", _("Licence income")
    SAVING = "SAVING", _("Cost saved")
    MERGER = "MERGER", _("Merger or takeover")
    LISTING = "LISTING", _("Listing on an exchange")
    INVESTMENT = "INVESTMENT", _("Investment of the grant or more")


Tables = Callable[[Any, Any], Iterable[tuple[Table, Rows]]]
"""What gives tables of a project, as far as a reader sees it (None: all of it)."""
PACKAGE = Registry[Tables]("tables of a project")
"""What apps above add to the package of a project, by their names."""
