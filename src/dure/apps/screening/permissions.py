"""Who may do what in the screening."""

from datetime import date

from dure.apps.agreements import permissions as agreement_permissions
from dure.apps.people.queries import Reader
from dure.apps.screening import queries
from dure.apps.screening.models import Case, Question, RuleSet
from dure.apps.screening.reasons import Reason
from dure.apps.screening.stages import CaseStage
from dure.foundation.verdict import YES, Verdict


def may_screen(user: Reader) -> Verdict:
    """Start runs, read what they saw and look into it."""
    return YES if queries.is_auditor(user) else Verdict(Reason.NOT_AN_AUDITOR)


def may_ask(user: Reader, case: Case) -> Verdict:
    """Ask the firm of an open case."""
    if not (answer := may_screen(user)):
        return answer
    return YES if case.stage == CaseStage.OPEN else Verdict(Reason.CASE_CLOSED)


def may_hold(user: Reader, case: Case) -> Verdict:
    """Keep the next instalment of an open case's project back."""
    if not (answer := may_ask(user, case)):
        return answer
    if case.project.agreement is None:
        return Verdict(Reason.NO_AGREEMENT)
    return agreement_permissions.may_hold(user, case.project.agreement)


def may_release(user: Reader, case: Case) -> Verdict:
    """Let it go again, whether the case is open or closed."""
    if not (answer := may_screen(user)):
        return answer
    if case.project.agreement is None:
        return Verdict(Reason.NO_AGREEMENT)
    return agreement_permissions.may_release(user, case.project.agreement)


def may_release_rules(user: Reader, rules: RuleSet) -> Verdict:
    """Put drafted parameters in force: a second auditor, once their effect is known."""
    if not (answer := may_screen(user)):
        return answer
    if rules.number is not None:
        return Verdict(Reason.RELEASED)
    if not rules.effect:
        return Verdict(Reason.NOT_MEASURED)
    is_own = rules.drafted_by_id == getattr(user, "pk", None)
    return Verdict(Reason.ANOTHER_RELEASES) if is_own else YES


def may_answer(user: Reader, question: Question) -> Verdict:
    """Answer, once, for an organisation that spends in the project."""
    if not queries.is_asked(user, question):
        return Verdict(Reason.NOT_ASKED)
    if question.verdict:
        return Verdict(Reason.JUDGED)
    return Verdict(Reason.ANSWERED) if question.answered_at else YES


def may_judge(user: Reader, question: Question, on: date) -> Verdict:
    """Say what a question came to, once it is answered or its term is over."""
    if not (answer := may_ask(user, question.case)):
        return answer
    if question.verdict:
        return Verdict(Reason.JUDGED)
    return YES if question.may_be_judged_on(on) else Verdict(Reason.STILL_TIME)


def may_close(user: Reader, case: Case) -> Verdict:
    """Close a case in which every question is judged."""
    if not (answer := may_ask(user, case)):
        return answer
    waiting = case.questions.filter(verdict="")
    return Verdict(Reason.OPEN_QUESTIONS) if waiting.exists() else YES
