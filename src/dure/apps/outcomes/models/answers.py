"""What shows an outcome, who said yes or no to it, and two reports that may be one."""

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from dure.apps.outcomes.kinds import TwinAnswer
from dure.apps.outcomes.models.outcome import Outcome
from dure.apps.outcomes.stages import OutcomeStage
from dure.apps.people.models import Organisation, SentFile, User
from dure.foundation.file_places import AnonymousPlace
from dure.foundation.history import track

_anonymous_place = AnonymousPlace("outcomes")


@track()
class Evidence(SentFile):
    """A file that shows an outcome, as it came in."""

    outcome = models.ForeignKey(Outcome, models.CASCADE, related_name="evidence")
    file = models.FileField(_("File"), upload_to=_anonymous_place)

    class Meta(SentFile.Meta):
        verbose_name = _("evidence of an outcome")


@track()
class Answer(models.Model):
    """Somebody who did not report it says that it is so, or that it is not.

    `organisation` is None for the programme office. `through` is the report of the other side that
    was merged into this one and so confirms it.
    """

    outcome = models.ForeignKey(Outcome, models.CASCADE, related_name="answers")
    organisation = models.ForeignKey(
        Organisation, models.PROTECT, null=True, blank=True, related_name="+"
    )
    is_yes = models.BooleanField(_("It is so"))
    note = models.CharField(_("Note"), max_length=500, blank=True)
    through = models.ForeignKey(Outcome, models.PROTECT, null=True, blank=True, related_name="+")
    given_by = models.ForeignKey(User, models.PROTECT, related_name="+")
    given_at = models.DateTimeField(_("Answered"))

    class Meta:
        verbose_name = _("answer to an outcome")
        ordering = ["given_at", "pk"]
        constraints = [
            models.CheckConstraint(condition=Q(is_yes=True) | ~Q(note=""), name="no_says_why")
        ]

    def __str__(self) -> str:
        return f"#{self.pk} {self.is_yes}"


@track()
class Twins(models.Model):
    """Two reports that may tell of the same deal; a person says whether they do.

    `signs` is what speaks for it, in the words of the engine; `dropped` is the one that was merged
    into the other, `dropped_stage` what it was before.
    """

    first = models.ForeignKey(Outcome, models.CASCADE, related_name="+")
    second = models.ForeignKey(Outcome, models.CASCADE, related_name="+")
    signs = ArrayField(models.CharField(max_length=20), default=list)
    found_at = models.DateTimeField(_("Found"))
    answer = models.CharField(_("Answer"), max_length=10, choices=TwinAnswer, blank=True)
    answered_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")
    answered_at = models.DateTimeField(_("Answered"), null=True)
    dropped = models.ForeignKey(Outcome, models.CASCADE, null=True, related_name="+")
    dropped_stage = models.CharField(max_length=10, choices=OutcomeStage, blank=True)

    class Meta:
        verbose_name = _("two reports that may be one")
        ordering = ["found_at", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["first", "second"], name="twins_once"),
            models.CheckConstraint(condition=Q(first__lt=F("second")), name="twins_in_one_order"),
            models.CheckConstraint(
                condition=Q(answer="", answered_at__isnull=True)
                | ~Q(answer="") & Q(answered_at__isnull=False),
                name="twins_answered_at_matches_answer",
            ),
            models.CheckConstraint(
                condition=Q(answer=TwinAnswer.SAME, dropped__isnull=False)
                | ~Q(answer=TwinAnswer.SAME) & Q(dropped__isnull=True),
                name="one_of_the_twins_is_dropped_when_they_are_the_same",
            ),
        ]

    def __str__(self) -> str:
        return f"#{self.first_id} – #{self.second_id}"
