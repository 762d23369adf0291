"""Who may do what with the papers of an organisation."""

from dure.apps.papers.models import Paper
from dure.apps.papers.reasons import Reason
from dure.apps.people.models import Organisation
from dure.apps.people.queries import Reader, roles_of
from dure.foundation.verdict import YES, Verdict


def may_use(user: Reader, organisation: Organisation) -> Verdict:
    """Read the papers in the box of an organisation and file new ones: its own people."""
    is_own = organisation.pk in roles_of(user).organisations
    return YES if is_own else Verdict(Reason.NOT_OF_THE_ORGANISATION)


def may_add_version(user: Reader, paper: Paper) -> Verdict:
    """File a newer version of a paper."""
    if not (verdict := may_use(user, paper.organisation)):
        return verdict
    return Verdict(Reason.REMOVED_ALREADY) if paper.removed_at else YES


def may_remove(user: Reader, paper: Paper) -> Verdict:
    """Take a paper out of the box: a manager."""
    if not (verdict := may_add_version(user, paper)):
        return verdict
    is_manager = paper.organisation_id in roles_of(user).managed
    return YES if is_manager else Verdict(Reason.ONLY_ITS_MANAGERS)
