"""What kinds of things projects have; the words of rule files are named by those files."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class MemberRole(TextChoices):
    """What an organisation is in a project."""

    LEAD = "LEAD", _("Lead organisation")
    PARTNER = "PARTNER", _("Partner")
    CONTRACTED = "CONTRACTED", _("Contracted organisation")
    DEMAND = "DEMAND", _("Demand organisation")


SPENDERS = (MemberRole.LEAD, MemberRole.PARTNER, MemberRole.CONTRACTED)
"""Who has a budget and files expenses."""


class Source(TextChoices):
    """Where an expense comes from."""

    FORM = "FORM", _("Form")
    CARD = "CARD", _("Card file")
    BANK = "BANK", _("Bank file")
    INVOICE = "INVOICE", _("Tax invoices")


class Decision(TextChoices):
    """What was decided of an expense that a rule speaks against."""

    ALLOWED = "ALLOWED", pgettext_lazy("expense", "Allowed")
    DISALLOWED = "DISALLOWED", _("Disallowed")


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
