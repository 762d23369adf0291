"""Pools of experts by field: invitations, exchange programmes, tasks found and what they led to."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from dure.apps.people.models import Organisation, User
from dure.apps.support.models.profiles import Profile
from dure.apps.support.models.requests import SupportRequest
from dure.foundation.history import track


@track()
class ExchangeProgramme(models.Model):
    """A meeting of experts of a pool with firms, out of which tasks are found."""

    pool = models.CharField(pgettext_lazy("experts", "Pool"), max_length=40)
    title = models.CharField(_("Title"), max_length=200)
    on = models.DateField(_("Day"))
    place = models.CharField(_("Place"), max_length=200, blank=True)
    host = models.ForeignKey(
        Organisation, models.PROTECT, null=True, blank=True, related_name="+",
        verbose_name=pgettext_lazy("exchange programme", "Host"),
    )  # fmt: skip
    by = models.ForeignKey(User, models.PROTECT, related_name="+")
    at = models.DateTimeField(_("Entered"))

    class Meta:
        verbose_name = _("exchange programme")
        ordering = ["-on", "-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["pool", "title", "on"], name="support_exchange_programme_once"
            )
        ]

    def __str__(self) -> str:
        return self.title


@track()
class Invitation(models.Model):
    """That an expert was invited into a pool or to an exchange programme, and what they said."""

    class Answer(models.TextChoices):
        OPEN = "OPEN", pgettext_lazy("invitation", "No answer yet")
        ACCEPTED = "ACCEPTED", pgettext_lazy("invitation", "Accepted")
        DECLINED = "DECLINED", pgettext_lazy("invitation", "Declined")

    profile = models.ForeignKey(Profile, models.CASCADE, related_name="invitations")
    programme = models.ForeignKey(
        ExchangeProgramme, models.CASCADE, null=True, blank=True, related_name="invitations"
    )
    invited_on = models.DateField(_("Invited"))
    answer = models.CharField(_("Answer"), max_length=10, choices=Answer, default=Answer.OPEN)
    answered_on = models.DateField(_("Answered"), null=True)
    by = models.ForeignKey(User, models.PROTECT, related_name="+")

    class Meta:
        verbose_name = _("invitation of an expert")
        ordering = ["-invited_on", "-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["profile", "programme"], nulls_distinct=False,
                name="support_expert_invited_once",
            ),
            models.CheckConstraint(
                condition=Q(answer="OPEN", answered_on__isnull=True)
                | ~Q(answer="OPEN") & Q(answered_on__isnull=False),
                name="support_invitation_answered_on_a_day",
            ),
        ]  # fmt: skip

    def __str__(self) -> str:
        return f"#{self.profile_id} {self.invited_on}"


@track()
class Task(models.Model):
    """A task that an exchange programme found; linked to support once a request came of it."""

    programme = models.ForeignKey(ExchangeProgramme, models.PROTECT, related_name="tasks")
    expert = models.ForeignKey(
        Profile,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="tasks",
        verbose_name=_("Expert"),
    )
    organisation = models.ForeignKey(
        Organisation,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="support_tasks",
        verbose_name=_("Firm"),
    )
    title = models.CharField(_("Title"), max_length=200)
    text = models.TextField(_("In a few sentences"), max_length=3000, blank=True)
    found_on = models.DateField(_("Found"))
    request = models.ForeignKey(
        SupportRequest,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="tasks",
        verbose_name=_("Request"),
    )
    linked_to = models.CharField(_("Other support"), max_length=200, blank=True)
    linked_on = models.DateField(_("Linked"), null=True)
    by = models.ForeignKey(User, models.PROTECT, related_name="+")
    at = models.DateTimeField(_("Entered"))

    class Meta:
        verbose_name = _("task found")
        ordering = ["-found_on", "-pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(linked_on__isnull=True, request__isnull=True, linked_to="")
                | Q(linked_on__isnull=False) & (Q(request__isnull=False) | ~Q(linked_to="")),
                name="support_task_linked_to_something",
            )
        ]

    def __str__(self) -> str:
        return self.title
