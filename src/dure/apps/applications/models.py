"""Applications (신청): who applies to what, drafts that nobody else reads, submissions that are sealed.

No text of an applicant stands readable in these tables before the opening: titles, answers, names
of files and figures are in `DraftPart.locked` and `Submission.sealed`, in the files of `LockedFile`,
and nowhere else (`foundation.sealing`).
"""

import uuid

import pgtrigger
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from dure.apps.applications.stages import ApplicationStage, ParticipantStage
from dure.apps.calls.models import Call, Recommender, Round
from dure.apps.challenges.models import Candidate
from dure.apps.people.models import Organisation, User
from dure.engines.funding import Role
from dure.foundation.history import track, untracked


@track(exclude=["changed_at"])
class Application(models.Model):
    """One organisation, with others or alone, applies to a call, or to a round of it.

    `title`, `challenge` and the body that may recommend it are filled when it is opened. `leader` is the project leader
    (연구책임자), who files it; `filed_at` is empty while it can be edited.
    """

    uid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    number = models.CharField(_("Application number"), max_length=30, unique=True)
    call = models.ForeignKey(
        Call, models.PROTECT, related_name="applications", verbose_name=_("Call")
    )
    round = models.ForeignKey(Round, models.PROTECT, null=True, related_name="applications")
    organisation = models.ForeignKey(
        Organisation, models.PROTECT, related_name="applications", verbose_name=_("Lead")
    )
    leader = models.ForeignKey(
        User, models.PROTECT, related_name="applications_led", verbose_name=_("Project leader")
    )
    stage = models.CharField(
        _("Status"), max_length=12, choices=ApplicationStage, default=ApplicationStage.DRAFT
    )
    created_by = models.ForeignKey(User, models.PROTECT, related_name="+")
    created_at = models.DateTimeField(_("Started"))
    filed_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")
    filed_at = models.DateTimeField(_("Filed"), null=True)
    changed_at = models.DateTimeField(_("Last saved"))
    title = models.CharField(_("Title"), max_length=300, blank=True)
    challenge = models.ForeignKey(Candidate, models.PROTECT, null=True, related_name="applications")
    recommender = models.ForeignKey(
        Recommender, models.SET_NULL, null=True, related_name="applications"
    )

    class Meta:
        verbose_name = _("application")
        ordering = ["-created_at", "-pk"]
        indexes = [models.Index(fields=["call", "stage"], name="applications_of_a_call")]
        constraints = [
            models.UniqueConstraint(
                fields=["call", "round", "organisation"],
                nulls_distinct=False,
                name="one_application_of_a_lead",
            ),
            models.CheckConstraint(
                condition=Q(filed_at__isnull=True, filed_by__isnull=True)
                | Q(filed_at__isnull=False, filed_by__isnull=False),
                name="application_filed_by_somebody",
            ),
            models.CheckConstraint(
                condition=~Q(stage=ApplicationStage.FILED) | Q(filed_at__isnull=False),
                name="filed_application_says_when",
            ),
            models.CheckConstraint(
                condition=Q(stage=ApplicationStage.OPENED)
                | Q(title="", challenge__isnull=True, recommender__isnull=True),
                name="application_has_no_title_before_it_is_opened",
            ),
        ]

    def __str__(self) -> str:
        return self.title or self.number


ROLES = [
    (Role.LEAD, _("Lead organisation")),
    (Role.PARTNER, _("Joint organisation")),
    (Role.CONTRACTED, _("Contracted organisation")),
    (Role.DEMAND, _("Demand organisation")),
    (Role.INVESTOR, _("Investor")),
    (Role.OPERATOR, _("Operator")),
    (Role.INSTITUTION, _("Institution")),
    (Role.GUARANTOR, _("Guarantor")),
]
"""The roles of programme files that an organisation can have in an application."""


@track()
class Participant(models.Model):
    """An organisation in an application, in a role of the programme's file.

    `sees_all` lets its people read the whole application, not only their own part. A confirmation
    is of the part as it is: any later change of it empties `confirmed_at`.
    """

    application = models.ForeignKey(Application, models.CASCADE, related_name="participants")
    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="takes_part_in")
    role = models.CharField(_("Role"), max_length=20, choices=ROLES)
    stage = models.CharField(
        _("Status"), max_length=10, choices=ParticipantStage, default=ParticipantStage.INVITED
    )
    sees_all = models.BooleanField(_("Reads the whole application"), default=False)
    invited_by = models.ForeignKey(User, models.PROTECT, related_name="+")
    invited_at = models.DateTimeField(_("Invited"))
    answered_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")
    answered_at = models.DateTimeField(_("Answered"), null=True)
    confirmed_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")
    confirmed_at = models.DateTimeField(_("Part confirmed"), null=True)

    class Meta:
        verbose_name = _("member of an application")
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["application", "organisation"], name="participant_once"
            ),
            models.UniqueConstraint(
                fields=["application"], condition=Q(role=Role.LEAD), name="one_lead"
            ),
            models.CheckConstraint(
                condition=Q(confirmed_at__isnull=True, confirmed_by__isnull=True)
                | Q(
                    confirmed_at__isnull=False,
                    confirmed_by__isnull=False,
                    stage=ParticipantStage.JOINED,
                ),
                name="part_confirmed_by_a_member",
            ),
        ]

    def __str__(self) -> str:
        return str(self.organisation)


