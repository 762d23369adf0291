"""Who may do what with programmes."""

from dure.apps.people.queries import Reader
from dure.apps.programmes import queries
from dure.apps.programmes.models import Version
from dure.apps.programmes.reasons import Reason
from dure.apps.programmes.stages import VersionStage
from dure.foundation.verdict import YES, Verdict


def may_write(user: Reader) -> Verdict:
    """Begin, change and discard drafts: the programme office."""
    return YES if queries.is_office(user) else Verdict(Reason.NOT_AN_OFFICER)


def may_edit(user: Reader, version: Version) -> Verdict:
    """Change a draft."""
    if not (verdict := may_write(user)):
        return verdict
    return YES if version.stage == VersionStage.DRAFT else Verdict(Reason.STAGE_CLOSED)


def may_release(user: Reader, version: Version) -> Verdict:
    """Put a draft into force: an officer who did not change it last."""
    if not (verdict := may_edit(user, version)):
        return verdict
    return Verdict(Reason.SECOND_PERSON) if version.edited_by_id == user.pk else YES
