"""Settlement (정산): marked rows, what goes on to the next stage, objections, what has to come back."""

from datetime import date

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from dure.apps.people.models import Organisation, User
from dure.apps.projects.kinds import ObjectionDecision, RecoveryCause, WhySampled
from dure.apps.projects.models.project import MOST_WON, Member, Project
from dure.apps.projects.models.spending import Expense
from dure.apps.projects.stages import MarkStage, RecoveryStage
from dure.foundation.history import track, untracked


@track()
class Settlement(models.Model):
    """The settlement of a stage (단계 정산), or of what is left at the end of a project.

    It is of what was spent from `begins_on` to `ends_on`; None: from the start, or until the end.
    `result` is the algebra with its steps once it is concluded.
    """

    project = models.ForeignKey(Project, models.CASCADE, related_name="settlements")
    of_stage = models.PositiveSmallIntegerField(_("Stage"), default=0)
    begins_on = models.DateField(_("From"), null=True)
    ends_on = models.DateField(_("To"), null=True)
    opened_by = models.ForeignKey(User, models.PROTECT, related_name="+")
    opened_at = models.DateTimeField(_("Opened"))
    due_on = models.DateField(_("Due"))
    is_sampled = models.BooleanField(_("By sample"), default=False)
    seed = models.CharField(_("Seed of the sample"), max_length=64, blank=True)
    why_whole = models.TextField(_("Why every row is examined"), max_length=2000, blank=True)
    disallowed_in_kind = models.BigIntegerField(_("Disallowed in kind (won)"), default=0)
    result = models.JSONField(default=dict, blank=True)
    concluded_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")
    concluded_at = models.DateTimeField(_("Concluded"), null=True)

    class Meta:
        verbose_name = _("settlement")
        ordering = ["opened_at", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["project", "of_stage"], name="stage_is_settled_once"),
            models.UniqueConstraint(
                fields=["project"], condition=Q(concluded_at=None), name="one_settlement_in_work"
            ),
        ]

    def __str__(self) -> str:
        return f"#{self.pk} of {self.project_id}"

    def covers(self, day: date) -> bool:
        """True where what was spent on a day is settled here."""
        is_begun = self.begins_on is None or day >= self.begins_on
        return is_begun and (self.ends_on is None or day <= self.ends_on)

    @property
    def subject(self) -> str:
        """How the ledger names it as a cause."""
        return f"settlement:{self.pk}"


@untracked("It is drawn once and never changes; the settlement keeps the seed that gives it again.")
class SampledRow(models.Model):
    """A row that is examined where a small project is settled by sample, and why this one."""

    settlement = models.ForeignKey(Settlement, models.CASCADE, related_name="sample")
    expense = models.ForeignKey(Expense, models.CASCADE, related_name="+")
    why = models.CharField(_("Why this row"), max_length=8, choices=WhySampled)

    class Meta:
        verbose_name = _("row of a sample")
        constraints = [
            models.UniqueConstraint(fields=["settlement", "expense"], name="row_is_sampled_once")
        ]

    def __str__(self) -> str:
        return f"#{self.expense_id} {self.why}"


@track()
class Mark(models.Model):
    """A row that the accounting firm asks about; `revision` counts what was said, so that two who
    answer at once do not answer twice."""

    settlement = models.ForeignKey(Settlement, models.CASCADE, related_name="marks")
    expense = models.ForeignKey(Expense, models.PROTECT, related_name="marks")
    amount = models.BigIntegerField(_("Amount in question (won)"))
    question = models.TextField(_("Question"), max_length=2000)
    answer = models.TextField(_("Answer"), max_length=2000, blank=True)
    note = models.TextField(_("Reason"), max_length=2000, blank=True)
    stage = models.CharField(_("Status"), max_length=10, choices=MarkStage, default=MarkStage.OPEN)
    due_on = models.DateField(_("Due"))
    revision = models.PositiveIntegerField(default=0)
    marked_by = models.ForeignKey(User, models.PROTECT, related_name="+")
    marked_at = models.DateTimeField(_("Marked"))
    answered_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")
    answered_at = models.DateTimeField(_("Answered"), null=True)
    decided_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")
    decided_at = models.DateTimeField(_("Decided"), null=True)

    class Meta:
        verbose_name = _("marked row")
        ordering = ["due_on", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["settlement", "expense"], name="row_is_marked_once"),
            models.CheckConstraint(
                condition=Q(amount__range=(1, MOST_WON)), name="mark_is_about_money"
            ),
        ]

    def __str__(self) -> str:
        return f"#{self.pk} of {self.settlement_id}"


