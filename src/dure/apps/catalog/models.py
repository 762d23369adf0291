"""Needs (수요기술) and technologies (공급기술)."""

import copy
from typing import Any, ClassVar, Self

from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import GinIndex
from django.contrib.postgres.search import SearchVectorField
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import get_language, pgettext_lazy
from django.utils.translation import gettext_lazy as _

from dure.apps.catalog.stages import NeedStage, TechnologyStage
from dure.apps.ndas.models import Exchange, Nda, RequestSheet
from dure.apps.people.models import Organisation, User
from dure.apps.roadmaps.models import Branch
from dure.foundation import vocabularies
from dure.foundation.history import track


class Cooperation(models.TextChoices):
    JOINT = "JOINT", _("Joint development")
    PURCHASE = "PURCHASE", _("Purchase")
    LICENCE = "LICENCE", _("Licence")
    INVEST = "INVEST", _("Investment")
    TESTBED = "TESTBED", _("Test bed")


class Visibility(models.TextChoices):
    PUBLIC = "PUBLIC", _("Public")
    MEMBERS = "MEMBERS", _("Members only")
    TEASER = "TEASER", _("Teaser, details under NDA")


class Language(models.TextChoices):
    KO = "ko", _("Korean")
    EN = "en", _("English")


def field_choices() -> list[tuple[str, str]]:
    """The fields of the technology roadmap, in the reader's language."""
    return vocabularies.choices("fields", get_language())


def region_choices() -> list[tuple[str, str]]:
    """The regions, in the reader's language."""
    return vocabularies.choices("regions", get_language())


class Entry(models.Model):
    """What needs and technologies have in common."""

    external_id = models.CharField(_("External id"), max_length=100, blank=True)
    title = models.CharField(_("Title"), max_length=300)
    title_en = models.CharField(_("Title in English"), max_length=300, blank=True)
    body = models.TextField(_("Description"), blank=True)
    body_en = models.TextField(_("Description in English"), blank=True)
    field = models.CharField(_("Field"), max_length=20, blank=True)
    keywords = ArrayField(
        models.CharField(max_length=100), verbose_name=_("Keywords"), default=list, blank=True
    )
    trl = models.PositiveSmallIntegerField(
        _("Technology readiness level"),
        null=True,
        blank=True,
        validators=[MinValueValidator(1), MaxValueValidator(9)],
    )
    region = models.CharField(_("Region"), max_length=20, blank=True)
    cooperation = ArrayField(
        models.CharField(max_length=20, choices=Cooperation),
        verbose_name=_("Form of cooperation"),
        default=list,
        blank=True,
    )
    language = models.CharField(_("Language"), max_length=2, choices=Language, default=Language.KO)
    visibility = models.CharField(
        _("Visibility"), max_length=10, choices=Visibility, default=Visibility.PUBLIC
    )
    source = models.CharField(_("Source"), max_length=300, blank=True)
    created_at = models.DateTimeField(_("Entered"), auto_now_add=True)
    updated_at = models.DateTimeField(_("Changed"), auto_now=True)
    handed_in_at = models.DateTimeField(pgettext_lazy("time", "Handed in"), null=True, blank=True)
    published_at = models.DateTimeField(_("Published"), null=True, blank=True)
    return_reason = models.TextField(_("Returned because"), blank=True)
    search = SearchVectorField(null=True, editable=False)

    # What of a teaser opens under an agreement only; the rest of an entry tells nothing of it.
    DETAILS: ClassVar[tuple[str, ...]] = (
        "external_id",
        "body",
        "body_en",
        "keywords",
        "trl",
        "region",
        "cooperation",
        "source",
        "return_reason",
        "branch",
    )
    is_redacted = False

    class Meta:
        abstract = True

    def save(self, *args: Any, **options: Any) -> None:
        if self.is_redacted:
            raise TypeError("a redacted copy lacks the details and is never saved")
        super().save(*args, **options)

    def redacted(self) -> Self:
        """A copy for reading that lacks every detail, as a teaser is told to strangers."""
        redacted = copy.copy(self)
        for name in self.DETAILS:
            setattr(redacted, name, self._meta.get_field(name).get_default())
        redacted.is_redacted = True
        return redacted

    def __str__(self) -> str:
        return self.title_in(get_language())

    def get_absolute_url(self) -> str:
        """The entry's own page."""
        return reverse(f"catalog:{self._meta.model_name}_detail", args=[self.pk])

    def title_in(self, language: str | None) -> str:
        """The title in a language where there is one, else as it was handed in."""
        return self.title_en if language == "en" and self.title_en else self.title

    def body_in(self, language: str | None) -> str:
        """The description in a language where there is one, else as it was handed in."""
        return self.body_en if language == "en" and self.body_en else self.body


