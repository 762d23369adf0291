"""Users, organisations, groups of companies, memberships and appointments."""

from typing import Any

from django.contrib.auth.models import AbstractBaseUser, BaseUserManager
from django.core.validators import RegexValidator
from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Lower
from django.utils.translation import get_language, pgettext_lazy
from django.utils.translation import gettext_lazy as _

from dure.apps.people.roles import LONGEST, role_choices
from dure.foundation import legal
from dure.foundation.history import track, untracked


class Language(models.TextChoices):
    """What the platform writes to a person in; each name stands in its own language."""

    KO = "ko", "한국어"
    EN = "en", "English"


class UserManager(BaseUserManager["User"]):
    """Makes accounts; an e-mail address is the name of an account."""

    def create_user(self, email: str, password: str | None = None, **fields: Any) -> "User":
        user = self.model(email=self.normalize_email(email).lower(), **fields)
        user.set_password(password)
        user.save(using=self._db)
        return user


@track(exclude=["password", "last_login"], append_only=False)
class User(AbstractBaseUser):
    """A person who can sign in."""

    email = models.EmailField(_("E-mail"), unique=True)
    name = models.CharField(_("Name"), max_length=100, blank=True)
    is_active = models.BooleanField(_("Active"), default=True)
    language = models.CharField(
        _("Language of pages and e-mails"), max_length=2, choices=Language, default=Language.KO
    )
    wants_digest = models.BooleanField(
        _("Daily e-mail with what is new"),
        default=True,
        help_text=_("Once a day at eight in the morning, and only when there is something new."),
    )
    joined_at = models.DateTimeField(_("Joined"), auto_now_add=True)
    closed_at = models.DateTimeField(_("Account closed"), null=True, blank=True)

    objects = UserManager()
    USERNAME_FIELD = "email"
    EMAIL_FIELD = "email"
    REQUIRED_FIELDS: list[str] = []

    class Meta:
        verbose_name = _("user")
        constraints = [
            models.UniqueConstraint(Lower("email"), name="user_email_any_case"),
            models.CheckConstraint(
                condition=Q(closed_at__isnull=True) | Q(is_active=False, name=""),
                name="closed_account_has_no_name",
            ),
        ]

    def __str__(self) -> str:
        """The name; of somebody who never said it the first part of the address."""
        if self.closed_at:
            return str(_("Former member %(number)s") % {"number": self.pk})
        return self.name or self.email.partition("@")[0]


class LegalDocument(models.TextChoices):
    """What people agree to when they join."""

    TERMS = legal.TERMS, _("Terms of use")
    PRIVACY = legal.PRIVACY, _("Collection and use of personal data")


@track()
class Consent(models.Model):
    """That a person agreed to one version of a legal text, and when."""

    user = models.ForeignKey(User, models.CASCADE, related_name="consents")
    document = models.CharField(_("Document"), max_length=10, choices=LegalDocument)
    version = models.CharField(_("Version"), max_length=10)
    given_at = models.DateTimeField(_("Agreed on"))

    class Meta:
        verbose_name = _("consent")
        constraints = [
            models.UniqueConstraint(
                fields=["user", "document", "version"], name="one_consent_for_each_version"
            )
        ]

    def __str__(self) -> str:
        return f"#{self.pk} {self.document} {self.version}"


@track()
class CompanyGroup(models.Model):
    """Companies under common control (계열)."""

    name = models.CharField(_("Name"), max_length=200, unique=True)

    class Meta:
        verbose_name = _("group of companies")

    def __str__(self) -> str:
        return self.name


class Sex(models.TextChoices):
    FEMALE = "F", pgettext_lazy("sex", "Woman")
    MALE = "M", pgettext_lazy("sex", "Man")