@track()
class Recovery(models.Model):
    """Money that has to come back to the government, with its notice and its term."""

    project = models.ForeignKey(Project, models.CASCADE, related_name="recoveries")
    organisation = models.ForeignKey(
        Organisation, models.PROTECT, related_name="recoveries", verbose_name=_("Who pays")
    )
    cause = models.CharField(_("Cause"), max_length=12, choices=RecoveryCause)
    amount = models.BigIntegerField(_("Amount (won)"))
    notified_on = models.DateField(_("Notified"))
    due_on = models.DateField(_("Due"))
    stage = models.CharField(
        _("Status"), max_length=12, choices=RecoveryStage, default=RecoveryStage.NOTIFIED
    )
    deferrals = models.PositiveSmallIntegerField(_("Times deferred"), default=0)
    of_stage = models.PositiveSmallIntegerField(_("Stage"), default=0)
    interest_on = models.OneToOneField(
        "self", models.PROTECT, null=True, related_name="interest", verbose_name=_("Interest on")
    )
    note = models.TextField(_("Note"), max_length=2000, blank=True)

    class Meta:
        verbose_name = _("recovery")
        verbose_name_plural = _("recoveries")
        ordering = ["due_on", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["project", "cause", "of_stage"],
                condition=Q(interest_on=None),
                name="recovery_of_a_cause_once",
            ),
            models.CheckConstraint(
                condition=Q(amount__range=(0, MOST_WON), due_on__gte=models.F("notified_on")),
                name="recovery_is_money_with_a_term",
            ),
        ]

    def __str__(self) -> str:
        return f"#{self.pk} {self.amount:,}"

    @property
    def subject(self) -> str:
        """How the ledger names it as a cause."""
        return f"recovery:{self.pk}"

    @property
    def paid(self) -> int:
        """What has come back so far, in won."""
        return sum(payment.amount for payment in self.payments.all())

    @property
    def open(self) -> int:
        """What is still to come, in won."""
        return max(self.amount - self.paid, 0)

    def age(self, on: date) -> int:
        """Days since it was due; 0 before that and where nothing is open."""
        return max((on - self.due_on).days, 0) if self.open else 0


@track()
class Instalment(models.Model):
    """A part of a recovery that is due on a day of its own."""

    recovery = models.ForeignKey(Recovery, models.CASCADE, related_name="instalments")
    due_on = models.DateField(_("Due"))
    amount = models.BigIntegerField(_("Amount (won)"))

    class Meta:
        verbose_name = _("instalment")
        ordering = ["due_on", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["recovery", "due_on"], name="instalment_of_a_day_once"),
            models.CheckConstraint(condition=Q(amount__gt=0), name="recovery_instalment_is_money"),
        ]

    def __str__(self) -> str:
        return f"#{self.pk} {self.due_on}"


class SentOnce(models.Model):
    """Money that came in; `key` is the form's own, so that one sent twice counts once."""

    paid_on = models.DateField(_("Paid"))
    amount = models.BigIntegerField(_("Amount (won)"))
    key = models.CharField(max_length=64, unique=True)
    entered_by = models.ForeignKey(User, models.PROTECT, related_name="+")
    entered_at = models.DateTimeField(_("Entered"))

    class Meta:
        abstract = True
        ordering = ["paid_on", "pk"]

    def __str__(self) -> str:
        return f"#{self.pk} {self.paid_on}"


@track()
class Payment(SentOnce):
    """Money that came back."""

    recovery = models.ForeignKey(Recovery, models.PROTECT, related_name="payments")

    class Meta(SentOnce.Meta):
        verbose_name = _("payment")
        constraints = [models.CheckConstraint(condition=Q(amount__gt=0), name="payment_is_money")]

    @property
    def subject(self) -> str:
        """How the ledger names it as a cause."""
        return f"repayment:{self.pk}"


