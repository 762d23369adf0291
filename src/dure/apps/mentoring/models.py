"""Mentoring between firms: what they teach and want, who looks after whom, pairs and their sessions."""

from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from dure.apps.mentoring.kinds import Part, Side, Way
from dure.apps.mentoring.stages import OPEN, PairStage
from dure.apps.people.models import Organisation, User
from dure.foundation.history import track


@track()
class Profile(models.Model):
    """What a firm can teach and wants to learn; `most` is how many others it mentors at a time.

    `is_entered_for` says that a coordinator or the office wrote it for the firm.
    """

    organisation = models.OneToOneField(
        Organisation, models.CASCADE, related_name="mentoring", verbose_name=_("Firm")
    )
    teaches = models.TextField(_("What we can teach"), max_length=3000, blank=True)
    wants = models.TextField(_("What we want to learn"), max_length=3000, blank=True)
    most = models.PositiveSmallIntegerField(_("Firms that we mentor at a time"), default=1)
    is_open = models.BooleanField(_("Open for new firms"), default=True)
    updated_by = models.ForeignKey(User, models.PROTECT, related_name="+")
    updated_at = models.DateTimeField(_("Updated"))
    is_entered_for = models.BooleanField(_("Entered for the firm"), default=False)

    class Meta:
        verbose_name = _("mentoring profile")
        ordering = ["organisation__name", "pk"]

    def __str__(self) -> str:
        return str(self.organisation)

    def get_absolute_url(self) -> str:
        """Its own page."""
        return reverse("mentoring:profile", args=[self.pk])


@track()
class Rival(models.Model):
    """That a firm named another as its rival; the two are never paired."""

    organisation = models.ForeignKey(Organisation, models.CASCADE, related_name="rivals_named")
    rival = models.ForeignKey(Organisation, models.CASCADE, related_name="named_as_rival")
    named_by = models.ForeignKey(User, models.PROTECT, related_name="+")
    named_on = models.DateField(_("Named"))

    class Meta:
        verbose_name = _("rival named by a firm")
        ordering = ["rival__name", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["organisation", "rival"], name="rival_named_once"),
            models.CheckConstraint(
                condition=~Q(organisation=F("rival")), name="rival_is_another_firm"
            ),
        ]

    def __str__(self) -> str:
        return f"#{self.organisation_id} {self.rival_id}"


@track()
class Case(models.Model):
    """A firm that looks for a mentor, and the coordinator who looks after it until it is closed."""

    organisation = models.ForeignKey(
        Organisation, models.PROTECT, related_name="mentoring_cases", verbose_name=_("Firm")
    )
    asked_by = models.ForeignKey(User, models.PROTECT, related_name="+")
    asked_at = models.DateTimeField(_("Asked"))
    is_asked_for = models.BooleanField(_("Asked for the firm by a coordinator"), default=False)
    coordinator = models.ForeignKey(
        User, models.PROTECT, null=True, related_name="mentoring_cases",
        verbose_name=pgettext_lazy("mentoring", "Coordinator"),
    )  # fmt: skip
    taken_at = models.DateTimeField(_("Taken on"), null=True)
    closed_at = models.DateTimeField(_("Closed"), null=True)
    why_closed = models.CharField(_("Why"), max_length=500, blank=True)

    class Meta:
        verbose_name = _("firm that looks for a mentor")
        ordering = ["asked_at", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["organisation"], condition=Q(closed_at=None), name="one_open_mentoring_case"
            ),
            models.CheckConstraint(
                condition=Q(coordinator__isnull=True, taken_at__isnull=True)
                | Q(coordinator__isnull=False, taken_at__isnull=False),
                name="mentoring_case_taken_by_somebody",
            ),
        ]

    def __str__(self) -> str:
        return str(self.organisation)

    def get_absolute_url(self) -> str:
        """Its own page."""
        return reverse("mentoring:case", args=[self.pk])


@track()
class HandOver(models.Model):
    """That a case went from one coordinator to another, with a note."""

    case = models.ForeignKey(Case, models.CASCADE, related_name="hand_overs")
    former = models.ForeignKey(User, models.PROTECT, related_name="+")
    to = models.ForeignKey(User, models.PROTECT, related_name="+")
    note = models.TextField(_("Note"), max_length=2000)
    by = models.ForeignKey(User, models.PROTECT, related_name="+")
    at = models.DateTimeField(_("Handed over"))

    class Meta:
        verbose_name = _("hand-over of a firm")
        ordering = ["-at", "-pk"]

    def __str__(self) -> str:
        return f"#{self.case_id} {self.at:%Y-%m-%d}"


