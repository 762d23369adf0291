"""Technology deposits (기술임치): what is kept for whom, until when, and who may ever open it."""

from datetime import date

from django.contrib.postgres.indexes import GinIndex, OpClass
from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Upper
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from dure.apps.deposits.kinds import Contract, Ground, Word, rules
from dure.apps.deposits.stages import OPEN_RELEASES, DepositStage, ReleaseStage
from dure.apps.people.models import Organisation, User
from dure.apps.projects.models import Project
from dure.foundation.history import track, untracked


@track(exclude=["protected"])
class DepositKey(models.Model):
    """A key of an organisation, or of a release officer, under a passphrase that only they know."""

    organisation = models.OneToOneField(
        Organisation, models.PROTECT, null=True, related_name="deposit_key"
    )
    officer = models.OneToOneField(User, models.PROTECT, null=True, related_name="deposit_key")
    recipient = models.CharField(max_length=100, unique=True)
    protected = models.BinaryField(editable=False)
    created_by = models.ForeignKey(User, models.PROTECT, related_name="+")
    created_at = models.DateTimeField(_("Set"))
    changed_at = models.DateTimeField(_("Passphrase changed"), null=True)

    class Meta:
        verbose_name = _("key for deposits")
        constraints = [
            models.CheckConstraint(
                condition=Q(organisation__isnull=True) ^ Q(officer__isnull=True),
                name="deposit_key_of_one_owner",
            )
        ]

    def __str__(self) -> str:
        return self.recipient


@track()
class Deposit(models.Model):
    """Files of a depositor in the keeping of the platform, under one contract.

    `number` is given at acceptance. `recipient` is the public half of the key of this deposit, whose
    secret half exists only in shares.
    """

    number = models.CharField(_("Deposit number"), max_length=20, null=True, unique=True)
    depositor = models.ForeignKey(
        Organisation, models.PROTECT, related_name="deposits", verbose_name=_("Depositor")
    )
    project = models.ForeignKey(
        Project, models.PROTECT, null=True, blank=True, related_name="deposits"
    )
    contract = models.CharField(_("Kind of contract"), max_length=20)
    item = models.CharField(pgettext_lazy("deposit", "Kind of content"), max_length=20)
    title = models.CharField(_("Title"), max_length=200)
    made_on = models.DateField(_("Made on"))
    outline = models.TextField(_("Outline"), max_length=2000, blank=True)
    is_secret = models.BooleanField(_("We keep it secret"), default=True)
    stage = models.CharField(
        _("Status"), max_length=10, choices=DepositStage, default=DepositStage.APPLIED
    )
    recipient = models.CharField(max_length=100)
    ends_on = models.DateField(_("Kept until"), null=True)
    reason = models.TextField(_("Reason"), max_length=1000, blank=True)
    created_by = models.ForeignKey(User, models.PROTECT, related_name="+")
    created_at = models.DateTimeField(pgettext_lazy("deposit", "Applied for on"))
    accepted_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")
    accepted_at = models.DateTimeField(_("Accepted"), null=True)
    noticed_days = models.PositiveSmallIntegerField(null=True, editable=False)
    closed_at = models.DateTimeField(_("Closed"), null=True)

    class Meta:
        verbose_name = _("deposit")
        ordering = ["-created_at", "-pk"]
        indexes = [
            models.Index(fields=["stage", "ends_on"], name="deposit_by_end"),
            models.Index(fields=["-created_at", "-id"], name="deposit_newest"),
            # Parts of titles (pg_trgm), as `icontains` asks for them; words of two letters it cannot help.
            GinIndex(OpClass(Upper("title"), name="gin_trgm_ops"), name="deposit_title_words"),
        ]
        constraints = [
            models.CheckConstraint(
                condition=Q(number__isnull=True, accepted_at__isnull=True, ends_on__isnull=True)
                | Q(number__isnull=False, accepted_at__isnull=False, ends_on__isnull=False),
                name="deposit_numbered_when_accepted",
            )
        ]

    def __str__(self) -> str:
        return self.title

    @property
    def kind_of_contract(self) -> Contract:
        """What the rules say of its kind of contract."""
        return rules().contracts[self.contract]

    @property
    def kind_of_item(self) -> Word:
        """What the rules call its content."""
        return rules().items[self.item]


@track()
class DepositUser(models.Model):
    """An organisation that receives the files when a condition of release is met."""

    deposit = models.ForeignKey(Deposit, models.CASCADE, related_name="users")
    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="deposits_used")
    condition = models.CharField(_("Condition of release"), max_length=500, blank=True)

    class Meta:
        verbose_name = _("user of a deposit")
        constraints = [
            models.UniqueConstraint(fields=["deposit", "organisation"], name="deposit_user_once")
        ]

    def __str__(self) -> str:
        return str(self.organisation)


@track()
class DepositFile(models.Model):
    """A file, encrypted for the depositor's key and for that of the deposit. `sha256` is of its content."""

    deposit = models.ForeignKey(Deposit, models.PROTECT, related_name="files")
    name = models.CharField(_("File"), max_length=150)
    size = models.PositiveBigIntegerField(_("Size"))
    sha256 = models.CharField(max_length=64)
    stored_as = models.UUIDField(unique=True, editable=False)
    scan = models.CharField(_("Virus scan"), max_length=12)

    class Meta:
        verbose_name = _("file of a deposit")
        ordering = ["pk"]

    def __str__(self) -> str:
        return self.name


