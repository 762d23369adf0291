"""Agreements (협약): who agrees, who gives what, what was signed, and what is paid when."""

import uuid

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q
from django.utils.translation import get_language, pgettext_lazy
from django.utils.translation import gettext_lazy as _

from dure.apps.agreements.stages import (
    CHANGE_OPEN,
    AgreementStage,
    ChangeStage,
    InstalmentStage,
    OutsideStage,
)
from dure.apps.applications.models import Application
from dure.apps.ledger.models import Appropriation
from dure.apps.people.models import Organisation, User
from dure.apps.programmes.models import Version
from dure.engines.funding import Instrument, Kind, Role
from dure.foundation.file_places import AnonymousPlace
from dure.foundation.history import track

MOST_WON = 10**15
DEAD = (AgreementStage.DROPPED, AgreementStage.TERMINATED)

ROLES = [
    (Role.GOVERNMENT, _("Agency")),
    (Role.DEMAND, _("Demand organisation")),
    (Role.INVESTOR, _("Investor")),
    (Role.OPERATOR, _("Operator")),
    (Role.LEAD, _("Lead organisation")),
    (Role.PARTNER, _("Joint organisation")),
    (Role.CONTRACTED, _("Contracted organisation")),
    (Role.INSTITUTION, _("Institution")),
    (Role.GUARANTOR, _("Guarantor")),
    (Role.WORKER, _("Worker")),
]
"""The roles of programme files; the agency is the party that pays the public money."""

INSTRUMENTS = [
    (Instrument.GRANT, _("Grant")),
    (Instrument.OWN_SHARE, _("Own share")),
    (Instrument.EQUITY, _("Equity")),
    (Instrument.GUARANTEE, _("Guarantee")),
    (Instrument.LOAN, _("Loan")),
    (Instrument.VOUCHER, _("Voucher")),
    (Instrument.FUND, _("Mutual fund")),
    (Instrument.SAVINGS, _("Savings")),
]
KINDS = [
    (Kind.CASH, _("Cash")),
    (Kind.IN_KIND, _("In kind")),
    (Kind.UNPAID, _("Unpaid")),
]


def _is_money(field: str) -> Q:
    return Q(**{f"{field}__gt": 0, f"{field}__lte": MOST_WON})


