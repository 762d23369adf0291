"""Who may do what in mentoring."""

from datetime import date

from dure.apps.mentoring import queries
from dure.apps.mentoring.kinds import Part, Side, rules
from dure.apps.mentoring.models import Case, Pair
from dure.apps.mentoring.reasons import Reason
from dure.apps.mentoring.roles import LOOKING_AFTER, READERS
from dure.apps.mentoring.stages import OPEN, PairStage
from dure.apps.people.models import Organisation, User
from dure.apps.people.queries import Reader, roles_of
from dure.foundation.verdict import YES, Verdict


def may_coordinate(user: Reader) -> Verdict:
    """Look after firms: coordinators and the office."""
    is_one = roles_of(user).holds(LOOKING_AFTER)
    return YES if is_one else Verdict(Reason.NOT_A_COORDINATOR)


def may_search_profiles(user: Reader) -> Verdict:
    """Look through the profiles of all firms: who coordinates, and who reads everything."""
    roles = roles_of(user)
    is_one = roles.holds(LOOKING_AFTER) or roles.holds(READERS)
    return YES if is_one else Verdict(Reason.NOT_A_READER)


def may_see_figures(user: Reader) -> Verdict:
    """Read the figures over all pairs: who coordinates, and who reads everything."""
    return may_search_profiles(user)


def may_take_part(user: Reader) -> Verdict:
    """Have mentoring on one's desk: people of a firm."""
    return YES if roles_of(user).organisations else Verdict(Reason.NOT_YOUR_FIRM)


def may_keep_profile(user: Reader, organisation: Organisation) -> Verdict:
    """Say what a firm teaches and wants: its people; coordinators for it, and it is marked so."""
    if not organisation.verified_at:
        return Verdict(Reason.ORGANISATION_NOT_VERIFIED)
    roles = roles_of(user)
    speaks = organisation.pk in roles.organisations or roles.holds(LOOKING_AFTER)
    return YES if speaks else Verdict(Reason.NOT_YOUR_FIRM)


def may_name_rivals(user: Reader, organisation: Organisation) -> Verdict:
    """Name rivals of a firm: as its profile."""
    return may_keep_profile(user, organisation)


def may_ask(user: Reader, organisation: Organisation) -> Verdict:
    """Look for a mentor: who keeps the profile, once it says what is wanted."""
    speaks = may_keep_profile(user, organisation)
    if not speaks:
        return speaks
    profile = queries.own_profile(organisation)
    if profile is None or not profile.wants:
        return Verdict(Reason.NOTHING_WANTED)
    is_open = queries.open_case_of(organisation) is not None
    return Verdict(Reason.ASKED_ALREADY) if is_open else YES


def may_take(user: Reader, case: Case) -> Verdict:
    """Look after a firm that nobody looks after, while one's caseload has room."""
    coordinates = may_coordinate(user)
    if not coordinates:
        return coordinates
    if case.closed_at:
        return Verdict(Reason.STAGE_CLOSED)
    return Verdict(Reason.TAKEN_ALREADY) if case.coordinator_id else may_hold_more(user)


def may_hold_more(user: User) -> Verdict:
    """Have one more firm: within the caseload of the rules."""
    is_full = queries.open_cases_of(user).count() >= rules().limits.coordinator_cases
    return Verdict(Reason.CASELOAD_FULL) if is_full else YES


def may_hand_over(user: Reader, case: Case) -> Verdict:
    """Give a firm to another coordinator: who looks after it, and the office."""
    if case.closed_at:
        return Verdict(Reason.STAGE_CLOSED)
    if case.coordinator_id is None:
        return Verdict(Reason.NOBODY_LOOKS)
    return YES if queries.looks_after(user, case) else Verdict(Reason.NOT_YOUR_CASE)


def may_propose(user: Reader, case: Case) -> Verdict:
    """Propose a mentor: who looks after the firm, while it has none."""
    if case.closed_at:
        return Verdict(Reason.STAGE_CLOSED)
    if case.coordinator_id is None:
        return Verdict(Reason.NOBODY_LOOKS)
    if not queries.looks_after(user, case):
        return Verdict(Reason.NOT_YOUR_CASE)
    is_paired = case.pairs.filter(stage__in=OPEN).exists()
    return Verdict(Reason.IS_PAIRED) if is_paired else YES