class OrganisationKind(models.TextChoices):
    LARGE = "LARGE", _("Large firm")
    MID_SIZE = "MID_SIZE", _("Mid-size firm")
    PUBLIC = "PUBLIC", _("Public body")
    SME = "SME", _("Small or medium firm")
    STARTUP = "STARTUP", _("Start-up")
    UNIVERSITY = "UNIVERSITY", _("University")
    INSTITUTE = "INSTITUTE", _("Research institute")
    CENTRE = "CENTRE", _("Innovation centre")
    AGENCY = "AGENCY", _("Agency")
    INVESTOR = "INVESTOR", _("Investor or operator")
    FUND = "FUND", _("Guarantee fund")


DEMAND_KINDS = (OrganisationKind.LARGE, OrganisationKind.MID_SIZE, OrganisationKind.PUBLIC)


@track()
class Organisation(models.Model):
    """A firm, public body, institute or agency; known by its business registration number."""

    business_number = models.CharField(
        _("Business registration number"),
        max_length=10,
        unique=True,
        null=True,
        blank=True,
        validators=[RegexValidator(r"^\d{10}$")],
    )
    other_id = models.CharField(
        _("Number in another register"),
        max_length=100,
        blank=True,
        help_text=_("For organisations without a Korean business registration number."),
    )
    name = models.CharField(_("Name"), max_length=200)
    name_en = models.CharField(_("Name in English"), max_length=200, blank=True)
    kind = models.CharField(_("Kind"), max_length=20, choices=OrganisationKind)
    group = models.ForeignKey(
        CompanyGroup,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="organisations",
        verbose_name=_("Group of companies"),
    )
    region = models.CharField(_("Region"), max_length=20, blank=True)
    industry = models.CharField(_("Industry (KSIC)"), max_length=10, blank=True)
    founded = models.PositiveSmallIntegerField(_("Founded"), null=True, blank=True)
    employees = models.PositiveIntegerField(_("Employees"), null=True, blank=True)
    summary = models.TextField(_("In one sentence"), blank=True)
    summary_en = models.TextField(_("In one sentence, in English"), blank=True)
    # What papers say of a party, and where its own page is.
    representative = models.CharField(_("Representative"), max_length=100, blank=True)
    # For statistics of fairness alone; nobody has to say it.
    representative_sex = models.CharField(
        _("Sex of the representative"), max_length=1, choices=Sex, blank=True
    )
    address = models.CharField(_("Address"), max_length=300, blank=True)
    site = models.URLField(_("Website"), max_length=300, blank=True)
    profile = models.TextField(_("What we do"), max_length=5000, blank=True)
    is_opted_out = models.BooleanField(
        _("Opted out of matching"),
        default=False,
        help_text=_("Its needs and technologies are not suggested to anybody."),
    )
    is_invented = models.BooleanField(_("Invented for the demonstration"), default=False)
    verified_at = models.DateTimeField(_("Verified"), null=True, blank=True)
    verified_by = models.ForeignKey(
        User,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="verified_organisations",
        verbose_name=_("Verified by"),
    )
    # What was verified last, while a new name waits for that; documents go on with it.
    verified_name = models.CharField(_("Verified name"), max_length=200, blank=True, editable=False)
    verified_name_en = models.CharField(
        _("Verified name in English"), max_length=200, blank=True, editable=False
    )
    # Who entered or changed last what is verified: somebody else verifies it.
    identity_by = models.ForeignKey(
        User,
        models.PROTECT,
        null=True,
        blank=True,
        editable=False,
        related_name="+",
        verbose_name=_("Name and number by"),
    )

    class Meta:
        verbose_name = _("organisation")
        constraints = [
            models.UniqueConstraint(
                fields=["other_id"], condition=~Q(other_id=""), name="organisation_other_id_once"
            ),
            models.CheckConstraint(
                condition=Q(business_number__isnull=True) | Q(business_number__regex=r"^\d{10}$"),
                name="organisation_business_number_has_ten_digits",
            ),
            models.CheckConstraint(
                condition=Q(verified_at__isnull=True, verified_by__isnull=True)
                | Q(verified_at__isnull=False, verified_by__isnull=False)
                & (Q(business_number__isnull=False) | ~Q(other_id="")),
                name="organisation_verified_by_somebody_with_number",
            ),
        ]

    @property
    def number(self) -> str:
        """The registration number as it is written (123-45-67890), or that of another country."""
        if number := self.business_number:
            return f"{number[:3]}-{number[3:5]}-{number[5:]}"
        return self.other_id

    def __str__(self) -> str:
        return self.name_en if self.name_en and get_language() == "en" else self.name

    def official_name(self, language: str | None = None) -> str:
        """The name for documents: a new one counts only once it is verified.

        In `language`, else in that of the reader.
        """
        known = (self.verified_name, self.verified_name_en)
        name, english = known if self.verified_name else (self.name, self.name_en)
        return english if english and (language or get_language()) == "en" else name

    @property
    def is_demand(self) -> bool:
        """True for those who buy: large and mid-size firms and public bodies."""
        return self.kind in DEMAND_KINDS