@track()
class Agreement(models.Model):
    """What several parties agree on for one project, under one version of a programme.

    With or without an application. `agreed_on` is the day on which the last one signed: its rules
    hold for as long as the project lives. `confirmed` are facts in the words of programme files that
    have been shown, such as a private investment; `trl` is the readiness level at the start.
    What a selection decided becomes a draft by itself: `conditions` are the panel's, and the lead
    revises its plan until `replan_until`. The `leader` is of the lead organisation; once that person has
    left, `leaderless_since` says since when there is none.
    """

    uid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    number = models.CharField(_("Agreement number"), max_length=30, unique=True)
    version = models.ForeignKey(
        Version, models.PROTECT, related_name="agreements", verbose_name=_("Programme")
    )
    application = models.ForeignKey(
        Application, models.PROTECT, null=True, related_name="agreements"
    )
    title = models.CharField(_("Title"), max_length=300)
    title_en = models.CharField(_("Title in English"), max_length=300, blank=True)
    goal = models.TextField(_("Goal"), max_length=5000, blank=True)
    conditions = models.TextField(_("Conditions"), max_length=4000, blank=True)
    replan_until = models.DateField(_("Revised plan until"), null=True)
    replan_note = models.TextField(_("What was revised"), max_length=4000, blank=True)
    replanned_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")
    replanned_at = models.DateTimeField(_("Plan revised"), null=True)
    stage = models.CharField(
        _("Status"), max_length=12, choices=AgreementStage, default=AgreementStage.DRAFT
    )
    starts_on = models.DateField(_("Starts"))
    ends_on = models.DateField(_("Ends"))
    months = models.PositiveSmallIntegerField(_("Months"))
    trl = models.PositiveSmallIntegerField(_("Readiness level"), null=True, blank=True)
    leader = models.ForeignKey(
        User, models.PROTECT, null=True, related_name="agreements_led",
        verbose_name=_("Project leader"),
    )  # fmt: skip
    leaderless_since = models.DateField(_("Without a project leader since"), null=True)
    confirmed = ArrayField(models.CharField(max_length=60), default=list, blank=True)
    sign_by = models.DateField(_("To be signed by"), null=True)
    is_agency_last = models.BooleanField(_("The agency signs last"), default=True)
    agreed_on = models.DateField(_("Agreed on"), null=True)
    reason = models.TextField(_("Reason"), blank=True)
    created_by = models.ForeignKey(User, models.PROTECT, related_name="+")
    created_at = models.DateTimeField(_("Drawn up"))
    ended_on = models.DateField(_("Ended"), null=True)

    class Meta:
        verbose_name = _("agreement")
        ordering = ["-created_at", "-pk"]
        indexes = [models.Index(fields=["stage", "sign_by"], name="agreement_by_stage")]
        constraints = [
            models.UniqueConstraint(
                fields=["application"],
                condition=~Q(stage__in=DEAD),
                name="one_agreement_of_an_application",
            ),
            models.CheckConstraint(
                condition=Q(ends_on__gte=F("starts_on")), name="agreement_ends_after_it_starts"
            ),
            models.CheckConstraint(
                condition=Q(months__gte=1, months__lte=1200), name="agreement_has_months"
            ),
            models.CheckConstraint(
                condition=Q(
                    stage__in=[
                        AgreementStage.IN_FORCE,
                        AgreementStage.COMPLETED,
                        AgreementStage.TERMINATED,
                    ],
                    agreed_on__isnull=False,
                )
                | Q(
                    stage__in=[
                        AgreementStage.DRAFT,
                        AgreementStage.SIGNING,
                        AgreementStage.REFUSED,
                        AgreementStage.EXPIRED,
                        AgreementStage.DROPPED,
                    ],
                    agreed_on__isnull=True,
                ),
                name="agreement_in_force_says_since_when",
            ),
            models.CheckConstraint(
                condition=~Q(stage=AgreementStage.SIGNING) | Q(sign_by__isnull=False),
                name="agreement_is_signed_by_a_day",
            ),
        ]

    def __str__(self) -> str:
        return self.title_en if self.title_en and get_language() == "en" else self.title

    @property
    def subject(self) -> str:
        """How accounts of the ledger name it."""
        return f"agreement:{self.pk}"


@track()
class Party(models.Model):
    """Who takes part in an agreement in one role: an organisation, or a person as a worker.

    Money is paid to the account. `name` is what the texts call it: the verified name when it was
    drawn up.
    """

    agreement = models.ForeignKey(Agreement, models.CASCADE, related_name="parties")
    role = models.CharField(_("Role"), max_length=20, choices=ROLES)
    organisation = models.ForeignKey(
        Organisation, models.PROTECT, null=True, related_name="agreement_parties"
    )
    person = models.ForeignKey(User, models.PROTECT, null=True, related_name="agreement_parties")
    name = models.CharField(_("Name"), max_length=200)
    representative = models.CharField(_("Representative"), max_length=100, blank=True)
    bank = models.CharField(_("Bank"), max_length=40, blank=True)
    account_number = models.CharField(_("Account number"), max_length=40, blank=True)
    account_holder = models.CharField(_("Account holder"), max_length=100, blank=True)

    class Meta:
        verbose_name = _("party")
        verbose_name_plural = _("parties")
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["agreement", "role", "organisation", "person"],
                nulls_distinct=False,
                name="party_once",
            ),
            models.UniqueConstraint(
                fields=["agreement"], condition=Q(role=Role.LEAD), name="one_lead_of_an_agreement"
            ),
            models.CheckConstraint(
                condition=Q(organisation__isnull=False, person__isnull=True)
                | Q(organisation__isnull=True, person__isnull=False),
                name="party_is_an_organisation_or_a_person",
            ),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def code(self) -> str:
        """Whose signing key it has; one organisation or person has one key for everything."""
        if self.organisation_id:
            return f"organisation-{self.organisation_id}"
        return f"person-{self.person_id}"

    @property
    def part(self) -> str:
        """How accounts of the ledger tell it apart."""
        return f"party:{self.pk}"


