"""A request for support: what is asked, who owns it, until when, what came of it."""

from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from dure.apps.groups.models import Group
from dure.apps.people.models import Organisation, User
from dure.apps.support.kinds import AskedAs, Service, Step, services
from dure.foundation.history import track, untracked


@track()
class Body(models.Model):
    """An organisation that answers requests of a service, in its region or everywhere."""

    service = models.CharField(_("Service"), max_length=40)
    organisation = models.ForeignKey(
        Organisation,
        models.PROTECT,
        related_name="answers_services",
        verbose_name=pgettext_lazy("support", "Body"),
    )
    region = models.CharField(_("Region"), max_length=20, blank=True)
    ended_on = models.DateField(_("Ended"), null=True, blank=True)

    class Meta:
        verbose_name = _("body that answers")
        ordering = ["service", "region", "organisation__name"]
        constraints = [
            models.UniqueConstraint(
                fields=["service", "region"], condition=Q(ended_on=None),
                name="one_body_for_a_service_in_a_region",
            )
        ]  # fmt: skip

    def __str__(self) -> str:
        return str(self.organisation)


@track()
class SupportRequest(models.Model):
    """A request; `service` is the id of a file, `step` one of its steps, `values` its fields by ids.

    `edition_from` is the first day of the terms that hold for it. `due_on` is the last day of the
    present step. `asked_as` says in which capacity `asked_by` spoke for the firm.
    """

    service = models.CharField(_("Service"), max_length=40)
    edition_from = models.DateField(_("Terms of"), null=True)
    organisation = models.ForeignKey(
        Organisation, models.PROTECT, related_name="support_requests", verbose_name=_("Firm")
    )
    title = models.CharField(_("In one line"), max_length=150)
    values = models.JSONField(default=dict, blank=True)
    asked_by = models.ForeignKey(User, models.PROTECT, related_name="+", verbose_name=_("Asked by"))
    asked_at = models.DateTimeField(_("Asked"))
    asked_as = models.CharField(
        pgettext_lazy("support", "Asked in the name of"),
        max_length=12,
        choices=AskedAs,
        default=AskedAs.SELF,
    )
    group = models.ForeignKey(
        Group,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="support_requests",
        verbose_name=_("Exchange group"),
    )
    body = models.ForeignKey(
        Organisation,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="answered_requests",
        verbose_name=pgettext_lazy("support", "Body"),
    )
    owner = models.ForeignKey(
        User,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="owned_requests",
        verbose_name=pgettext_lazy("support", "Owner"),
    )
    owned_at = models.DateTimeField(_("Taken on"), null=True)
    step = models.CharField(_("Status"), max_length=40)
    step_since = models.DateTimeField(_("Since"))
    due_on = models.DateField(_("Due"), null=True)
    warned_of = models.DateField(null=True, editable=False)
    counterpart = models.ForeignKey(
        Organisation,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("Other side"),
    )
    counterpart_name = models.CharField(_("Other side, by name"), max_length=200, blank=True)
    served_at = models.DateTimeField(_("Shown to the other side"), null=True)
    outcome = models.CharField(
        pgettext_lazy("support", "What came of it"), max_length=40, blank=True
    )
    outcome_note = models.TextField(_("In words"), max_length=2000, blank=True)
    closed_at = models.DateTimeField(_("Closed"), null=True)
    satisfaction = models.PositiveSmallIntegerField(_("Satisfaction"), null=True)
    satisfaction_note = models.TextField(_("Remark"), max_length=1000, blank=True)

    class Meta:
        verbose_name = _("request for support")
        verbose_name_plural = _("requests for support")
        ordering = ["-asked_at", "-pk"]
        indexes = [
            models.Index(fields=["service", "step"], name="support_by_step"),
            models.Index(
                fields=["due_on"], condition=Q(closed_at=None), name="support_open_by_due"
            ),
        ]
        constraints = [
            models.CheckConstraint(
                condition=Q(owner__isnull=True, owned_at__isnull=True)
                | Q(owner__isnull=False, owned_at__isnull=False),
                name="support_owned_since",
            ),
            models.CheckConstraint(
                condition=Q(closed_at__isnull=True, outcome="")
                | Q(closed_at__isnull=False) & ~Q(outcome=""),
                name="support_closed_with_an_outcome",
            ),
            models.CheckConstraint(
                condition=Q(group__isnull=True) | ~Q(asked_as=AskedAs.SELF),
                name="support_group_acts_for_a_member",
            ),
            models.CheckConstraint(
                condition=Q(counterpart__isnull=True) | ~Q(counterpart=F("organisation")),
                name="support_other_side_is_another",
            ),
            models.CheckConstraint(
                condition=Q(satisfaction__isnull=True)
                | Q(satisfaction__range=(1, 5), closed_at__isnull=False),
                name="support_satisfaction_one_to_five",
            ),
        ]  # fmt: skip

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        """The request's own page."""
        return reverse("support:request", args=[self.pk])

    @property
    def file(self) -> Service:
        """The service as its file says."""
        return services()[self.service]

    @property
    def step_file(self) -> Step:
        """Its step as the file says."""
        return self.file.step(self.step)

    @property
    def other_side(self) -> str:
        """Who is on the other side, known here or only by name."""
        return str(self.counterpart or self.counterpart_name)


@untracked("Personal data that is erased when the request has been closed for long; no history.")
class PersonalValues(models.Model):
    """The fields of a request that speak of a person, by their ids; erased after their term."""

    request = models.OneToOneField(SupportRequest, models.CASCADE, related_name="personal")
    values = models.JSONField(default=dict)

    class Meta:
        verbose_name = _("personal details of a request")

    def __str__(self) -> str:
        return f"#{self.request_id}"


@untracked("Written once and never changed: the steps are themselves a history.")
class StepTaken(models.Model):
    """That a request came to a step, changed hands, or got another day."""

    class What(models.TextChoices):
        STEP = "STEP", pgettext_lazy("support", "Step")
        OWNER = "OWNER", _("Changed hands")
        DUE = "DUE", _("Other day")

    request = models.ForeignKey(SupportRequest, models.CASCADE, related_name="steps")
    what = models.CharField(max_length=5, choices=What, default=What.STEP)
    step = models.CharField(_("Status"), max_length=40)
    due_on = models.DateField(_("Due"), null=True)
    owner = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")
    note = models.TextField(_("Note"), max_length=1000, blank=True)
    by = models.ForeignKey(User, models.PROTECT, related_name="+")
    at = models.DateTimeField(_("When"))

    class Meta:
        verbose_name = _("step of a request")
        ordering = ["at", "pk"]

    def __str__(self) -> str:
        return f"#{self.request_id} {self.step}"