@track()
class Pair(models.Model):
    """A senior firm that mentors a junior one.

    `reasons` are sentences of the engine; `despite` says why two with a tie were proposed. The
    `…_said_at` are when each said yes, the `…_confirmed_at` when it confirmed the present goals.
    """

    case = models.ForeignKey(Case, models.PROTECT, related_name="pairs")
    mentor = models.ForeignKey(
        Organisation, models.PROTECT, related_name="mentors_in",
        verbose_name=pgettext_lazy("mentoring", "Mentor"),
    )  # fmt: skip
    mentee = models.ForeignKey(
        Organisation, models.PROTECT, related_name="mentored_in",
        verbose_name=pgettext_lazy("mentoring", "Mentee"),
    )  # fmt: skip
    person = models.ForeignKey(
        User, models.PROTECT, null=True, related_name="+", verbose_name=_("Who mentors")
    )
    stage = models.CharField(
        _("Status"), max_length=12, choices=PairStage, default=PairStage.PROPOSED
    )
    strength = models.CharField(max_length=20, blank=True)
    reasons = models.JSONField(default=list, blank=True)
    note = models.TextField(_("Why these two"), max_length=1000, blank=True)
    despite = models.CharField(_("Why despite a tie"), max_length=500, blank=True)
    proposed_by = models.ForeignKey(User, models.PROTECT, related_name="+")
    proposed_at = models.DateTimeField(_("Proposed"))
    mentor_said_at = models.DateTimeField(null=True)
    mentee_said_at = models.DateTimeField(null=True)
    goals_changed_at = models.DateTimeField(null=True)
    mentor_confirmed_at = models.DateTimeField(null=True)
    mentee_confirmed_at = models.DateTimeField(null=True)
    starts_on = models.DateField(_("First day"), null=True)
    ends_on = models.DateField(_("Last day"), null=True)
    closed_at = models.DateTimeField(_("Closed"), null=True)
    why = models.CharField(_("Why"), max_length=500, blank=True)
    reminded_of = models.CharField(max_length=8, blank=True, editable=False)
    quiet_told_on = models.DateField(null=True, editable=False)

    class Meta:
        verbose_name = _("mentoring")
        ordering = ["-proposed_at", "-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["mentee"], condition=Q(stage__in=OPEN), name="one_open_mentoring_of_a_firm"
            ),
            models.CheckConstraint(
                condition=~Q(mentor=F("mentee")), name="mentor_is_another_firm"
            ),
            models.CheckConstraint(
                condition=Q(starts_on__isnull=True, ends_on__isnull=True)
                | Q(ends_on__gt=F("starts_on")),
                name="mentoring_ends_after_it_starts",
            ),
            models.CheckConstraint(
                condition=Q(stage__in=OPEN, closed_at__isnull=True)
                | ~Q(stage__in=OPEN) & Q(closed_at__isnull=False),
                name="mentoring_closed_at_its_end",
            ),
        ]  # fmt: skip

    def __str__(self) -> str:
        return f"{self.mentor} → {self.mentee}"

    def get_absolute_url(self) -> str:
        """Its own page."""
        return reverse("mentoring:pair", args=[self.pk])

    def firm_of(self, side: str) -> Organisation:
        """The firm on a side."""
        return self.mentor if side == Side.MENTOR else self.mentee


@track()
class Goal(models.Model):
    """What a pair wants to reach and how one sees it; `is_reached` is said at the end."""

    pair = models.ForeignKey(Pair, models.CASCADE, related_name="goals")
    place = models.PositiveSmallIntegerField()
    text = models.CharField(_("Goal"), max_length=300)
    measure = models.CharField(_("How one sees it"), max_length=300)
    is_reached = models.BooleanField(_("Reached"), null=True)

    class Meta:
        verbose_name = _("goal of a mentoring")
        ordering = ["place", "pk"]

    def __str__(self) -> str:
        return self.text


@track()
class Session(models.Model):
    """A session that was held: when, how long, what it was about, what comes next."""

    pair = models.ForeignKey(Pair, models.CASCADE, related_name="sessions")
    on = models.DateField(_("Day"))
    minutes = models.PositiveSmallIntegerField(_("Minutes"))
    way = models.CharField(_("How"), max_length=8, choices=Way, default=Way.VISIT)
    text = models.TextField(_("What it was about"), max_length=2000)
    next_step = models.CharField(_("Until next time"), max_length=300, blank=True)
    by = models.ForeignKey(User, models.PROTECT, related_name="+")
    side = models.CharField(max_length=12, choices=Side)
    at = models.DateTimeField(_("Noted"))

    class Meta:
        verbose_name = _("session of a mentoring")
        ordering = ["-on", "-pk"]
        constraints = [
            models.CheckConstraint(condition=Q(minutes__range=(5, 600)), name="session_takes_time")
        ]

    def __str__(self) -> str:
        return f"#{self.pair_id} {self.on}"


@track()
class Review(models.Model):
    """How one side found it, half-way or at the end; the other reads it once it wrote its own."""

    pair = models.ForeignKey(Pair, models.CASCADE, related_name="reviews")
    part = models.CharField(_("When"), max_length=8, choices=Part)
    side = models.CharField(_("Side"), max_length=12, choices=Side)
    score = models.PositiveSmallIntegerField(_("How useful (1 to 5)"))
    text = models.TextField(_("In words"), max_length=2000)
    by = models.ForeignKey(User, models.PROTECT, related_name="+")
    at = models.DateTimeField(_("Written"))

    class Meta:
        verbose_name = _("review of a mentoring")
        ordering = ["at", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["pair", "part", "side"], name="mentoring_review_once"),
            models.CheckConstraint(condition=Q(score__range=(1, 5)), name="mentoring_score_of_five"),
        ]  # fmt: skip

    def __str__(self) -> str:
        return f"#{self.pair_id} {self.part} {self.side}"
