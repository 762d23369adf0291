"""Exchange groups of firms from different industries, their members, officers, activities, goals."""

from datetime import date, timedelta

from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from dure.apps.groups.kinds import GoalKind, GroupKind, Level, Office
from dure.apps.people.models import Organisation, User
from dure.foundation.history import track

DORMANT_AFTER = timedelta(days=365)
"""A group that has not met for a year is dormant."""


@track()
class Group(models.Model):
    """A group; `members_said` and `last_met_on` are what the last survey or activity said."""

    name = models.CharField(_("Name"), max_length=120, unique=True)
    level = models.CharField(_("Level"), max_length=10, choices=Level, default=Level.UNIT)
    kind = models.CharField(
        pgettext_lazy("group", "Type"), max_length=20, choices=GroupKind, default=GroupKind.EXCHANGE
    )
    parent = models.ForeignKey(
        "self", models.PROTECT, null=True, blank=True, related_name="children",
        verbose_name=_("Federation"),
    )  # fmt: skip
    region = models.CharField(_("Region"), max_length=20)
    field = models.CharField(_("Main industry"), max_length=40, blank=True)
    founded = models.PositiveSmallIntegerField(_("Founded"), null=True, blank=True)
    chair_said = models.CharField(_("Chair"), max_length=100, blank=True)
    members_said = models.PositiveIntegerField(_("Members"), default=0)
    last_met_on = models.DateField(_("Met last"), null=True, blank=True)
    surveyed_on = models.DateField(_("Surveyed"), null=True)
    is_invented = models.BooleanField(default=False)

    class Meta:
        verbose_name = _("exchange group")
        ordering = ["name"]
        indexes = [models.Index(fields=["region", "kind"], name="group_by_region")]

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        """The page of the group."""
        return reverse("groups:group", args=[self.pk])

    def is_dormant(self, today: date) -> bool:
        """True for a unit or project group that has not met for a year."""
        if self.level not in (Level.UNIT, Level.PROJECT):
            return False
        return self.last_met_on is None or today - self.last_met_on > DORMANT_AFTER


@track()
class Member(models.Model):
    """A firm belongs to a group from a day on, maybe to a day."""

    group = models.ForeignKey(Group, models.CASCADE, related_name="members")
    organisation = models.ForeignKey(
        Organisation, models.PROTECT, related_name="exchange_groups", verbose_name=_("Organisation")
    )
    joined_on = models.DateField(_("Joined"))
    left_on = models.DateField(_("Left"), null=True, blank=True)

    class Meta:
        verbose_name = _("member of a group")
        ordering = ["organisation__name", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["group", "organisation"], condition=Q(left_on=None),
                name="group_member_once",
            ),
            models.CheckConstraint(
                condition=Q(left_on=None) | Q(left_on__gte=F("joined_on")),
                name="group_left_after_joining",
            ),
        ]  # fmt: skip

    def __str__(self) -> str:
        return str(self.organisation)


@track()
class Officer(models.Model):
    """Somebody chairs a group or is its secretary, for a term; both days are included."""

    group = models.ForeignKey(Group, models.CASCADE, related_name="officers")
    user = models.ForeignKey(User, models.PROTECT, related_name="+", verbose_name=_("Person"))
    office = models.CharField(_("Office"), max_length=20, choices=Office)
    starts_on = models.DateField(_("From"))
    ends_on = models.DateField(_("To"))

    class Meta:
        verbose_name = _("officer of a group")
        ordering = ["office", "-starts_on", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(ends_on__gte=F("starts_on")), name="group_officer_ends_after_start"
            )
        ]

    def __str__(self) -> str:
        return str(self.user)


@track()
class Activity(models.Model):
    """A meeting or another activity of a group, with its minutes and what came of it."""

    group = models.ForeignKey(Group, models.CASCADE, related_name="activities")
    on = models.DateField(_("Day"))
    title = models.CharField(_("Title"), max_length=200)
    attended = models.PositiveIntegerField(_("Attended"))
    minutes = models.TextField(pgettext_lazy("meeting", "Minutes"), max_length=10_000, blank=True)
    result = models.CharField(_("What came of it"), max_length=500, blank=True)
    by = models.ForeignKey(User, models.PROTECT, related_name="+")
    at = models.DateTimeField(_("Entered"))

    class Meta:
        verbose_name = _("activity of a group")
        ordering = ["-on", "-pk"]

    def __str__(self) -> str:
        return self.title


@track()
class Goal(models.Model):
    """What a group wants to reach in a year, by which measure, and how far it came."""

    group = models.ForeignKey(Group, models.CASCADE, related_name="goals")
    year = models.PositiveSmallIntegerField(_("Year"))
    kind = models.CharField(_("Kind"), max_length=20, choices=GoalKind)
    measure = models.CharField(_("Measure"), max_length=200)
    target = models.PositiveIntegerField(_("Target"))
    reached = models.PositiveIntegerField(_("Reached"), null=True)
    evidence = models.TextField(_("Evidence"), max_length=2000, blank=True)
    reviewed_on = models.DateField(_("Reviewed"), null=True)

    class Meta:
        verbose_name = _("goal of a group")
        ordering = ["-year", "pk"]

    def __str__(self) -> str:
        return self.measure
