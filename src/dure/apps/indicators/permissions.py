"""Who may do what with figures, reports and data requests."""

from dure.apps.indicators import queries
from dure.apps.indicators.kinds import Origin
from dure.apps.indicators.models import Comment, Figure, Report, Revision, YearPlan
from dure.apps.indicators.reasons import Reason
from dure.apps.indicators.stages import (
    OPEN,
    REPORT_NEXT,
    REVISION_NEXT,
    YEAR_PLAN_NEXT,
    ReportStage,
    RevisionStage,
    YearPlanStage,
)
from dure.apps.people.queries import Reader, roles_of
from dure.foundation.verdict import YES, Verdict


def may_work(user: Reader) -> Verdict:
    """Keep figures at all: analysts and the programme office."""
    return YES if queries.is_worker(user) else Verdict(Reason.NOT_AN_ANALYST)


def may_report(user: Reader, figure: Figure) -> Verdict:
    """Draft a reported figure: analysts, and whoever manages the body that is asked."""
    is_asked = figure.asked_of_id is not None and figure.asked_of_id in roles_of(user).managed
    return YES if is_asked or queries.is_worker(user) else Verdict(Reason.NOT_ASKED)


def may_move(user: Reader, revision: Revision, stage: str) -> Verdict:
    """Confirm, publish or send back: an analyst who did not draft the revision."""
    if not (verdict := may_work(user)):
        return verdict
    if stage not in REVISION_NEXT[RevisionStage(revision.stage)]:
        return Verdict(Reason.STAGE_CLOSED)
    is_own = revision.drafted_by_id == user.pk
    if is_own and stage != RevisionStage.DROPPED:
        return Verdict(Reason.SECOND_PERSON)
    return YES


def may_add_file(user: Reader, revision: Revision) -> Verdict:
    """Add a file that shows a reported figure, as long as nobody has confirmed it."""
    if not (verdict := may_report(user, revision.figure)):
        return verdict
    is_open = revision.stage == RevisionStage.DRAFT and revision.origin == Origin.REPORTED
    return YES if is_open else Verdict(Reason.STAGE_CLOSED)


def is_free(figure: Figure) -> Verdict:
    """A new revision can be drafted where none is open."""
    has_open = figure.pk is not None and figure.revisions.filter(stage__in=OPEN).exists()
    return Verdict(Reason.IN_WORK) if has_open else YES


def may_write(user: Reader, report: Report) -> Verdict:
    """Write texts of a report that is not released yet."""
    if not (verdict := may_work(user)):
        return verdict
    return YES if report.stage == ReportStage.DRAFT else Verdict(Reason.STAGE_CLOSED)


def may_comment(user: Reader, report: Report) -> Verdict:
    """Remark on a report in work: whoever reads it before it is released."""
    if not queries.reads_inside(user):
        return Verdict(Reason.NOT_AN_ANALYST)
    return YES if report.stage == ReportStage.DRAFT else Verdict(Reason.STAGE_CLOSED)


def may_settle(user: Reader, comment: Comment) -> Verdict:
    """Settle a comment: those who write the report, and whoever made it."""
    if comment.written_by_id != user.pk and not (verdict := may_work(user)):
        return verdict
    if comment.settled_at:
        return Verdict(Reason.SETTLED_ALREADY)
    is_open = comment.report.stage == ReportStage.DRAFT
    return YES if is_open else Verdict(Reason.STAGE_CLOSED)


def may_release(user: Reader, report: Report) -> Verdict:
    """Release a report that somebody else began, once every comment is settled."""
    if not (verdict := may_work(user)):
        return verdict
    if ReportStage.RELEASED not in REPORT_NEXT[ReportStage(report.stage)]:
        return Verdict(Reason.STAGE_CLOSED)
    if report.created_by_id == user.pk:
        return Verdict(Reason.SECOND_PERSON)
    is_settled = not report.comments.filter(settled_at=None).exists()
    return YES if is_settled else Verdict(Reason.COMMENTS_OPEN)


def may_plan(user: Reader, year_plan: YearPlan) -> Verdict:
    """Write actions of a year's plan that is not resolved yet."""
    if not (verdict := may_work(user)):
        return verdict
    return YES if year_plan.stage == YearPlanStage.DRAFT else Verdict(Reason.STAGE_CLOSED)


def may_resolve(user: Reader, year_plan: YearPlan) -> Verdict:
    """Resolve a year's plan that somebody else began."""
    if not (verdict := may_work(user)):
        return verdict
    if YearPlanStage.RESOLVED not in YEAR_PLAN_NEXT[YearPlanStage(year_plan.stage)]:
        return Verdict(Reason.STAGE_CLOSED)
    return Verdict(Reason.SECOND_PERSON) if year_plan.created_by_id == user.pk else YES


def may_add_result(user: Reader, year_plan: YearPlan) -> Verdict:
    """Say what came of an action once the plan is resolved."""
    if not (verdict := may_work(user)):
        return verdict
    return YES if year_plan.stage == YearPlanStage.RESOLVED else Verdict(Reason.STAGE_CLOSED)
