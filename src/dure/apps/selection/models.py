"""Selection (선정평가): reviewers, conflicts, panels, score sheets, decisions, objections."""

import pgtrigger
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext, pgettext_lazy
from django.utils.translation import gettext_lazy as _

from dure.apps.applications.models import Application, Submission
from dure.apps.calls.models import Call, Round
from dure.apps.people.models import Organisation, User
from dure.apps.selection.kinds import Again, Cause, InterestKind, Outcome, Source, WorkKind
from dure.apps.selection.stages import (
    ItemStage,
    MemberStage,
    ObjectionStage,
    PanelStage,
    ReviewerStage,
    SelectionStage,
)
from dure.foundation.history import track, untracked


@track()
class Reviewer(models.Model):
    """Somebody in the pool of reviewers, who reads at most `most_a_year` applications a year.

    `fields` is what they know, in their own words; `kinds` what panels ask for ("law",
    "accounting"), separated by commas.
    """

    user = models.OneToOneField(User, models.PROTECT, related_name="reviewer")
    stage = models.CharField(
        _("Status"), max_length=10, choices=ReviewerStage, default=ReviewerStage.INVITED
    )
    fields = models.TextField(_("Fields"), max_length=4000, blank=True)
    kinds = models.CharField(_("Kinds of expertise"), max_length=200, blank=True)
    region = models.CharField(_("Region"), max_length=20, blank=True)
    most_a_year = models.PositiveSmallIntegerField(
        _("Applications a year, at most"),
        default=30,
        validators=[MinValueValidator(1), MaxValueValidator(200)],
    )
    absent_from = models.DateField(_("Absent from"), null=True, blank=True)
    absent_until = models.DateField(_("Absent until"), null=True, blank=True)
    invited_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")
    invited_at = models.DateTimeField(_("Invited"))
    declared_at = models.DateTimeField(_("Declaration given"), null=True)
    barred_reason = models.TextField(_("Barred because"), blank=True)

    class Meta:
        verbose_name = _("reviewer")
        ordering = ["user__name", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=~Q(stage=ReviewerStage.ACTIVE) | Q(declared_at__isnull=False),
                name="reviewer_declared_before_active",
            ),
            models.CheckConstraint(
                condition=~Q(stage=ReviewerStage.BARRED) | ~Q(barred_reason=""),
                name="reviewer_barred_with_reason",
            ),
            models.CheckConstraint(
                condition=Q(absent_from=None)
                | Q(absent_until=None)
                | Q(absent_until__gte=F("absent_from")),
                name="reviewer_absence_in_order",
            ),
        ]

    def __str__(self) -> str:
        return str(self.user)


@track()
class Work(models.Model):
    """A project, patent or paper of a reviewer; what it says counts towards the fit.

    `authors` are those it was done with, "name (organisation)" each, separated by semicolons: with
    each of them the reviewer is tied by co-authorship.
    """

    reviewer = models.ForeignKey(Reviewer, models.CASCADE, related_name="works")
    kind = models.CharField(pgettext_lazy("work", "Kind"), max_length=10, choices=WorkKind)
    title = models.CharField(_("Title"), max_length=300)
    summary = models.TextField(_("Summary"), max_length=4000, blank=True)
    year = models.PositiveSmallIntegerField(_("Year"), null=True)
    number = models.CharField(pgettext_lazy("work", "Number"), max_length=100, blank=True)
    authors = models.TextField(_("Done with"), max_length=2000, blank=True)
    added_at = models.DateTimeField(_("Added"))

    class Meta:
        verbose_name = _("work of a reviewer")
        ordering = [F("year").desc(nulls_last=True), "-pk"]
        constraints = [
            models.UniqueConstraint(fields=["reviewer", "kind", "title"], name="work_once")
        ]

    def __str__(self) -> str:
        return self.title


