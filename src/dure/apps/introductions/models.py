"""Introductions: two organisations brought together, what they write, and when they meet."""

from datetime import datetime, timedelta

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from dure.apps.catalog.models import Need, Technology
from dure.apps.introductions.stages import IntroductionStage, ProposalStage
from dure.apps.matches.models import Side
from dure.apps.people.models import Organisation, User
from dure.foundation.file_places import AnonymousPlace
from dure.foundation.history import track, untracked


@track()
class Introduction(models.Model):
    """A need and a technology whose organisations the programme office has brought together.

    `quiet_since` is the last word of either side, or the end of the meeting that they agreed on:
    the moment from which silence counts.
    """

    need = models.ForeignKey(
        Need, models.PROTECT, related_name="introductions", verbose_name=_("Need")
    )
    technology = models.ForeignKey(
        Technology, models.PROTECT, related_name="introductions", verbose_name=_("Technology")
    )
    stage = models.CharField(
        _("Status"),
        max_length=20,
        choices=IntroductionStage,
        default=IntroductionStage.INTRODUCED,
    )
    demand_contact = models.ForeignKey(
        User, models.PROTECT, null=True, blank=True, related_name="introductions_as_demand",
        verbose_name=_("Contact of the demand organisation"),
    )  # fmt: skip
    supply_contact = models.ForeignKey(
        User, models.PROTECT, null=True, blank=True, related_name="introductions_as_supply",
        verbose_name=_("Contact of the small firm"),
    )  # fmt: skip
    introduced_by = models.ForeignKey(
        User, models.PROTECT, related_name="introductions_made", verbose_name=_("Introduced by")
    )
    introduced_at = models.DateTimeField(_("Introduced"))
    quiet_since = models.DateTimeField(_("Last word"))
    reminded_at = models.DateTimeField(_("Reminded"), null=True, blank=True)
    end_reason = models.TextField(_("Ended because"), blank=True)

    class Meta:
        verbose_name = _("introduction")
        indexes = [models.Index(fields=["stage", "quiet_since"], name="introduction_quiet")]
        constraints = [
            models.UniqueConstraint(
                fields=["need", "technology"], name="one_introduction_of_each_pair"
            ),
            models.CheckConstraint(
                condition=Q(stage=IntroductionStage.ENDED) & ~Q(end_reason="")
                | ~Q(stage=IntroductionStage.ENDED) & Q(end_reason=""),
                name="introduction_says_why_when_ended",
                violation_error_message=_("An introduction that ended says why."),
            ),
        ]

    def __str__(self) -> str:
        return f"#{self.pk} {self.need_id}-{self.technology_id}"

    def get_absolute_url(self) -> str:
        """The introduction's own page."""
        return reverse("introductions:introduction", args=[self.pk])

    @property
    def sides(self) -> tuple[Organisation, Organisation]:
        """The demand organisation and the small firm."""
        return self.need.organisation, self.technology.organisation


@untracked("Written once, by one side for the other, and never changed.")
class Message(models.Model):
    """What somebody wrote in an introduction."""

    introduction = models.ForeignKey(Introduction, models.CASCADE, related_name="messages")
    side = models.CharField(_("Side"), max_length=10, choices=Side)
    text = models.TextField(_("Message"), max_length=5000, blank=True)
    written_by = models.ForeignKey(User, models.PROTECT, related_name="messages_written")
    written_at = models.DateTimeField(_("Written"))

    class Meta:
        verbose_name = _("message")
        indexes = [models.Index(fields=["introduction", "written_at"], name="message_in_order")]

    def __str__(self) -> str:
        return f"#{self.pk} in {self.introduction_id}"


_anonymous_place = AnonymousPlace("introductions")


@untracked("Sent once with a message and never changed.")
class MessageFile(models.Model):
    """A file sent with a message; only those who read the message open it."""

    message = models.ForeignKey(Message, models.CASCADE, related_name="files")
    file = models.FileField(_("File"), upload_to=_anonymous_place)
    name = models.CharField(_("Name"), max_length=200)
    size = models.PositiveIntegerField(_("Size"))
    sha256 = models.CharField(max_length=64)

    class Meta:
        verbose_name = _("file")

    def __str__(self) -> str:
        return self.name


@track()
class Offer(models.Model):
    """A technology of whoever says of a need «we can do this», also before it is published.

    Once it is, its firm counts as interested in the need, as if they had answered a match.
    """

    need = models.ForeignKey(Need, models.PROTECT, related_name="offers")
    technology = models.ForeignKey(Technology, models.PROTECT, related_name="offers")
    created_by = models.ForeignKey(User, models.PROTECT, related_name="offers_made")
    created_at = models.DateTimeField(_("Offered"))
    told_at = models.DateTimeField(_("Told to the owner of the need"), null=True, blank=True)

    class Meta:
        verbose_name = _("offer")
        constraints = [
            models.UniqueConstraint(fields=["need", "technology"], name="one_offer_of_each_pair")
        ]

    def __str__(self) -> str:
        return f"#{self.pk} {self.technology_id} for {self.need_id}"


@track()
class MeetingProposal(models.Model):
    """A time that one side proposes for a meeting on site or online; the other side answers."""

    SHORTEST, LONGEST = 15, 480

    introduction = models.ForeignKey(Introduction, models.CASCADE, related_name="proposals")
    side = models.CharField(_("Side"), max_length=10, choices=Side)
    starts_at = models.DateTimeField(_("Begins"))
    minutes = models.PositiveSmallIntegerField(
        _("Minutes"), validators=[MinValueValidator(SHORTEST), MaxValueValidator(LONGEST)]
    )
    is_online = models.BooleanField(_("Online"), default=False)
    place = models.CharField(_("Place or address of the online meeting"), max_length=300)
    stage = models.CharField(
        _("Status"), max_length=20, choices=ProposalStage, default=ProposalStage.OFFERED
    )
    revision = models.PositiveIntegerField(default=0, editable=False)
    proposed_by = models.ForeignKey(User, models.PROTECT, related_name="meetings_proposed")
    proposed_at = models.DateTimeField(_("Proposed"))
    answered_by = models.ForeignKey(
        User, models.PROTECT, null=True, blank=True, related_name="meetings_answered"
    )
    answered_at = models.DateTimeField(_("Answered"), null=True, blank=True)

    class Meta:
        verbose_name = _("proposed meeting")
        constraints = [
            models.UniqueConstraint(
                fields=["introduction"],
                condition=Q(stage=ProposalStage.ACCEPTED),
                name="one_agreed_meeting_at_a_time",
                violation_error_message=_("A meeting is agreed already."),
            ),
            models.CheckConstraint(
                condition=Q(minutes__range=(15, 480)), name="meeting_lasts_15_to_480_minutes"
            ),
            models.CheckConstraint(
                condition=Q(stage=ProposalStage.OFFERED, answered_at__isnull=True)
                | ~Q(stage=ProposalStage.OFFERED) & Q(answered_at__isnull=False),
                name="proposal_answered_at_matches_stage",
            ),
            models.CheckConstraint(
                condition=Q(answered_at__isnull=True) | Q(answered_at__gte=F("proposed_at")),
                name="proposal_answered_after_it_was_made",
            ),
        ]

    def __str__(self) -> str:
        return f"#{self.pk} in {self.introduction_id}"

    @property
    def ends_at(self) -> datetime:
        """When the meeting is over."""
        return self.starts_at + timedelta(minutes=self.minutes)
