"""Non-disclosure agreements (비밀유지협약), what becomes of the material, and who read it."""

from datetime import date, datetime, timedelta
from typing import Any

from django.db import models
from django.db.models import F, Q
from django.utils.timezone import localdate
from django.utils.translation import gettext_lazy as _

from dure.apps.ndas.kinds import HandOver, Relation
from dure.apps.ndas.stages import DraftStage, NdaStage, NdaStanding, NoticeStage, SheetStage
from dure.apps.people.models import Organisation, User
from dure.foundation.history import track, untracked

TIME_TO_SIGN = timedelta(days=14)
"""Within which the second side signs; after that the first one is no longer bound by its word."""


class ReturnWay(models.TextChoices):
    """What the receiver did with the material when the agreement was over."""

    RETURNED = "RETURNED", _("Given back")
    DESTROYED = "DESTROYED", _("Destroyed")


def particulars_now(organisation: Organisation) -> dict[str, str]:
    """What an agreement says of a party beside its name, as it stands now."""
    return {
        "number": organisation.number,
        "address": organisation.address,
        "representative": organisation.representative,
    }


@track()
class Nda(models.Model):
    """One organisation opens material to named people of another, for a purpose and a time.

    What both sides sign is kept as it was (`terms`: for each language the clauses with title and
    text; `parties`: the names; `particulars`: number, address and representative of each side, as they
    were when it signed), whatever becomes of the standard text and of the organisations later. It is in
    force from the second signature until `ends_at`, unless one side ends it. When it is over, the
    receiver confirms once that what it received was returned or destroyed, and says how.

    `relation` and `template` say by which law's items it was written, `items` what it says under those
    that only some relations have. `file` is the paper as both sides signed it, once they have.
    """

    disclosing_party = models.ForeignKey(
        Organisation, models.PROTECT, related_name="ndas_disclosing", verbose_name=_("Discloses")
    )
    receiving_party = models.ForeignKey(
        Organisation, models.PROTECT, related_name="ndas_receiving", verbose_name=_("Receives")
    )
    material = models.CharField(_("Material"), max_length=300)
    material_url = models.CharField(max_length=300, blank=True)
    purpose = models.TextField(_("Purpose"))
    terms = models.JSONField(_("Terms"))
    # By language: the names of `disclosing_party` and `receiving_party` as they were signed.
    parties = models.JSONField(_("Names of both sides"), default=dict)
    # Of `disclosing_party` and `receiving_party`: number, address, representative.
    particulars = models.JSONField(_("Number, address and representative"), default=dict)
    relation = models.CharField(
        _("Relation"), max_length=20, choices=Relation, default=Relation.FREE
    )
    template = models.CharField(max_length=60, blank=True)
    items = models.JSONField(default=dict, blank=True)
    file = models.FileField(upload_to="ndas/", max_length=200, blank=True)
    file_sha256 = models.CharField(_("SHA-256 of the signed paper"), max_length=64, blank=True)
    ends_at = models.DateTimeField(_("In force until"))
    return_on = models.DateField(_("Return or destroy by"))
    stage = models.CharField(_("Status"), max_length=20, choices=NdaStage, default=NdaStage.ASKED)
    requested_by = models.ForeignKey(
        User, models.PROTECT, related_name="+", verbose_name=_("Signed for the receiver by")
    )
    requested_at = models.DateTimeField(_("Signed for the receiver"))
    answered_by = models.ForeignKey(
        User, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("Answered by")
    )
    answered_at = models.DateTimeField(_("Answered"), null=True, blank=True)
    ended_by = models.ForeignKey(
        User, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("Ended by")
    )
    ended_at = models.DateTimeField(_("Ended"), null=True, blank=True)
    reason = models.TextField(_("Reason"), blank=True)
    returned_as = models.CharField(
        _("Returned or destroyed"), max_length=20, choices=ReturnWay, blank=True
    )
    return_how = models.TextField(_("How"), blank=True)
    return_confirmed_by = models.ForeignKey(
        User, models.PROTECT, null=True, blank=True, related_name="+",
        verbose_name=_("Return confirmed by"),
    )  # fmt: skip
    return_confirmed_at = models.DateTimeField(_("Return confirmed"), null=True, blank=True)

    class Meta:
        verbose_name = _("non-disclosure agreement")
        indexes = [
            models.Index(fields=["disclosing_party", "stage"], name="nda_of_disclosing"),
            models.Index(fields=["receiving_party", "stage"], name="nda_of_receiving"),
        ]
        constraints = [
            models.CheckConstraint(
                condition=~Q(disclosing_party=F("receiving_party")), name="nda_between_two"
            ),
            models.CheckConstraint(
                condition=~Q(stage__in=[NdaStage.SIGNED, NdaStage.ENDED])
                | Q(answered_by__isnull=False, answered_at__isnull=False)
                & ~Q(answered_by=F("requested_by")),
                name="nda_signed_by_a_second_person",
            ),
            models.CheckConstraint(
                condition=~Q(stage=NdaStage.ENDED)
                | Q(ended_by__isnull=False, ended_at__isnull=False),
                name="nda_ended_by_somebody",
            ),
            models.CheckConstraint(
                condition=Q(
                    returned_as="",
                    return_confirmed_by__isnull=True,
                    return_confirmed_at__isnull=True,
                )
                | ~Q(returned_as="")
                & ~Q(return_how="")
                & Q(return_confirmed_by__isnull=False, return_confirmed_at__isnull=False)
                & (
                    Q(stage=NdaStage.ENDED)
                    | Q(stage=NdaStage.SIGNED, return_confirmed_at__gte=F("ends_at"))
                ),
                name="nda_return_confirmed_when_over",
            ),
        ]

    def __str__(self) -> str:
        return self.material

    def in_language(self, language: str | None) -> list[dict[str, Any]]:
        """The clauses in a language where they were kept in it, else in Korean."""
        return self.terms.get(language or "") or self.terms["ko"]

    def parties_in(self, language: str | None) -> dict[str, str]:
        """The names of both sides as they were signed."""
        now = {
            "disclosing_party": str(self.disclosing_party),
            "receiving_party": str(self.receiving_party),
        }
        return self.parties.get(language or "") or self.parties.get("ko") or now

    def particulars_of(self, side: str) -> dict[str, str]:
        """Number, address and representative of a side as it signed; before that, as they are now."""
        signed: dict[str, str] | None = self.particulars.get(side)
        return particulars_now(getattr(self, side)) if signed is None else signed

    @property
    def document_number(self) -> str:
        """By which it is cited: the year in which it was asked for, and its number."""
        return f"NDA-{localdate(self.requested_at).year}-{self.pk:06d}"

    @property
    def last_day(self) -> date:
        """The last day on which it is in force, unless one side ends it earlier."""
        return localdate(self.ends_at - timedelta(seconds=1))

    @property
    def sign_by(self) -> date:
        """The last day on which the other side can sign; no request stands open for ever."""
        return min(localdate(self.requested_at) + TIME_TO_SIGN, self.last_day)

    def standing(self, at: datetime) -> NdaStanding:
        """How it stands at a moment: a request lapses, and what was signed runs out."""
        if self.stage == NdaStage.ASKED and self.sign_by < localdate(at):
            return NdaStanding.LAPSED
        if self.stage == NdaStage.SIGNED:
            return NdaStanding.RUN_OUT if self.ends_at <= at else NdaStanding.IN_FORCE
        return NdaStanding(self.stage)

    def is_over(self, at: datetime) -> bool:
        """True when it was in force and is no more: run out, or ended."""
        has_run_out = self.stage == NdaStage.SIGNED and self.ends_at <= at
        return has_run_out or self.stage == NdaStage.ENDED


