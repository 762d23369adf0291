"""Who may do what in a selection."""

from datetime import date

from dure.apps.calls.models import Call, Round
from dure.apps.people.models import Organisation, User
from dure.apps.people.queries import Reader, roles_of
from dure.apps.people.roles import Role
from dure.apps.selection import queries
from dure.apps.selection.kinds import Outcome
from dure.apps.selection.models import (
    Clarification,
    Decision,
    Interest,
    Item,
    Member,
    Objection,
    Panel,
    PossibleConflict,
    Renewal,
    Reviewer,
    Selection,
    Voter,
    Work,
)
from dure.apps.selection.reasons import Reason
from dure.apps.selection.stages import (
    ItemStage,
    MemberStage,
    ObjectionStage,
    PanelStage,
    ReviewerStage,
    SelectionStage,
)
from dure.foundation.verdict import YES, Verdict


def may_run(user: Reader) -> Verdict:
    """Run selections: the pool, the check, the panels, the table."""
    return YES if queries.is_office(user) else Verdict(Reason.NOT_AN_OFFICER)


def may_read_all(user: Reader) -> Verdict:
    """Read all selections: the office and auditors."""
    may_read = queries.is_office(user) or roles_of(user).holds([Role.AUDITOR])
    return YES if may_read else Verdict(Reason.NOT_AN_OFFICER)


def may_begin(user: Reader, call: Call, within: Round | None) -> Verdict:
    """Begin the selection once the applications are opened."""
    if not (verdict := may_run(user)):
        return verdict
    if not queries.is_opened(call, within):
        return Verdict(Reason.NOT_OPENED)
    return Verdict(Reason.BEGUN_ALREADY) if queries.has_begun(call, within) else YES


def may_invite(user: Reader, person: User) -> Verdict:
    """Invite somebody into the pool; whoever runs programmes does not review."""
    if not (verdict := may_run(user)):
        return verdict
    if roles_of(person).is_officer:
        return Verdict(Reason.OFFICE_REVIEWS_NOTHING)
    known = queries.reviewer_of(person)
    if known is None or known.stage == ReviewerStage.DECLINED:
        return YES
    is_barred = known.stage == ReviewerStage.BARRED
    return Verdict(Reason.BARRED if is_barred else Reason.IN_POOL_ALREADY)


def may_answer(user: Reader, reviewer: Reviewer) -> Verdict:
    """Accept or decline one's invitation, and say what one knows."""
    if reviewer.user_id != user.pk:
        return Verdict(Reason.NOT_INVITED)
    return Verdict(Reason.BARRED) if reviewer.stage == ReviewerStage.BARRED else YES


def may_keep_works(user: Reader) -> Verdict:
    """Keep a list of one's own projects, patents and papers: who is invited or in the pool."""
    known = queries.reviewer_of(user)
    if known is None or known.stage not in (ReviewerStage.INVITED, ReviewerStage.ACTIVE):
        return Verdict(Reason.NOT_A_REVIEWER)
    return YES


def may_remove_work(user: Reader, work: Work) -> Verdict:
    """Take a work out of one's own list."""
    if not (verdict := may_keep_works(user)):
        return verdict
    return YES if work.reviewer.user_id == user.pk else Verdict(Reason.NOT_A_REVIEWER)


def may_declare_interest(user: Reader, organisation: Organisation | None) -> Verdict:
    """Declare what ties one as a reviewer to others, or an organisation that one manages."""
    if organisation is None:
        return may_keep_works(user)
    return YES if organisation.pk in roles_of(user).managed else Verdict(Reason.NOT_THE_APPLICANT)


def may_declare_any_interest(user: Reader) -> Verdict:
    """Declare an interest on some side."""
    return YES if roles_of(user).managed else may_keep_works(user)


def may_end_interest(user: Reader, interest: Interest) -> Verdict:
    """End what was declared by mistake; who declared it cannot undo it."""
    if not (verdict := may_run(user)):
        return verdict
    return _closed() if interest.ended_at else YES


