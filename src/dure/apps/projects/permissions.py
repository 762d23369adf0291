"""Who may do what in a project."""

from datetime import date

from dure.apps.people.queries import Reader, roles_of
from dure.apps.projects import queries
from dure.apps.projects.kinds import MemberRole
from dure.apps.projects.models import (
    Expense,
    FollowUp,
    Mark,
    Member,
    Milestone,
    Project,
    Recovery,
    Report,
    Sanction,
)
from dure.apps.projects.reasons import Reason
from dure.apps.projects.roles import READERS
from dure.apps.projects.stages import (
    RECOVERY_NEXT,
    SPENDING,
    UNSETTLED,
    MarkStage,
    ProjectStage,
    RecoveryStage,
    SanctionStage,
)
from dure.foundation.verdict import YES, Verdict


def may_run(user: Reader) -> Verdict:
    """Do what the programme office does with projects."""
    return YES if roles_of(user).is_officer else Verdict(Reason.NOT_AN_OFFICER)


def may_read_projects(user: Reader) -> Verdict:
    """Have a list of projects: who takes part in one or examines one, and those who read all."""
    roles = roles_of(user)
    if roles.holds(READERS) or queries.projects_visible_to(user).exists():
        return YES
    return Verdict(Reason.NOT_A_PARTY)


def may_spend(user: Reader, member: Member) -> Verdict:
    """File and change expenses of an organisation, until the settlement begins."""
    if member.organisation_id not in roles_of(user).organisations:
        return Verdict(Reason.NOT_A_SPENDER)
    if not queries.members_acted_for(user, member.project).filter(pk=member.pk).exists():
        return Verdict(Reason.NOT_A_SPENDER)
    return _spends(member.project)


def may_file(user: Reader, project: Project) -> Verdict:
    """File an expense for any of one's organisations in a project."""
    if not queries.members_acted_for(user, project).exists():
        return Verdict(Reason.NOT_A_SPENDER)
    return _spends(project)


def _spends(project: Project) -> Verdict:
    if project.stage == ProjectStage.HELD:
        return Verdict(Reason.SPENDING_HELD)
    return YES if project.stage in SPENDING else Verdict(Reason.IN_SETTLEMENT)


def may_change(user: Reader, expense: Expense) -> Verdict:
    """Change an expense on which nothing was decided."""
    if not (verdict := may_spend(user, expense.member)):
        return verdict
    return Verdict(Reason.DECIDED_ALREADY) if expense.decision else YES


def may_add_evidence(user: Reader, expense: Expense) -> Verdict:
    """Add a file to an expense, also while the settlement asks for it."""
    if not queries.members_acted_for(user, expense.project).filter(pk=expense.member_id).exists():
        return Verdict(Reason.NOT_A_SPENDER)
    is_open = expense.project.stage in (*UNSETTLED, ProjectStage.SETTLING)
    return YES if is_open else Verdict(Reason.STAGE_CLOSED)


def may_justify(user: Reader, expense: Expense) -> Verdict:
    """Say why an expense should count although a rule speaks against it."""
    if not (verdict := may_change(user, expense)):
        return verdict
    return YES if expense.broken else Verdict(Reason.NOTHING_TO_JUSTIFY)


def may_decide(user: Reader, expense: Expense) -> Verdict:
    """Allow or disallow an expense: an officer or the accounting firm."""
    if not (roles_of(user).is_officer or queries.is_accountant(user, expense.project)):
        return Verdict(Reason.NOT_THE_ACCOUNTANT)
    if expense.project.stage not in SPENDING:
        return Verdict(Reason.IN_SETTLEMENT)
    return Verdict(Reason.DECIDED_ALREADY) if expense.decision else YES


def may_write(user: Reader, project: Project) -> Verdict:
    """Write to the others of a project, and add files: its parties, accountant and office."""
    if roles_of(user).is_officer or queries.is_member(user, project):
        return YES
    return YES if queries.is_accountant(user, project) else Verdict(Reason.NOT_A_PARTY)


def may_report(user: Reader, project: Project) -> Verdict:
    """Hand in reports and say that a milestone is reached: people of the lead organisation."""
    leads = queries.members_acted_for(user, project).filter(role=MemberRole.LEAD)
    if not leads.exists():
        return Verdict(Reason.NOT_A_SPENDER)
    closed = (ProjectStage.CLOSED, ProjectStage.GIVEN_UP)
    return Verdict(Reason.STAGE_CLOSED) if project.stage in closed else YES