@track()
class NamedPerson(models.Model):
    """Somebody of the receiver who may read the material; name and e-mail as they were signed."""

    nda = models.ForeignKey(Nda, models.CASCADE, related_name="people")
    user = models.ForeignKey(User, models.PROTECT, related_name="named_in")
    name = models.CharField(_("Name"), max_length=100, blank=True)
    email = models.EmailField(_("E-mail"))

    class Meta:
        verbose_name = _("named person")
        constraints = [models.UniqueConstraint(fields=["nda", "user"], name="one_naming_each_nda")]

    def __str__(self) -> str:
        return self.name or self.email


@untracked("Written once and never changed: which reminder went out when.")
class Reminder(models.Model):
    """One round of reminders about an agreement, `mark` days before its last day; below 0, after."""

    nda = models.ForeignKey(Nda, models.CASCADE, related_name="reminders")
    mark = models.SmallIntegerField()
    told_at = models.DateTimeField(_("Sent"))

    class Meta:
        verbose_name = _("reminder")
        constraints = [models.UniqueConstraint(fields=["nda", "mark"], name="reminded_once")]

    def __str__(self) -> str:
        return f"#{self.nda_id} {self.mark}"


@track()
class AccessRecord(models.Model):
    """That a named person read the details, or a file, under an agreement, on one day.

    `url` says what was read; `name` is what it was called then, so that it can still be told when
    it is gone.
    """

    nda = models.ForeignKey(Nda, models.CASCADE, related_name="access_records")
    reader = models.ForeignKey(User, models.PROTECT, related_name="+", verbose_name=_("Reader"))
    url = models.CharField(max_length=300)
    name = models.TextField(_("What was read"))
    day = models.DateField(_("Day"))
    first_at = models.DateTimeField(_("First time"))
    last_at = models.DateTimeField(_("Last time"))
    times = models.PositiveIntegerField(_("How often"))

    class Meta:
        verbose_name = _("access record")
        constraints = [
            models.UniqueConstraint(
                fields=["nda", "reader", "url", "day"], name="one_reading_each_day"
            ),
            models.CheckConstraint(
                condition=Q(times__gte=1, last_at__gte=F("first_at")), name="reading_in_order"
            ),
        ]

    def __str__(self) -> str:
        return f"#{self.pk} {self.name}"


