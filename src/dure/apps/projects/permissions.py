"""Who may do what in a project."""

from datetime import date

from dateutil.relativedelta import relativedelta

from dure.apps.people.queries import Reader, roles_of
from dure.apps.projects import queries
from dure.apps.projects.kinds import MemberRole
from dure.apps.projects.models import (
    CarryOver,
    Expense,
    FollowUp,
    Mark,
    Member,
    Milestone,
    Objection,
    Project,
    Recovery,
    Report,
    Sanction,
    Settlement,
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
    if not (verdict := _is_unsettled(expense)):
        return verdict
    return Verdict(Reason.DECIDED_ALREADY) if expense.decision else YES


def _is_unsettled(expense: Expense) -> Verdict:
    """Nothing of a stage changes once its settlement has begun."""
    return Verdict(Reason.STAGE_IN_SETTLEMENT) if queries.settlement_of(expense) else YES


def may_add_evidence(user: Reader, expense: Expense) -> Verdict:
    """Add a file to an expense, also while the settlement asks for it."""
    if not queries.members_acted_for(user, expense.project).filter(pk=expense.member_id).exists():
        return Verdict(Reason.NOT_A_SPENDER)
    settlement = queries.settlement_of(expense)
    is_concluded = settlement is not None and settlement.concluded_at is not None
    is_open = expense.project.stage in (*UNSETTLED, ProjectStage.SETTLING) and not is_concluded
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
    if not (verdict := _is_unsettled(expense)):
        return verdict
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
    """Open the settlement, with an accounting firm named and no stage in settlement."""
    if not (verdict := may_run(user)):
        return verdict
    if project.stage not in SPENDING:
        return Verdict(Reason.STAGE_CLOSED)
    if not project.accountant_id:
        return Verdict(Reason.NO_ACCOUNTANT)
    return Verdict(Reason.STILL_SETTLING) if queries.settlement_in_work(project) else YES


def may_settle_stage(user: Reader, project: Project, on: date) -> Verdict:
    """Open the settlement of the next stage that is over, while the project runs."""
    if not (verdict := may_open_settlement(user, project)):
        return verdict
    if not queries.names_stages(project):
        return Verdict(Reason.NO_RULES)
    ends_on = queries.next_stage_to_settle(project)
    return YES if ends_on is not None and ends_on < on else Verdict(Reason.NO_STAGE_OVER)


def may_mark(user: Reader, project: Project) -> Verdict:
    """Mark rows of a settlement: the accounting firm."""
    if not queries.is_accountant(user, project):
        return Verdict(Reason.NOT_THE_ACCOUNTANT)
    return YES if queries.settlement_in_work(project) else Verdict(Reason.STAGE_CLOSED)


def may_mark_row(user: Reader, expense: Expense) -> Verdict:
    """Mark a row of what is settled; where it is by sample, only one of the sample."""
    if not (verdict := may_mark(user, expense.project)):
        return verdict
    settlement = queries.settlement_in_work(expense.project)
    if settlement is None or not settlement.covers(expense.spent_on):
        return Verdict(Reason.NOT_SETTLED_HERE)
    if not settlement.is_sampled or settlement.sample.filter(expense=expense).exists():
        return YES
    return Verdict(Reason.NOT_IN_SAMPLE)


def may_examine_all(user: Reader, project: Project) -> Verdict:
    """Have every row examined instead of a sample: the accounting firm or an officer."""
    if not (roles_of(user).is_officer or queries.is_accountant(user, project)):
        return Verdict(Reason.NOT_THE_ACCOUNTANT)
    settlement = queries.settlement_in_work(project)
    is_sampled = settlement is not None and settlement.is_sampled
    return YES if is_sampled else Verdict(Reason.STAGE_CLOSED)


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
    settlement = queries.settlement_in_work(project)
    if settlement is None:
        return Verdict(Reason.STAGE_CLOSED)
    if settlement.marks.filter(stage__in=[MarkStage.OPEN, MarkStage.ANSWERED]).exists():
        return Verdict(Reason.OPEN_MARKS)
    is_asked = queries.carry_overs_to_decide(project, settlement.ends_on).exists()
    return Verdict(Reason.OPEN_CARRY_OVER) if is_asked else YES


def may_carry_over(user: Reader, member: Member, ends_on: date) -> Verdict:
    """Ask for carrying money of a stage over: those who spend it, until the stage is settled."""
    project = member.project
    if not queries.members_acted_for(user, project).filter(pk=member.pk).exists():
        return Verdict(Reason.NOT_A_SPENDER)
    if not queries.names_stages(project):
        return Verdict(Reason.NO_RULES)
    if project.stage not in UNSETTLED or ends_on not in queries.stage_ends(project):
        return Verdict(Reason.STAGE_CLOSED)
    return Verdict(Reason.TOO_LATE) if queries.is_concluded(project, ends_on) else YES


def may_decide_carry_over(user: Reader, carry_over: CarryOver) -> Verdict:
    """Allow what is carried over, or a part of it, once."""
    if not (verdict := may_run(user)):
        return verdict
    return YES if carry_over.allowed is None else Verdict(Reason.DECIDED_ALREADY)


def may_object(user: Reader, settlement: Settlement, on: date) -> Verdict:
    """Object to a settlement, once and in time: people of those who spent."""
    project = settlement.project
    if not queries.members_acted_for(user, project).exists():
        return Verdict(Reason.NOT_A_SPENDER)
    if settlement.concluded_at is None:
        return Verdict(Reason.NOT_SETTLED)
    if hasattr(settlement, "objection"):
        return Verdict(Reason.OBJECTED_ALREADY)
    until = queries.objections_until(settlement)
    return YES if until is not None and on <= until else Verdict(Reason.TOO_LATE)


def may_decide_objection(user: Reader, objection: Objection) -> Verdict:
    """Enter what the panel decided of an objection, once."""
    if not (verdict := may_run(user)):
        return verdict
    return Verdict(Reason.DECIDED_ALREADY) if objection.decision else YES


def may_charge_interest(user: Reader, recovery: Recovery) -> Verdict:
    """Demand the interest on a recovery that was paid late, once."""
    if not (verdict := may_run(user)):
        return verdict
    if recovery.stage != RecoveryStage.PAID or recovery.interest_on_id:
        return Verdict(Reason.STAGE_CLOSED)
    return Verdict(Reason.DECIDED_ALREADY) if hasattr(recovery, "interest") else YES


def may_read_draws(user: Reader) -> Verdict:
    """See which small projects are settled row by row: those who read every project."""
    return YES if roles_of(user).holds(READERS) else Verdict(Reason.NOT_AN_OFFICER)


def may_draw(user: Reader, month: date, on: date) -> Verdict:
    """Draw which small projects of a month are settled row by row, once the month is over."""
    if not (verdict := may_run(user)):
        return verdict
    if month + relativedelta(months=1) > on:
        return Verdict(Reason.MONTH_NOT_OVER)
    is_drawn = queries.draws().filter(month=month).exists()
    return Verdict(Reason.DECIDED_ALREADY) if is_drawn else YES


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
    if queries.open_objections(project).exists():
        return Verdict(Reason.OPEN_OBJECTION)
    is_judged = hasattr(project, "verdict") or not queries.names_rules(project, "verdict")
    return YES if is_judged else Verdict(Reason.NO_VERDICT)


def may_give_up(user: Reader, project: Project) -> Verdict:
    """Give a project up, with the whole grant back: the lead organisation's managers."""
    lead = project.members.filter(role=MemberRole.LEAD).first()
    if lead is None or lead.organisation_id not in roles_of(user).managed:
        return Verdict(Reason.NOT_A_SPENDER)
    if project.stage != ProjectStage.RUNNING:
        return Verdict(Reason.STAGE_CLOSED)
    return Verdict(Reason.STILL_SETTLING) if queries.settlement_in_work(project) else YES


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
