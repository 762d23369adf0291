"""What federations ask of the ministry and want to do together, until it is answered."""

from django.db import models
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from dure.apps.groups.kinds import Answer, ProposalKind
from dure.apps.groups.models.bodies import Group
from dure.apps.groups.stages import ProposalStage
from dure.apps.people.models import User
from dure.foundation.history import track


@track()
class Proposal(models.Model):
    """A policy request or joint project of a federation: who owns it, until when, its answer."""

    group = models.ForeignKey(Group, models.CASCADE, related_name="proposals")
    kind = models.CharField(_("Kind"), max_length=20, choices=ProposalKind)
    title = models.CharField(_("Title"), max_length=200)
    text = models.TextField(_("What it is about"), max_length=5000)
    may_publish = models.BooleanField(_("May be published with its answer"), default=False)
    stage = models.CharField(
        _("Status"), max_length=20, choices=ProposalStage, default=ProposalStage.RAISED
    )
    owner = models.ForeignKey(
        User, models.PROTECT, null=True, related_name="+",
        verbose_name=pgettext_lazy("proposal", "Owner"),
    )  # fmt: skip
    due_on = models.DateField(_("Answer by"), null=True)
    outcome = models.CharField(_("Outcome"), max_length=20, choices=Answer, blank=True)
    answer = models.TextField(_("Answer"), max_length=5000, blank=True)
    answered_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")
    answered_at = models.DateTimeField(_("Answered"), null=True)
    raised_by = models.ForeignKey(User, models.PROTECT, related_name="+")
    raised_at = models.DateTimeField(_("Raised"))

    class Meta:
        verbose_name = _("proposal of a federation")
        ordering = ["-raised_at", "-pk"]

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        """The page of the proposal."""
        return reverse("groups:proposal", args=[self.pk])
