"""Who may read and take in what registers say."""

from dure.apps.people.models import Organisation
from dure.apps.people.permissions import may_run_programmes
from dure.apps.people.queries import Reader, roles_of
from dure.apps.people.roles import READERS
from dure.apps.registers.models import RecordedFact
from dure.apps.registers.reasons import Reason
from dure.foundation.verdict import YES, Verdict


def may_read_all(user: Reader) -> Verdict:
    """Read what is recorded of every organisation."""
    return YES if roles_of(user).holds(READERS) else Verdict(Reason.NOT_AN_OFFICER)


def may_read_facts(user: Reader, organisation: Organisation) -> Verdict:
    """Read what is known of an organisation for the rules of programmes: its people, the office."""
    roles = roles_of(user)
    if roles.holds(READERS) or organisation.pk in roles.organisations:
        return YES
    return Verdict(Reason.NOT_OF_THIS_ORGANISATION)


def may_record(user: Reader) -> Verdict:
    """Take in lists of facts."""
    return may_run_programmes(user)


def may_withdraw(user: Reader, fact: RecordedFact) -> Verdict:
    """Say that a recorded fact is wrong."""
    if not (verdict := may_record(user)):
        return verdict
    return Verdict(Reason.WITHDRAWN_ALREADY) if fact.withdrawn_at else YES