@untracked("a share is made with its deposit, moves only by a hand-over, and is useless alone")
class Share(models.Model):
    """A share of the key of a deposit, encrypted for the release officer who keeps it."""

    deposit = models.ForeignKey(Deposit, models.CASCADE, related_name="shares")
    officer = models.ForeignKey(User, models.PROTECT, related_name="deposit_shares")
    content = models.BinaryField(editable=False)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["deposit", "officer"], name="share_of_an_officer_once")
        ]

    def __str__(self) -> str:
        return f"#{self.deposit_id} with {self.officer_id}"


@track()
class Term(models.Model):
    """A year of keeping: the first, or a renewal, with its fee in won."""

    deposit = models.ForeignKey(Deposit, models.PROTECT, related_name="terms")
    starts_on = models.DateField(_("From"))
    ends_on = models.DateField(pgettext_lazy("term", "Until"))
    fee = models.PositiveIntegerField(_("Fee"))
    paid_on = models.DateField(_("Paid on"), null=True)
    created_by = models.ForeignKey(User, models.PROTECT, related_name="+")
    created_at = models.DateTimeField(_("Agreed"))

    class Meta:
        verbose_name = _("term of a deposit")
        ordering = ["starts_on"]
        constraints = [
            models.UniqueConstraint(fields=["deposit", "starts_on"], name="deposit_term_once"),
            models.CheckConstraint(
                condition=Q(ends_on__gte=F("starts_on")), name="deposit_term_ends_after_its_start"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.starts_on} – {self.ends_on}"

    def is_due(self) -> bool:
        """True while its fee is to be paid."""
        return self.fee > 0 and self.paid_on is None


@track()
class Opening(models.Model):
    """That somebody opened a file, and as whom."""

    file = models.ForeignKey(DepositFile, models.PROTECT, related_name="openings")
    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="+")
    user = models.ForeignKey(User, models.PROTECT, related_name="+")
    at = models.DateTimeField(_("When"))

    class Meta:
        verbose_name = _("opening of a deposit")
        ordering = ["-at", "-pk"]

    def __str__(self) -> str:
        return f"#{self.file_id} by {self.user_id}"


@track()
class Release(models.Model):
    """A request to hand the files out, on a ground, and how two officers decided on it."""

    deposit = models.ForeignKey(Deposit, models.PROTECT, related_name="releases")
    organisation = models.ForeignKey(
        Organisation, models.PROTECT, related_name="+", verbose_name=_("For")
    )
    ground = models.CharField(_("Ground"), max_length=20)
    statement = models.TextField(_("What happened, and what shows it"), max_length=3000)
    stage = models.CharField(
        _("Status"), max_length=10, choices=ReleaseStage, default=ReleaseStage.ASKED
    )
    created_by = models.ForeignKey(User, models.PROTECT, related_name="+")
    created_at = models.DateTimeField(pgettext_lazy("release", "Asked for on"))
    granted_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")
    granted_at = models.DateTimeField(_("First grant"), null=True)
    open_until = models.DateField(_("Objections until"), null=True)
    objection = models.TextField(_("Objection of the depositor"), max_length=3000, blank=True)
    objected_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")
    decided_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")
    decided_at = models.DateTimeField(pgettext_lazy("release", "Decided"), null=True)
    reason = models.TextField(_("Reason"), max_length=1000, blank=True)

    class Meta:
        verbose_name = _("release of a deposit")
        ordering = ["-created_at", "-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["deposit"],
                condition=Q(stage__in=OPEN_RELEASES),
                name="one_open_release_of_a_deposit",
            ),
            models.CheckConstraint(
                condition=~Q(stage=ReleaseStage.RELEASED)
                | (Q(granted_by__isnull=False) & ~Q(granted_by=F("decided_by"))),
                name="release_by_two_persons",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.deposit} · {self.organisation}"

    @property
    def kind_of_ground(self) -> Ground:
        """What the rules say of its ground."""
        return rules().grounds[self.ground]

    def is_open_to_objection(self, on: date) -> bool:
        """True while the depositor may object."""
        return (
            self.stage == ReleaseStage.WAITING
            and self.open_until is not None
            and (on <= self.open_until)
        )


@untracked("holds only until the release is decided what one officer hands the others")
class HandedShare(models.Model):
    """The share of the officer who granted first, encrypted for another officer who may grant next."""

    release = models.ForeignKey(Release, models.CASCADE, related_name="handed")
    officer = models.ForeignKey(User, models.PROTECT, related_name="+")
    content = models.BinaryField(editable=False)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["release", "officer"], name="handed_share_once")
        ]

    def __str__(self) -> str:
        return f"#{self.release_id} for {self.officer_id}"


@track()
class ReleasedFile(models.Model):
    """A file of a deposit, encrypted anew for the key of the organisation that it was released to."""

    release = models.ForeignKey(Release, models.PROTECT, related_name="files")
    file = models.ForeignKey(DepositFile, models.PROTECT, related_name="released")
    stored_as = models.UUIDField(unique=True, editable=False)

    class Meta:
        verbose_name = _("released file")

    def __str__(self) -> str:
        return str(self.file)