@track()
class CarryOver(models.Model):
    """What of a line an organisation wants to take from one stage into the next (이월), and how much
    of it was allowed. Only direct cash can go on, with prior approval (STD 73-74)."""

    member = models.ForeignKey(Member, models.CASCADE, related_name="carry_overs")
    ends_on = models.DateField(_("Last day of the stage"))
    line = models.CharField(_("Budget line"), max_length=60)
    amount = models.BigIntegerField(_("Amount (won)"))
    reason = models.TextField(_("Reason"), max_length=2000)
    asked_by = models.ForeignKey(User, models.PROTECT, related_name="+")
    asked_at = models.DateTimeField(_("Asked"))
    due_on = models.DateField(_("Answer by"))
    allowed = models.BigIntegerField(_("Allowed (won)"), null=True)
    note = models.TextField(_("Reason of the decision"), max_length=2000, blank=True)
    decided_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")
    decided_at = models.DateTimeField(_("Decided"), null=True)

    class Meta:
        verbose_name = _("carry-over")
        ordering = ["ends_on", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["member", "ends_on", "line"], name="line_is_carried_over_once"
            ),
            models.CheckConstraint(
                condition=Q(amount__range=(1, MOST_WON))
                & (Q(allowed=None) | Q(allowed__range=(0, models.F("amount")))),
                name="carry_over_is_money",
            ),
        ]

    def __str__(self) -> str:
        return f"#{self.pk} {self.line}"


@track()
class Objection(models.Model):
    """An objection to a settlement (이의신청), once, in time; heard by three or more, one of them an
    accountant (STD 84)."""

    settlement = models.OneToOneField(Settlement, models.CASCADE, related_name="objection")
    grounds = models.TextField(_("Grounds"), max_length=5000)
    raised_by = models.ForeignKey(User, models.PROTECT, related_name="+")
    raised_at = models.DateTimeField(_("Raised"))
    panel = ArrayField(
        models.CharField(max_length=100),
        default=list,
        blank=True,
        verbose_name=_("Who heard the objection"),
    )
    accountant = models.CharField(_("Accountant of the panel"), max_length=100, blank=True)
    decision = models.CharField(_("Decision"), max_length=8, choices=ObjectionDecision, blank=True)
    note = models.TextField(_("Reasons of the panel"), max_length=5000, blank=True)
    before = models.JSONField(default=dict, blank=True)
    decided_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")
    decided_at = models.DateTimeField(_("Decided"), null=True)

    class Meta:
        verbose_name = _("objection to a settlement")
        ordering = ["raised_at", "pk"]

    def __str__(self) -> str:
        return f"#{self.pk} to {self.settlement_id}"


@track()
class SampleDraw(models.Model):
    """Which of the small projects that ended in a month are settled row by row (표본 정산, STD 80)."""

    month = models.DateField(_("Month"), unique=True)
    percent = models.PositiveSmallIntegerField(_("Share in percent"))
    seed = models.CharField(_("Seed of the sample"), max_length=64)
    drawn_by = models.ForeignKey(User, models.PROTECT, related_name="+")
    drawn_at = models.DateTimeField(_("Drawn"))

    class Meta:
        verbose_name = _("draw of small projects")
        ordering = ["-month"]
        constraints = [models.CheckConstraint(condition=Q(month__day=1), name="draw_is_of_a_month")]

    def __str__(self) -> str:
        return f"{self.month:%Y-%m}"


@untracked("It is drawn once and never changes; the draw keeps the seed that gives it again.")
class DrawnProject(models.Model):
    """A small project at a draw; `why` is empty where it is settled as declared."""

    draw = models.ForeignKey(SampleDraw, models.CASCADE, related_name="projects")
    project = models.OneToOneField(Project, models.CASCADE, related_name="drawn")
    why = models.CharField(_("Why this project"), max_length=8, choices=WhySampled, blank=True)

    class Meta:
        verbose_name = _("project at a draw")
        ordering = ["project__number"]

    def __str__(self) -> str:
        return f"#{self.project_id} {self.why}"