def may_close(user: Reader, case: Case) -> Verdict:
    """End the search: the firm and who looks after it, while nothing is under way."""
    if case.closed_at:
        return Verdict(Reason.STAGE_CLOSED)
    is_own = case.organisation_id in roles_of(user).organisations
    if not (is_own or queries.looks_after(user, case)):
        return Verdict(Reason.NOT_YOUR_CASE)
    is_paired = case.pairs.filter(stage__in=OPEN).exists()
    return Verdict(Reason.IS_PAIRED) if is_paired else YES


def may_answer(user: Reader, pair: Pair) -> Verdict:
    """Say yes or no to a proposal: each of the two firms, once."""
    side = _firm_side(user, pair)
    if side is None:
        return Verdict(Reason.NOT_A_SIDE)
    if pair.stage != PairStage.PROPOSED:
        return Verdict(Reason.STAGE_CLOSED)
    said_at = pair.mentor_said_at if side == Side.MENTOR else pair.mentee_said_at
    return Verdict(Reason.SAID_ALREADY) if said_at else YES


def may_set_goals(user: Reader, pair: Pair) -> Verdict:
    """Write the goals and the term: both firms and the coordinator, until both have confirmed."""
    if queries.side_of(user, pair) is None:
        return Verdict(Reason.NOT_A_SIDE)
    return YES if pair.stage == PairStage.AGREEING else Verdict(Reason.STAGE_CLOSED)


def may_confirm(user: Reader, pair: Pair) -> Verdict:
    """Confirm the goals: each of the two firms, once they are written."""
    side = _firm_side(user, pair)
    if side is None:
        return Verdict(Reason.NOT_A_SIDE)
    if pair.stage != PairStage.AGREEING:
        return Verdict(Reason.STAGE_CLOSED)
    if pair.goals_changed_at is None:
        return Verdict(Reason.NO_GOALS)
    at = pair.mentor_confirmed_at if side == Side.MENTOR else pair.mentee_confirmed_at
    return Verdict(Reason.SAID_ALREADY) if at else YES


def may_note_session(user: Reader, pair: Pair) -> Verdict:
    """Note a session: both firms and the coordinator, while it is under way."""
    if queries.side_of(user, pair) is None:
        return Verdict(Reason.NOT_A_SIDE)
    return YES if pair.stage == PairStage.RUNNING else Verdict(Reason.STAGE_CLOSED)


def may_review(user: Reader, pair: Pair, part: Part, on: date) -> Verdict:
    """Look back: each firm once, from the middle of the term on, and at its end."""
    side = _firm_side(user, pair)
    if side is None:
        return Verdict(Reason.NOT_A_SIDE)
    if pair.stage != PairStage.RUNNING:
        return Verdict(Reason.STAGE_CLOSED)
    due = queries.part_due(pair, on)
    if due is None or (part == Part.END and due != Part.END):
        return Verdict(Reason.TOO_EARLY)
    return Verdict(Reason.SAID_ALREADY) if queries.has_reviewed(pair, part, side) else YES


def may_end(user: Reader, pair: Pair) -> Verdict:
    """Complete a mentoring: the coordinator, once both have written their end review."""
    if queries.side_of(user, pair) != Side.COORDINATOR:
        return Verdict(Reason.NOT_YOUR_CASE)
    if pair.stage != PairStage.RUNNING:
        return Verdict(Reason.STAGE_CLOSED)
    both = pair.reviews.filter(part=Part.END).count() == len((Side.MENTOR, Side.MENTEE))
    return YES if both else Verdict(Reason.REVIEWS_MISSING)


def may_break_off(user: Reader, pair: Pair) -> Verdict:
    """Break a mentoring off, with a reason: both firms and the coordinator.

    What is only proposed the coordinator takes back; the firms decline it.
    """
    side = queries.side_of(user, pair)
    if side is None:
        return Verdict(Reason.NOT_A_SIDE)
    if pair.stage == PairStage.PROPOSED and side == Side.COORDINATOR:
        return YES
    is_on = pair.stage in (PairStage.AGREEING, PairStage.RUNNING)
    return YES if is_on else Verdict(Reason.STAGE_CLOSED)


def _firm_side(user: Reader, pair: Pair) -> Side | None:
    side = queries.side_of(user, pair)
    return None if side == Side.COORDINATOR else side