@untracked("The content of drafts is the applicant's alone.")
class DraftPart(models.Model):
    """One part of a draft, locked; two people at once each see which version they began from.

    `name` is "answers/<question>", or with the member whose part it is "costs/<participant>".
    """

    application = models.ForeignKey(Application, models.CASCADE, related_name="parts")
    participant = models.ForeignKey(Participant, models.CASCADE, null=True, related_name="parts")
    name = models.CharField(max_length=100)
    version = models.PositiveIntegerField(default=1)
    locked = models.BinaryField()
    edited_by = models.ForeignKey(User, models.PROTECT, related_name="+")
    edited_at = models.DateTimeField(_("Last saved"))

    class Meta:
        verbose_name = _("part of a draft")
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(fields=["application", "name"], name="part_of_a_draft_once")
        ]

    def __str__(self) -> str:
        return f"#{self.application_id} {self.name}"


@untracked("The content of drafts is the applicant's alone.")
class LockedFile(models.Model):
    """A file of an application, encrypted; its name and key stand in the content that names it."""

    application = models.ForeignKey(Application, models.CASCADE, related_name="files")
    uid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    file = models.FileField(upload_to="applications/", max_length=200)
    created_by = models.ForeignKey(User, models.PROTECT, related_name="+")
    created_at = models.DateTimeField()

    class Meta:
        verbose_name = _("file of an application")

    def __str__(self) -> str:
        return str(self.uid)


# What is fixed from the moment of the submission.
_FIXED = (
    *("application_id", "version", "receipt_number", "submitted_at", "submitted_by_id"),
    *("content_hash", "sealed", "key_id", "is_late"),
)


def _fixed_ones_change() -> str:
    """SQL: something of a submission would become another."""
    was, becomes = (", ".join(f'{row}."{name}"' for name in _FIXED) for row in ("OLD", "NEW"))
    return f"ROW({was}) IS DISTINCT FROM ROW({becomes})"


@track(exclude=["sealed", "content", "file_keys", "checks"])
class Submission(models.Model):
    """What was submitted, as it was: sealed at once, read by nobody before the opening.

    `content_hash` is the SHA-256 of the content in canonical form; `sealed` holds the content and
    the keys of its files. After the opening `content` is what `adapter.content` describes, and
    `checks` what was known of each member then (`adapter.checks_at_deadline`). A late one does not
    count unless two officers admit it. `voided_at`: a member left the application.
    """

    application = models.ForeignKey(Application, models.PROTECT, related_name="submissions")
    version = models.PositiveSmallIntegerField(_("Version"))
    receipt_number = models.CharField(_("Receipt number"), max_length=40, unique=True)
    submitted_by = models.ForeignKey(User, models.PROTECT, related_name="+")
    submitted_at = models.DateTimeField(_("Received"))
    content_hash = models.CharField(_("SHA-256 of the content"), max_length=64)
    sealed = models.BinaryField()
    key_id = models.CharField(max_length=16)
    is_late = models.BooleanField(_("After the deadline"), default=False)
    withdrawn_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")
    withdrawn_at = models.DateTimeField(_("Withdrawn on"), null=True)
    voided_at = models.DateTimeField(_("Void since"), null=True)
    opened_at = models.DateTimeField(_("Opened"), null=True)
    content = models.JSONField(null=True)
    file_keys = models.JSONField(null=True)
    checks = models.JSONField(_("Eligibility at the deadline"), null=True)

    class Meta:
        verbose_name = _("submission")
        ordering = ["application", "-version"]
        constraints = [
            models.UniqueConstraint(
                fields=["application", "version"], name="submission_version_once"
            ),
            models.CheckConstraint(
                condition=Q(opened_at__isnull=True, content__isnull=True, file_keys__isnull=True)
                | Q(opened_at__isnull=False, content__isnull=False, file_keys__isnull=False),
                name="submission_readable_only_when_opened",
            ),
        ]
        triggers = [
            pgtrigger.Protect(name="submissions_stay", operation=pgtrigger.Delete),
            pgtrigger.Protect(
                name="submission_is_fixed",
                operation=pgtrigger.Update,
                condition=pgtrigger.Condition(_fixed_ones_change()),
            ),
        ]

    def __str__(self) -> str:
        return self.receipt_number

    @property
    def about(self) -> str:
        """What the seal is bound to."""
        return f"submission:{self.receipt_number}"