@track()
class Particulars(models.Model):
    """Who represents an organisation in its agreements, and to which account it is paid.

    Said once and taken over into every agreement; a change is a change of all that run.
    """

    organisation = models.OneToOneField(
        Organisation, models.PROTECT, related_name="agreement_particulars"
    )
    representative = models.CharField(_("Representative"), max_length=100)
    bank = models.CharField(_("Bank"), max_length=40)
    account_number = models.CharField(_("Account number"), max_length=40)
    account_holder = models.CharField(_("Account holder"), max_length=100)
    changed_by = models.ForeignKey(User, models.PROTECT, related_name="+")
    changed_at = models.DateTimeField(_("Changed"))

    class Meta:
        verbose_name = _("particulars of an organisation")
        verbose_name_plural = _("particulars of organisations")

    def __str__(self) -> str:
        return f"{self.organisation} {self.account_number}"


@track()
class InternalApprover(models.Model):
    """Who in an organisation approves a text before its signatory signs it; the organisation says so."""

    organisation = models.OneToOneField(
        Organisation, models.PROTECT, related_name="agreement_approver"
    )
    user = models.ForeignKey(User, models.PROTECT, related_name="approves_agreements_of")
    named_by = models.ForeignKey(User, models.PROTECT, related_name="+")
    named_at = models.DateTimeField(_("Named"))

    class Meta:
        verbose_name = _("internal approver")

    def __str__(self) -> str:
        return str(self.user)


@track()
class Contribution(models.Model):
    """What one party gives: in which form, in cash or in kind, in which year or phase.

    `recipient` is the party whose part of the project it is for; None: the project as a whole.
    """

    agreement = models.ForeignKey(Agreement, models.CASCADE, related_name="contributions")
    payer = models.ForeignKey(Party, models.CASCADE, related_name="contributions")
    recipient = models.ForeignKey(Party, models.CASCADE, null=True, related_name="receives")
    instrument = models.CharField(_("Form"), max_length=20, choices=INSTRUMENTS)
    kind = models.CharField(_("Kind"), max_length=10, choices=KINDS)
    amount = models.BigIntegerField(_("Amount (won)"))
    year = models.PositiveSmallIntegerField(_("Year of the project"), null=True)
    phase = models.CharField(_("Phase"), max_length=60, blank=True)

    class Meta:
        verbose_name = _("contribution")
        ordering = ["pk"]
        constraints = [
            models.CheckConstraint(condition=_is_money("amount"), name="contribution_is_money")
        ]

    def __str__(self) -> str:
        return f"{self.payer} {self.amount}"


@track()
class Cost(models.Model):
    """What one party spends on a budget category (비목).

    Without a `year` it is spread over the years of the project by their months.
    """

    agreement = models.ForeignKey(Agreement, models.CASCADE, related_name="costs")
    party = models.ForeignKey(Party, models.CASCADE, related_name="costs")
    category = models.CharField(_("Budget category"), max_length=60)
    kind = models.CharField(_("Kind"), max_length=10, choices=KINDS)
    amount = models.BigIntegerField(_("Amount (won)"))
    year = models.PositiveSmallIntegerField(_("Year of the project"), null=True)

    class Meta:
        verbose_name = _("cost")
        ordering = ["pk"]
        constraints = [models.CheckConstraint(condition=_is_money("amount"), name="cost_is_money")]

    def __str__(self) -> str:
        return f"{self.category} {self.amount}"