def may_check(user: Reader, item: Item) -> Verdict:
    """Say whether an application is complete, before the panels are formed."""
    return _in_stage(user, item.selection, SelectionStage.CHECKING)


def may_hand_in(user: Reader, item: Item, on: date) -> Verdict:
    """Hand in what was missing: a manager of the applicant, until the day of its term."""
    if not queries.is_applicant(user, item.application):
        return Verdict(Reason.NOT_THE_APPLICANT)
    if item.stage != ItemStage.INCOMPLETE or item.missing_until is None:
        return _closed()
    return YES if on <= item.missing_until else Verdict(Reason.TERM_TO_HAND_IN_OVER)


def may_form_panels(user: Reader, selection: Selection) -> Verdict:
    """Have the panels formed, once every application is checked."""
    if not (verdict := _in_stage(user, selection, SelectionStage.CHECKING)):
        return verdict
    open_items = selection.items.filter(stage__in=[ItemStage.CHECKING, ItemStage.INCOMPLETE])
    if open_items.exists():
        return Verdict(Reason.NOT_ADMITTED)
    is_open = queries.possible_conflicts_open(selection).exists()
    return Verdict(Reason.POSSIBLE_OPEN) if is_open else YES


def may_answer_possible_conflict(user: Reader, possible: PossibleConflict) -> Verdict:
    """Say whether a name means the person whom a reviewer worked with; said once."""
    if not (verdict := may_run(user)):
        return verdict
    return YES if possible.is_confirmed is None else _closed()


def may_assign_reviewers(user: Reader, selection: Selection) -> Verdict:
    """Give each application its reviewers, once every application is checked."""
    return may_form_panels(user, selection)


def may_plan_day(user: Reader, panel: Panel) -> Verdict:
    """Plan the day of a panel; reviewers of single applications never meet."""
    if not (verdict := may_change_members(user, panel)):
        return verdict
    return YES if panel.reviews is None else Verdict(Reason.NEVER_MEETS)


def may_change_members(user: Reader, panel: Panel) -> Verdict:
    """Replace a member, until the panel has closed."""
    if not (verdict := may_run(user)):
        return verdict
    return Verdict(Reason.STAGE_CLOSED) if panel.stage == PanelStage.CLOSED else YES


def may_pledge(user: Reader, member: Member) -> Verdict:
    """Give the pledge before the first file."""
    if member.reviewer.user_id != user.pk or member.stage == MemberStage.LEFT:
        return Verdict(Reason.NOT_ON_THE_PANEL)
    return YES if member.stage == MemberStage.ASKED else Verdict(Reason.STAGE_CLOSED)


def may_score(user: Reader, item: Item) -> Verdict:
    """Save a sheet: pledged members without a conflict, until the panel has closed."""
    seat = queries.seat_in(item.panel, user) if item.panel else None
    if seat is None or item.panel is None:
        return Verdict(Reason.NOT_ON_THE_PANEL)
    if seat.stage != MemberStage.PLEDGED:
        return Verdict(Reason.NOT_PLEDGED)
    if not queries.items_read_by(user, item.panel).filter(pk=item.pk).exists():
        return Verdict(Reason.CONFLICT)
    return Verdict(Reason.STAGE_CLOSED) if item.panel.stage == PanelStage.CLOSED else YES


def may_start_consensus(user: Reader, panel: Panel) -> Verdict:
    """Let the panel read each other: the chair or the office, once every sheet is in."""
    if not (queries.chairs(user, panel) or queries.is_office(user)):
        return Verdict(Reason.NOT_THE_CHAIR)
    if panel.stage != PanelStage.SCORING:
        return Verdict(Reason.STAGE_CLOSED)
    if panel.reviews is not None:
        return Verdict(Reason.NEVER_MEETS)
    return Verdict(Reason.NOT_ALL_IN) if queries.missing_sheets(panel) else YES