@track()
class Admission(models.Model):
    """Two officers let a late submission in, for a fault of the platform; all can see the reason."""

    submission = models.OneToOneField(Submission, models.PROTECT, related_name="admission")
    reason = models.TextField(_("Reason"), max_length=2000)
    proposed_by = models.ForeignKey(User, models.PROTECT, related_name="+")
    proposed_at = models.DateTimeField(_("Proposed"))
    confirmed_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")
    confirmed_at = models.DateTimeField(_("Confirmed"), null=True)
    dropped_at = models.DateTimeField(_("Taken back"), null=True)

    class Meta:
        verbose_name = _("admission of a late submission")
        constraints = [
            models.CheckConstraint(
                condition=Q(confirmed_by__isnull=True) | ~Q(confirmed_by=F("proposed_by")),
                name="admission_confirmed_by_a_second_person",
            ),
            models.CheckConstraint(
                condition=Q(confirmed_at__isnull=True, confirmed_by__isnull=True)
                | Q(
                    confirmed_at__isnull=False, confirmed_by__isnull=False, dropped_at__isnull=True
                ),
                name="admission_confirmed_or_dropped",
            ),
        ]

    def __str__(self) -> str:
        return str(self.submission)


@track()
class Opening(models.Model):
    """The applications of a call, or of a round of it, are opened, once.

    At the deadline nobody has to ask. Before it two officers do, with a reason, and every
    applicant is told.
    """

    call = models.ForeignKey(Call, models.PROTECT, related_name="openings")
    round = models.ForeignKey(Round, models.PROTECT, null=True, related_name="openings")
    is_early = models.BooleanField(_("Before the deadline"), default=False)
    reason = models.TextField(_("Reason"), max_length=2000, blank=True)
    requested_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")
    requested_at = models.DateTimeField(_("Asked for"))
    confirmed_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")
    confirmed_at = models.DateTimeField(_("Confirmed"), null=True)
    dropped_at = models.DateTimeField(_("Taken back"), null=True)
    opened_at = models.DateTimeField(_("Opened"), null=True)
    count = models.PositiveIntegerField(_("Applications"), null=True)

    class Meta:
        verbose_name = _("opening of applications")
        ordering = ["-requested_at", "-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["call", "round"],
                condition=Q(dropped_at__isnull=True),
                nulls_distinct=False,
                name="opened_once",
            ),
            models.CheckConstraint(
                condition=Q(is_early=False)
                | (~Q(reason="") & Q(requested_by__isnull=False))
                & (
                    Q(opened_at__isnull=True)
                    | Q(confirmed_by__isnull=False, confirmed_at__isnull=False)
                    & ~Q(confirmed_by=F("requested_by"))
                ),
                name="early_opening_takes_two",
            ),
        ]

    def __str__(self) -> str:
        return f"#{self.call_id} {self.requested_at:%Y-%m-%d %H:%M}"


@track()
class Helper(models.Model):
    """Somebody of the office whom the applicant lets read the draft, until the help is ended."""

    application = models.ForeignKey(Application, models.CASCADE, related_name="helpers")
    user = models.ForeignKey(User, models.PROTECT, related_name="helps_with")
    let_in_by = models.ForeignKey(User, models.PROTECT, related_name="+")
    let_in_at = models.DateTimeField(_("Let in"))
    ended_at = models.DateTimeField(_("Ended"), null=True)

    class Meta:
        verbose_name = _("helper of an application")
        constraints = [
            models.UniqueConstraint(
                fields=["application", "user"],
                condition=Q(ended_at__isnull=True),
                name="helper_once",
            )
        ]

    def __str__(self) -> str:
        return str(self.user)


@track()
class Look(models.Model):
    """A helper of the office read something of a draft."""

    helper = models.ForeignKey(Helper, models.CASCADE, related_name="looks")
    part = models.CharField(_("Part read"), max_length=100)
    seen_at = models.DateTimeField(_("Read"))

    class Meta:
        verbose_name = _("look into a draft")
        ordering = ["-seen_at", "-pk"]

    def __str__(self) -> str:
        return f"#{self.helper_id} {self.part}"


@track()
class Recommendation(models.Model):
    """A body puts an application forward, at a place among those that it recommends in a call."""

    recommender = models.ForeignKey(Recommender, models.CASCADE, related_name="recommendations")
    application = models.OneToOneField(Application, models.PROTECT, related_name="recommendation")
    rank = models.PositiveSmallIntegerField(_("Rank"))
    reason = models.TextField(_("Reason"), max_length=2000, blank=True)
    ranked_by = models.ForeignKey(User, models.PROTECT, related_name="+")
    ranked_at = models.DateTimeField(_("Recommended"))

    class Meta:
        verbose_name = _("recommendation")
        ordering = ["recommender", "rank"]
        constraints = [
            models.UniqueConstraint(fields=["recommender", "rank"], name="recommended_once_a_rank"),
            models.CheckConstraint(condition=Q(rank__gt=0), name="recommendation_rank_from_one"),
        ]

    def __str__(self) -> str:
        return f"{self.rank}. {self.application}"