@track()
class Change(models.Model):
    """A change of an agreement in force, as plain values (`adapter.Wish`), and as it was before.

    `approvals` are the rules that ask for approval; with none it is a notice and holds at once.
    `notices` are the kinds that are only notified. It is answered until `answer_by`, or longer, with the
    reason why (`extended_because`). Where money, duty or term changes `signers` sign anew until `sign_by`.
    One change at a time is open.
    """

    agreement = models.ForeignKey(Agreement, models.CASCADE, related_name="changes")
    stage = models.CharField(
        _("Status"), max_length=10, choices=ChangeStage, default=ChangeStage.ASKED
    )
    content = models.JSONField()
    before = models.JSONField()
    approvals = ArrayField(models.CharField(max_length=60), default=list, blank=True)
    notices = ArrayField(models.CharField(max_length=60), default=list, blank=True)
    reason = models.TextField(_("Reason"), max_length=4000)
    signers = models.ManyToManyField(Party, related_name="changes_signed", blank=True)
    split_from = models.ForeignKey("self", models.PROTECT, null=True, related_name="parts")
    requested_by = models.ForeignKey(User, models.PROTECT, related_name="+")
    requested_at = models.DateTimeField(pgettext_lazy("change", "Asked for"))
    answer_by = models.DateField(_("To be answered by"), null=True)
    extended_because = models.TextField(_("Why it takes longer"), max_length=2000, blank=True)
    reminded_on = models.DateField(null=True)
    answer = models.TextField(_("Answer"), max_length=4000, blank=True)
    answered_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")
    answered_at = models.DateTimeField(_("Answered"), null=True)
    sign_by = models.DateField(_("To be signed by"), null=True)
    applied_at = models.DateTimeField(_("Holds since"), null=True)

    class Meta:
        verbose_name = _("change of an agreement")
        ordering = ["-requested_at", "-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["agreement"],
                condition=Q(stage__in=CHANGE_OPEN),
                name="one_open_change_of_an_agreement",
            ),
            models.CheckConstraint(
                condition=Q(stage=ChangeStage.DONE, applied_at__isnull=False)
                | ~Q(stage=ChangeStage.DONE) & Q(applied_at__isnull=True),
                name="change_says_since_when_it_holds",
            ),
            models.CheckConstraint(
                condition=~Q(stage=ChangeStage.REFUSED) | ~Q(answer=""),
                name="change_refused_with_an_answer",
            ),
        ]

    def __str__(self) -> str:
        return self.reason[:80]

    @property
    def subject(self) -> str:
        """How the ledger names it as a cause."""
        return f"change:{self.pk}"


class ObligationKind(models.TextChoices):
    """What a party owes beside its money."""

    PURCHASE = "PURCHASE", _("Purchase contract")
    CONSENT = "CONSENT", _("Consent to purchase or invest")
    EXEMPTION = "EXEMPTION", _("Exempt, with a reason")
    YOUTH = "YOUTH", _("Hiring of young people")
    DEPOSIT = "DEPOSIT", _("Deposit of results")
    DUTY = "DUTY", _("Duty of the programme")


PROMISES = (ObligationKind.PURCHASE, ObligationKind.CONSENT)
"""What a member stood for; a justified reason exempts of it."""


@track()
class Obligation(models.Model):
    """What a party owes beside its money until a day; nobody is reminded of what is met.

    Of a duty `what` is its id in the programme's file, of a promise the fact that it shows.
    Of an exemption `note` is the reason, and `met_by` who accepted it. `plea` is why who owes it asks
    to be exempted, from `pleaded_at` until the office answers.
    """

    agreement = models.ForeignKey(Agreement, models.CASCADE, related_name="obligations")
    party = models.ForeignKey(Party, models.CASCADE, related_name="obligations")
    kind = models.CharField(_("Obligation"), max_length=10, choices=ObligationKind)
    what = models.CharField(_("What"), max_length=300, blank=True)
    count = models.PositiveIntegerField(_("How many"), default=1)
    due_on = models.DateField(pgettext_lazy("obligation", "Due"))
    note = models.TextField(_("How it was met"), max_length=2000, blank=True)
    met_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")
    met_at = models.DateTimeField(_("Met"), null=True)
    plea = models.TextField(_("Why an exemption is asked for"), max_length=2000, blank=True)
    pleaded_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")
    pleaded_at = models.DateTimeField(_("Exemption asked for"), null=True)
    plea_answer = models.TextField(_("Why no exemption"), max_length=2000, blank=True)
    reminded_on = models.DateField(null=True)

    class Meta:
        verbose_name = _("obligation")
        ordering = ["due_on", "pk"]
        indexes = [
            models.Index(
                fields=["due_on"], condition=Q(met_at__isnull=True), name="obligation_open_by_day"
            )
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["agreement", "party", "kind", "what"], name="obligation_once"
            ),
            models.CheckConstraint(
                condition=Q(pleaded_at__isnull=True, pleaded_by__isnull=True)
                | Q(pleaded_at__isnull=False, pleaded_by__isnull=False) & ~Q(plea=""),
                name="exemption_asked_for_says_why",
            ),
            models.CheckConstraint(
                condition=Q(met_at__isnull=True, met_by__isnull=True)
                | Q(met_at__isnull=False, met_by__isnull=False) & ~Q(note=""),
                name="obligation_met_says_how",
            ),
        ]

    def __str__(self) -> str:
        return f"#{self.agreement_id} {self.kind}"

    @property
    def is_exempt(self) -> bool:
        """True where somebody accepted the reason why it is not owed."""
        was_asked = self.met_at is not None and self.pleaded_at is not None
        return self.kind == ObligationKind.EXEMPTION or was_asked

    @property
    def is_pleaded(self) -> bool:
        """True while an exemption waits for the answer of the office."""
        return self.met_at is None and self.pleaded_at is not None


