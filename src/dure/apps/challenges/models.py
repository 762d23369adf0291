"""Challenge discovery (과제 발굴): what centres gather, committees refine, and owners approve."""

from django.db import models
from django.db.models import F, Q
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from dure.apps.catalog.models import Need
from dure.apps.challenges.stages import CandidateStage, DiscoveryStage, RoundStage
from dure.apps.people.models import Organisation, User
from dure.apps.roadmaps.models import Branch
from dure.foundation.history import track


@track()
class Discovery(models.Model):
    """One year's search for challenges: centres gather many, committees narrow them to `places`."""

    name = models.CharField(_("Name"), max_length=200)
    name_en = models.CharField(_("Name in English"), max_length=200, blank=True)
    year = models.PositiveSmallIntegerField(_("Year"))
    places = models.PositiveSmallIntegerField(_("Places"))
    gathers_until = models.DateTimeField(_("Gathered until"))
    stage = models.CharField(
        _("Status"), max_length=12, choices=DiscoveryStage, default=DiscoveryStage.GATHERING
    )
    reason = models.TextField(_("Reason"), blank=True)
    created_by = models.ForeignKey(User, models.PROTECT, related_name="+")
    created_at = models.DateTimeField(_("Opened"))
    decided_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")
    decided_at = models.DateTimeField(_("Decided"), null=True)
    announced_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")
    announced_at = models.DateTimeField(_("Announced"), null=True)

    class Meta:
        verbose_name = _("discovery of challenges")
        verbose_name_plural = _("discoveries of challenges")
        ordering = ["-year", "-pk"]
        constraints = [
            models.CheckConstraint(condition=Q(places__gt=0), name="discovery_has_places")
        ]

    def __str__(self) -> str:
        return self.name_en if self.name_en and get_language() == "en" else self.name


@track()
class Centre(models.Model):
    """A centre that gathers candidates for a discovery, and how many it may bring."""

    discovery = models.ForeignKey(Discovery, models.CASCADE, related_name="centres")
    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="discovery_centres")
    quota = models.PositiveSmallIntegerField(_("At most"), null=True, blank=True)

    class Meta:
        verbose_name = _("centre of a discovery")
        ordering = ["organisation__name"]
        constraints = [
            models.UniqueConstraint(fields=["discovery", "organisation"], name="centre_once")
        ]

    def __str__(self) -> str:
        return str(self.organisation)


@track()
class CommitteeMember(models.Model):
    """A person of the verification committee (검증위원회) of a discovery."""

    discovery = models.ForeignKey(Discovery, models.CASCADE, related_name="committee")
    user = models.ForeignKey(User, models.PROTECT, related_name="committees")
    is_chair = models.BooleanField(_("Chair"), default=False)

    class Meta:
        verbose_name = _("member of a verification committee")
        ordering = ["-is_chair", "user__name"]
        constraints = [
            models.UniqueConstraint(fields=["discovery", "user"], name="committee_member_once"),
            models.UniqueConstraint(
                fields=["discovery"], condition=Q(is_chair=True), name="committee_has_one_chair"
            ),
        ]

    def __str__(self) -> str:
        return str(self.user)


@track()
class Candidate(models.Model):
    """A challenge that a centre brought from a demand organisation.

    Its text is in versions. `approved` is the version that its owner lets be announced; a newer
    version voids the approval. `need` is where it comes from, so that the chain is kept.
    """

    discovery = models.ForeignKey(Discovery, models.CASCADE, related_name="candidates")
    centre = models.ForeignKey(Centre, models.PROTECT, related_name="candidates")
    organisation = models.ForeignKey(
        Organisation, models.PROTECT, related_name="candidates", verbose_name=_("Owner")
    )
    need = models.ForeignKey(
        Need, models.PROTECT, null=True, related_name="candidates", verbose_name=_("Need")
    )
    branch = models.ForeignKey(
        Branch, models.PROTECT, null=True, related_name="candidates", verbose_name=_("Roadmap")
    )
    stage = models.CharField(
        _("Status"), max_length=10, choices=CandidateStage, default=CandidateStage.GATHERED
    )
    reason = models.TextField(_("Reason"), blank=True)
    merged_into = models.ForeignKey("self", models.PROTECT, null=True, related_name="merged")
    approved = models.ForeignKey("Version", models.PROTECT, null=True, related_name="+")
    approved_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")
    approved_at = models.DateTimeField(_("Approved"), null=True)
    created_by = models.ForeignKey(User, models.PROTECT, related_name="+")
    created_at = models.DateTimeField(_("Gathered"))

    class Meta:
        verbose_name = _("candidate challenge")
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["discovery", "need"],
                condition=Q(need__isnull=False) & ~Q(stage=CandidateStage.WITHDRAWN),
                name="need_is_one_candidate",
            ),
            models.CheckConstraint(
                condition=Q(stage=CandidateStage.MERGED, merged_into__isnull=False)
                | ~Q(stage=CandidateStage.MERGED),
                name="merged_into_something",
            ),
        ]

    def __str__(self) -> str:
        return str(self.text)

    @property
    def text(self) -> "Version":
        """The newest version; `queries` bring it along."""
        known = self.__dict__.get("_newest")
        return known or self.versions.order_by("-number")[0]