@track()
class Interest(models.Model):
    """That either side declares what ties it to the other: a reviewer, or a firm that may apply.

    A reviewer declares for themselves (`reviewer`), a manager for an organisation; the other is an
    organisation (`other`) or somebody by `name`. Whoever declared it cannot undo it.
    """

    reviewer = models.ForeignKey(
        Reviewer, models.PROTECT, null=True, related_name="interests", verbose_name=_("Reviewer")
    )
    organisation = models.ForeignKey(
        Organisation, models.PROTECT, null=True, related_name="declared_interests",
        verbose_name=_("Organisation"),
    )  # fmt: skip
    kind = models.CharField(pgettext_lazy("interest", "Kind"), max_length=20, choices=InterestKind)
    other = models.ForeignKey(
        Organisation, models.PROTECT, null=True, related_name="+", verbose_name=_("With")
    )
    name = models.CharField(_("Name"), max_length=100, blank=True)
    since = models.DateField(_("Since"), null=True, blank=True)
    until = models.DateField(_("Until"), null=True, blank=True)
    reason = models.TextField(_("Reason"), max_length=1000)
    declared_by = models.ForeignKey(User, models.PROTECT, related_name="+")
    declared_at = models.DateTimeField(_("Declared"))
    ended_at = models.DateTimeField(_("Ended"), null=True)
    ended_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")

    class Meta:
        verbose_name = _("declared interest")
        ordering = ["-declared_at", "-pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(reviewer__isnull=True) ^ Q(organisation__isnull=True),
                name="interest_of_one_side",
            ),
            models.CheckConstraint(
                condition=Q(other__isnull=True) ^ Q(name=""), name="interest_in_one_other"
            ),
            models.CheckConstraint(
                condition=Q(since=None) | Q(until=None) | Q(until__gte=F("since")),
                name="interest_in_order",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.reviewer or self.organisation} – {self.other or self.name}"


@track()
class Selection(models.Model):
    """The selection among the applications of a call, or of a round of it.

    `rules` and `policy` name the dated rule sets by which it goes, those in force on `on`.
    `proposed_*` is the table that one person proposed, `decided_by` the second person.
    """

    call = models.ForeignKey(Call, models.PROTECT, related_name="selections")
    round = models.ForeignKey(Round, models.PROTECT, null=True, related_name="selections")
    stage = models.CharField(
        _("Status"), max_length=10, choices=SelectionStage, default=SelectionStage.CHECKING
    )
    rules = models.CharField(max_length=60, default="rnd")
    policy = models.CharField(max_length=60, default="rnd")
    on = models.DateField(_("Rules of"))
    places = models.PositiveSmallIntegerField(_("Places"))
    reserve = models.PositiveSmallIntegerField(_("Reserve"), default=0)
    most_of_a_challenge = models.PositiveSmallIntegerField(
        _("Selected for one challenge, at most"), null=True, blank=True
    )
    reserve_of_challenge = models.PositiveSmallIntegerField(
        _("Reserve for each challenge"), default=0
    )
    names_hidden = models.BooleanField(_("Names of applicants hidden"), default=False)
    fee_won = models.PositiveIntegerField(_("Fee for a sheet, in won"), default=0)
    created_by = models.ForeignKey(User, models.PROTECT, related_name="+")
    created_at = models.DateTimeField(_("Begun"))
    proposed_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")
    proposed_at = models.DateTimeField(_("Proposed"), null=True)
    decided_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")
    decided_at = models.DateTimeField(_("Decided"), null=True)

    class Meta:
        verbose_name = _("selection")
        ordering = ["-created_at", "-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["call", "round"], nulls_distinct=False, name="one_selection_of_a_call"
            ),
            models.CheckConstraint(
                condition=Q(decided_by__isnull=True) | ~Q(decided_by=F("proposed_by")),
                name="selection_decided_by_a_second_person",
            ),
            models.CheckConstraint(
                condition=~Q(stage=SelectionStage.DECIDED)
                | Q(decided_at__isnull=False, decided_by__isnull=False),
                name="selection_decided_by_somebody",
            ),
        ]

    def __str__(self) -> str:
        if self.round is None:
            return str(self.call)
        return gettext("%(call)s, round %(number)s") % {
            "call": self.call,
            "number": self.round.number,
        }