annex_place = AnonymousPlace("agreements")


@track()
class Annex(models.Model):
    """A file that is agreed on with the text (부속 서류): `what` it is, its harmless name, size and hash.

    Every text that is written while it is there names it with its hash, so the signatures cover it. Of
    one that was removed the texts before still speak. `is_proposed`: a change that does not hold yet
    brings it.
    """

    agreement = models.ForeignKey(Agreement, models.CASCADE, related_name="annexes")
    what = models.CharField(_("Annex"), max_length=200)
    file = models.FileField(_("File"), upload_to=annex_place)
    name = models.CharField(_("Name"), max_length=200)
    size = models.PositiveIntegerField(_("Size"))
    sha256 = models.CharField(max_length=64)
    added_by = models.ForeignKey(User, models.PROTECT, related_name="+")
    added_at = models.DateTimeField(_("Added"))
    is_proposed = models.BooleanField(default=False)
    removed_at = models.DateTimeField(_("Removed"), null=True)

    class Meta:
        verbose_name = _("annex of an agreement")
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["agreement", "sha256"],
                condition=Q(removed_at__isnull=True),
                name="annex_once",
            )
        ]

    def __str__(self) -> str:
        return self.what


@track()
class Text(models.Model):
    """A version of the text that is signed (협약서): `content` as plain values, and the PDF file.

    `digest` is the SHA-256 of the file before anybody signed; `file` is the latest, with all
    signatures so far. `closed_at`: it is no longer signed. That of a `change` is signed by its signers.
    """

    agreement = models.ForeignKey(Agreement, models.CASCADE, related_name="texts")
    number = models.PositiveSmallIntegerField(_("Version"))
    content = models.JSONField()
    file = models.FileField(upload_to="agreements/", max_length=200)
    digest = models.CharField(max_length=64)
    change = models.OneToOneField(Change, models.PROTECT, null=True, related_name="text")
    created_by = models.ForeignKey(User, models.PROTECT, related_name="+")
    created_at = models.DateTimeField(_("Written"))
    closed_at = models.DateTimeField(_("Closed"), null=True)
    reminded_on = models.DateField(null=True)

    class Meta:
        verbose_name = _("text of an agreement")
        ordering = ["-number"]
        constraints = [
            models.UniqueConstraint(fields=["agreement", "number"], name="text_version_once"),
            models.UniqueConstraint(
                fields=["agreement"],
                condition=Q(closed_at__isnull=True),
                name="one_open_text_of_an_agreement",
            ),
        ]

    def __str__(self) -> str:
        return f"#{self.agreement_id} v{self.number}"


