"""Operators (운영사) of programmes: called for, appointed for a term, ranked every year."""

from django.db import models
from django.db.models import F, Q
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from dure.apps.operators.stages import ApplicationStage, CallStage, RankingStage
from dure.apps.people.models import Organisation, User
from dure.apps.programmes.models import Programme
from dure.foundation.history import track


@track()
class OperatorCall(models.Model):
    """A call for operators of a programme; `rule` is the text of the rule that will rank them."""

    programme = models.ForeignKey(Programme, models.PROTECT, related_name="operator_calls")
    name = models.CharField(_("Name"), max_length=200)
    name_en = models.CharField(_("Name in English"), max_length=200, blank=True)
    text = models.TextField(_("What operators do"), max_length=5000)
    places = models.PositiveSmallIntegerField(_("Operators"))
    closes_at = models.DateTimeField(_("Apply until"))
    rule = models.TextField(_("Rule"))
    stage = models.CharField(_("Status"), max_length=10, choices=CallStage, default=CallStage.OPEN)
    opened_by = models.ForeignKey(User, models.PROTECT, related_name="+")
    opened_at = models.DateTimeField(_("Opened"))

    class Meta:
        verbose_name = _("call for operators")
        ordering = ["-opened_at", "-pk"]
        constraints = [
            models.CheckConstraint(condition=Q(places__gt=0), name="operator_call_has_places")
        ]

    def __str__(self) -> str:
        return self.name_en if self.name_en and get_language() == "en" else self.name


@track()
class OperatorApplication(models.Model):
    """An organisation that wants to be an operator, and what was decided."""

    call = models.ForeignKey(OperatorCall, models.CASCADE, related_name="applications")
    organisation = models.ForeignKey(
        Organisation, models.PROTECT, related_name="operator_applications"
    )
    plan = models.TextField(_("How you would find and support firms"), max_length=5000)
    stage = models.CharField(
        _("Status"), max_length=10, choices=ApplicationStage, default=ApplicationStage.APPLIED
    )
    reason = models.TextField(_("Reason"), max_length=2000, blank=True)
    applied_by = models.ForeignKey(User, models.PROTECT, related_name="+")
    applied_at = models.DateTimeField(_("Applied"))
    decided_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")
    decided_at = models.DateTimeField(_("Decided"), null=True)

    class Meta:
        verbose_name = _("application of an operator")
        ordering = ["applied_at", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["call", "organisation"],
                condition=~Q(stage=ApplicationStage.WITHDRAWN),
                name="one_operator_application",
            ),
            models.CheckConstraint(
                condition=~Q(stage=ApplicationStage.REJECTED) | ~Q(reason=""),
                name="operator_rejected_with_a_reason",
            ),
        ]

    def __str__(self) -> str:
        return str(self.organisation)


@track()
class Operator(models.Model):
    """A term of an organisation as an operator of a programme, first and last day included."""

    programme = models.ForeignKey(Programme, models.PROTECT, related_name="operators")
    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="operator_terms")
    application = models.OneToOneField(
        OperatorApplication, models.PROTECT, related_name="term", verbose_name=_("Application")
    )
    starts_on = models.DateField(_("From"))
    ends_on = models.DateField(_("To"))
    reminded_days = models.PositiveSmallIntegerField(_("Reminded, days before"), null=True)

    class Meta:
        verbose_name = _("operator")
        ordering = ["organisation__name", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(ends_on__gte=F("starts_on")), name="operator_ends_after_start"
            )
        ]

    def __str__(self) -> str:
        return str(self.organisation)


@track()
class Ranking(models.Model):
    """The operators of a programme by the results of a year, and their places of the next.

    `results` are figures by id of an operator and of a measure; `rule` the text that ranked them.
    """

    programme = models.ForeignKey(Programme, models.PROTECT, related_name="rankings")
    year = models.PositiveSmallIntegerField(_("Year"))
    places = models.PositiveIntegerField(_("Places of the next year"))
    rule = models.TextField(_("Rule"))
    results = models.JSONField(_("Results of the year"))
    stage = models.CharField(
        _("Status"), max_length=10, choices=RankingStage, default=RankingStage.DRAFT
    )
    prepared_by = models.ForeignKey(User, models.PROTECT, related_name="+")
    prepared_at = models.DateTimeField(_("Prepared"))
    released_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")
    released_at = models.DateTimeField(_("In force since"), null=True)

    class Meta:
        verbose_name = _("ranking of operators")
        ordering = ["-year"]
        constraints = [
            models.UniqueConstraint(fields=["programme", "year"], name="one_ranking_a_year"),
            models.CheckConstraint(
                condition=~Q(stage=RankingStage.IN_FORCE)
                | Q(released_by__isnull=False) & ~Q(released_by=F("prepared_by")),
                name="ranking_by_two_officers",
            ),
        ]

    def __str__(self) -> str:
        return f"#{self.pk} {self.year}"