@track()
class Panel(models.Model):
    """A panel (분과) that reads a whole batch of items, under a chair whom it elects.

    `needs` are the kinds of expertise that it was formed with and keeps when members change, each
    with how many of it. With `reviews` it is no panel but the reviewers of single applications: each
    item is read by so many of its members, those of its `assignments`, and nobody meets.
    """

    selection = models.ForeignKey(Selection, models.CASCADE, related_name="panels")
    name = models.CharField(_("Name"), max_length=100)
    stage = models.CharField(
        _("Status"), max_length=10, choices=PanelStage, default=PanelStage.SCORING
    )
    needs = models.JSONField(_("Kinds of expertise"), default=dict)
    reviews = models.PositiveSmallIntegerField(_("Reviews of each application"), null=True)
    due_at = models.DateTimeField(_("Sheets until"))
    meets_at = models.DateTimeField(_("Meets on"), null=True)
    place = models.CharField(_("Place"), max_length=200, blank=True)
    minutes_each = models.PositiveSmallIntegerField(_("Minutes for each applicant"), default=20)
    day_revision = models.PositiveSmallIntegerField(default=0, editable=False)
    day_planned_at = models.DateTimeField(null=True, editable=False)
    reminded_at = models.DateTimeField(_("Reminded"), null=True)
    version = models.PositiveIntegerField(default=1)
    minutes = models.TextField(_("Minutes"), max_length=20_000, blank=True)
    minutes_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")
    minutes_at = models.DateTimeField(_("Minutes written"), null=True)
    closed_at = models.DateTimeField(_("Closed"), null=True)

    class Meta:
        verbose_name = _("panel")
        ordering = ["selection", "name"]
        constraints = [
            models.UniqueConstraint(fields=["selection", "name"], name="panel_name_once")
        ]

    def __str__(self) -> str:
        return self.name


@track()
class Member(models.Model):
    """A reviewer on a panel. `confirmed_at` is that of the minutes as they are."""

    panel = models.ForeignKey(Panel, models.CASCADE, related_name="members")
    reviewer = models.ForeignKey(Reviewer, models.PROTECT, related_name="seats")
    is_chair = models.BooleanField(_("Chair"), default=False)
    stage = models.CharField(
        _("Status"), max_length=10, choices=MemberStage, default=MemberStage.ASKED
    )
    pledged_at = models.DateTimeField(_("Pledge given"), null=True)
    left_reason = models.TextField(_("Replaced because"), blank=True)
    confirmed_at = models.DateTimeField(_("Minutes confirmed"), null=True)

    class Meta:
        verbose_name = _("member of a panel")
        ordering = ["-is_chair", "reviewer__user__name", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["panel", "reviewer"], name="panel_member_once"),
            models.UniqueConstraint(
                fields=["panel"], condition=Q(is_chair=True), name="panel_has_one_chair"
            ),
            models.CheckConstraint(
                condition=~Q(stage=MemberStage.PLEDGED) | Q(pledged_at__isnull=False),
                name="member_pledged_when",
            ),
        ]

    def __str__(self) -> str:
        return str(self.reviewer)


@track()
class Item(models.Model):
    """An application in its selection: what was submitted, what the check found, who judges it.

    `missing` is what has to be handed in until `missing_until`. `bonus` and `penalty` are points by
    the programme's rules. `panel` is the one whose sheets count. Items of a lower `tier` stand first
    in the ranking: what was fixed before the rest was judged again across panels.
    """

    selection = models.ForeignKey(Selection, models.PROTECT, related_name="items")
    application = models.OneToOneField(Application, models.PROTECT, related_name="item")
    submission = models.ForeignKey(Submission, models.PROTECT, related_name="+")
    panel = models.ForeignKey(Panel, models.PROTECT, null=True, related_name="items")
    stage = models.CharField(
        _("Status"), max_length=10, choices=ItemStage, default=ItemStage.CHECKING
    )
    missing = models.TextField(_("Missing"), max_length=4000, blank=True)
    missing_until = models.DateField(_("To be handed in until"), null=True)
    checked_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")
    checked_at = models.DateTimeField(_("Checked"), null=True)
    bonus = models.PositiveSmallIntegerField(_("Bonus points"), default=0)
    penalty = models.PositiveSmallIntegerField(_("Penalty points"), default=0)
    presents_at = models.DateTimeField(_("Presents at"), null=True)
    tier = models.PositiveSmallIntegerField(default=0)

    class Meta:
        verbose_name = _("application in a selection")
        ordering = ["application__number"]
        constraints = [
            models.CheckConstraint(
                condition=~Q(stage__in=[ItemStage.INCOMPLETE, ItemStage.EXCLUDED]) | ~Q(missing=""),
                name="item_says_what_is_missing",
            ),
            models.CheckConstraint(
                condition=Q(panel__isnull=True) | Q(stage=ItemStage.ADMITTED),
                name="only_admitted_items_are_judged",
            ),
        ]

    def __str__(self) -> str:
        return str(self.application)


