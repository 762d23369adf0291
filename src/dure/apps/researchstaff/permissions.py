"""Who may do what with applications of researchers."""

from dure.apps.people.queries import Reader, roles_of
from dure.apps.people.roles import READERS
from dure.apps.researchstaff import queries
from dure.apps.researchstaff.models import Application
from dure.apps.researchstaff.reasons import Reason
from dure.apps.support.models import Candidate
from dure.foundation.verdict import YES, Verdict


def may_apply(user: Reader) -> Verdict:
    """Apply: everybody with an account, once."""
    if not user.is_authenticated:
        return Verdict(Reason.SIGN_IN_FIRST)
    return Verdict(Reason.APPLIED_ALREADY) if queries.is_researcher(user) else YES


def may_change(user: Reader, application: Application) -> Verdict:
    """Change, prolong or withdraw an application: the researcher alone."""
    is_own = user.is_authenticated and application.user_id == user.pk
    return YES if is_own else Verdict(Reason.NOT_YOURS)


def may_consent(user: Reader, candidate: Candidate) -> Verdict:
    """Let a firm read name and contact: the researcher, once the firm was introduced."""
    application = queries.application_of(candidate)
    if application is None or not may_change(user, application):
        return Verdict(Reason.NOT_YOURS)
    if candidate.stage not in queries.ASKED:
        return Verdict(Reason.NOT_ASKED_YET)
    return Verdict(Reason.CONSENTED_ALREADY) if queries.consent_for(candidate) else YES


def may_take_back(user: Reader, candidate: Candidate) -> Verdict:
    """Take a consent back, at any time."""
    consent = queries.consent_for(candidate)
    if consent is None or not may_change(user, consent.application):
        return Verdict(Reason.NOT_YOURS)
    return YES


def may_see_figures(user: Reader) -> Verdict:
    """Read how many apply and are placed: who reads everything."""
    return YES if roles_of(user).holds(READERS) else Verdict(Reason.NOT_YOURS)
