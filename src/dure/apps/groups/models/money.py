"""Money of exchange groups: dues, what came in and went out, the account of a year. Whole won."""

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from dure.apps.groups.kinds import BookingKind
from dure.apps.groups.models.bodies import Group, Member
from dure.apps.groups.models.meetings import Meeting
from dure.apps.people.models import User
from dure.foundation.history import track


@track()
class DuesRate(models.Model):
    """What each member pays for a year, and until when."""

    group = models.ForeignKey(Group, models.CASCADE, related_name="rates")
    year = models.PositiveSmallIntegerField(_("Year"))
    amount = models.PositiveBigIntegerField(_("Amount"))
    due_on = models.DateField(_("Pay by"))
    set_by = models.ForeignKey(User, models.PROTECT, related_name="+")
    set_at = models.DateTimeField(_("Set"))

    class Meta:
        verbose_name = _("dues of a year")
        ordering = ["-year"]
        constraints = [
            models.UniqueConstraint(fields=["group", "year"], name="group_dues_once_a_year")
        ]

    def __str__(self) -> str:
        return str(self.year)


@track()
class Due(models.Model):
    """What a member owes of the dues of a year, and how much of it has come in."""

    rate = models.ForeignKey(DuesRate, models.CASCADE, related_name="dues")
    member = models.ForeignKey(Member, models.PROTECT, related_name="dues")
    amount = models.PositiveBigIntegerField(_("Amount"))
    paid = models.PositiveBigIntegerField(_("Paid"), default=0)

    class Meta:
        verbose_name = _("dues of a member")
        ordering = ["rate__due_on", "member__organisation__name", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["rate", "member"], name="group_due_once"),
            models.CheckConstraint(condition=Q(paid__lte=F("amount")), name="group_due_not_over"),
        ]

    def __str__(self) -> str:
        return f"{self.member} {self.rate}"

    @property
    def open(self) -> int:
        """What is still owed, in won."""
        return self.amount - self.paid


@track()
class Booking(models.Model):
    """Money that came in or went out on a day. Dues without a member wait to be assigned.

    `row_key` knows a row of a bank's file again, so that the same file twice books once.
    """

    group = models.ForeignKey(Group, models.CASCADE, related_name="bookings")
    on = models.DateField(_("Day"))
    is_income = models.BooleanField(_("Came in"))
    kind = models.CharField(_("What for"), max_length=20, choices=BookingKind)
    amount = models.PositiveBigIntegerField(_("Amount"))
    party = models.CharField(_("From or to whom"), max_length=200)
    text = models.CharField(_("Note"), max_length=200, blank=True)
    member = models.ForeignKey(
        Member, models.PROTECT, null=True, related_name="payments", verbose_name=_("Member")
    )
    receipt = models.CharField(_("Number of the receipt"), max_length=40, blank=True)
    row_key = models.CharField(max_length=64, blank=True)
    entered_by = models.ForeignKey(User, models.PROTECT, related_name="+")
    entered_at = models.DateTimeField(_("Entered"))

    class Meta:
        verbose_name = _("booking of a group")
        ordering = ["-on", "-pk"]
        constraints = [
            models.CheckConstraint(condition=Q(amount__gt=0), name="group_booking_above_nought"),
            models.UniqueConstraint(
                fields=["group", "row_key"], condition=~Q(row_key=""), name="group_row_once"
            ),
            models.UniqueConstraint(
                fields=["group", "receipt"], condition=~Q(receipt=""), name="group_receipt_once"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.on} {self.party} {self.amount}"


@track()
class YearAccount(models.Model):
    """The account of a year as a meeting approved it; after that nothing is booked in the year."""

    group = models.ForeignKey(Group, models.CASCADE, related_name="accounts")
    year = models.PositiveSmallIntegerField(_("Year"))
    opening = models.BigIntegerField(_("Carried over"))
    income = models.BigIntegerField(_("Income"))
    spending = models.BigIntegerField(_("Spending"))
    meeting = models.ForeignKey(
        Meeting, models.PROTECT, related_name="accounts", verbose_name=_("Meeting")
    )
    entered_by = models.ForeignKey(User, models.PROTECT, related_name="+")
    entered_at = models.DateTimeField(_("Entered"))

    class Meta:
        verbose_name = _("account of a year")
        ordering = ["-year"]
        constraints = [
            models.UniqueConstraint(fields=["group", "year"], name="group_account_once_a_year")
        ]

    def __str__(self) -> str:
        return str(self.year)

    @property
    def closing(self) -> int:
        """What is left at the end of the year, in won."""
        return self.opening + self.income - self.spending