@track()
class Assignment(models.Model):
    """That a member reads an item, where the programme has reviewers for each application."""

    item = models.ForeignKey(Item, models.CASCADE, related_name="assignments")
    member = models.ForeignKey(Member, models.CASCADE, related_name="assignments")

    class Meta:
        verbose_name = _("assignment of a reviewer")
        ordering = ["item", "member"]
        constraints = [models.UniqueConstraint(fields=["item", "member"], name="assigned_once")]

    def __str__(self) -> str:
        return f"#{self.item_id} #{self.member_id}"


@track(exclude=["key"])
class Supplement(models.Model):
    """A paper that was missing at the formal check and was handed in within its term.

    `row` says its name, size and hash, and which file of the application it is; `key` opens it.
    """

    item = models.ForeignKey(Item, models.PROTECT, related_name="supplements")
    row = models.JSONField()
    key = models.CharField(max_length=100)
    handed_in_by = models.ForeignKey(User, models.PROTECT, related_name="+")
    handed_in_at = models.DateTimeField(_("Papers handed in"))

    class Meta:
        verbose_name = _("paper handed in later")
        ordering = ["handed_in_at", "pk"]

    def __str__(self) -> str:
        name: str = self.row["name"]
        return name


@track()
class Conflict(models.Model):
    """A conflict of interest between a reviewer and an application, with its reason and dates.

    Whoever is in conflict cannot undo it. A computed one is gone when its facts are (`ended_at`).
    """

    reviewer = models.ForeignKey(Reviewer, models.PROTECT, related_name="conflicts")
    application = models.ForeignKey(Application, models.PROTECT, related_name="conflicts")
    source = models.CharField(_("Known from"), max_length=10, choices=Source)
    kind = models.CharField(_("Kind"), max_length=60)
    party = models.CharField(_("With"), max_length=200, blank=True)
    since = models.DateField(_("Since"), null=True)
    until = models.DateField(_("Until"), null=True)
    reason = models.TextField(_("Reason"), max_length=2000, blank=True)
    created_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")
    created_at = models.DateTimeField(_("Known since"))
    ended_at = models.DateTimeField(_("Ended"), null=True)
    ended_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")

    class Meta:
        verbose_name = _("conflict of interest")
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["reviewer", "application", "source", "kind", "party"],
                condition=Q(ended_at=None),
                name="conflict_once",
            ),
            models.CheckConstraint(
                condition=Q(source=Source.COMPUTED) | ~Q(reason=""),
                name="conflict_said_with_reason",
            ),
        ]

    def __str__(self) -> str:
        return f"#{self.reviewer_id} {self.kind} #{self.application_id}"


