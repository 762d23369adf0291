"""Rooms in which two organisations deal: what was asked, shown and handed over, and who looked at it."""

from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import DateTimeRangeField, RangeOperators
from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from dure.apps.catalog.models import Need, Technology
from dure.apps.consultations.models import ConsultationRecord
from dure.apps.introductions.models import Introduction
from dure.apps.ndas.models import Exchange
from dure.apps.people.models import Organisation, User
from dure.apps.rooms.kinds import ItemKind, Way
from dure.apps.rooms.stages import BookingStage, ItemStage, RoomStage
from dure.apps.uploads.models import Upload
from dure.foundation.history import track, untracked
from dure.foundation.scanning import Scan

MARKED = {
    "pdf": "application/pdf",
    "png": "image/png",
    "jpg": "image/jpeg",
    "jpeg": "image/jpeg",
}
"""The endings of files whose copies carry the mark of their reader, and what they are for a browser."""


class ScanResult(models.TextChoices):
    CLEAN = Scan.CLEAN.value, _("Scanned, nothing found")
    NOT_SCANNED = Scan.NOT_SCANNED.value, _("Not scanned for viruses")


class ViewWay(models.TextChoices):
    VIEW = "VIEW", _("Viewed")
    DOWNLOAD = "DOWNLOAD", _("Downloaded")


@track()
class Room(models.Model):
    """A room of one deal: whoever asks for technology on one side, whoever offers it on the other.

    `introduction`, `record` or the two of a match say from which link of the chain it was opened.
    """

    title = models.CharField(_("What it is about"), max_length=200)
    demand = models.ForeignKey(
        Organisation, models.PROTECT, related_name="rooms_as_demand", verbose_name=_("Asks")
    )
    supply = models.ForeignKey(
        Organisation, models.PROTECT, related_name="rooms_as_supply", verbose_name=_("Offers")
    )
    need = models.ForeignKey(Need, models.PROTECT, null=True, related_name="rooms")
    technology = models.ForeignKey(Technology, models.PROTECT, null=True, related_name="rooms")
    introduction = models.ForeignKey(Introduction, models.PROTECT, null=True, related_name="rooms")
    record = models.ForeignKey(ConsultationRecord, models.PROTECT, null=True, related_name="rooms")
    stage = models.CharField(_("Status"), max_length=10, choices=RoomStage, default=RoomStage.OPEN)
    created_by = models.ForeignKey(User, models.PROTECT, related_name="+")
    created_at = models.DateTimeField(_("Opened"))
    closed_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")
    closed_at = models.DateTimeField(_("Closed"), null=True)

    class Meta:
        verbose_name = _("room")
        indexes = [
            models.Index(fields=["demand"], name="room_of_demand"),
            models.Index(fields=["supply"], name="room_of_supply"),
        ]
        constraints = [
            models.CheckConstraint(condition=~Q(demand=F("supply")), name="room_between_two"),
            models.UniqueConstraint(
                fields=["need", "technology"],
                condition=Q(stage=RoomStage.OPEN),
                name="one_open_room_of_a_pair",
            ),
            models.CheckConstraint(
                condition=Q(stage=RoomStage.OPEN, closed_at__isnull=True)
                | Q(stage=RoomStage.CLOSED, closed_at__isnull=False, closed_by__isnull=False),
                name="room_closed_by_somebody",
            ),
        ]

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        """The room's own page."""
        return reverse("rooms:room", args=[self.pk])

    @property
    def sides(self) -> tuple[Organisation, Organisation]:
        """Who asks and who offers."""
        return self.demand, self.supply

    def other_than(self, side: Organisation) -> Organisation:
        """The other side."""
        return self.supply if side.pk == self.demand_id else self.demand


