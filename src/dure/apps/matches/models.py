"""Suggestions between needs and technologies, what people answered, and pairs that must not be."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from dure.apps.catalog.models import Need, Technology
from dure.apps.people.models import Organisation, User
from dure.foundation.history import track, untracked
from dure.foundation.vocabularies import match_reasons


class Direction(models.TextChoices):
    """For whom a suggestion was made."""

    FOR_NEED = "FOR_NEED", _("Technologies for a need")
    FOR_TECHNOLOGY = "FOR_TECHNOLOGY", _("Needs for a technology")


class Strength(models.TextChoices):
    STRONG = "STRONG", _("Strong")
    GOOD = "GOOD", _("Good")
    PARTIAL = "PARTIAL", _("Partial")
    WEAK = "WEAK", _("Weak")


LIKELY = tuple(strength for strength in Strength if match_reasons.answers(strength))
"""Strengths of what is likely right: shown first, told of, and counted as a match."""


@untracked("Computed, and computed anew from what is kept.")
class Suggestion(models.Model):
    """A technology proposed for a need, or a need for a technology, with the evidence."""

    need = models.ForeignKey(Need, models.CASCADE, related_name="suggestions")
    technology = models.ForeignKey(Technology, models.CASCADE, related_name="suggestions")
    direction = models.CharField(_("Direction"), max_length=20, choices=Direction)
    rank = models.PositiveSmallIntegerField(_("Rank"))
    strength = models.CharField(_("Strength"), max_length=10, choices=Strength)
    score = models.FloatField(_("Score"))
    evidence = models.JSONField(_("Evidence"), default=dict)
    first_created_at = models.DateTimeField(_("First suggested"))
    created_at = models.DateTimeField(_("Suggested"))

    class Meta:
        verbose_name = _("suggestion")
        indexes = [
            models.Index(fields=["need", "direction", "rank"], name="suggestion_of_need"),
            models.Index(fields=["technology", "direction", "rank"], name="suggestion_of_tech"),
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["need", "technology", "direction"], name="one_suggestion_per_direction"
            )
        ]

    def __str__(self) -> str:
        return f"#{self.pk} {self.need_id}-{self.technology_id}"


class AnswerKind(models.TextChoices):
    INTERESTED = "INTERESTED", _("Interested")
    NOT_FOR_US = "NOT_FOR_US", _("Not for us")
    INTRODUCED = "INTRODUCED", _("Introduced")


class Side(models.TextChoices):
    DEMAND = "DEMAND", _("Demand organisation")
    SUPPLY = "SUPPLY", _("Small firm")
    OFFICE = "OFFICE", _("Programme office")


class NotForUs(models.TextChoices):
    """Why a suggestion was declined; the labels teach the matching."""

    OTHER_PROBLEM = "OTHER_PROBLEM", _("It solves another problem")
    NOT_READY = "NOT_READY", _("It is not ready enough")
    KNOWN = "KNOWN", _("We know it already")
    TOO_SMALL = "TOO_SMALL", _("The firm cannot deliver at our size")
    NOT_OUR_WORK = "NOT_OUR_WORK", _("This is not what we do")
    OUT_OF_REACH = "OUT_OF_REACH", _("We do not reach what is asked for")
    TERMS = "TERMS", _("Budget, term or volume do not suit us")
    IN_TOUCH = "IN_TOUCH", _("We are in touch with them already")
    NO_CAPACITY = "NO_CAPACITY", _("No capacity now")
    OTHER = "OTHER", _("Another reason")

    @classmethod
    def choices_of(cls, side: Side | None) -> list[tuple[str, str]]:
        """The reasons that one side has, as it would say them; the office speaks as demand does."""
        whys = _SUPPLY_DECLINES if side == Side.SUPPLY else _DEMAND_DECLINES
        return [(why.value, why.label) for why in whys]


_DEMAND_DECLINES = (
    NotForUs.OTHER_PROBLEM,
    NotForUs.NOT_READY,
    NotForUs.KNOWN,
    NotForUs.TOO_SMALL,
    NotForUs.NO_CAPACITY,
    NotForUs.OTHER,
)
_SUPPLY_DECLINES = (
    NotForUs.NOT_OUR_WORK,
    NotForUs.OUT_OF_REACH,
    NotForUs.TERMS,
    NotForUs.IN_TOUCH,
    NotForUs.NO_CAPACITY,
    NotForUs.OTHER,
)


@track()
class Answer(models.Model):
    """What one side says of a pair; the newest counts, the history keeps the rest."""

    need = models.ForeignKey(Need, models.CASCADE, related_name="answers")
    technology = models.ForeignKey(Technology, models.CASCADE, related_name="answers")
    side = models.CharField(_("Side"), max_length=10, choices=Side)
    kind = models.CharField(_("Answer"), max_length=20, choices=AnswerKind)
    why = models.CharField(_("Why"), max_length=20, choices=NotForUs, blank=True)
    note = models.TextField(_("Note"), blank=True)
    rank_seen = models.PositiveSmallIntegerField(_("Rank when answered"), null=True)
    answered_by = models.ForeignKey(User, models.PROTECT, related_name="+")
    answered_at = models.DateTimeField(_("Answered"))

    class Meta:
        verbose_name = _("answer")
        constraints = [
            models.UniqueConstraint(
                fields=["need", "technology", "side"], name="one_answer_per_side"
            ),
            models.CheckConstraint(
                condition=Q(kind=AnswerKind.NOT_FOR_US) & ~Q(why="")
                | (~Q(kind=AnswerKind.NOT_FOR_US) & Q(why="")),
                name="answer_says_why_when_declined",
            ),
        ]

    def __str__(self) -> str:
        return f"#{self.pk} {self.side} {self.kind}"


class BarKind(models.TextChoices):
    IN_CONTRACT = "IN_CONTRACT", _("Already in contract")
    BARRED = "BARRED", _("Barred from support")
    DISPUTE = "DISPUTE", _("In dispute")


@track()
class Bar(models.Model):
    """Two organisations that must not be matched, or one (`other` empty) with anybody."""

    organisation = models.ForeignKey(Organisation, models.CASCADE, related_name="bars")
    other = models.ForeignKey(
        Organisation, models.CASCADE, null=True, blank=True, related_name="bars_by_others"
    )
    kind = models.CharField(_("Why"), max_length=20, choices=BarKind)
    until = models.DateField(_("Until"), null=True, blank=True)
    created_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")

    class Meta:
        verbose_name = _("bar")

    def __str__(self) -> str:
        return f"#{self.pk} {self.organisation_id} x {self.other_id}"


@untracked("Only which suggestion an e-mail has named already.")
class ToldMatch(models.Model):
    """A pair that a person was told of by e-mail, so that nobody is told twice."""

    user = models.ForeignKey(User, models.CASCADE, related_name="told_matches")
    need = models.ForeignKey(Need, models.CASCADE, related_name="+")
    technology = models.ForeignKey(Technology, models.CASCADE, related_name="+")
    told_at = models.DateTimeField(_("Told"))

    class Meta:
        verbose_name = _("told match")
        constraints = [
            models.UniqueConstraint(
                fields=["user", "need", "technology"], name="told_once_of_each_pair"
            )
        ]

    def __str__(self) -> str:
        return f"#{self.pk} {self.user_id} {self.need_id}-{self.technology_id}"


@untracked("Only when somebody last looked.")
class LastLook(models.Model):
    """When a person last looked at new matches; what came later is new to them."""

    user = models.OneToOneField(User, models.CASCADE, related_name="last_look")
    at = models.DateTimeField(_("Last look"))

    class Meta:
        verbose_name = _("last look")

    def __str__(self) -> str:
        return f"#{self.pk} {self.user_id}"
