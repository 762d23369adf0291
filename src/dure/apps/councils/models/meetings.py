"""Seats of a council, its meetings with agenda and papers, who came, who said yes to the minutes."""

from datetime import date

from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from dure.apps.councils.kinds import Council, Way, councils
from dure.apps.councils.models.proposals import WinWinModel
from dure.apps.councils.stages import MeetingStage
from dure.apps.people.models import SentFile, User
from dure.foundation.file_places import AnonymousPlace
from dure.foundation.history import track

anonymous_place = AnonymousPlace("councils")


@track()
class Seat(models.Model):
    """Somebody sits in a council for a side, from a day to a day; first and last day are included.

    An alternate (`stands_in_for`) takes part and votes where the other one does not come.
    """

    council = models.CharField(_("Council"), max_length=40)
    user = models.ForeignKey(User, models.PROTECT, related_name="seats", verbose_name=_("Person"))
    side = models.CharField(pgettext_lazy("council", "Side"), max_length=40)
    is_chair = models.BooleanField(_("Chair"), default=False)
    stands_in_for = models.ForeignKey(
        "self", models.PROTECT, null=True, blank=True, related_name="alternates",
        verbose_name=_("Alternate of"),
    )  # fmt: skip
    starts_on = models.DateField(_("From"))
    ends_on = models.DateField(_("To"))

    class Meta:
        verbose_name = _("seat of a council")
        ordering = ["side", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(ends_on__gte=F("starts_on")), name="seat_ends_after_it_starts"
            ),
        ]

    def __str__(self) -> str:
        return str(self.user)

    def holds_on(self, day: date) -> bool:
        """True on the days of the term."""
        return self.starts_on <= day <= self.ends_on


@track()
class Meeting(models.Model):
    """A meeting of a council: when and where, its notice, its minutes."""

    council = models.CharField(_("Council"), max_length=40)
    title = models.CharField(_("Title"), max_length=200)
    starts_at = models.DateTimeField(_("Begins"))
    place = models.CharField(_("Place"), max_length=200, blank=True)
    online_url = models.URLField(_("Address online"), max_length=300, blank=True)
    stage = models.CharField(
        _("Status"), max_length=20, choices=MeetingStage, default=MeetingStage.PLANNED
    )
    called_at = models.DateTimeField(_("Called"), null=True)
    closed_at = models.DateTimeField(pgettext_lazy("meeting", "Held until"), null=True)
    minutes = models.TextField(pgettext_lazy("meeting", "Minutes"), max_length=20_000, blank=True)
    minutes_digest = models.CharField(max_length=64, blank=True)
    created_by = models.ForeignKey(User, models.PROTECT, related_name="+")
    created_at = models.DateTimeField(_("Entered"))

    class Meta:
        verbose_name = _("meeting of a council")
        verbose_name_plural = _("meetings of councils")
        ordering = ["-starts_at", "-pk"]

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        """The page of the meeting."""
        return reverse("councils:meeting", args=[self.pk])

    @property
    def file(self) -> Council:
        """The council as its file says."""
        return councils()[self.council]


@track()
class Item(models.Model):
    """An item of the agenda; one on a model only those read who may read the model."""

    meeting = models.ForeignKey(Meeting, models.CASCADE, related_name="items")
    place = models.PositiveSmallIntegerField(_("Place on the agenda"))
    title = models.CharField(_("Title"), max_length=200)
    text = models.TextField(_("What it is about"), max_length=5000, blank=True)
    model = models.ForeignKey(
        WinWinModel, models.PROTECT, null=True, blank=True, related_name="items",
        verbose_name=_("Win-win model"),
    )  # fmt: skip

    class Meta:
        verbose_name = _("item of the agenda")
        ordering = ["place", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["meeting", "place"], name="agenda_place_once")
        ]

    def __str__(self) -> str:
        return self.title


@track()
class Paper(SentFile):
    """A paper for an item, as it came in."""

    item = models.ForeignKey(Item, models.CASCADE, related_name="papers")
    file = models.FileField(_("File"), upload_to=anonymous_place)

    class Meta(SentFile.Meta):
        verbose_name = _("paper of an item")


@track()
class Interest(models.Model):
    """A member has an interest in an item and leaves for it."""

    item = models.ForeignKey(Item, models.CASCADE, related_name="interests")
    seat = models.ForeignKey(Seat, models.PROTECT, related_name="interests")
    reason = models.CharField(_("What the interest is"), max_length=500)
    declared_by = models.ForeignKey(User, models.PROTECT, related_name="+")
    declared_at = models.DateTimeField(_("Declared"))

    class Meta:
        verbose_name = _("declaration of interest")
        constraints = [models.UniqueConstraint(fields=["item", "seat"], name="interest_once")]

    def __str__(self) -> str:
        return f"{self.seat}: {self.reason[:60]}"


@track()
class Attendance(models.Model):
    """A member came to a meeting, in the room or online, and maybe left before its end."""

    meeting = models.ForeignKey(Meeting, models.CASCADE, related_name="attendances")
    seat = models.ForeignKey(Seat, models.PROTECT, related_name="attendances")
    way = models.CharField(_("How"), max_length=10, choices=Way)
    came_at = models.DateTimeField(_("Came"))
    left_at = models.DateTimeField(_("Left"), null=True, blank=True)

    class Meta:
        verbose_name = _("attendance at a meeting")
        constraints = [models.UniqueConstraint(fields=["meeting", "seat"], name="attendance_once")]

    def __str__(self) -> str:
        return str(self.seat)


@track()
class Proxy(models.Model):
    """A member who does not come lets another one vote at a meeting."""

    meeting = models.ForeignKey(Meeting, models.CASCADE, related_name="proxies")
    giver = models.ForeignKey(Seat, models.PROTECT, related_name="proxies_given")
    holder = models.ForeignKey(Seat, models.PROTECT, related_name="proxies_held")
    given_by = models.ForeignKey(User, models.PROTECT, related_name="+")
    given_at = models.DateTimeField(_("Given"))

    class Meta:
        verbose_name = _("proxy for a meeting")
        constraints = [
            models.UniqueConstraint(fields=["meeting", "giver"], name="proxy_given_once"),
            models.CheckConstraint(condition=~Q(giver=F("holder")), name="proxy_is_another"),
        ]

    def __str__(self) -> str:
        return f"{self.giver} → {self.holder}"


@track()
class Confirmation(models.Model):
    """Somebody who was there says yes to the minutes, or what is wrong with them.

    `digest` is that of the minutes that were read: a later change asks everybody again.
    """

    meeting = models.ForeignKey(Meeting, models.CASCADE, related_name="confirmations")
    seat = models.ForeignKey(Seat, models.PROTECT, related_name="confirmations")
    digest = models.CharField(max_length=64)
    objection = models.TextField(_("What is wrong"), max_length=2000, blank=True)
    at = models.DateTimeField(_("Answered"))

    class Meta:
        verbose_name = _("answer to the minutes")
        constraints = [
            models.UniqueConstraint(
                fields=["meeting", "seat", "digest"], name="minutes_answered_once"
            )
        ]

    def __str__(self) -> str:
        return str(self.seat)