@track()
class Version(models.Model):
    """The text of a candidate as it was at one time."""

    candidate = models.ForeignKey(Candidate, models.CASCADE, related_name="versions")
    number = models.PositiveIntegerField(_("Version"))
    title = models.CharField(_("Title"), max_length=200)
    problem = models.TextField(_("Problem"), max_length=5000)
    requirements = models.TextField(_("Requirements"), max_length=5000, blank=True)
    offers = models.TextField(_("What the demand organisation brings"), max_length=3000, blank=True)
    note = models.CharField(_("What changed"), max_length=300, blank=True)
    by = models.ForeignKey(User, models.PROTECT, related_name="+")
    created_at = models.DateTimeField(_("Written"))

    class Meta:
        verbose_name = _("version of a candidate")
        ordering = ["-number"]
        constraints = [
            models.UniqueConstraint(fields=["candidate", "number"], name="version_numbers_differ")
        ]

    def __str__(self) -> str:
        return self.title


@track()
class Comment(models.Model):
    """What somebody says of a candidate to all who may read it; said once, never changed."""

    candidate = models.ForeignKey(Candidate, models.CASCADE, related_name="comments")
    version = models.ForeignKey(Version, models.CASCADE, related_name="comments")
    by = models.ForeignKey(User, models.PROTECT, related_name="+")
    text = models.TextField(_("Comment"), max_length=3000)
    created_at = models.DateTimeField(_("Said"))

    class Meta:
        verbose_name = _("comment on a candidate")
        ordering = ["created_at", "pk"]

    def __str__(self) -> str:
        return f"#{self.pk} by {self.by_id}"


@track()
class Round(models.Model):
    """One sitting of the committee, which decides on every candidate in verification."""

    discovery = models.ForeignKey(Discovery, models.CASCADE, related_name="rounds")
    number = models.PositiveSmallIntegerField(_("Round"))
    held_on = models.DateField(_("Held on"))
    stage = models.CharField(
        _("Status"), max_length=10, choices=RoundStage, default=RoundStage.OPEN
    )
    opened_by = models.ForeignKey(User, models.PROTECT, related_name="+")

    class Meta:
        verbose_name = _("round of verification")
        ordering = ["number"]
        constraints = [
            models.UniqueConstraint(fields=["discovery", "number"], name="round_numbers_differ"),
            models.UniqueConstraint(
                fields=["discovery"], condition=Q(stage=RoundStage.OPEN), name="one_open_round"
            ),
        ]

    def __str__(self) -> str:
        return _("Round %(number)s") % {"number": self.number}


class Decision(models.TextChoices):
    KEEP = "KEEP", _("Keep")
    HOLD = "HOLD", _("Hold back")
    DROP = "DROP", _("Drop")


@track()
class Judgement(models.Model):
    """What the committee decided on a candidate in a round, and why."""

    round = models.ForeignKey(Round, models.CASCADE, related_name="judgements")
    candidate = models.ForeignKey(Candidate, models.CASCADE, related_name="judgements")
    version = models.ForeignKey(Version, models.PROTECT, related_name="+")
    decision = models.CharField(_("Decision"), max_length=10, choices=Decision)
    reason = models.TextField(_("Reason"), max_length=2000, blank=True)
    by = models.ForeignKey(User, models.PROTECT, related_name="+")
    created_at = models.DateTimeField(_("Decided"))

    class Meta:
        verbose_name = _("decision of the committee")
        ordering = ["round__number"]
        constraints = [
            models.UniqueConstraint(fields=["round", "candidate"], name="one_decision_per_round"),
            models.CheckConstraint(
                condition=Q(decision=Decision.KEEP) | ~Q(reason=""), name="drops_have_a_reason"
            ),
        ]

    def __str__(self) -> str:
        return f"#{self.pk} {self.decision}"


class PairAnswer(models.TextChoices):
    OPEN = "OPEN", _("To be judged")
    APART = "APART", _("Two things")
    ASKED = "ASKED", _("Owners are asked")
    MERGED = "MERGED", _("Merged")


@track()
class SimilarPair(models.Model):
    """Two candidates that the engine takes for nearly the same; seen by the office alone.

    The first stays and the second is merged into it when both owners have agreed.
    """

    first = models.ForeignKey(Candidate, models.CASCADE, related_name="+")
    second = models.ForeignKey(Candidate, models.CASCADE, related_name="+")
    similarity = models.FloatField(_("Chance to be the same"))
    answer = models.CharField(
        _("Answer"), max_length=10, choices=PairAnswer, default=PairAnswer.OPEN
    )
    first_agreed_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")
    second_agreed_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")
    answered_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")
    answered_at = models.DateTimeField(_("Answered"), null=True)

    class Meta:
        verbose_name = _("pair of similar candidates")
        ordering = ["-similarity", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["first", "second"], name="similar_pair_once"),
            models.CheckConstraint(condition=~Q(first=F("second")), name="pair_of_two"),
        ]

    def __str__(self) -> str:
        return f"#{self.pk} {self.first_id} ~ {self.second_id}"