@track()
class PossibleConflict(models.Model):
    """That somebody of an application is called like whom a reviewer worked with, and no more is known.

    It ties nobody: a person confirms it, and it becomes a conflict that the office noted, or dismisses
    it; either with the reason. `party` is the name, `since` and `until` the days of the work.
    """

    reviewer = models.ForeignKey(Reviewer, models.PROTECT, related_name="possible_conflicts")
    application = models.ForeignKey(Application, models.PROTECT, related_name="possible_conflicts")
    kind = models.CharField(_("Kind"), max_length=60)
    party = models.CharField(_("With"), max_length=200)
    since = models.DateField(_("Since"), null=True)
    until = models.DateField(_("Until"), null=True)
    created_at = models.DateTimeField(_("Known since"))
    is_confirmed = models.BooleanField(_("Is the same person"), null=True)
    reason = models.TextField(_("Reason"), max_length=2000, blank=True)
    answered_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")
    answered_at = models.DateTimeField(_("Looked at"), null=True)

    class Meta:
        verbose_name = _("possible conflict of interest")
        ordering = ["created_at", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["reviewer", "application", "kind", "party"], name="possible_conflict_once"
            ),
            models.CheckConstraint(
                condition=Q(is_confirmed=None, answered_at=None, reason="")
                | Q(is_confirmed__isnull=False, answered_at__isnull=False) & ~Q(reason=""),
                name="possible_conflict_answered_with_reason",
            ),
        ]

    def __str__(self) -> str:
        return f"#{self.reviewer_id} {self.party} #{self.application_id}"


class _Judgement(models.Model):
    """What a member thinks of an item.

    `marks` are percentages and `reasons` sentences by criterion, `failed` the gates not passed;
    `note` is read by its writer alone. `version` counts how often it was saved, as a draft too.
    """

    item = models.ForeignKey(Item, models.PROTECT, related_name="%(class)ss")
    member = models.ForeignKey(Member, models.PROTECT, related_name="%(class)ss")
    version = models.PositiveIntegerField(_("Version"))
    marks = models.JSONField(default=dict)
    reasons = models.JSONField(default=dict)
    failed = models.JSONField(default=list)
    opinion = models.TextField(_("Opinion"), max_length=4000, blank=True)
    note = models.TextField(_("Private note"), max_length=4000, blank=True)
    created_at = models.DateTimeField(_("Saved"))

    class Meta:
        abstract = True


@untracked("saved while it is typed; its writer's alone until it is handed in as a sheet")
class Draft(_Judgement):
    """A score sheet that is being filled in; saved over and over, gone when it is handed in."""

    is_final = False

    class Meta:
        verbose_name = _("draft of a score sheet")
        constraints = [models.UniqueConstraint(fields=["item", "member"], name="draft_once")]

    def __str__(self) -> str:
        return f"#{self.item_id} #{self.member_id}"


@track(exclude=["note"])
class Sheet(_Judgement):
    """A score sheet that was handed in; a newer one is another row, the newest counts.

    In the consensus a changed sheet says `why`.
    """

    why = models.TextField(_("Changed because"), max_length=2000, blank=True)
    is_final = True

    class Meta:
        verbose_name = _("score sheet")
        ordering = ["item", "member", "-version"]
        constraints = [
            models.UniqueConstraint(fields=["item", "member", "version"], name="sheet_version_once")
        ]
        triggers = [
            pgtrigger.Protect(
                name="sheets_are_appended", operation=pgtrigger.Update | pgtrigger.Delete
            )
        ]

    def __str__(self) -> str:
        return f"#{self.item_id} #{self.member_id} v{self.version}"


@track()
class Clarification(models.Model):
    """A question of a reviewer to the applicant, through the office: nobody learns who asked.

    The office passes it on or says why not; the whole panel reads question and answer.
    """

    item = models.ForeignKey(Item, models.PROTECT, related_name="clarifications")
    asked_by = models.ForeignKey(Member, models.PROTECT, related_name="+")
    text = models.TextField(_("Question"), max_length=2000)
    asked_at = models.DateTimeField(_("Asked"))
    passed_on_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")
    passed_on_at = models.DateTimeField(_("Passed on"), null=True)
    declined_because = models.TextField(_("Not passed on because"), max_length=1000, blank=True)
    answer = models.TextField(_("Answer"), max_length=4000, blank=True)
    answered_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")
    answered_at = models.DateTimeField(_("Answered"), null=True)

    class Meta:
        verbose_name = _("question to an applicant")
        ordering = ["asked_at", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(answer="") | Q(passed_on_at__isnull=False, answered_at__isnull=False),
                name="clarification_answered_once_passed_on",
            )
        ]

    def __str__(self) -> str:
        return self.text[:60]


