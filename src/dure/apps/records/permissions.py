"""Who may see how the record stands, and who gets a proof."""

from dure.apps.people.queries import Reader, roles_of
from dure.apps.records.models import Entry
from dure.apps.records.reasons import Reason
from dure.apps.records.roles import READERS
from dure.foundation.verdict import YES, Verdict


def may_read_standing(user: Reader) -> Verdict:
    """See how long the record is, its checkpoints and what checks of it found; ask for a check."""
    return YES if roles_of(user).holds(READERS) else Verdict(Reason.NOT_A_READER)


def may_prove(user: Reader, entry: Entry) -> Verdict:
    """Take a proof away: the organisations that an entry is about, and the office of its own acts."""
    roles = roles_of(user)
    is_side = not roles.organisations.isdisjoint(entry.parties)
    return (
        YES if is_side or (entry.is_of_office and roles.is_officer) else Verdict(Reason.NOT_A_SIDE)
    )