def entry_rules(name: str, published: list[str], unpublished: list[str]) -> list:
    """Constraints that hold for both kinds of entries; `name` begins each constraint's name."""
    return [
        models.UniqueConstraint(
            fields=["organisation", "external_id"],
            condition=~Q(external_id=""),
            name=f"{name}_external_id_once_per_organisation",
        ),
        models.CheckConstraint(
            condition=Q(trl__isnull=True) | Q(trl__range=(1, 9)), name=f"{name}_trl_from_1_to_9"
        ),
        models.CheckConstraint(
            condition=Q(stage__in=published, published_at__isnull=False)
            | Q(stage__in=unpublished, published_at__isnull=True)
            | ~Q(stage__in=[*published, *unpublished]),
            name=f"{name}_published_at_matches_stage",
        ),
        models.CheckConstraint(
            condition=~Q(stage__in=published)
            | Q(published_by__isnull=False) & ~Q(published_by=models.F("handed_in_by")),
            name=f"{name}_published_by_a_second_person",
        ),
    ]


@track(exclude=["search"])
class Need(Entry):
    """What a demand organisation is looking for."""

    organisation = models.ForeignKey(
        Organisation, models.PROTECT, related_name="needs", verbose_name=_("Organisation")
    )
    branch = models.ForeignKey(
        Branch, models.PROTECT, null=True, blank=True, related_name="needs",
        verbose_name=_("Branch of a roadmap"),
    )  # fmt: skip
    requirements = models.TextField(_("Requirements"), blank=True)
    budget = models.BigIntegerField(_("Budget (won)"), null=True, blank=True)
    stage = models.CharField(_("Status"), max_length=20, choices=NeedStage, default=NeedStage.DRAFT)
    handed_in_by = models.ForeignKey(
        User, models.PROTECT, null=True, blank=True, related_name="needs_handed_in"
    )
    published_by = models.ForeignKey(
        User, models.PROTECT, null=True, blank=True, related_name="needs_published"
    )
    merged_into = models.ForeignKey(
        "self",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="merged",
        verbose_name=_("Merged into"),
    )
    closing_reason = models.TextField(_("Closed because"), blank=True)

    DETAILS = (*Entry.DETAILS, "requirements", "budget", "closing_reason")

    class Meta:
        verbose_name = _("need")
        indexes = [
            GinIndex(fields=["search"], name="need_search"),
            models.Index(fields=["-published_at", "-id"], name="need_newest"),
            models.Index(fields=["organisation", "stage"], name="need_of_organisation"),
            models.Index(fields=["field", "-published_at", "-id"], name="need_of_field"),
            models.Index(fields=["trl"], name="need_of_trl"),
        ]
        constraints = [
            *entry_rules(
                "need",
                [
                    NeedStage.PUBLISHED,
                    NeedStage.MATCHED,
                    NeedStage.IN_IMPLEMENTATION,
                    NeedStage.CLOSED,
                    NeedStage.UNMATCHED,
                ],
                [NeedStage.DRAFT, NeedStage.UNDER_REVIEW],
            ),
            models.CheckConstraint(
                condition=Q(stage=NeedStage.MERGED, merged_into__isnull=False)
                | (~Q(stage=NeedStage.MERGED) & Q(merged_into__isnull=True)),
                name="need_merged_into_matches_stage",
            ),
            models.CheckConstraint(
                condition=Q(budget__isnull=True) | Q(budget__gte=0), name="need_budget_not_negative"
            ),
            models.CheckConstraint(
                condition=~Q(merged_into=models.F("id")), name="need_not_merged_into_itself"
            ),
        ]


@track(exclude=["search"])
class Technology(Entry):
    """What a small firm or an institute can do."""

    organisation = models.ForeignKey(
        Organisation, models.PROTECT, related_name="technologies", verbose_name=_("Organisation")
    )
    branch = models.ForeignKey(
        Branch, models.PROTECT, null=True, blank=True, related_name="technologies",
        verbose_name=_("Branch of a roadmap"),
    )  # fmt: skip
    track_record = models.TextField(_("Where it is in use"), blank=True)
    stage = models.CharField(
        _("Status"), max_length=20, choices=TechnologyStage, default=TechnologyStage.DRAFT
    )
    handed_in_by = models.ForeignKey(
        User, models.PROTECT, null=True, blank=True, related_name="technologies_handed_in"
    )
    published_by = models.ForeignKey(
        User, models.PROTECT, null=True, blank=True, related_name="technologies_published"
    )

    secret_since = models.DateTimeField(
        _("Details marked as technical data kept secret"), null=True, blank=True, editable=False
    )

    DETAILS = (*Entry.DETAILS, "track_record")

    @property
    def keeps_secret(self) -> bool:
        """Whether its owner marked the closed details as technical data that it keeps secret."""
        return self.secret_since is not None

    class Meta:
        verbose_name = _("technology")
        indexes = [
            GinIndex(fields=["search"], name="technology_search"),
            models.Index(fields=["-published_at", "-id"], name="technology_newest"),
            models.Index(fields=["organisation", "stage"], name="technology_of_organisation"),
            models.Index(fields=["field", "-published_at", "-id"], name="technology_of_field"),
            models.Index(fields=["trl"], name="technology_of_trl"),
        ]
        constraints = entry_rules(
            "technology",
            [TechnologyStage.PUBLISHED],
            [TechnologyStage.DRAFT, TechnologyStage.UNDER_REVIEW],
        )