def may_write_minutes(user: Reader, panel: Panel) -> Verdict:
    """Write the minutes: the chair, in the consensus."""
    if not queries.chairs(user, panel):
        return Verdict(Reason.NOT_THE_CHAIR)
    return YES if panel.stage == PanelStage.CONSENSUS else Verdict(Reason.STAGE_CLOSED)


def may_confirm_minutes(user: Reader, panel: Panel) -> Verdict:
    """Confirm the minutes as they are."""
    seat = queries.seat_in(panel, user)
    if seat is None:
        return Verdict(Reason.NOT_ON_THE_PANEL)
    if panel.stage != PanelStage.CONSENSUS:
        return Verdict(Reason.STAGE_CLOSED)
    if not panel.minutes:
        return Verdict(Reason.NO_MINUTES)
    return Verdict(Reason.CONFIRMED_ALREADY) if seat.confirmed_at else YES


def may_close_panel(user: Reader, panel: Panel) -> Verdict:
    """Close the panel: the chair, once everybody confirmed the minutes.

    Reviewers of single applications have neither: the office closes once every sheet is in.
    """
    if panel.reviews is not None:
        return _may_end_scoring(user, panel)
    if not (verdict := may_write_minutes(user, panel)):
        return verdict
    if not panel.minutes:
        return Verdict(Reason.NO_MINUTES)
    open_ones = panel.members.filter(stage=MemberStage.PLEDGED, confirmed_at=None)
    return Verdict(Reason.NOT_ALL_CONFIRMED) if open_ones.exists() else YES


def _may_end_scoring(user: Reader, panel: Panel) -> Verdict:
    if not (verdict := may_run(user)):
        return verdict
    if panel.stage != PanelStage.SCORING:
        return _closed()
    return Verdict(Reason.NOT_ALL_IN) if queries.missing_sheets(panel) else YES


def may_propose(user: Reader, selection: Selection) -> Verdict:
    """Propose the table once every panel has closed."""
    if not (verdict := _in_stage(user, selection, SelectionStage.REVIEWING)):
        return verdict
    is_open = selection.panels.exclude(stage=PanelStage.CLOSED).exists()
    return Verdict(Reason.PANELS_OPEN) if is_open else YES


def may_judge_across(user: Reader, selection: Selection) -> Verdict:
    """Judge again across panels: once, when all have closed, where the rule set knows it."""
    if not (verdict := may_propose(user, selection)):
        return verdict
    rules = queries.rules_of(selection)
    if rules.fixed_percent is None or rules.judged_again_percent is None:
        return _closed()
    if selection.panels.filter(reevaluations__isnull=False).exists():
        return Verdict(Reason.JUDGED_AGAIN)
    return YES if selection.panels.count() > 1 else _closed()


def may_decide(user: Reader, selection: Selection) -> Verdict:
    """Decide on what another person proposed, or send it back."""
    if not (verdict := _in_stage(user, selection, SelectionStage.PROPOSED)):
        return verdict
    return Verdict(Reason.SECOND_PERSON) if selection.proposed_by_id == user.pk else YES


def may_object(user: Reader, decision: Decision, on: date) -> Verdict:
    """Object once, within the term: a manager of an organisation of the application."""
    if not queries.is_applicant(user, decision.application):
        return Verdict(Reason.NOT_THE_APPLICANT)
    if decision.objection is not None:
        return Verdict(Reason.OBJECTED_ALREADY)
    return YES if on <= decision.objections_until else Verdict(Reason.TERM_OVER)


def may_name_voters(user: Reader, objection: Objection) -> Verdict:
    """Name the panel that hears an objection."""
    if not (verdict := may_run(user)):
        return verdict
    is_new = objection.stage == ObjectionStage.RECEIVED
    return YES if is_new else Verdict(Reason.STAGE_CLOSED)


