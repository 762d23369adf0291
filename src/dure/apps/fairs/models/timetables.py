"""Who meets whom, when, at which table; in versions."""

from django.db import models
from django.db.models import Case, F, Q, Value, When
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from dure.apps.fairs.models.fairs import Fair, Slot, Table
from dure.apps.fairs.models.wishes import Pair
from dure.apps.fairs.stages import TimetableStage
from dure.apps.people.models import User
from dure.foundation.history import track, untracked


@track()
class Timetable(models.Model):
    """A version of a fair's timetable. Participants see the released one, officers also the draft.

    `weight` and `bound` are of the solver: what its meetings are worth and what no timetable can
    exceed. `revision` grows with every change of a meeting, so that a page sees it is out of date.
    """

    fair = models.ForeignKey(Fair, models.CASCADE, related_name="timetables")
    number = models.PositiveSmallIntegerField(_("Version"))
    stage = models.CharField(
        _("Status"), max_length=20, choices=TimetableStage, default=TimetableStage.DRAFT
    )
    base = models.ForeignKey(
        "self",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="successors",
        verbose_name=_("Made from version"),
    )
    created_by = models.ForeignKey(User, models.PROTECT, related_name="timetables_made")
    created_at = models.DateTimeField(pgettext_lazy("timetable", "Made"))
    released_by = models.ForeignKey(
        User, models.PROTECT, null=True, blank=True, related_name="timetables_released"
    )
    released_at = models.DateTimeField(_("Released"), null=True, blank=True)
    weight = models.PositiveIntegerField(_("Weight of the meetings"), default=0)
    bound = models.PositiveIntegerField(_("Most that is possible"), default=0)
    is_optimal = models.BooleanField(_("Proven to be the best"), default=False)
    seconds = models.FloatField(_("Seconds of solving"), default=0)
    revision = models.PositiveIntegerField(_("Changes"), default=0)

    class Meta:
        verbose_name = _("timetable")
        constraints = [
            models.UniqueConstraint(fields=["fair", "number"], name="timetable_number_once"),
            models.UniqueConstraint(
                fields=["fair"],
                condition=Q(stage=TimetableStage.DRAFT),
                name="one_draft_timetable_per_fair",
                violation_error_message=_("There is a draft already."),
            ),
            models.UniqueConstraint(
                fields=["fair"],
                condition=Q(stage=TimetableStage.RELEASED),
                name="one_released_timetable_per_fair",
                violation_error_message=_("There is a released timetable already."),
            ),
            models.CheckConstraint(
                condition=Q(stage__in=[TimetableStage.RELEASED, TimetableStage.REPLACED])
                & Q(released_at__isnull=False, released_by__isnull=False)
                | Q(stage__in=[TimetableStage.DRAFT, TimetableStage.DISCARDED])
                & Q(released_at__isnull=True, released_by__isnull=True),
                name="timetable_released_by_matches_stage",
                violation_error_message=_("A released timetable says by whom and when."),
            ),
            models.CheckConstraint(
                condition=~Q(base=F("id")),
                name="timetable_not_made_from_itself",
                violation_error_message=_("A timetable is not made from itself."),
            ),
        ]

    def __str__(self) -> str:
        return f"#{self.pk} v{self.number} of {self.fair_id}"


class FreedReason(models.TextChoices):
    CANCELLED = "CANCELLED", _("Cancelled")
    NO_SHOW = "NO_SHOW", _("No-show")


@track(exclude=["holds_place"])
class Meeting(models.Model):
    """A pair in a slot at a table, in one version of the timetable.

    A freed meeting no longer holds its place. `placed_at` is when the desk added it to what was
    released; None for one that was planned. `revision` is the number a writer must have seen:
    an older one means that somebody else moved the meeting meanwhile.
    """

    timetable = models.ForeignKey(Timetable, models.CASCADE, related_name="meetings")
    pair = models.ForeignKey(Pair, models.PROTECT, related_name="meetings")
    slot = models.ForeignKey(Slot, models.PROTECT, related_name="meetings", verbose_name=_("Slot"))
    table = models.ForeignKey(
        Table, models.PROTECT, related_name="meetings", verbose_name=_("Table")
    )
    is_locked = models.BooleanField(_("Locked"), default=False)
    revision = models.PositiveIntegerField(default=0, editable=False)
    changed_at = models.DateTimeField(null=True, editable=False)
    placed_at = models.DateTimeField(_("Placed on the day"), null=True, blank=True)
    freed_at = models.DateTimeField(_("Place given free"), null=True, blank=True)
    freed_reason = models.CharField(
        _("Given free because"), max_length=20, choices=FreedReason, blank=True
    )
    holds_place = models.GeneratedField(
        expression=Case(When(freed_at__isnull=True, then=Value(True))),
        output_field=models.BooleanField(null=True),
        db_persist=True,
    )

    class Meta:
        verbose_name = _("meeting")
        constraints = [
            # Deferrable, so that two meetings can change places in one statement; and PostgreSQL
            # defers no constraint with a condition, so freed meetings are NULL in the last column.
            models.UniqueConstraint(
                fields=["timetable", "slot", "table", "holds_place"],
                deferrable=models.Deferrable.IMMEDIATE,
                name="one_meeting_per_table_and_slot",
                violation_error_message=_("This table is taken at this time."),
            ),
            models.UniqueConstraint(
                fields=["timetable", "pair"],
                condition=Q(freed_at__isnull=True),
                name="one_meeting_per_pair",
                violation_error_message=_("These two meet already."),
            ),
            models.CheckConstraint(
                condition=Q(freed_at__isnull=True, freed_reason="")
                | Q(freed_at__isnull=False) & ~Q(freed_reason=""),
                name="meeting_says_why_when_freed",
                violation_error_message=_("A place given free says why."),
            ),
        ]

    def __str__(self) -> str:
        return f"#{self.pk} pair {self.pair_id} in {self.slot_id} at {self.table_id}"


@untracked("Computed with a version of a timetable, and never changed.")
class Unplaced(models.Model):
    """A wanted pair that has no meeting in a timetable; `cause` is the solver's code."""

    timetable = models.ForeignKey(Timetable, models.CASCADE, related_name="unplaced")
    pair = models.ForeignKey(Pair, models.CASCADE, related_name="unplaced")
    weight = models.PositiveIntegerField(_("Weight"))
    cause = models.CharField(_("Cause"), max_length=40)

    class Meta:
        verbose_name = _("unplaced request")
        constraints = [
            models.UniqueConstraint(fields=["timetable", "pair"], name="unplaced_once"),
        ]

    def __str__(self) -> str:
        return f"#{self.pk} pair {self.pair_id}: {self.cause}"