@track()
class OwnerPledge(models.Model):
    """Somebody of a challenge's owner keeps secret what they read of the applications to it."""

    selection = models.ForeignKey(Selection, models.CASCADE, related_name="owner_pledges")
    user = models.ForeignKey(User, models.PROTECT, related_name="+")
    pledged_at = models.DateTimeField(_("Pledge given"))

    class Meta:
        verbose_name = _("pledge of a challenge's owner")
        constraints = [
            models.UniqueConstraint(fields=["selection", "user"], name="owner_pledges_once")
        ]

    def __str__(self) -> str:
        return f"#{self.selection_id} #{self.user_id}"


@track()
class OwnerOpinion(models.Model):
    """What the challenge's owner says of an application, in words: no score, no rank."""

    item = models.OneToOneField(Item, models.PROTECT, related_name="owner_opinion")
    fit = models.TextField(_("How it fits our problem"), max_length=4000)
    test_bed = models.TextField(_("What we can offer to test it"), max_length=4000, blank=True)
    purchase = models.TextField(_("Whether we would buy it"), max_length=4000, blank=True)
    written_by = models.ForeignKey(User, models.PROTECT, related_name="+")
    written_at = models.DateTimeField(_("Written"))

    class Meta:
        verbose_name = _("opinion of a challenge's owner")

    def __str__(self) -> str:
        return f"#{self.item_id}"


@track()
class Visit(models.Model):
    """A visit to the applicant's site, before the panel decides, and what it found."""

    item = models.OneToOneField(Item, models.PROTECT, related_name="visit")
    at = models.DateTimeField(_("Visit on"))
    place = models.CharField(_("Place"), max_length=200)
    report = models.TextField(_("What was found"), max_length=10_000, blank=True)
    reported_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")
    reported_at = models.DateTimeField(_("Reported"), null=True)

    class Meta:
        verbose_name = _("site visit")
        constraints = [
            models.CheckConstraint(
                condition=Q(report="", reported_at=None) | ~Q(report="") & ~Q(reported_at=None),
                name="visit_reported_when",
            )
        ]

    def __str__(self) -> str:
        return f"#{self.item_id} {self.at:%Y-%m-%d}"


@track()
class Adjustment(models.Model):
    """What the office changes in a line of the table before it is proposed.

    Empty money and months are those asked for. Another `outcome` than the sheets give is an
    exception, with its reason.
    """

    item = models.OneToOneField(Item, models.PROTECT, related_name="adjustment")
    granted = models.PositiveBigIntegerField(_("Granted, in won"), null=True)
    months = models.PositiveSmallIntegerField(_("Months"), null=True)
    conditions = models.TextField(_("Conditions"), max_length=4000, blank=True)
    outcome = models.CharField(_("Result"), max_length=10, choices=Outcome, blank=True)
    reason = models.TextField(_("Reason"), max_length=2000, blank=True)
    changed_by = models.ForeignKey(User, models.PROTECT, related_name="+")
    changed_at = models.DateTimeField(_("Changed"))

    class Meta:
        verbose_name = _("change of a line")
        constraints = [
            models.CheckConstraint(
                condition=Q(outcome="") | ~Q(reason=""), name="adjusted_outcome_has_a_reason"
            )
        ]

    def __str__(self) -> str:
        return f"#{self.item_id}"


@track()
class Reevaluation(models.Model):
    """An application that another panel judges again (재평가); from then on its sheets count.

    `rank`, `score` and `outcome` are those that the panel `before` had given.
    """

    item = models.ForeignKey(Item, models.PROTECT, related_name="reevaluations")
    panel = models.ForeignKey(Panel, models.PROTECT, related_name="reevaluations")
    before = models.ForeignKey(Panel, models.PROTECT, related_name="reevaluated")
    why = models.CharField(_("Judged again because"), max_length=10, choices=Again)
    objection = models.OneToOneField(
        "Objection", models.PROTECT, null=True, related_name="reevaluation"
    )
    rank = models.PositiveIntegerField(_("Rank"), null=True)
    score = models.DecimalField(_("Score"), max_digits=9, decimal_places=4, null=True)
    outcome = models.CharField(_("Result"), max_length=10, choices=Outcome)
    begun_by = models.ForeignKey(User, models.PROTECT, related_name="+")
    begun_at = models.DateTimeField(_("Begun"))

    class Meta:
        verbose_name = _("re-evaluation")
        ordering = ["item", "begun_at", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["item", "panel"], name="judged_again_once_by_a_panel")
        ]

    def __str__(self) -> str:
        return f"#{self.item_id} {self.why}"