@track()
class Attachment(models.Model):
    """A file beside a need or a technology; it opens to whoever may read the details."""

    need = models.ForeignKey(
        Need, models.CASCADE, null=True, blank=True, related_name="attachments"
    )
    technology = models.ForeignKey(
        Technology, models.CASCADE, null=True, blank=True, related_name="attachments"
    )
    file = models.FileField(_("File"), upload_to="attachments/%Y/%m/")
    name = models.CharField(_("Name"), max_length=255)
    size = models.PositiveIntegerField(_("Size"))
    sha256 = models.CharField(max_length=64)
    added_by = models.ForeignKey(User, models.PROTECT, related_name="+")
    added_at = models.DateTimeField(_("Added"), auto_now_add=True)

    class Meta:
        verbose_name = _("attachment")
        constraints = [
            models.CheckConstraint(
                condition=Q(need__isnull=True, technology__isnull=False)
                | Q(need__isnull=False, technology__isnull=True),
                name="attachment_has_one_owner",
            )
        ]

    def __str__(self) -> str:
        return self.name


@track()
class DisclosedEntry(models.Model):
    """What an agreement opens: the details of one teaser.

    It was asked for by an agreement (`nda`), or, where technical data kept secret goes to a buyer, by a
    request sheet (`sheet`), whose agreement opens it. `exchange` is the hand-over that its first reading
    under a sheet was.
    """

    nda = models.ForeignKey(
        Nda, models.PROTECT, null=True, blank=True, related_name="disclosed_entries"
    )
    sheet = models.ForeignKey(
        RequestSheet, models.PROTECT, null=True, blank=True, related_name="disclosed_entries"
    )
    exchange = models.OneToOneField(
        Exchange, models.PROTECT, null=True, blank=True, related_name="disclosed_entry"
    )
    need = models.ForeignKey(
        Need, models.PROTECT, null=True, blank=True, related_name="disclosed_entries"
    )
    technology = models.ForeignKey(
        Technology, models.PROTECT, null=True, blank=True, related_name="disclosed_entries"
    )

    class Meta:
        verbose_name = _("disclosed entry")
        constraints = [
            models.CheckConstraint(
                condition=Q(need__isnull=True, technology__isnull=False)
                | Q(need__isnull=False, technology__isnull=True),
                name="opening_of_one_entry",
            ),
            models.CheckConstraint(
                condition=Q(nda__isnull=True, sheet__isnull=False)
                | Q(nda__isnull=False, sheet__isnull=True),
                name="opening_by_sheet_or_agreement",
            ),
        ]

    def __str__(self) -> str:
        return f"#{self.pk}"


class EntryKind(models.TextChoices):
    """Which of the two lists of the catalogue."""

    NEEDS = "needs", pgettext_lazy("catalogue", "Needs")
    TECHNOLOGIES = "technologies", pgettext_lazy("catalogue", "Technologies")


@track()
class SavedSearch(models.Model):
    """The filters of a list, kept under a name; what is published later is told by e-mail."""

    user = models.ForeignKey(User, models.CASCADE, related_name="saved_searches")
    kind = models.CharField(_("List"), max_length=20, choices=EntryKind)
    name = models.CharField(_("Name"), max_length=100)
    query = models.TextField(_("Filters"), blank=True)
    created_at = models.DateTimeField(_("Saved"))
    told_until = models.DateTimeField(_("Told until"))

    class Meta:
        verbose_name = _("saved search")
        constraints = [
            models.UniqueConstraint(fields=["user", "kind", "name"], name="one_search_per_name")
        ]

    def __str__(self) -> str:
        return self.name


@track()
class DuplicateCandidate(models.Model):
    """Two needs that may be the same, found by their texts; an officer decides."""

    # `similarity` is the chance of it. From here on a pair waits for an officer; less likely ones
    # can be looked at after it.
    LIKELY = 0.5

    class Answer(models.TextChoices):
        OPEN = "OPEN", _("To be decided")
        SAME = "SAME", _("The same")
        DIFFERENT = "DIFFERENT", _("Different")

    first = models.ForeignKey(Need, models.CASCADE, related_name="duplicates")
    second = models.ForeignKey(Need, models.CASCADE, related_name="resembled_by")
    similarity = models.FloatField(_("Likeness"))
    answer = models.CharField(_("Decision"), max_length=20, choices=Answer, default=Answer.OPEN)
    answered_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")
    answered_at = models.DateTimeField(_("Decided"), null=True)

    class Meta:
        verbose_name = _("duplicate")
        constraints = [
            models.UniqueConstraint(fields=["first", "second"], name="one_resemblance_per_pair"),
            models.CheckConstraint(
                condition=Q(first__lt=models.F("second")), name="resemblance_smaller_id_first"
            ),
        ]

    def __str__(self) -> str:
        return f"#{self.pk} {self.first_id}~{self.second_id}"