@track()
class InternalApproval(models.Model):
    """That the approver of a party's organisation approves this very text, or why not.

    The next version of the text is approved anew.
    """

    text = models.ForeignKey(Text, models.CASCADE, related_name="approvals")
    party = models.ForeignKey(Party, models.PROTECT, related_name="approvals")
    is_refusal = models.BooleanField(_("Not approved"), default=False)
    reason = models.TextField(_("Reason"), max_length=2000, blank=True)
    answered_by = models.ForeignKey(User, models.PROTECT, related_name="+")
    answered_at = models.DateTimeField(_("Answered"))

    class Meta:
        verbose_name = _("internal approval")
        ordering = ["answered_at", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["text", "party"], name="one_approval_of_a_text"),
            models.CheckConstraint(
                condition=Q(is_refusal=False) | ~Q(reason=""), name="not_approved_with_a_reason"
            ),
        ]

    def __str__(self) -> str:
        return f"#{self.text_id} {self.party}"


class OutsideWay(models.TextChoices):
    """How a file was signed that is not the text as it lies here."""

    SERVICE = "SERVICE", _("PDF signed with a contract service")
    PAPER = "PAPER", _("Scan of sealed paper")


outside_place = AnonymousPlace("agreements")


@track()
class OutsideFile(models.Model):
    """A file that was signed outside for all parties: by a contract service, or as sealed paper.

    It counts once every party accepted this very file, known by its hash. `signers` are the names in
    the certificates of a contract service; a scan proves nothing by itself.
    """

    text = models.ForeignKey(Text, models.CASCADE, related_name="outside_files")
    way = models.CharField(_("How it was signed"), max_length=10, choices=OutsideWay)
    stage = models.CharField(
        _("Status"), max_length=10, choices=OutsideStage, default=OutsideStage.WAITING
    )
    file = models.FileField(_("File"), upload_to=outside_place)
    name = models.CharField(_("Name"), max_length=200)
    size = models.PositiveIntegerField(_("Size"))
    sha256 = models.CharField(max_length=64)
    signers = ArrayField(models.CharField(max_length=200), default=list, blank=True)
    handed_by = models.ForeignKey(User, models.PROTECT, related_name="+")
    handed_at = models.DateTimeField(_("Handed in"))

    class Meta:
        verbose_name = _("file signed outside")
        ordering = ["-handed_at", "-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["text"],
                condition=Q(stage__in=[OutsideStage.WAITING, OutsideStage.ACCEPTED]),
                name="one_outside_file_of_a_text",
            )
        ]

    def __str__(self) -> str:
        return self.name


@track()
class Acceptance(models.Model):
    """That a party accepts a file signed outside as the agreement, or why not."""

    file = models.ForeignKey(OutsideFile, models.CASCADE, related_name="acceptances")
    party = models.ForeignKey(Party, models.PROTECT, related_name="acceptances")
    is_refusal = models.BooleanField(_("Not accepted"), default=False)
    reason = models.TextField(_("Reason"), max_length=2000, blank=True)
    answered_by = models.ForeignKey(User, models.PROTECT, related_name="+")
    answered_at = models.DateTimeField(_("Answered"))

    class Meta:
        verbose_name = _("acceptance of a file signed outside")
        ordering = ["answered_at", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["file", "party"], name="a_party_accepts_once"),
            models.CheckConstraint(
                condition=Q(is_refusal=False) | ~Q(reason=""), name="not_accepted_with_a_reason"
            ),
        ]

    def __str__(self) -> str:
        return f"#{self.file_id} {self.party}"


class SignatureWay(models.TextChoices):
    """How a party signed; sealed paper and the file of a service count because all accepted them."""

    PLATFORM = "PLATFORM", _("Signed here")
    UPLOADED = "UPLOADED", _("Signed elsewhere and uploaded")
    SERVICE = "SERVICE", _("Signed with a contract service; all accepted the file")
    PAPER = "PAPER", _("Sealed on paper; all accepted the scan")