class MembershipRole(models.TextChoices):
    MEMBER = "MEMBER", _("Member")
    MANAGER = "MANAGER", _("Manager")


class MembershipStage(models.TextChoices):
    REQUESTED = "REQUESTED", _("Asked to join")
    ACTIVE = "ACTIVE", _("Active")
    ENDED = "ENDED", _("Ended")


@track()
class Membership(models.Model):
    """A person in an organisation."""

    user = models.ForeignKey(User, models.CASCADE, related_name="memberships")
    organisation = models.ForeignKey(Organisation, models.CASCADE, related_name="memberships")
    role = models.CharField(
        _("Role"), max_length=20, choices=MembershipRole, default=MembershipRole.MEMBER
    )
    stage = models.CharField(
        _("Status"), max_length=20, choices=MembershipStage, default=MembershipStage.REQUESTED
    )
    requested_at = models.DateTimeField(_("Asked"), auto_now_add=True)
    is_contact = models.BooleanField(_("May be contacted"), default=False)

    class Meta:
        verbose_name = _("membership")
        constraints = [
            models.UniqueConstraint(fields=["user", "organisation"], name="one_membership_each")
        ]

    def __str__(self) -> str:
        return f"#{self.pk} {self.user_id} in {self.organisation_id}"


class ProfileKind(models.TextChoices):
    CERTIFICATE = "CERTIFICATE", _("Certificate")
    PATENT = "PATENT", _("Patent")
    REFERENCE = "REFERENCE", _("Reference")
    FACILITY = "FACILITY", _("Equipment")
    BROCHURE = "BROCHURE", _("Brochure")


@track()
class ProfileEntry(models.Model):
    """Something an organisation shows of itself: a certificate, a patent, whom it worked for."""

    organisation = models.ForeignKey(Organisation, models.CASCADE, related_name="profile_entries")
    kind = models.CharField(_("Kind"), max_length=12, choices=ProfileKind)
    title = models.CharField(_("Title"), max_length=200)
    number = models.CharField(_("Number"), max_length=100, blank=True)
    year = models.PositiveSmallIntegerField(_("Year"), null=True, blank=True)
    url = models.URLField(_("Link"), max_length=300, blank=True)
    created_by = models.ForeignKey(User, models.PROTECT, related_name="+")
    created_at = models.DateTimeField(_("Added"))

    class Meta:
        verbose_name = _("entry of a profile")
        ordering = ["organisation", "kind", "-year", "pk"]

    def __str__(self) -> str:
        return self.title


class MandateKind(models.TextChoices):
    SIGNATORY = "SIGNATORY", _("Authorised signatory")
    DELEGATE = "DELEGATE", _("Delegate of the signatory")
    BOOKKEEPER = "BOOKKEEPER", _("Bookkeeper, sees only the money")


