"""Expenses (집행) with their evidence, and the time of people."""

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from dure.apps.people.models import User
from dure.apps.projects.kinds import Decision, Source
from dure.apps.projects.models.project import MOST_WON, KeptFile, Member, Project
from dure.foundation import programmes
from dure.foundation.history import track
from dure.foundation.pictures import is_picture


def _choices(group: str) -> list[tuple[str, str]]:
    return [(word, programmes.name(group, word, get_language())) for word in programmes.ids(group)]


def means_of_payment() -> list[tuple[str, str]]:
    """How something can be paid, in the reader's language."""
    return _choices("paid_by")


def relations_to_payees() -> list[tuple[str, str]]:
    """What a payee can be to the firm."""
    return _choices("payee")


def kinds_of_evidence() -> list[tuple[str, str]]:
    """What evidence can be."""
    return _choices("evidence")


@track()
class Expense(models.Model):
    """Money that an organisation spent for a project, or put in in kind.

    `answers` are those to the questions of the rules; `row_key` is the same for one row of a
    statement however often it is taken in; `expected` is what the rules disallow as far as is
    known, by `broken` of them. `shown_elsewhere` is the kind of evidence that its source keeps, such
    as the tax invoice with Hometax.
    """

    project = models.ForeignKey(Project, models.CASCADE, related_name="expenses")
    member = models.ForeignKey(
        Member, models.PROTECT, related_name="expenses", verbose_name=_("Organisation")
    )
    line = models.CharField(_("Budget line"), max_length=60, blank=True)
    purpose = models.CharField(_("Purpose"), max_length=60, blank=True)
    spent_on = models.DateField(_("Day"))
    spent_at = models.TimeField(_("Time of day"), null=True, blank=True)
    amount = models.BigIntegerField(_("Amount with VAT (won)"))
    vat = models.BigIntegerField(_("VAT in it (won)"), null=True, blank=True)
    payee = models.CharField(_("Payee"), max_length=200)
    payee_number = models.CharField(_("Business number of the payee"), max_length=20, blank=True)
    relation = models.CharField(_("Who the payee is"), max_length=30, default="other")
    paid_by = models.CharField(_("Paid by"), max_length=20, default="project_card")
    what = models.CharField(_("For what"), max_length=200, blank=True)
    shop = models.CharField(_("Kind of shop"), max_length=100, blank=True)
    number = models.CharField(_("Approval number"), max_length=60, blank=True)
    answers = models.JSONField(default=dict, blank=True)
    source = models.CharField(_("From"), max_length=10, choices=Source, default=Source.FORM)
    shown_elsewhere = models.CharField(_("Evidence kept by the source"), max_length=30, blank=True)
    row_key = models.CharField(max_length=100)
    expected = models.BigIntegerField(_("Will be disallowed (won)"), default=0)
    broken = ArrayField(models.CharField(max_length=60), default=list, blank=True)
    justification = models.TextField(_("Justification"), max_length=2000, blank=True)
    decision = models.CharField(_("Decision"), max_length=12, choices=Decision, blank=True)
    decision_note = models.TextField(_("Reason"), max_length=2000, blank=True)
    disallowed = models.BigIntegerField(_("Disallowed (won)"), default=0)
    decided_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")
    decided_at = models.DateTimeField(_("Decided"), null=True)
    created_by = models.ForeignKey(User, models.PROTECT, related_name="+")
    created_at = models.DateTimeField(_("Filed"))

    class Meta:
        verbose_name = _("expense")
        ordering = ["-spent_on", "-pk"]
        indexes = [models.Index(fields=["project", "spent_on"], name="expense_by_day")]
        constraints = [
            models.UniqueConstraint(fields=["project", "row_key"], name="expense_once"),
            models.CheckConstraint(
                condition=Q(amount__range=(1, MOST_WON))
                & (Q(vat__isnull=True) | Q(vat__gte=0, vat__lte=models.F("amount"))),
                name="expense_is_money",
            ),
            models.CheckConstraint(
                condition=Q(disallowed__gte=0, disallowed__lte=models.F("amount"))
                & Q(expected__gte=0, expected__lte=models.F("amount")),
                name="expense_disallowed_is_a_part",
            ),
            models.CheckConstraint(
                condition=Q(decision="", decided_at__isnull=True)
                | ~Q(decision="") & Q(decided_at__isnull=False),
                name="expense_decision_has_a_time",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.payee} {self.amount:,}"

    @property
    def subject(self) -> str:
        """How the ledger names it as a cause."""
        return f"expense:{self.pk}"

    def get_absolute_url(self) -> str:
        """The expense's own page."""
        return reverse("projects:expense", args=[self.pk])

    @property
    def evidence_kinds(self) -> list[str]:
        """The kinds of evidence that there are: of its files, and what the source keeps."""
        kinds = [evidence.kind for evidence in self.evidence.all()] if self.pk else []
        return [*kinds, self.shown_elsewhere] if self.shown_elsewhere else kinds

    @property
    def is_in_kind(self) -> bool:
        """True for what was put in and not paid."""
        return self.paid_by == "in_kind"


@track()
class Evidence(KeptFile):
    """A file that shows an expense: a photo, a slip, a contract."""

    expense = models.ForeignKey(Expense, models.CASCADE, related_name="evidence")
    kind = models.CharField(_("Kind of evidence"), max_length=30)

    class Meta:
        verbose_name = _("evidence")
        ordering = ["pk"]

    @property
    def is_picture(self) -> bool:
        """True for a photo, which the page shows."""
        return is_picture(self.name)


@track()
class Participation(models.Model):
    """The share of a person's time in a month; over all projects at most 100 % (인건비계상률).

    `researcher` is the number under which a person is registered, the same in every project.
    """

    member = models.ForeignKey(
        Member, models.CASCADE, related_name="participations", verbose_name=_("Organisation")
    )
    researcher = models.CharField(_("Researcher's number"), max_length=30)
    name = models.CharField(_("Name"), max_length=100)
    month = models.DateField(_("Month"))
    percent = models.PositiveSmallIntegerField(_("Share in percent"))
    month_pay = models.BigIntegerField(_("Pay of the month (won)"), default=0)

    class Meta:
        verbose_name = _("participation")
        ordering = ["-month", "name"]
        indexes = [models.Index(fields=["researcher", "month"], name="participation_by_person")]
        constraints = [
            models.UniqueConstraint(
                fields=["member", "researcher", "month"], name="participation_once"
            ),
            models.CheckConstraint(
                condition=Q(percent__range=(1, 100), month__day=1, month_pay__range=(0, MOST_WON)),
                name="participation_is_a_share_of_a_month",
            ),
        ]

    def __str__(self) -> str:
        return f"#{self.pk} {self.month}"
