"""Who may do what with outcomes."""

from dure.apps.outcomes.models import Outcome, Twins
from dure.apps.outcomes.reasons import Reason
from dure.apps.outcomes.roles import READERS
from dure.apps.outcomes.stages import ALIVE, OPEN, OutcomeStage
from dure.apps.people.models import Organisation
from dure.apps.people.queries import Reader, roles_of
from dure.foundation.verdict import YES, Verdict


def may_read_outcomes(user: Reader) -> Verdict:
    """Have a list of outcomes: people of an organisation, and those who read all."""
    roles = roles_of(user)
    return YES if roles.organisations or roles.holds(READERS) else Verdict(Reason.NO_ORGANISATION)


def may_report(user: Reader) -> Verdict:
    """Report outcomes at all: people of a verified organisation, and the office."""
    roles = roles_of(user)
    if roles.is_officer or roles.verified:
        return YES
    if roles.organisations:
        return Verdict(Reason.ORGANISATION_NOT_VERIFIED)
    return Verdict(Reason.NO_ORGANISATION)


def may_report_for(user: Reader, organisation: Organisation) -> Verdict:
    """Report an outcome for one side of it."""
    roles = roles_of(user)
    if not (roles.is_officer or organisation.pk in roles.organisations):
        return Verdict(Reason.NO_ORGANISATION)
    return YES if organisation.verified_at else Verdict(Reason.ORGANISATION_NOT_VERIFIED)


def may_run(user: Reader) -> Verdict:
    """Do what the programme office does with outcomes: tie, merge, take lists in."""
    return YES if roles_of(user).is_officer else Verdict(Reason.NOT_AN_OFFICER)


def may_add_evidence(user: Reader, outcome: Outcome) -> Verdict:
    """Add a file that shows it: both sides and the office."""
    roles = roles_of(user)
    if not (roles.is_officer or roles.organisations.intersection(outcome.parties)):
        return Verdict(Reason.NOT_A_PARTY)
    return YES if outcome.stage in ALIVE else Verdict(Reason.STAGE_CLOSED)


def may_answer(user: Reader, outcome: Outcome) -> Verdict:
    """Say whether it is so: whoever did not report it, of the two sides or the office."""
    roles = roles_of(user)
    own = roles.organisations.intersection(outcome.parties)
    if not (own or roles.is_officer):
        return Verdict(Reason.NOT_A_PARTY)
    if outcome.stage not in OPEN:
        return Verdict(Reason.STAGE_CLOSED)
    speaks_for_it = outcome.reported_for_id in own
    if outcome.reported_by_id == user.pk or speaks_for_it:
        return Verdict(Reason.OWN_REPORT)
    return YES


def may_confirm(user: Reader, outcome: Outcome) -> Verdict:
    """Confirm it: the other side, or the office on evidence."""
    if not (verdict := may_answer(user, outcome)):
        return verdict
    if roles_of(user).organisations.intersection(outcome.parties):
        return YES
    return YES if outcome.evidence.exists() else Verdict(Reason.NO_EVIDENCE)


def may_withdraw(user: Reader, outcome: Outcome) -> Verdict:
    """Take a report back, also a confirmed one: the side that made it, and the office."""
    roles = roles_of(user)
    is_own = outcome.reported_by_id == user.pk or outcome.reported_for_id in roles.organisations
    if not (roles.is_officer or (is_own and user.is_authenticated)):
        return Verdict(Reason.NOT_A_PARTY)
    return YES if outcome.stage in ALIVE else Verdict(Reason.STAGE_CLOSED)


def may_tie(user: Reader, outcome: Outcome) -> Verdict:
    """Say what it came of, where the platform found it wrong."""
    if not (verdict := may_run(user)):
        return verdict
    return YES if outcome.stage in ALIVE else Verdict(Reason.STAGE_CLOSED)


def may_judge_twins(user: Reader, twins: Twins) -> Verdict:
    """Say whether two reports tell of one deal."""
    if not (verdict := may_run(user)):
        return verdict
    if twins.answer:
        return Verdict(Reason.ANSWERED_ALREADY)
    is_alive = twins.first.stage in ALIVE and twins.second.stage in ALIVE
    return YES if is_alive else Verdict(Reason.STAGE_CLOSED)


def may_part(user: Reader, twins: Twins) -> Verdict:
    """Undo what was said of two reports, unless the one they became was itself merged since."""
    if not (verdict := may_run(user)):
        return verdict
    if not twins.answer:
        return Verdict(Reason.STAGE_CLOSED)
    if twins.dropped_id is None:
        return YES
    kept = twins.second if twins.dropped_id == twins.first_id else twins.first
    is_merged_on = kept.stage == OutcomeStage.MERGED
    return Verdict(Reason.STAGE_CLOSED) if is_merged_on else YES


def may_import(user: Reader) -> Verdict:
    """Take in a spreadsheet of outcomes: for one's own organisation, the office for all."""
    return may_report(user)