def may_vote(user: Reader, voter: Voter) -> Verdict:
    """Vote on an objection, once."""
    if voter.reviewer.user_id != user.pk or voter.left_reason:
        return Verdict(Reason.NOT_ON_THE_PANEL)
    in_conflict = queries.conflicts_of([voter.objection.decision.application.item])
    if in_conflict.filter(reviewer=voter.reviewer_id).exists():
        return Verdict(Reason.CONFLICT)
    if voter.objection.stage != ObjectionStage.HEARD:
        return Verdict(Reason.STAGE_CLOSED)
    return Verdict(Reason.VOTED_ALREADY) if voter.voted_at else YES


def may_replace_voter(user: Reader, voter: Voter) -> Verdict:
    """Name somebody in the place of a member who cannot vote, while the objection is heard."""
    if not (verdict := may_run(user)):
        return verdict
    is_heard = voter.objection.stage == ObjectionStage.HEARD
    return YES if is_heard and not voter.left_reason else _closed()


def may_settle(user: Reader, objection: Objection) -> Verdict:
    """Tell the result of the vote once everybody voted."""
    if not (verdict := may_run(user)):
        return verdict
    if objection.stage != ObjectionStage.HEARD:
        return Verdict(Reason.STAGE_CLOSED)
    voters = queries.standing_voters(objection)
    in_conflict = queries.conflicts_of([objection.decision.application.item])
    if voters.filter(reviewer__in=in_conflict.values("reviewer")).exists():
        return Verdict(Reason.VOTER_IN_CONFLICT)
    waits = voters.filter(voted_at=None).exists()
    return Verdict(Reason.NOT_ALL_VOTED) if waits else YES


def may_judge_again(user: Reader, objection: Objection) -> Verdict:
    """Let a second panel judge what an objection is about: once it was upheld."""
    if not (verdict := may_run(user)):
        return verdict
    if objection.stage != ObjectionStage.UPHELD:
        return _closed()
    is_begun = hasattr(objection, "reevaluation")
    return Verdict(Reason.JUDGED_AGAIN) if is_begun else YES


def may_judge_for_conflict(user: Reader, item: Item) -> Verdict:
    """Let another panel judge a decided application of which a sheet stopped counting."""
    if not (verdict := _in_stage(user, item.selection, SelectionStage.DECIDED)):
        return verdict
    late = queries.known_late(item.selection).filter(application=item.application_id)
    return YES if late.exists() else Verdict(Reason.NOTHING_CHANGED)


def may_renew(user: Reader, selection: Selection) -> Verdict:
    """Propose a ranking made anew, after the decision and once every panel has closed."""
    if not (verdict := _in_stage(user, selection, SelectionStage.DECIDED)):
        return verdict
    if selection.panels.exclude(stage=PanelStage.CLOSED).exists():
        return Verdict(Reason.PANELS_OPEN)
    is_open = queries.open_renewal(selection) is not None
    return Verdict(Reason.PROPOSED_ALREADY) if is_open else YES


def may_decide_renewal(user: Reader, renewal: Renewal) -> Verdict:
    """Decide on a new ranking that another person proposed."""
    if not (verdict := may_run(user)):
        return verdict
    if renewal.decided_at is not None:
        return _closed()
    return Verdict(Reason.SECOND_PERSON) if renewal.proposed_by_id == user.pk else YES


def may_record_withdrawal(user: Reader, decision: Decision) -> Verdict:
    """Record that who was selected or waits gives it up."""
    if not (verdict := may_run(user)):
        return verdict
    return YES if decision.outcome in (Outcome.SELECTED, Outcome.RESERVE) else _closed()


def may_move_up(user: Reader, selection: Selection) -> Verdict:
    """Move the first of the reserve up, for whom a place has become free."""
    if not (verdict := _in_stage(user, selection, SelectionStage.DECIDED)):
        return verdict
    if selection.decisions.filter(outcome=Outcome.SELECTED).count() >= selection.places:
        return Verdict(Reason.NO_PLACE)
    return YES if queries.next_in_line(selection) else Verdict(Reason.NO_RESERVE)


