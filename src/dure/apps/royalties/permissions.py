"""Who may do what with a royalty."""

from dure.apps.people.permissions import may_run_programmes
from dure.apps.people.queries import Reader, roles_of
from dure.apps.projects.roles import READERS
from dure.apps.royalties import queries
from dure.apps.royalties.models import Royalty
from dure.apps.royalties.reasons import Reason
from dure.apps.royalties.stages import ROYALTY_NEXT, RoyaltyStage
from dure.foundation.verdict import YES, Verdict


def may_read_all(user: Reader) -> Verdict:
    """Read the royalties of every project."""
    return YES if roles_of(user).holds(READERS) else Verdict(Reason.NO_ROYALTIES)


def may_read_royalties(user: Reader) -> Verdict:
    """Have a list of royalties: firms of which some were asked, and who reads all projects."""
    return YES if queries.pays_anywhere(user) else may_read_all(user)


def may_report(user: Reader, royalty: Royalty) -> Verdict:
    """Report the income of a year, until it is billed: people of the lead organisation."""
    if royalty.organisation_id not in roles_of(user).organisations:
        return Verdict(Reason.NOT_THE_LEAD)
    return YES if royalty.stage in queries.TO_REPORT else Verdict(Reason.STAGE_CLOSED)


def may_bill(user: Reader, royalty: Royalty) -> Verdict:
    """Bill what was reported: the programme office."""
    return _next(user, royalty, RoyaltyStage.BILLED)


def may_enter_payment(user: Reader, royalty: Royalty) -> Verdict:
    """Enter money that came in: the programme office."""
    return _next(user, royalty, RoyaltyStage.PAID)


def _next(user: Reader, royalty: Royalty, stage: RoyaltyStage) -> Verdict:
    if not (verdict := may_run_programmes(user)):
        return verdict
    can = stage in ROYALTY_NEXT[RoyaltyStage(royalty.stage)]
    return YES if can else Verdict(Reason.STAGE_CLOSED)
