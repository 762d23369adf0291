"""Win-win models: their versions, who may read them, what was said of them, what came of them."""

from typing import Any

from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils.timezone import localdate
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from dure.apps.councils.kinds import Council, Origin, Stance, councils
from dure.apps.councils.stages import FollowUpStage, ModelStage
from dure.apps.ndas.models import Nda
from dure.apps.people.models import Organisation, User
from dure.apps.projects.models import Project
from dure.foundation.history import track


@track()
class WinWinModel(models.Model):
    """What a large firm and small firms want to do together, and what support they ask for.

    Secret until its firms open it: its firms, the secretary, and, once they have promised secrecy,
    members of the council and named experts read it. `nda` is the agreement between the firms, `mou`
    names their memorandum.
    """

    council = models.CharField(_("Council"), max_length=40)
    title = models.CharField(_("Title"), max_length=200)
    origin = models.CharField(
        pgettext_lazy("model", "Found by"), max_length=20, choices=Origin, default=Origin.FIRMS
    )
    large_firm = models.ForeignKey(
        Organisation, models.PROTECT, related_name="models_as_large", verbose_name=_("Large firm")
    )
    small_firm = models.ForeignKey(
        Organisation, models.PROTECT, related_name="models_as_small", verbose_name=_("Small firm")
    )
    nda = models.ForeignKey(
        Nda, models.PROTECT, null=True, blank=True, related_name="models",
        verbose_name=_("Non-disclosure agreement"),
    )  # fmt: skip
    mou = models.CharField(_("Memorandum of the firms"), max_length=200, blank=True)
    grant_won = models.PositiveBigIntegerField(_("Grant of the study group"), default=0)
    report = models.TextField(_("Report of the study group"), max_length=5000, blank=True)
    is_secret = models.BooleanField(_("Secret"), default=True)
    stage = models.CharField(
        _("Status"), max_length=20, choices=ModelStage, default=ModelStage.DRAFT
    )
    conditions = models.TextField(_("Conditions"), max_length=3000, blank=True)
    decided_on = models.DateField(_("Decided by the committee"), null=True, blank=True)
    decision = models.CharField(_("Decision of the committee"), max_length=300, blank=True)
    created_by = models.ForeignKey(User, models.PROTECT, related_name="+")
    created_at = models.DateTimeField(_("Entered"))

    class Meta:
        verbose_name = _("win-win model")
        ordering = ["-created_at", "-pk"]
        constraints = [
            models.CheckConstraint(
                condition=~Q(large_firm=F("small_firm")), name="model_of_two_firms"
            )
        ]

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        """The page of the model."""
        return reverse("councils:model", args=[self.pk])

    @property
    def number(self) -> str:
        """By which it is named where its title is secret."""
        return f"{localdate(self.created_at).year}-{self.pk:03d}"

    @property
    def file(self) -> Council:
        """The council as its file says."""
        return councils()[self.council]


@track()
class Version(models.Model):
    """The text of a model, section by section of the council's file; never changed."""

    model = models.ForeignKey(WinWinModel, models.CASCADE, related_name="versions")
    number = models.PositiveSmallIntegerField(_("Version"))
    sections: Any = models.JSONField(_("Text"))
    note = models.CharField(_("What changed"), max_length=300, blank=True)
    by = models.ForeignKey(User, models.PROTECT, related_name="+")
    at = models.DateTimeField(_("Written"))

    class Meta:
        verbose_name = _("version of a model")
        ordering = ["number"]
        constraints = [
            models.UniqueConstraint(fields=["model", "number"], name="model_version_once")
        ]

    def __str__(self) -> str:
        return f"#{self.model_id} v{self.number}"


@track()
class Expert(models.Model):
    """Somebody outside the council who may read one model."""

    model = models.ForeignKey(WinWinModel, models.CASCADE, related_name="experts")
    user = models.ForeignKey(User, models.PROTECT, related_name="+", verbose_name=_("Person"))
    named_by = models.ForeignKey(User, models.PROTECT, related_name="+")
    named_at = models.DateTimeField(_("Named"))

    class Meta:
        verbose_name = _("expert for a model")
        constraints = [models.UniqueConstraint(fields=["model", "user"], name="expert_once")]

    def __str__(self) -> str:
        return str(self.user)


@track()
class Undertaking(models.Model):
    """A member or expert promised to keep a model secret; `text` is what was promised."""

    model = models.ForeignKey(WinWinModel, models.CASCADE, related_name="undertakings")
    user = models.ForeignKey(User, models.PROTECT, related_name="+", verbose_name=_("Person"))
    text = models.TextField(_("Promise"))
    at = models.DateTimeField(_("Promised"))

    class Meta:
        verbose_name = _("undertaking of secrecy")
        constraints = [models.UniqueConstraint(fields=["model", "user"], name="undertaking_once")]

    def __str__(self) -> str:
        return str(self.user)


@track()
class Comment(models.Model):
    """What somebody says of a section of a version."""

    version = models.ForeignKey(Version, models.CASCADE, related_name="comments")
    section = models.CharField(_("Part"), max_length=40)
    text = models.TextField(_("Comment"), max_length=3000)
    by = models.ForeignKey(User, models.PROTECT, related_name="+")
    at = models.DateTimeField(_("Written"))

    class Meta:
        verbose_name = _("comment on a model")
        ordering = ["at", "pk"]

    def __str__(self) -> str:
        return self.text[:60]


@track()
class Opinion(models.Model):
    """A ministry is asked for its opinion by a day, and says it through the person who was asked."""

    model = models.ForeignKey(WinWinModel, models.CASCADE, related_name="opinions")
    ministry = models.CharField(_("Ministry"), max_length=100)
    asked = models.ForeignKey(User, models.PROTECT, related_name="+", verbose_name=_("Asked"))
    asked_at = models.DateTimeField(_("Asked on"))
    due_on = models.DateField(_("By"))
    stance = models.CharField(_("Opinion"), max_length=20, choices=Stance, blank=True)
    text = models.TextField(_("Reasons"), max_length=5000, blank=True)
    answered_at = models.DateTimeField(_("Answered"), null=True)

    class Meta:
        verbose_name = _("opinion of a ministry")
        ordering = ["due_on", "pk"]

    def __str__(self) -> str:
        return self.ministry


@track()
class FollowUp(models.Model):
    """What an approved model gave rise to, until its end: a project, a loan, a deregulation."""

    model = models.ForeignKey(WinWinModel, models.CASCADE, related_name="follow_ups")
    kind = models.CharField(_("Kind"), max_length=40)
    title = models.CharField(_("Title"), max_length=200)
    owner = models.CharField(_("Who sees to it"), max_length=100)
    project = models.ForeignKey(
        Project, models.PROTECT, null=True, blank=True, related_name="win_win_models",
        verbose_name=_("Project"),
    )  # fmt: skip
    due_on = models.DateField(_("By"))
    stage = models.CharField(
        _("Status"), max_length=20, choices=FollowUpStage, default=FollowUpStage.RUNNING
    )
    result = models.TextField(_("What came of it"), max_length=2000, blank=True)
    ended_on = models.DateField(_("Ended"), null=True)

    class Meta:
        verbose_name = _("follow-up of a model")
        ordering = ["due_on", "pk"]

    def __str__(self) -> str:
        return self.title