def may_ask(user: Reader, item: Item) -> Verdict:
    """Ask the applicant something through the office: who judges the item."""
    return may_score(user, item)


def may_pass_on(user: Reader, asked: Clarification) -> Verdict:
    """Pass a question on to the applicant, or say why not."""
    if not (verdict := may_run(user)):
        return verdict
    is_settled = asked.passed_on_at or asked.declined_because
    return Verdict(Reason.STAGE_CLOSED) if is_settled else YES


def may_answer_question(user: Reader, asked: Clarification) -> Verdict:
    """Answer a question that was passed on: the applicant, once, until the panel has closed."""
    if not queries.is_applicant(user, asked.item.application):
        return Verdict(Reason.NOT_THE_APPLICANT)
    panel = asked.item.panel
    is_open = panel is not None and panel.stage != PanelStage.CLOSED
    return YES if asked.passed_on_at and not asked.answer and is_open else _closed()


def may_read_as_owner(user: Reader, selection: Selection) -> Verdict:
    """Read the applications to one's own challenge: its managers, until the decision."""
    if not queries.owned_items(user, selection).exists():
        return Verdict(Reason.NOT_THE_OWNER)
    return YES if selection.stage != SelectionStage.DECIDED else _closed()


def may_give_opinion(user: Reader, item: Item) -> Verdict:
    """Say in words what one thinks, as the challenge's owner who keeps it secret."""
    if not (verdict := may_read_as_owner(user, item.selection)):
        return verdict
    if not queries.has_pledged_as_owner(user, item.selection):
        return Verdict(Reason.NOT_PLEDGED)
    if not queries.owned_items(user, item.selection).filter(pk=item.pk).exists():
        return Verdict(Reason.NOT_THE_OWNER)
    is_open = item.panel is None or item.panel.stage != PanelStage.CLOSED
    return YES if is_open else _closed()


def may_visit(user: Reader, item: Item) -> Verdict:
    """Plan a visit to the applicant's site, and say what it found, before the table."""
    if not (verdict := may_run(user)):
        return verdict
    is_open = item.selection.stage in (SelectionStage.CHECKING, SelectionStage.REVIEWING)
    return YES if is_open and item.stage == ItemStage.ADMITTED else _closed()


def may_adjust(user: Reader, item: Item) -> Verdict:
    """Change a line of the table before it is proposed."""
    if not (verdict := _in_stage(user, item.selection, SelectionStage.REVIEWING)):
        return verdict
    return YES if item.stage == ItemStage.ADMITTED else Verdict(Reason.NOT_ADMITTED)


def may_remind(user: Reader, panel: Panel) -> Verdict:
    """Remind the members of what they have not handed in or confirmed: the office and the chair."""
    if not (queries.is_office(user) or queries.chairs(user, panel)):
        return Verdict(Reason.NOT_THE_CHAIR)
    return YES if queries.waited_for(panel) else _closed()


def may_give_up_seat(user: Reader, member: Member) -> Verdict:
    """Say that one cannot take part, while the panel scores."""
    if member.reviewer.user_id != user.pk or member.stage == MemberStage.LEFT:
        return Verdict(Reason.NOT_ON_THE_PANEL)
    return YES if member.panel.stage == PanelStage.SCORING else _closed()


def may_read_fairness(user: Reader, selection: Selection) -> Verdict:
    """Read the statistics of a selection: the office at any time, everybody once it is decided."""
    if selection.stage == SelectionStage.DECIDED or may_read_all(user):
        return YES
    return Verdict(Reason.NOT_DECIDED)


def _closed() -> Verdict:
    return Verdict(Reason.STAGE_CLOSED)


def _in_stage(user: Reader, selection: Selection, stage: SelectionStage) -> Verdict:
    if not (verdict := may_run(user)):
        return verdict
    return YES if selection.stage == stage else Verdict(Reason.STAGE_CLOSED)
