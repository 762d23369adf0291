"""Calls (공고): what is announced, what is added to it, who asks, whose deadline is later."""

import uuid

import pgtrigger
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from dure.apps.calls.stages import CallStage, ProposalStage
from dure.apps.challenges.models import Candidate
from dure.apps.people.models import Organisation, User
from dure.apps.programmes.models import Programme, Version
from dure.foundation.history import track, untracked
from dure.foundation.vocabularies import name_of

# What everybody relies on from the day of the announcement.
FROZEN = (
    *("version", "title", "title_en", "text", "text_en", "kind", "mode", "places", "budget_won"),
    *("regions", "opens_at", "closes_at", "left_out"),
)


def _frozen_ones_change() -> str:
    """SQL: something fixed of a call that is no draft would become another."""
    columns = ["version_id" if name == "version" else name for name in FROZEN]
    was, becomes = (", ".join(f'{row}."{name}"' for name in columns) for row in ("OLD", "NEW"))
    return f"OLD.\"stage\" <> 'DRAFT' AND ROW({was}) IS DISTINCT FROM ROW({becomes})"


class CallKind(models.TextChoices):
    """How one applies; the words are those of programme files."""

    OPEN = "OPEN", _("Open call (bottom-up)")
    DESIGNATED = "DESIGNATED", _("Designated call (top-down)")
    NON_COMPETITIVE = "NON_COMPETITIVE", _("Non-competitive")


class CallMode(models.TextChoices):
    DATED = "DATED", _("With one deadline")
    ROUNDS = "ROUNDS", _("In rounds")
    ROLLING = "ROLLING", _("Until the money is used up")


@track()
class Call(models.Model):
    """An invitation to apply to a programme, as one version of its file says it.

    `closes_at` is what was announced and never changes; `deadline_at` is what holds for everybody,
    also after an extension. Both are empty for a rolling call without a last day. `left_out` names
    what the call does not ask for of the file: "documents/id", "criteria/id", "bonus/id".
    `revision` counts what was announced about it.
    """

    uid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    version = models.ForeignKey(
        Version, models.PROTECT, related_name="opened_calls", verbose_name=_("Programme")
    )
    title = models.CharField(_("Title"), max_length=200)
    title_en = models.CharField(_("Title in English"), max_length=200, blank=True)
    text = models.TextField(_("Text"), max_length=10_000)
    text_en = models.TextField(_("Text in English"), max_length=10_000, blank=True)
    kind = models.CharField(_("Kind"), max_length=20, choices=CallKind)
    mode = models.CharField(_("Deadline"), max_length=10, choices=CallMode)
    places = models.PositiveIntegerField(_("Places"), null=True, blank=True)
    budget_won = models.BigIntegerField(_("Budget (won)"), null=True, blank=True)
    regions = ArrayField(
        models.CharField(max_length=20), verbose_name=_("Regions"), default=list, blank=True
    )
    challenges = models.ManyToManyField(
        Candidate, related_name="calls", verbose_name=_("Challenges"), blank=True
    )
    left_out = ArrayField(models.CharField(max_length=80), default=list, blank=True)
    opens_at = models.DateTimeField(_("Opens"))
    closes_at = models.DateTimeField(_("Closes"), null=True, blank=True)
    deadline_at = models.DateTimeField(_("Deadline"), null=True)
    contact = models.ForeignKey(
        User, models.PROTECT, related_name="calls_in_charge", verbose_name=_("Officer in charge")
    )
    contact_text = models.CharField(_("How to reach us"), max_length=300, blank=True)
    stage = models.CharField(_("Status"), max_length=12, choices=CallStage, default=CallStage.DRAFT)
    reason = models.TextField(_("Reason"), blank=True)
    revision = models.PositiveIntegerField(default=0)
    edited_by = models.ForeignKey(User, models.PROTECT, related_name="+")
    edited_at = models.DateTimeField(_("Changed"))
    announced_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")
    announced_at = models.DateTimeField(_("Announced"), null=True)
    changed_at = models.DateTimeField(_("Last announcement"), null=True)
    ended_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")
    ended_at = models.DateTimeField(_("Ended"), null=True)
    opened_at = models.DateTimeField(_("First application opened"), null=True)

    class Meta:
        verbose_name = _("call")
        ordering = ["-opens_at", "-pk"]
        indexes = [models.Index(fields=["stage", "deadline_at"], name="call_by_deadline")]
        constraints = [
            models.CheckConstraint(
                condition=Q(closes_at__isnull=True) | Q(closes_at__gt=F("opens_at")),
                name="call_closes_after_it_opens",
            ),
            models.CheckConstraint(
                condition=Q(mode=CallMode.ROLLING) | Q(closes_at__isnull=False),
                name="call_has_a_deadline_unless_rolling",
            ),
            models.CheckConstraint(
                condition=Q(deadline_at__isnull=True, closes_at__isnull=True)
                | Q(deadline_at__gte=F("closes_at")),
                name="call_deadline_only_grows",
            ),
            models.CheckConstraint(
                condition=Q(stage__in=[CallStage.DRAFT, CallStage.CANCELLED])
                | Q(announced_at__isnull=False, announced_by__isnull=False),
                name="call_was_announced_by_somebody",
            ),
            models.CheckConstraint(
                condition=Q(announced_by__isnull=True) | ~Q(announced_by=F("edited_by")),
                name="call_was_announced_by_a_second_person",
            ),
            models.CheckConstraint(
                condition=Q(budget_won__isnull=True) | Q(budget_won__gt=0),
                name="call_budget_is_money",
            ),
        ]
        triggers = [
            pgtrigger.Protect(
                name="announced_call_is_frozen",
                operation=pgtrigger.Update,
                condition=pgtrigger.Condition(_frozen_ones_change()),
            )
        ]

    def __str__(self) -> str:
        return self.title_en if self.title_en and get_language() == "en" else self.title

    @property
    def shown_text(self) -> str:
        """The text in the reader's language, where it exists in it."""
        return self.text_en if self.text_en and get_language() == "en" else self.text