@track()
class Signature(models.Model):
    """That a party signed a text, or why it refused to; of each party one for each text."""

    text = models.ForeignKey(Text, models.CASCADE, related_name="signatures")
    party = models.ForeignKey(Party, models.PROTECT, related_name="signatures")
    way = models.CharField(_("How"), max_length=10, choices=SignatureWay, blank=True)
    is_refusal = models.BooleanField(_("Refused"), default=False)
    reason = models.TextField(_("Reason"), max_length=2000, blank=True)
    signed_by = models.ForeignKey(User, models.PROTECT, related_name="+")
    signed_at = models.DateTimeField(_("Signed"))

    class Meta:
        verbose_name = _("signature")
        ordering = ["signed_at", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["text", "party"], name="a_party_signs_once"),
            models.CheckConstraint(
                condition=Q(is_refusal=True, way="") & ~Q(reason="")
                | (Q(is_refusal=False) & ~Q(way="")),
                name="refusals_have_a_reason",
            ),
        ]

    def __str__(self) -> str:
        return f"#{self.text_id} {self.party}"


@track()
class Instalment(models.Model):
    """Money that one payer owes the project at one time.

    `basis` is the programme's stage that it waits for; empty: only for its day. What is public says
    from which budget, and how far it is spoken for there. Only cash goes through a bank.
    """

    agreement = models.ForeignKey(Agreement, models.CASCADE, related_name="instalments")
    number = models.PositiveSmallIntegerField(_("Instalment"))
    payer = models.ForeignKey(Party, models.PROTECT, related_name="instalments")
    payee = models.ForeignKey(Party, models.PROTECT, related_name="instalments_received")
    instrument = models.CharField(_("Form"), max_length=20, choices=INSTRUMENTS)
    kind = models.CharField(_("Kind"), max_length=10, choices=KINDS)
    amount = models.BigIntegerField(_("Amount (won)"))
    basis = models.CharField(_("When"), max_length=60, blank=True)
    phase = models.CharField(_("Phase"), max_length=60, blank=True)
    due_on = models.DateField(pgettext_lazy("instalment", "Due"))
    stage = models.CharField(
        _("Status"), max_length=10, choices=InstalmentStage, default=InstalmentStage.PLANNED
    )
    appropriation = models.ForeignKey(
        Appropriation, models.PROTECT, null=True, related_name="instalments"
    )
    requested_at = models.DateTimeField(_("Confirmation asked for"), null=True)
    confirmed_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")
    confirmed_at = models.DateTimeField(_("Confirmed"), null=True)
    note = models.CharField(_("Note"), max_length=500, blank=True)
    reminded_on = models.DateField(null=True)
    paid_on = models.DateField(_("Paid on"), null=True)

    class Meta:
        verbose_name = _("instalment")
        ordering = ["due_on", "number"]
        indexes = [models.Index(fields=["stage", "due_on"], name="instalment_by_day")]
        constraints = [
            models.UniqueConstraint(fields=["agreement", "number"], name="instalment_once"),
            models.CheckConstraint(condition=_is_money("amount"), name="instalment_is_money"),
            models.CheckConstraint(
                condition=Q(stage=InstalmentStage.PAID, paid_on__isnull=False)
                | ~Q(stage=InstalmentStage.PAID) & Q(paid_on__isnull=True),
                name="paid_instalments_say_when",
            ),
        ]

    def __str__(self) -> str:
        return f"#{self.agreement_id}/{self.number}"

    @property
    def subject(self) -> str:
        """How the ledger names it as a cause."""
        return f"instalment:{self.pk}"


@track()
class PaymentHold(models.Model):
    """Somebody keeps the public money of an agreement back until something is cleared up."""

    agreement = models.ForeignKey(Agreement, models.CASCADE, related_name="holds")
    reason = models.TextField(_("Why"), max_length=1000)
    held_by = models.ForeignKey(User, models.PROTECT, related_name="+")
    held_at = models.DateTimeField(_("Held since"))
    released_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")
    released_at = models.DateTimeField(_("Let go"), null=True)

    class Meta:
        verbose_name = _("hold of payments")
        ordering = ["-held_at", "-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["agreement"],
                condition=Q(released_at__isnull=True),
                name="one_hold_of_an_agreement",
            )
        ]

    def __str__(self) -> str:
        return f"#{self.pk} of {self.agreement_id}"