@track()
class RequestSheet(models.Model):
    """A request sheet for technical data (기술자료 요구서), given when asking.

    Its items are those of the decree in force that day; see `demands/`. The holder agrees or declines;
    an agreement that is then made for it is `nda`.
    """

    asking_party = models.ForeignKey(
        Organisation, models.PROTECT, related_name="sheets_given", verbose_name=_("Asks")
    )
    holding_party = models.ForeignKey(
        Organisation, models.PROTECT, related_name="sheets_received", verbose_name=_("Holds")
    )
    relation = models.CharField(_("Relation"), max_length=20, choices=Relation)
    material = models.CharField(_("Name and scope of the data"), max_length=300)
    purpose = models.TextField(_("Purpose"), max_length=2000)
    ownership = models.TextField(_("Who owns the rights"), max_length=2000)
    price = models.TextField(_("Price and how it is paid"), max_length=2000)
    hand_over_on = models.DateField(_("Hand over by"))
    method = models.CharField(_("How it is handed over"), max_length=300)
    justification = models.TextField(_("Why it is justified"), max_length=2000)
    stage = models.CharField(
        _("Status"), max_length=20, choices=SheetStage, default=SheetStage.GIVEN
    )
    nda = models.ForeignKey(Nda, models.PROTECT, null=True, related_name="sheets")
    created_by = models.ForeignKey(User, models.PROTECT, related_name="+")
    created_at = models.DateTimeField(_("Given"))
    answered_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")
    answered_at = models.DateTimeField(_("Answered"), null=True)
    reason = models.TextField(_("Reason"), max_length=2000, blank=True)

    class Meta:
        verbose_name = _("request sheet for technical data")
        indexes = [
            models.Index(fields=["asking_party"], name="sheet_of_asking"),
            models.Index(fields=["holding_party"], name="sheet_of_holding"),
        ]
        constraints = [
            models.CheckConstraint(
                condition=~Q(asking_party=F("holding_party")), name="sheet_between_two"
            ),
            models.CheckConstraint(
                condition=Q(stage=SheetStage.GIVEN)
                | Q(answered_by__isnull=False, answered_at__isnull=False),
                name="sheet_answered_by_somebody",
            ),
        ]

    def __str__(self) -> str:
        return self.material


@track()
class Exchange(models.Model):
    """That technical data went from one organisation to another, on the platform or elsewhere.

    `nda` is the agreement that covered it then, None where there was none: that is registered too.
    `is_secret` says whether the giver keeps the material secret; a brochure is not.
    """

    from_party = models.ForeignKey(
        Organisation, models.PROTECT, related_name="exchanges_given", verbose_name=_("Gave")
    )
    to_party = models.ForeignKey(
        Organisation,
        models.PROTECT,
        related_name="exchanges_received",
        verbose_name=_("Received by"),
    )
    material = models.CharField(_("Material"), max_length=300)
    way = models.CharField(_("How"), max_length=20, choices=HandOver)
    handed_on = models.DateField(_("Handed over"))
    nda = models.ForeignKey(Nda, models.PROTECT, null=True, related_name="exchanges")
    is_secret = models.BooleanField(_("Kept secret by the giver"), default=True)
    note = models.TextField(_("Remark"), max_length=2000, blank=True)
    created_by = models.ForeignKey(User, models.PROTECT, related_name="+")
    created_at = models.DateTimeField(_("Registered"))

    class Meta:
        verbose_name = _("hand-over of technical data")
        indexes = [
            models.Index(fields=["from_party"], name="exchange_of_giver"),
            models.Index(fields=["to_party"], name="exchange_of_receiver"),
        ]
        constraints = [
            models.CheckConstraint(
                condition=~Q(from_party=F("to_party")), name="exchange_between_two"
            )
        ]

    def __str__(self) -> str:
        return self.material


