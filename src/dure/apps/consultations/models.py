"""The day of the fair: who came, who walked in, and what came of each meeting."""

from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from dure.apps.consultations.stages import WalkInStage
from dure.apps.fairs.models import Attendee, Fair, Meeting, Pair
from dure.apps.introductions.models import Introduction
from dure.apps.matches.models import NotForUs
from dure.apps.people.models import User
from dure.foundation.history import track


@track()
class CheckIn(models.Model):
    """A person came, on one day of the fair."""

    attendee = models.ForeignKey(Attendee, models.CASCADE, related_name="check_ins")
    on = models.DateField(_("Day"))
    at = models.DateTimeField(_("Checked in"))
    by = models.ForeignKey(User, models.PROTECT, related_name="check_ins_made")

    class Meta:
        verbose_name = _("check-in")
        constraints = [
            models.UniqueConstraint(
                fields=["attendee", "on"],
                name="one_check_in_per_day",
                violation_error_message=_("This person is checked in already."),
            )
        ]

    def __str__(self) -> str:
        return f"#{self.pk} {self.attendee_id} on {self.on}"


class Outcome(models.TextChoices):
    KEPT = "KEPT", _("Held")
    NO_SHOW = "NO_SHOW", _("No-show")


class NoShow(models.TextChoices):
    DEMAND = "DEMAND", _("The demand organisation did not come")
    SUPPLY = "SUPPLY", _("The small firm did not come")
    BOTH = "BOTH", _("Neither came")


class NextStep(models.TextChoices):
    JOINT_DEVELOPMENT = "JOINT_DEVELOPMENT", _("Joint development")
    PURCHASE_TALK = "PURCHASE_TALK", _("Purchase talk")
    NDA = "NDA", _("Non-disclosure agreement")
    NO_FIT = "NO_FIT", _("No fit")


AGREED = "AGREED"
"""Asks for the records that agree on any step at all."""
STEPS = (NextStep.JOINT_DEVELOPMENT, NextStep.PURCHASE_TALK, NextStep.NDA)


@track()
class ConsultationRecord(models.Model):
    """What came of the meeting of a pair, at a fair or after an introduction, and what follows."""

    pair = models.OneToOneField(Pair, models.PROTECT, null=True, blank=True, related_name="record")
    introduction = models.OneToOneField(
        Introduction, models.PROTECT, null=True, blank=True, related_name="record"
    )
    meeting = models.ForeignKey(
        Meeting, models.PROTECT, null=True, blank=True, related_name="records"
    )
    outcome = models.CharField(_("Meeting"), max_length=10, choices=Outcome)
    no_show = models.CharField(_("Who did not come"), max_length=10, choices=NoShow, blank=True)
    result = models.TextField(_("What was said"), blank=True)
    next_step = models.CharField(_("Next step"), max_length=20, choices=NextStep, blank=True)
    why = models.CharField(_("Why not"), max_length=20, choices=NotForUs, blank=True)
    owner = models.ForeignKey(
        User,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="fair_tasks",
        verbose_name=_("Who sees to it"),
    )
    due_on = models.DateField(_("Until"), null=True, blank=True)
    done_at = models.DateTimeField(_("Done"), null=True, blank=True)
    recorded_by = models.ForeignKey(User, models.PROTECT, related_name="consultations_recorded")
    recorded_at = models.DateTimeField(_("Recorded"))
    updated_at = models.DateTimeField(_("Changed"), auto_now=True)

    class Meta:
        verbose_name = _("consultation record")
        indexes = [
            models.Index(
                fields=["owner", "due_on"],
                condition=Q(done_at__isnull=True, owner__isnull=False),
                name="open_fair_tasks",
            )
        ]
        constraints = [
            models.CheckConstraint(
                condition=Q(pair__isnull=True, introduction__isnull=False)
                | Q(pair__isnull=False, introduction__isnull=True),
                name="record_of_a_fair_or_of_an_introduction",
            ),
            models.CheckConstraint(
                condition=Q(outcome=Outcome.KEPT, no_show="")
                | Q(outcome=Outcome.NO_SHOW, next_step="") & ~Q(no_show=""),
                name="record_no_show_matches_outcome",
                violation_error_message=_("A no-show says who did not come, and nothing follows."),
            ),
            models.CheckConstraint(
                condition=Q(next_step=NextStep.NO_FIT) & ~Q(why="")
                | ~Q(next_step=NextStep.NO_FIT) & Q(why=""),
                name="record_says_why_when_no_fit",
                violation_error_message=_("Say why it does not fit."),
            ),
            models.CheckConstraint(
                condition=Q(next_step__in=["", NextStep.NO_FIT])
                & Q(owner__isnull=True, due_on__isnull=True, done_at__isnull=True)
                | ~Q(next_step__in=["", NextStep.NO_FIT])
                & Q(owner__isnull=False, due_on__isnull=False),
                name="record_next_step_has_owner_and_date",
                violation_error_message=_("A next step has somebody who sees to it, and a date."),
            ),
        ]

    def __str__(self) -> str:
        return f"#{self.pk} {self.outcome}"

    @property
    def of(self) -> Pair | Introduction:
        """What brought the two together."""
        return self.pair or self.introduction

    def get_absolute_url(self) -> str:
        """The record's own page."""
        page = "record" if self.pair_id else "record_of_introduction"
        return reverse(f"consultations:{page}", args=[self.pair_id or self.introduction_id])


@track()
class WalkIn(models.Model):
    """Two who ask at the desk to meet today."""

    fair = models.ForeignKey(Fair, models.CASCADE, related_name="walk_ins")
    pair = models.ForeignKey(Pair, models.PROTECT, related_name="walk_ins")
    stage = models.CharField(
        _("Status"), max_length=20, choices=WalkInStage, default=WalkInStage.WAITING
    )
    meeting = models.ForeignKey(
        Meeting, models.PROTECT, null=True, blank=True, related_name="walk_ins"
    )
    cause = models.CharField(_("Cause"), max_length=40, blank=True)
    requested_by = models.ForeignKey(User, models.PROTECT, related_name="walk_ins_taken")
    requested_at = models.DateTimeField(_("Asked"))
    answered_at = models.DateTimeField(_("Decided"), null=True, blank=True)

    class Meta:
        verbose_name = _("walk-in")
        constraints = [
            models.UniqueConstraint(
                fields=["pair"],
                condition=Q(stage=WalkInStage.WAITING),
                name="one_waiting_walk_in_per_pair",
                violation_error_message=_("They are waiting already."),
            ),
            models.CheckConstraint(
                condition=~Q(stage=WalkInStage.PLACED) | Q(meeting__isnull=False),
                name="placed_walk_in_has_a_meeting",
                violation_error_message=_("A placed walk-in has a meeting."),
            ),
            models.CheckConstraint(
                condition=~Q(stage=WalkInStage.REFUSED) | ~Q(cause=""),
                name="refused_walk_in_says_the_cause",
                violation_error_message=_("A walk-in without a place says why."),
            ),
        ]

    def __str__(self) -> str:
        return f"#{self.pk} pair {self.pair_id} {self.stage}"