@track()
class Mandate(models.Model):
    """What somebody may do for an organisation, first and last day included (서명권자, 위임, 회계).

    Signatories and delegates act for it only while they belong to it; a bookkeeper may be an
    outsider. A mandate that is ended early counts no more from that day on.
    """

    user = models.ForeignKey(User, models.PROTECT, related_name="mandates")
    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="mandates")
    kind = models.CharField(_("Mandate"), max_length=12, choices=MandateKind)
    scope = models.CharField(_("For what"), max_length=300, blank=True)
    first_on = models.DateField(_("From"))
    last_on = models.DateField(_("Until"), null=True, blank=True)
    created_by = models.ForeignKey(User, models.PROTECT, related_name="+")
    created_at = models.DateTimeField(_("Named"))
    ended_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")
    ended_on = models.DateField(_("Ended"), null=True)
    reason = models.CharField(_("Reason"), max_length=300, blank=True)

    class Meta:
        verbose_name = _("mandate")
        ordering = ["-first_on", "-pk"]
        indexes = [models.Index(fields=["organisation", "kind"], name="mandate_by_kind")]
        constraints = [
            models.CheckConstraint(
                condition=Q(last_on__isnull=True) | Q(last_on__gte=F("first_on")),
                name="mandate_ends_after_it_begins",
            ),
            models.CheckConstraint(
                condition=~Q(kind=MandateKind.DELEGATE) | Q(last_on__isnull=False),
                name="delegates_have_a_last_day",
            ),
            models.CheckConstraint(
                condition=Q(ended_on__isnull=True, ended_by__isnull=True)
                | Q(ended_on__isnull=False, ended_by__isnull=False),
                name="mandate_ended_by_somebody",
            ),
        ]

    def __str__(self) -> str:
        return f"#{self.pk} {self.user_id} {self.kind} for {self.organisation_id}"


@track()
class Appointment(models.Model):
    """A role that an administrator gave to a person."""

    user = models.ForeignKey(User, models.CASCADE, related_name="appointments")
    role = models.CharField(_("Role"), max_length=LONGEST, choices=role_choices)
    appointed_by = models.ForeignKey(
        User, models.PROTECT, null=True, related_name="appointments_given"
    )
    appointed_at = models.DateTimeField(_("Appointed"), auto_now_add=True)

    class Meta:
        verbose_name = _("appointment")
        constraints = [
            models.UniqueConstraint(fields=["user", "role"], name="one_appointment_per_role")
        ]

    def __str__(self) -> str:
        return f"#{self.pk} {self.user_id} {self.role}"


@untracked("A digest of an address and a moment, for the limit of wrong passwords.")
class SignInPlace(models.Model):
    """An address from which a person has signed in; only its digest is kept."""

    user = models.ForeignKey(User, models.CASCADE, related_name="sign_in_places")
    address_digest = models.CharField(max_length=64)
    last_at = models.DateTimeField()

    class Meta:
        verbose_name = _("place of signing in")
        constraints = [
            models.UniqueConstraint(
                fields=["user", "address_digest"], name="one_sign_in_place_each"
            )
        ]

    def __str__(self) -> str:
        return f"#{self.pk} {self.user_id}"


@track(exclude=["digest"])
class AccessToken(models.Model):
    """A key with which a program reads the API as its owner; only its digest is kept."""

    user = models.ForeignKey(User, models.CASCADE, related_name="access_tokens")
    name = models.CharField(_("What for"), max_length=100)
    digest = models.CharField(max_length=64, unique=True)
    created_at = models.DateTimeField(_("Made"))
    expires_at = models.DateTimeField(_("Expires"))
    revoked_at = models.DateTimeField(_("Revoked"), null=True, blank=True)
    used_at = models.DateTimeField(_("Last used"), null=True, blank=True)

    class Meta:
        verbose_name = _("access token")

    def __str__(self) -> str:
        return f"#{self.pk} {self.name}"


class SentFile(models.Model):
    """A file as it came in, by its own name; a model adds the `file` in its folder and what it shows."""

    name = models.CharField(_("Name"), max_length=200)
    size = models.PositiveIntegerField(_("Size"))
    sha256 = models.CharField(max_length=64)
    added_by = models.ForeignKey(User, models.PROTECT, related_name="+")
    added_at = models.DateTimeField(_("Added"))

    class Meta:
        abstract = True
        ordering = ["pk"]

    def __str__(self) -> str:
        return self.name