@track()
class SecrecyDoubt(models.Model):
    """That the receiver doubts that something is secret (비밀관리성 이의); the holder answers in time."""

    nda = models.ForeignKey(Nda, models.PROTECT, related_name="doubts")
    text = models.TextField(_("What is not secret, and why"), max_length=2000)
    answer_by = models.DateField(_("Answer by"))
    created_by = models.ForeignKey(User, models.PROTECT, related_name="+")
    created_at = models.DateTimeField(_("Raised"))
    answer = models.TextField(_("Answer"), max_length=2000, blank=True)
    answered_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")
    answered_at = models.DateTimeField(_("Answered"), null=True)

    class Meta:
        verbose_name = _("doubt about secrecy")
        ordering = ["created_at", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(answer="", answered_by__isnull=True, answered_at__isnull=True)
                | ~Q(answer="") & Q(answered_by__isnull=False, answered_at__isnull=False),
                name="doubt_answered_by_somebody",
            )
        ]

    def __str__(self) -> str:
        return self.text[:60]


@track()
class CounterDraft(models.Model):
    """Other words for the clauses of an agreement that is not signed by both yet.

    `before` are the clauses that stood then, `terms` what `side` proposes instead; both by language.
    """

    nda = models.ForeignKey(Nda, models.PROTECT, related_name="drafts")
    side = models.ForeignKey(Organisation, models.PROTECT, related_name="+")
    before = models.JSONField()
    terms = models.JSONField(_("Terms"))
    note = models.TextField(_("Why"), max_length=2000, blank=True)
    stage = models.CharField(
        _("Status"), max_length=20, choices=DraftStage, default=DraftStage.OFFERED
    )
    created_by = models.ForeignKey(User, models.PROTECT, related_name="+")
    created_at = models.DateTimeField(_("Proposed"))
    answered_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")
    answered_at = models.DateTimeField(_("Answered"), null=True)

    class Meta:
        verbose_name = _("counter-draft")
        ordering = ["created_at", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["nda"], condition=Q(stage=DraftStage.OFFERED), name="one_draft_at_a_time"
            )
        ]

    def __str__(self) -> str:
        return f"#{self.pk} of {self.nda_id}"


@track()
class StaffNotice(models.Model):
    """A notice, signed by the receiver, that other people will hold the material; the other side consents.

    `file` is the notice as a signed paper; after consent it bears both signatures.
    """

    nda = models.ForeignKey(Nda, models.PROTECT, related_name="staff_notices")
    reason = models.TextField(_("Why"), max_length=2000)
    stage = models.CharField(
        _("Status"), max_length=20, choices=NoticeStage, default=NoticeStage.GIVEN
    )
    file = models.FileField(upload_to="ndas/", max_length=200, blank=True)
    file_sha256 = models.CharField(max_length=64, blank=True)
    created_by = models.ForeignKey(User, models.PROTECT, related_name="+")
    created_at = models.DateTimeField(_("Given"))
    answered_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")
    answered_at = models.DateTimeField(_("Answered"), null=True)
    answer = models.TextField(_("Reason"), max_length=2000, blank=True)

    class Meta:
        verbose_name = _("notice of another staff list")
        ordering = ["created_at", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["nda"],
                condition=Q(stage=NoticeStage.GIVEN),
                name="one_staff_notice_at_a_time",
            ),
            models.CheckConstraint(
                condition=Q(stage=NoticeStage.GIVEN)
                | Q(answered_by__isnull=False, answered_at__isnull=False),
                name="staff_notice_answered_by_somebody",
            ),
        ]

    def __str__(self) -> str:
        return f"#{self.pk} of {self.nda_id}"


@track()
class NotifiedPerson(models.Model):
    """Somebody on the list that a notice asks for, as it was signed."""

    notice = models.ForeignKey(StaffNotice, models.CASCADE, related_name="people")
    user = models.ForeignKey(User, models.PROTECT, related_name="+")
    name = models.CharField(_("Name"), max_length=100, blank=True)
    email = models.EmailField(_("E-mail"))

    class Meta:
        verbose_name = _("notified person")
        constraints = [models.UniqueConstraint(fields=["notice", "user"], name="notified_once")]

    def __str__(self) -> str:
        return self.name or self.email