@track()
class Round(models.Model):
    """One of several times in which a call can be applied to."""

    call = models.ForeignKey(Call, models.CASCADE, related_name="rounds")
    number = models.PositiveSmallIntegerField(_("Round"))
    opens_at = models.DateTimeField(_("Opens"))
    closes_at = models.DateTimeField(_("Closes"))
    deadline_at = models.DateTimeField(_("Deadline"))
    opened_at = models.DateTimeField(_("First application opened"), null=True)

    class Meta:
        verbose_name = _("round of a call")
        ordering = ["number"]
        constraints = [
            models.UniqueConstraint(fields=["call", "number"], name="round_of_a_call_once"),
            models.CheckConstraint(
                condition=Q(closes_at__gt=F("opens_at"), deadline_at__gte=F("closes_at")),
                name="round_closes_after_it_opens",
            ),
        ]

    def __str__(self) -> str:
        return _("Round %(number)s") % {"number": self.number}


@track()
class Addendum(models.Model):
    """What was put right or added after the announcement (정정·추가 공고)."""

    call = models.ForeignKey(Call, models.CASCADE, related_name="addenda")
    number = models.PositiveSmallIntegerField(_("Number"))
    title = models.CharField(_("Title"), max_length=200)
    text = models.TextField(_("Text"), max_length=5000)
    text_en = models.TextField(_("Text in English"), max_length=5000, blank=True)
    by = models.ForeignKey(User, models.PROTECT, related_name="+")
    created_at = models.DateTimeField(_("Announced"))

    class Meta:
        verbose_name = _("addendum")
        verbose_name_plural = _("addenda")
        ordering = ["-number"]
        constraints = [
            models.UniqueConstraint(fields=["call", "number"], name="addendum_numbers_differ")
        ]

    def __str__(self) -> str:
        return self.title

    @property
    def shown_text(self) -> str:
        """The text in the reader's language, where it exists in it."""
        return self.text_en if self.text_en and get_language() == "en" else self.text


@track()
class Question(models.Model):
    """What somebody asked, and what is answered to all; who asked, only the office knows.

    `published` is the question as everybody reads it, without what would give the asker away.
    """

    call = models.ForeignKey(Call, models.CASCADE, related_name="questions")
    requested_by = models.ForeignKey(User, models.PROTECT, related_name="call_questions")
    text = models.TextField(_("Question"), max_length=2000)
    requested_at = models.DateTimeField(_("Asked"))
    published = models.TextField(_("Question as it is published"), max_length=2000, blank=True)
    answer = models.TextField(_("Answer"), max_length=5000, blank=True)
    answered_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")
    answered_at = models.DateTimeField(_("Answered"), null=True)

    class Meta:
        verbose_name = _("question on a call")
        ordering = ["-answered_at", "requested_at", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(answered_at__isnull=True, answer="")
                | Q(answered_at__isnull=False, answered_by__isnull=False)
                & ~Q(answer="")
                & ~Q(published=""),
                name="answered_questions_have_an_answer",
            )
        ]

    def __str__(self) -> str:
        return self.text[:60]