@track()
class Renewal(models.Model):
    """A ranking made anew after the decision, proposed by one person and decided by a second.

    `changes` are its lines that are other than decided: application, rank, score, result, cause.
    """

    selection = models.ForeignKey(Selection, models.PROTECT, related_name="renewals")
    reason = models.TextField(_("Reason"), max_length=2000)
    changes = models.JSONField(default=list)
    proposed_by = models.ForeignKey(User, models.PROTECT, related_name="+")
    proposed_at = models.DateTimeField(_("Proposed"))
    decided_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")
    decided_at = models.DateTimeField(_("Decided"), null=True)

    class Meta:
        verbose_name = _("ranking made anew")
        ordering = ["-proposed_at", "-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["selection"], condition=Q(decided_at=None), name="one_renewal_at_a_time"
            ),
            models.CheckConstraint(
                condition=Q(decided_by__isnull=True) | ~Q(decided_by=F("proposed_by")),
                name="renewal_decided_by_a_second_person",
            ),
        ]

    def __str__(self) -> str:
        return f"#{self.selection_id} {self.proposed_at:%Y-%m-%d}"


@track()
class Revocation(models.Model):
    """A place that sheets no longer carry since one of them stopped counting: taken back or kept.

    Part of a ranking made anew. `was` is what was decided; `outcome`, `cause` and `of` are what the
    sheets give that are left. `is_kept` leaves the place by exception; either has its `reason`.
    """

    renewal = models.ForeignKey(Renewal, models.CASCADE, related_name="revocations")
    decision = models.ForeignKey("Decision", models.PROTECT, related_name="revocations")
    was = models.CharField(_("Result before"), max_length=10, choices=Outcome)
    outcome = models.CharField(_("Result"), max_length=10, choices=Outcome)
    cause = models.CharField(_("Why"), max_length=20, choices=Cause)
    of = models.CharField(max_length=200, blank=True)
    is_kept = models.BooleanField(_("Kept"))
    reason = models.TextField(_("Reason"), max_length=2000)

    class Meta:
        verbose_name = _("place taken back or kept")
        ordering = ["renewal", "decision"]
        constraints = [
            models.UniqueConstraint(fields=["renewal", "decision"], name="revocation_once"),
            models.CheckConstraint(condition=~Q(reason=""), name="revocation_has_a_reason"),
        ]

    def __str__(self) -> str:
        return f"#{self.decision_id} {self.was} → {self.outcome}"


class _Line(models.Model):
    """What is proposed or decided of one application.

    `granted` is the government's money in won and `months` the period, as the panel left them; nought
    where no public money was asked for, as before a private investment.
    """

    rank = models.PositiveIntegerField(_("Rank"), null=True)
    score = models.DecimalField(_("Score"), max_digits=9, decimal_places=4, null=True)
    outcome = models.CharField(_("Result"), max_length=10, choices=Outcome)
    cause = models.CharField(_("Why"), max_length=20, choices=Cause)
    of = models.CharField(max_length=200, blank=True)
    granted = models.PositiveBigIntegerField(_("Granted, in won"), default=0)
    months = models.PositiveSmallIntegerField(_("Months"), default=0)
    conditions = models.TextField(_("Conditions"), max_length=4000, blank=True)
    reason = models.TextField(_("Reason"), max_length=2000, blank=True)

    class Meta:
        abstract = True


