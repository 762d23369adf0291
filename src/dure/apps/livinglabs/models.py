"""Living labs (리빙랩): consumers who try what a project makes, step by step, and what they say."""

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from dure.apps.livinglabs.stages import TrialStage
from dure.apps.people.models import User
from dure.apps.projects.models import Project
from dure.foundation.history import track

SCORES = range(1, 6)
MOST_QUESTIONS = 10


@track()
class Lab(models.Model):
    """What the lead of a project tells consumers who may want to take part."""

    project = models.OneToOneField(
        Project, models.CASCADE, related_name="lab", verbose_name=_("Project")
    )
    title = models.CharField(_("Title"), max_length=200)
    text = models.TextField(_("What it is about, and what consumers do"), max_length=5000)
    places = models.PositiveSmallIntegerField(_("Places"))
    opened_by = models.ForeignKey(User, models.PROTECT, related_name="+")
    opened_at = models.DateTimeField(_("Opened"))

    class Meta:
        verbose_name = _("living lab")
        ordering = ["-opened_at", "-pk"]
        constraints = [
            models.CheckConstraint(condition=Q(places__range=(1, 5000)), name="lab_has_places")
        ]

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        """Its own page."""
        return reverse("livinglabs:lab", args=[self.pk])


@track()
class Participant(models.Model):
    """A consumer of a lab. The firm knows only the number."""

    lab = models.ForeignKey(Lab, models.CASCADE, related_name="participants")
    user = models.ForeignKey(User, models.PROTECT, related_name="labs_joined")
    number = models.PositiveSmallIntegerField(_("Number"))
    joined_at = models.DateTimeField(_("Enrolled"))
    left_at = models.DateTimeField(_("Left"), null=True)

    class Meta:
        verbose_name = _("consumer of a living lab")
        ordering = ["number"]
        constraints = [
            models.UniqueConstraint(fields=["lab", "user"], name="consumer_enrols_once"),
            models.UniqueConstraint(fields=["lab", "number"], name="consumer_number_once"),
        ]

    def __str__(self) -> str:
        return _now("Consumer %(number)s") % {"number": self.number}


@track()
class Trial(models.Model):
    """What is tried at a step of the programme (`step` is its id); one that failed is tried again."""

    lab = models.ForeignKey(Lab, models.CASCADE, related_name="trials")
    step = models.CharField(_("Step"), max_length=60)
    text = models.TextField(_("What to try, and how"), max_length=5000)
    questions = ArrayField(models.CharField(max_length=300), verbose_name=_("Questions"))
    closes_on = models.DateField(_("Last day"))
    stage = models.CharField(_("Status"), max_length=8, choices=TrialStage, default=TrialStage.OPEN)
    opened_by = models.ForeignKey(User, models.PROTECT, related_name="+")
    opened_at = models.DateTimeField(_("Opened"))
    closed_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")
    closed_at = models.DateTimeField(_("Closed"), null=True)

    class Meta:
        verbose_name = _("trial by consumers")
        ordering = ["opened_at", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["lab"], condition=Q(stage=TrialStage.OPEN), name="one_open_trial_of_a_lab"
            ),
            models.UniqueConstraint(
                fields=["lab", "step"],
                condition=Q(stage=TrialStage.PASSED),
                name="step_passes_once",
            ),
        ]

    def __str__(self) -> str:
        return f"#{self.pk} {self.step}"


@track()
class Answer(models.Model):
    """What a consumer found, and what the firm replied; `texts` answer the trial's questions."""

    trial = models.ForeignKey(Trial, models.CASCADE, related_name="answers")
    participant = models.ForeignKey(Participant, models.CASCADE, related_name="answers")
    score = models.PositiveSmallIntegerField(_("How good it is (1 to 5)"))
    is_ready = models.BooleanField(_("It is ready for the next step"))
    texts = ArrayField(models.CharField(max_length=2000), default=list)
    answered_at = models.DateTimeField(_("Answered"))
    reply = models.TextField(_("Reply"), max_length=2000, blank=True)
    replied_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")
    replied_at = models.DateTimeField(_("Replied"), null=True)

    class Meta:
        verbose_name = _("answer of a consumer")
        ordering = ["answered_at", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["trial", "participant"], name="consumer_answers_once"),
            models.CheckConstraint(condition=Q(score__range=(1, 5)), name="consumer_score_of_five"),
        ]

    def __str__(self) -> str:
        return f"#{self.pk} of {self.trial_id}"