@track()
class Extension(models.Model):
    """A later deadline for one organisation, with the reason (개별 연장)."""

    call = models.ForeignKey(Call, models.CASCADE, related_name="extensions")
    round = models.ForeignKey(Round, models.CASCADE, null=True, related_name="extensions")
    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="call_extensions")
    until = models.DateTimeField(_("Until"))
    reason = models.TextField(_("Reason"), max_length=2000)
    by = models.ForeignKey(User, models.PROTECT, related_name="+")
    created_at = models.DateTimeField(_("Given"))

    class Meta:
        verbose_name = _("extension for an organisation")
        ordering = ["-created_at", "-pk"]

    def __str__(self) -> str:
        return f"#{self.pk} until {self.until:%Y-%m-%d %H:%M}"


class ProposalKind(models.TextChoices):
    EXTEND = "EXTEND", _("Extension for all")
    CANCEL = "CANCEL", _("Cancellation")


@track()
class Proposal(models.Model):
    """What takes two persons: one proposes with a reason, another confirms."""

    call = models.ForeignKey(Call, models.CASCADE, related_name="proposals")
    kind = models.CharField(_("About"), max_length=10, choices=ProposalKind)
    until = models.DateTimeField(_("New deadline"), null=True)
    reason = models.TextField(_("Reason"), max_length=2000)
    stage = models.CharField(
        _("Status"), max_length=12, choices=ProposalStage, default=ProposalStage.PROPOSED
    )
    proposed_by = models.ForeignKey(User, models.PROTECT, related_name="+")
    proposed_at = models.DateTimeField(_("Proposed"))
    settled_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")
    settled_at = models.DateTimeField(_("Settled"), null=True)

    class Meta:
        verbose_name = _("proposal on a call")
        ordering = ["-proposed_at", "-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["call"],
                condition=Q(stage=ProposalStage.PROPOSED),
                name="one_proposal_at_a_time",
            ),
            models.CheckConstraint(
                condition=~Q(stage=ProposalStage.CONFIRMED)
                | (Q(settled_by__isnull=False) & ~Q(settled_by=F("proposed_by"))),
                name="proposal_confirmed_by_a_second_person",
            ),
            models.CheckConstraint(
                condition=Q(kind=ProposalKind.EXTEND, until__isnull=False)
                | Q(kind=ProposalKind.CANCEL, until__isnull=True),
                name="extensions_say_until_when",
            ),
        ]

    def __str__(self) -> str:
        return self.get_kind_display()


@track()
class Recommender(models.Model):
    """A body that reads its applications first and puts forward so many, by a date of its own."""

    call = models.ForeignKey(Call, models.CASCADE, related_name="recommenders")
    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="recommends_in")
    quota = models.PositiveSmallIntegerField(_("At most"))
    until = models.DateTimeField(_("Recommends until"))

    class Meta:
        verbose_name = _("recommending body")
        verbose_name_plural = _("recommending bodies")
        ordering = ["organisation__name", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["call", "organisation"], name="recommender_once"),
            models.CheckConstraint(condition=Q(quota__gt=0), name="recommender_has_a_quota"),
        ]

    def __str__(self) -> str:
        return str(self.organisation)


@untracked("Only what somebody wants to be told of.")
class Watch(models.Model):
    """Somebody wants to be told what is announced about a call."""

    call = models.ForeignKey(Call, models.CASCADE, related_name="watches")
    user = models.ForeignKey(User, models.CASCADE, related_name="call_watches")
    since = models.DateTimeField()

    class Meta:
        verbose_name = _("watched call")
        constraints = [models.UniqueConstraint(fields=["call", "user"], name="watched_once")]

    def __str__(self) -> str:
        return f"#{self.call_id} by {self.user_id}"