@track()
class Item(models.Model):
    """One line of a room's register: what one side asked, said, proposed or handed over.

    What happened outside the room (`way`) is what `side` alone says, until the other confirms it; so are
    minutes. `stage` is HELD while material kept secret waits for its papers: then only `side` sees it.
    """

    room = models.ForeignKey(Room, models.PROTECT, related_name="items")
    kind = models.CharField(_("Kind"), max_length=12, choices=ItemKind)
    side = models.ForeignKey(Organisation, models.PROTECT, related_name="+")
    way = models.CharField(_("How"), max_length=10, choices=Way, default=Way.PLATFORM)
    said_on = models.DateField(_("Day"))
    text = models.TextField(_("In words"), max_length=5000)
    purpose = models.CharField(_("Purpose"), max_length=300, blank=True)
    is_secret = models.BooleanField(_("Technical data that we keep secret"), default=False)
    answers = models.ForeignKey("self", models.PROTECT, null=True, related_name="answered_by")
    stage = models.CharField(_("Status"), max_length=6, choices=ItemStage, default=ItemStage.SHOWN)
    exchange = models.OneToOneField(Exchange, models.PROTECT, null=True, related_name="room_item")
    created_by = models.ForeignKey(User, models.PROTECT, related_name="+")
    created_at = models.DateTimeField(_("Entered"))
    confirmed_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")
    confirmed_at = models.DateTimeField(_("Confirmed"), null=True)

    class Meta:
        verbose_name = _("entry of a room's register")
        ordering = ["created_at", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(confirmed_by__isnull=True, confirmed_at__isnull=True)
                | Q(confirmed_by__isnull=False, confirmed_at__isnull=False),
                name="item_confirmed_by_somebody",
            )
        ]

    def __str__(self) -> str:
        return self.text[:60]

    @property
    def wants_confirmation(self) -> bool:
        """Whether one side alone says so until the other confirms it."""
        return self.way != Way.PLATFORM or self.kind == ItemKind.MINUTES


@track(exclude=["locked_key"])
class RoomFile(models.Model):
    """A file of an entry, encrypted under a key of its own, which is kept locked (`foundation/sealing`).

    A large one lies in the pieces in which it came (`upload`), and `locked_key` is empty.
    """

    item = models.ForeignKey(Item, models.PROTECT, related_name="files")
    name = models.CharField(_("File"), max_length=150)
    size = models.PositiveIntegerField(_("Size"))
    sha256 = models.CharField("SHA-256", max_length=64)
    stored_as = models.UUIDField(unique=True, editable=False)
    locked_key = models.BinaryField(editable=False)
    upload = models.OneToOneField(Upload, models.PROTECT, null=True, related_name="+")
    scan = models.CharField(_("Virus scan"), max_length=12, choices=ScanResult)

    class Meta:
        verbose_name = _("file of a room")

    def __str__(self) -> str:
        return self.name

    @property
    def is_marked(self) -> bool:
        """Whether a copy of it can carry the mark of its reader."""
        return self.content_type != ""

    @property
    def content_type(self) -> str:
        """As what a browser shows a marked copy; empty for kinds that carry no mark and are only saved."""
        return MARKED.get(self.name.lower().rpartition(".")[2], "")


@untracked("Written once and never changed: who opened which file when.")
class FileView(models.Model):
    """That somebody opened a file; `code` stands in the mark of the copy that they got."""

    file = models.ForeignKey(RoomFile, models.PROTECT, related_name="views")
    reader = models.ForeignKey(User, models.PROTECT, related_name="+")
    side = models.ForeignKey(Organisation, models.PROTECT, related_name="+")
    way = models.CharField(_("How"), max_length=10, choices=ViewWay)
    code = models.CharField(_("Mark"), max_length=20, unique=True)
    at = models.DateTimeField(_("When"))

    class Meta:
        verbose_name = _("view of a file")
        indexes = [models.Index(fields=["file", "at"], name="file_views_newest")]

    def __str__(self) -> str:
        return self.code


@track()
class Booking(models.Model):
    """A room at a place, taken for a time; the database lets no two bookings overlap."""

    place = models.CharField(_("Place"), max_length=20)
    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="room_bookings")
    room = models.ForeignKey(Room, models.PROTECT, null=True, related_name="bookings")
    title = models.CharField(_("What for"), max_length=200)
    during = DateTimeRangeField(_("When"))
    stage = models.CharField(
        _("Status"), max_length=10, choices=BookingStage, default=BookingStage.BOOKED
    )
    created_by = models.ForeignKey(User, models.PROTECT, related_name="+")
    created_at = models.DateTimeField(_("Booked at"))

    class Meta:
        verbose_name = _("booking of a room")
        ordering = ["during", "pk"]
        constraints = [
            ExclusionConstraint(
                name="one_booking_at_a_time",
                expressions=[
                    ("place", RangeOperators.EQUAL),
                    ("during", RangeOperators.OVERLAPS),
                ],
                condition=Q(stage=BookingStage.BOOKED),
            )
        ]

    def __str__(self) -> str:
        return self.title