def may_hand_in(user: Reader, report: Report) -> Verdict:
    """Hand a report in, once."""
    if not (verdict := may_report(user, report.project)):
        return verdict
    return Verdict(Reason.DECIDED_ALREADY) if report.submitted_at else YES


def may_confirm(user: Reader, milestone: Milestone) -> Verdict:
    """Confirm a milestone on its evidence: the demand organisation, or the office without one."""
    project = milestone.project
    demand = project.members.filter(role=MemberRole.DEMAND)
    own = roles_of(user).organisations
    is_demand = demand.filter(organisation__in=own).exists()
    is_office = roles_of(user).is_officer and not demand.exists()
    if not (is_demand or is_office):
        return Verdict(Reason.NOT_THE_DEMAND_SIDE)
    if milestone.confirmed_at:
        return Verdict(Reason.DECIDED_ALREADY)
    return YES if milestone.reported_at else Verdict(Reason.STAGE_CLOSED)


def may_open_settlement(user: Reader, project: Project) -> Verdict:
    """Open the settlement, with an accounting firm named."""
    if not (verdict := may_run(user)):
        return verdict
    if project.stage not in SPENDING:
        return Verdict(Reason.STAGE_CLOSED)
    return YES if project.accountant_id else Verdict(Reason.NO_ACCOUNTANT)


def may_mark(user: Reader, project: Project) -> Verdict:
    """Mark rows of a settlement: the accounting firm."""
    if not queries.is_accountant(user, project):
        return Verdict(Reason.NOT_THE_ACCOUNTANT)
    return YES if project.stage == ProjectStage.SETTLING else Verdict(Reason.STAGE_CLOSED)


def may_mark_row(user: Reader, expense: Expense) -> Verdict:
    """Mark a row; where a small project is settled by sample, only one of the sample."""
    if not (verdict := may_mark(user, expense.project)):
        return verdict
    settlement = expense.project.settlement
    if not settlement.is_sampled or settlement.sample.filter(expense=expense).exists():
        return YES
    return Verdict(Reason.NOT_IN_SAMPLE)


def may_examine_all(user: Reader, project: Project) -> Verdict:
    """Have every row examined instead of a sample: the accounting firm or an officer."""
    if not (roles_of(user).is_officer or queries.is_accountant(user, project)):
        return Verdict(Reason.NOT_THE_ACCOUNTANT)
    if project.stage != ProjectStage.SETTLING or not project.settlement.is_sampled:
        return Verdict(Reason.STAGE_CLOSED)
    return YES


def may_answer(user: Reader, mark: Mark) -> Verdict:
    """Answer a marked row: people of the organisation that spent."""
    project = mark.settlement.project
    if not queries.members_acted_for(user, project).filter(pk=mark.expense.member_id).exists():
        return Verdict(Reason.NOT_A_SPENDER)
    return YES if mark.stage == MarkStage.OPEN else Verdict(Reason.STAGE_CLOSED)


def may_judge(user: Reader, mark: Mark) -> Verdict:
    """Accept or disallow a marked row: the accounting firm, once it is answered or late."""
    if not (verdict := may_mark(user, mark.settlement.project)):
        return verdict
    is_open = mark.stage in (MarkStage.OPEN, MarkStage.ANSWERED)
    return YES if is_open else Verdict(Reason.DECIDED_ALREADY)


def may_conclude(user: Reader, project: Project) -> Verdict:
    """Conclude a settlement in which no row is open."""
    if not (verdict := may_run(user)):
        return verdict
    if project.stage != ProjectStage.SETTLING:
        return Verdict(Reason.STAGE_CLOSED)
    waiting = project.settlement.marks.filter(stage__in=[MarkStage.OPEN, MarkStage.ANSWERED])
    return Verdict(Reason.OPEN_MARKS) if waiting.exists() else YES


def may_judge_project(user: Reader, project: Project) -> Verdict:
    """Enter the final verdict of the panel, once."""
    if not (verdict := may_run(user)):
        return verdict
    if project.stage in (ProjectStage.GIVEN_UP, ProjectStage.CLOSED):
        return Verdict(Reason.STAGE_CLOSED)
    return Verdict(Reason.DECIDED_ALREADY) if hasattr(project, "verdict") else YES