@untracked("Only what somebody wants to be told of.")
class Alert(models.Model):
    """Somebody wants to be told of new calls: of a programme, for a region, or of all."""

    user = models.ForeignKey(User, models.CASCADE, related_name="call_alerts")
    programme = models.ForeignKey(Programme, models.CASCADE, null=True, related_name="call_alerts")
    region = models.CharField(_("Region"), max_length=20, blank=True)
    since = models.DateTimeField()

    class Meta:
        verbose_name = _("alert to new calls")
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["user", "programme", "region"], name="alert_once", nulls_distinct=False
            )
        ]

    def __str__(self) -> str:
        return f"#{self.pk} of {self.user_id}"

    @property
    def region_name(self) -> str:
        """The region in the reader's language; empty for all."""
        return name_of("regions", self.region, get_language()) if self.region else ""


@untracked("A secret address and a number of one's own, which must stand in no second place.")
class Reach(models.Model):
    """How calls reach a person outside the platform: calendar address, mobile number."""

    user = models.OneToOneField(User, models.CASCADE, related_name="call_reach")
    feed_token = models.CharField(max_length=64, unique=True)
    mobile = models.CharField(_("Mobile number"), max_length=20, blank=True)

    class Meta:
        verbose_name = _("calendar and mobile number")

    def __str__(self) -> str:
        return f"#{self.user_id}"


@untracked("Written once and never changed: which reminder went out when.")
class Reminder(models.Model):
    """Somebody was reminded, so many days before, of a deadline: never twice of the same."""

    call = models.ForeignKey(Call, models.CASCADE, related_name="reminders")
    user = models.ForeignKey(User, models.CASCADE, related_name="+")
    days = models.PositiveSmallIntegerField()
    deadline_at = models.DateTimeField()

    class Meta:
        verbose_name = _("reminder of a deadline")
        constraints = [
            models.UniqueConstraint(
                fields=["call", "user", "days", "deadline_at"], name="reminded_of_a_call_once"
            )
        ]

    def __str__(self) -> str:
        return f"#{self.call_id} to {self.user_id}"


class Channel(models.TextChoices):
    EMAIL = "EMAIL", _("E-mail")
    SMS = "SMS", _("Text message")
    ALIMTALK = "ALIMTALK", _("KakaoTalk notification")


@track()
class Letter(models.Model):
    """What the office wrote to one of the lists of a call, or to the people of any list of the
    platform, which `list_name` calls with its filters; sent by a job."""

    call = models.ForeignKey(Call, models.PROTECT, null=True, related_name="letters")
    audience = models.CharField(_("To"), max_length=30, blank=True)
    list_name = models.CharField(_("List"), max_length=300, blank=True)
    channel = models.CharField(_("By"), max_length=10, choices=Channel)
    subject = models.CharField(_("Subject"), max_length=150)
    body = models.TextField(_("Text"), max_length=5000)
    by = models.ForeignKey(User, models.PROTECT, related_name="+")
    created_at = models.DateTimeField(_("Sent"))

    class Meta:
        verbose_name = _("letter")
        ordering = ["-created_at", "-pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(call__isnull=False, list_name="") & ~Q(audience="")
                | Q(call__isnull=True, audience="") & ~Q(list_name=""),
                name="letter_to_one_list",
            )
        ]

    def __str__(self) -> str:
        return self.subject


class Delivery(models.TextChoices):
    """KEPT: written to a file for want of a provider, and so not sent."""

    WAITING = "WAITING", _("Waiting")
    SENT = "SENT", _("Sent")
    KEPT = "KEPT", _("Written to a file, not sent")
    FAILED = "FAILED", _("Not delivered")


@untracked("What became of a letter that is kept itself.")
class Recipient(models.Model):
    """Whom a letter goes to, and whether it went."""

    letter = models.ForeignKey(Letter, models.CASCADE, related_name="recipients")
    user = models.ForeignKey(User, models.PROTECT, related_name="+")
    address = models.CharField(_("Address"), max_length=254)
    delivery = models.CharField(
        _("Status"), max_length=10, choices=Delivery, default=Delivery.WAITING
    )
    error = models.CharField(_("Error"), max_length=300, blank=True)
    sent_at = models.DateTimeField(_("Sent"), null=True)

    class Meta:
        verbose_name = _("recipient of a letter")
        ordering = ["pk"]
        constraints = [models.UniqueConstraint(fields=["letter", "user"], name="recipient_once")]

    def __str__(self) -> str:
        return f"#{self.pk} of #{self.letter_id}"
