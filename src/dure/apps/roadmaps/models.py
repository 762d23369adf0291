"""Technology roadmaps (기술로드맵): fields, products and technologies, and how they are revised."""

from django.db import models
from django.db.models import F, Q
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from dure.apps.people.models import User
from dure.apps.roadmaps.stages import ProposalStage
from dure.foundation.history import track


@track()
class Roadmap(models.Model):
    """One roadmap as its file brought it, and the number of its revision in force.

    `levels` and `groups` are names in both languages: [{"ko": …, "en": …}], groups by id.
    `digest` is the SHA-256 of the file; the same file is not loaded twice.
    """

    slug = models.SlugField(_("Short name"), unique=True)
    name = models.CharField(_("Name"), max_length=200)
    name_en = models.CharField(_("Name in English"), max_length=200)
    year = models.PositiveSmallIntegerField(_("Year"))
    source = models.TextField(_("Source"))
    source_en = models.TextField(_("Source in English"))
    levels = models.JSONField(_("Levels"))
    groups = models.JSONField(_("Groups"), default=dict)
    digest = models.CharField(max_length=64)
    revision = models.PositiveIntegerField(_("Revision"), default=1)
    revised_at = models.DateTimeField(_("Revised"))
    revised_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")

    class Meta:
        verbose_name = _("technology roadmap")
        ordering = ["pk"]

    def __str__(self) -> str:
        return _in_language(self.name, self.name_en)


@track()
class Branch(models.Model):
    """A field, a product or a technology of a roadmap.

    It is part of the revisions from `added_in` up to the one before `removed_in`. `is_ours` says
    that the source gives only how many there are, and the name was chosen for this platform.
    """

    roadmap = models.ForeignKey(Roadmap, models.CASCADE, related_name="branches")
    parent = models.ForeignKey("self", models.PROTECT, null=True, related_name="children")
    level = models.PositiveSmallIntegerField(_("Level"))
    code = models.CharField(_("Code"), max_length=20)
    group = models.CharField(_("Group"), max_length=40, blank=True)
    name = models.CharField(_("Name"), max_length=200)
    name_en = models.CharField(_("Name in English"), max_length=200, blank=True)
    is_ours = models.BooleanField(_("Named here"), default=False)
    added_in = models.PositiveIntegerField(_("Added in revision"), default=1)
    removed_in = models.PositiveIntegerField(_("Removed in revision"), null=True, blank=True)

    class Meta:
        verbose_name = _("branch of a roadmap")
        ordering = ["code"]
        constraints = [
            models.UniqueConstraint(fields=["roadmap", "code"], name="one_branch_per_code"),
            models.UniqueConstraint(
                fields=["roadmap", "parent", "name"],
                condition=Q(removed_in__isnull=True),
                name="one_branch_of_a_name",
                nulls_distinct=False,
            ),
            models.CheckConstraint(
                condition=Q(level=0, parent__isnull=True) | Q(level__gt=0, parent__isnull=False),
                name="fields_alone_have_no_parent",
            ),
            models.CheckConstraint(
                condition=Q(removed_in__isnull=True) | Q(removed_in__gt=F("added_in")),
                name="removed_after_added",
            ),
        ]

    def __str__(self) -> str:
        return _in_language(self.name, self.name_en)

    @property
    def address(self) -> str:
        """What it is called in addresses and sheets: the roadmap and its code, `sme:SF-03`."""
        return f"{self.roadmap.slug}:{self.code}"

    @property
    def line(self) -> str:
        """Its name after those of the branches that it stands under."""
        return f"{self.parent.line} › {self}" if self.parent else str(self)


class ProposalKind(models.TextChoices):
    ADD = "ADD", _("Add")
    RENAME = "RENAME", _("Rename")
    REMOVE = "REMOVE", _("Remove")


class ProposalSource(models.TextChoices):
    """Where a wish to revise a roadmap comes from."""

    PUBLIC = "PUBLIC", _("Proposed by the public")
    SURVEY = "SURVEY", _("Demand survey")
    EXPERT = "EXPERT", _("Expert evaluation")


@track()
class Proposal(models.Model):
    """A wish to change a roadmap, the decision on it with its reason, and the revision it is in.

    `branch` is what is renamed or removed, or under which something is added (None: a new field).
    """

    roadmap = models.ForeignKey(Roadmap, models.CASCADE, related_name="proposals")
    branch = models.ForeignKey(Branch, models.CASCADE, null=True, related_name="proposals")
    kind = models.CharField(_("Change"), max_length=10, choices=ProposalKind)
    source = models.CharField(_("Comes from"), max_length=10, choices=ProposalSource)
    name = models.CharField(_("Name in Korean"), max_length=200, blank=True)
    name_en = models.CharField(_("Name in English"), max_length=200, blank=True)
    text = models.TextField(_("Why"), max_length=2000)
    proposed_by = models.ForeignKey(User, models.PROTECT, related_name="+")
    created_at = models.DateTimeField(_("Proposed"))
    stage = models.CharField(
        _("Status"), max_length=10, choices=ProposalStage, default=ProposalStage.PROPOSED
    )
    decided_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")
    decided_at = models.DateTimeField(_("Decided"), null=True)
    reason = models.TextField(_("Reason"), blank=True, max_length=2000)
    released_in = models.PositiveIntegerField(_("In revision"), null=True)

    class Meta:
        verbose_name = _("proposal for a roadmap")
        ordering = ["-created_at", "-pk"]

    def __str__(self) -> str:
        return _in_language(self.name, self.name_en) or str(self.branch)


@track()
class Opinion(models.Model):
    """What one expert thinks of a proposal."""

    proposal = models.ForeignKey(Proposal, models.CASCADE, related_name="opinions")
    by = models.ForeignKey(User, models.PROTECT, related_name="+")
    is_in_favour = models.BooleanField(_("In favour"))
    text = models.TextField(_("Why"), max_length=2000)
    created_at = models.DateTimeField(_("Given"))

    class Meta:
        verbose_name = _("opinion on a proposal")
        constraints = [
            models.UniqueConstraint(fields=["proposal", "by"], name="one_opinion_per_expert")
        ]

    def __str__(self) -> str:
        return f"#{self.pk} {self.by_id} on {self.proposal_id}"


def _in_language(korean: str, english: str) -> str:
    return english if english and get_language() == "en" else korean
