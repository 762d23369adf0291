"""Who may do what in registers of designations; which side takes which step says the file."""

from dure.apps.designations.kinds import Register, Stage
from dure.apps.designations.models import Entry
from dure.apps.designations.reasons import Reason
from dure.apps.people.queries import Reader, roles_of
from dure.foundation.verdict import YES, Verdict


def may_run(user: Reader) -> Verdict:
    """Do what the office does: take lists in, change what stands there."""
    return YES if roles_of(user).is_officer else Verdict(Reason.NOT_AN_OFFICER)


def may_open(user: Reader, register: Register) -> Verdict:
    """Make an entry: the office, or people of a verified organisation where the file lets them."""
    roles = roles_of(user)
    if roles.is_officer and "office" in register.opened_by:
        return YES
    if not {"firm", "buyer"}.intersection(register.opened_by):
        return Verdict(Reason.NOT_OPENED_BY_YOU)
    if roles.verified:
        return YES
    unverified = bool(roles.organisations)
    return Verdict(Reason.ORGANISATION_NOT_VERIFIED if unverified else Reason.NOT_OPENED_BY_YOU)


def may_take(user: Reader, entry: Entry, stage: Stage) -> Verdict:
    """Bring an entry to a stage: the side that the file names, from a stage before it."""
    if stage.id not in entry.stage_file.next:
        return Verdict(Reason.STAGE_CLOSED)
    roles = roles_of(user)
    sides = {
        "firm": entry.organisation_id in roles.organisations,
        "buyer": entry.counterpart_id in roles.organisations,
        "office": roles.is_officer,
    }
    return YES if any(sides[side] for side in stage.by) else Verdict(Reason.NOT_THEIR_TURN)