def may_close(user: Reader, project: Project) -> Verdict:
    """Close a project that is settled and judged, as far as its programme has rules for either."""
    if not (verdict := may_run(user)):
        return verdict
    if project.stage == ProjectStage.GIVEN_UP:
        return YES
    if project.stage == ProjectStage.CLOSED:
        return Verdict(Reason.STAGE_CLOSED)
    if project.stage != ProjectStage.SETTLED and queries.names_rules(project, "settlement"):
        return Verdict(Reason.NOT_SETTLED)
    is_judged = hasattr(project, "verdict") or not queries.names_rules(project, "verdict")
    return YES if is_judged else Verdict(Reason.NO_VERDICT)


def may_give_up(user: Reader, project: Project) -> Verdict:
    """Give a project up, with the whole grant back: the lead organisation's managers."""
    lead = project.members.filter(role=MemberRole.LEAD).first()
    if lead is None or lead.organisation_id not in roles_of(user).managed:
        return Verdict(Reason.NOT_A_SPENDER)
    return YES if project.stage == ProjectStage.RUNNING else Verdict(Reason.STAGE_CLOSED)


def may_stop(user: Reader, project: Project) -> Verdict:
    """Stop a running project after a special evaluation, or let a stopped one go on."""
    if not (verdict := may_run(user)):
        return verdict
    return YES if project.stage in SPENDING else Verdict(Reason.STAGE_CLOSED)


def may_hold(user: Reader, project: Project) -> Verdict:
    """Open a special evaluation of a running project."""
    if not (verdict := may_run(user)):
        return verdict
    return YES if project.stage == ProjectStage.RUNNING else Verdict(Reason.STAGE_CLOSED)


def may_decide_special(user: Reader, project: Project) -> Verdict:
    """Decide the special evaluation that is open."""
    if not (verdict := may_run(user)):
        return verdict
    return YES if project.stage == ProjectStage.HELD else Verdict(Reason.STAGE_CLOSED)


def may_plan_stages(user: Reader, project: Project) -> Verdict:
    """Say when a stage of a project ends, while it is not settled."""
    if not (verdict := may_run(user)):
        return verdict
    return YES if project.stage in UNSETTLED else Verdict(Reason.STAGE_CLOSED)


def may_name_accountant(user: Reader, project: Project) -> Verdict:
    """Name the accounting firm, before the settlement begins."""
    if not (verdict := may_run(user)):
        return verdict
    return YES if project.stage in UNSETTLED else Verdict(Reason.STAGE_CLOSED)


def may_collect(user: Reader, recovery: Recovery) -> Verdict:
    """Enter payments, instalments and steps of a recovery that is still open."""
    if not (verdict := may_run(user)):
        return verdict
    return YES if RECOVERY_NEXT[RecoveryStage(recovery.stage)] else Verdict(Reason.STAGE_CLOSED)


def may_plead(user: Reader, sanction: Sanction, on: date) -> Verdict:
    """Ask for a re-examination in time: people of the organisation."""
    if sanction.organisation_id not in roles_of(user).organisations:
        return Verdict(Reason.NOT_A_PARTY)
    if sanction.stage != SanctionStage.PRE_NOTICE:
        return Verdict(Reason.STAGE_CLOSED)
    return YES if on <= sanction.reexamine_until else Verdict(Reason.TOO_LATE)


def may_decide_sanction(user: Reader, sanction: Sanction, on: date) -> Verdict:
    """Decide a sanction: an officer, once nobody can ask for a re-examination any more."""
    if not (verdict := may_run(user)):
        return verdict
    if sanction.stage == SanctionStage.REEXAMINED:
        return YES
    if sanction.stage != SanctionStage.PRE_NOTICE:
        return Verdict(Reason.STAGE_CLOSED)
    return YES if on > sanction.reexamine_until else Verdict(Reason.EARLIER_THAN_ALLOWED)


def may_answer_follow_up(follow_up: FollowUp) -> Verdict:
    """Answer by the link, once; whoever has the link may."""
    return Verdict(Reason.DECIDED_ALREADY) if follow_up.answered_at else YES