@track()
class Proposal(_Line):
    """A line of the table that one person proposed; a second one decides on the whole of it."""

    item = models.OneToOneField(Item, models.CASCADE, related_name="proposal")

    class Meta:
        verbose_name = _("proposed line")
        constraints = [
            models.CheckConstraint(
                condition=~Q(cause=Cause.EXCEPTION) | ~Q(reason=""),
                name="proposed_exception_has_a_reason",
            )
        ]

    def __str__(self) -> str:
        return f"#{self.item_id} {self.outcome}"


@track()
class Decision(_Line):
    """What was decided of an application; provisional until the term for objections is over.

    Agreements build on it: `application`, `outcome`, `granted`, `months`, `conditions`.
    """

    application = models.OneToOneField(Application, models.PROTECT, related_name="decision")
    selection = models.ForeignKey(Selection, models.PROTECT, related_name="decisions")
    decided_by = models.ForeignKey(User, models.PROTECT, related_name="+")
    decided_at = models.DateTimeField(_("Decided"))
    objections_until = models.DateField(_("Objections until"))
    replan_until = models.DateField(_("Revised plan until"), null=True)

    class Meta:
        verbose_name = _("decision")
        ordering = ["selection", F("rank").asc(nulls_last=True), "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(outcome=Outcome.SELECTED, months__gt=0) | ~Q(outcome=Outcome.SELECTED),
                name="selected_with_a_period",
            ),
            models.CheckConstraint(
                condition=~Q(cause=Cause.REVOKED) | ~Q(reason=""), name="revoked_with_a_reason"
            ),
        ]

    def __str__(self) -> str:
        return f"#{self.application_id} {self.outcome}"

    @property
    def objection(self) -> "Objection | None":
        """The objection to the decision as it is; one to what was taken back since is an earlier one."""
        return self.objections.filter(is_earlier=False).first()


@track()
class Objection(models.Model):
    """An objection of an applicant (이의신청), once, on one of the rule set's grounds.

    `is_earlier` where what it was about has been taken back since: that can be objected to anew.
    """

    decision = models.ForeignKey(Decision, models.PROTECT, related_name="objections")
    is_earlier = models.BooleanField(default=False, editable=False)
    ground = models.CharField(_("Ground"), max_length=60)
    text = models.TextField(_("What is wrong"), max_length=10_000)
    stage = models.CharField(
        _("Status"), max_length=10, choices=ObjectionStage, default=ObjectionStage.RECEIVED
    )
    created_by = models.ForeignKey(User, models.PROTECT, related_name="+")
    created_at = models.DateTimeField(_("Received"))
    answer = models.TextField(_("Answer"), max_length=10_000, blank=True)
    settled_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")
    settled_at = models.DateTimeField(_("Settled"), null=True)

    class Meta:
        verbose_name = _("objection")
        ordering = ["-created_at", "-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["decision"], condition=Q(is_earlier=False), name="objection_once"
            ),
            models.CheckConstraint(
                condition=Q(stage__in=[ObjectionStage.RECEIVED, ObjectionStage.HEARD])
                | (~Q(answer="") & Q(settled_at__isnull=False, settled_by__isnull=False)),
                name="objection_settled_with_an_answer",
            ),
        ]

    def __str__(self) -> str:
        return f"#{self.decision_id} {self.ground}"


@track()
class Voter(models.Model):
    """A member of the panel that hears an objection; the single vote is told to nobody outside.

    Whoever was replaced stays here with the reason, and has no vote.
    """

    objection = models.ForeignKey(Objection, models.CASCADE, related_name="voters")
    reviewer = models.ForeignKey(Reviewer, models.PROTECT, related_name="votes")
    is_yes = models.BooleanField(_("Upheld"), null=True)
    voted_at = models.DateTimeField(_("Voted"), null=True)
    left_reason = models.TextField(_("Replaced because"), blank=True)

    class Meta:
        verbose_name = _("vote on an objection")
        ordering = ["reviewer__user__name", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["objection", "reviewer"], name="voter_once"),
            models.CheckConstraint(
                condition=Q(is_yes__isnull=True, voted_at__isnull=True)
                | Q(is_yes__isnull=False, voted_at__isnull=False),
                name="vote_says_when",
            ),
        ]

    def __str__(self) -> str:
        return str(self.reviewer)
