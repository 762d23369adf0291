"""Who may do what with surveys."""

from datetime import datetime

from dure.apps.people.queries import Reader, roles_of
from dure.apps.surveys import queries
from dure.apps.surveys.models import Asked, Survey, Wish
from dure.apps.surveys.reasons import Reason
from dure.apps.surveys.stages import WISH_NEXT, AskedStage, SurveyStage, WishStage
from dure.foundation.verdict import YES, Verdict


def may_run(user: Reader) -> Verdict:
    """Open and close surveys, ask and remind bodies, allot what they need."""
    return YES if queries.is_office(user) else Verdict(Reason.NOT_AN_OFFICER)


def may_ask(user: Reader, survey: Survey) -> Verdict:
    """Ask further bodies or remind them while the survey is open."""
    if not (verdict := may_run(user)):
        return verdict
    return YES if survey.stage == SurveyStage.OPEN else Verdict(Reason.STAGE_CLOSED)


def may_write(user: Reader, asked: Asked, at: datetime) -> Verdict:
    """The people of the body write what it needs until they hand it in or the time is over."""
    if asked.organisation_id not in roles_of(user).organisations:
        return Verdict(Reason.NOT_ASKED)
    if asked.stage != AskedStage.ASKED or asked.survey.stage != SurveyStage.OPEN:
        return Verdict(Reason.STAGE_CLOSED)
    return YES if at <= asked.survey.closes_at else Verdict(Reason.TOO_LATE)


def may_answer(user: Reader, asked: Asked, at: datetime) -> Verdict:
    """A manager of the body hands the answer in."""
    if not (verdict := may_write(user, asked, at)):
        return verdict
    is_manager = asked.organisation_id in roles_of(user).managed
    return YES if is_manager else Verdict(Reason.NOT_A_MANAGER)


def may_decide(user: Reader, wish: Wish, stage: str) -> Verdict:
    """Allot a need or leave it out; a decision can be changed until it is in the catalogue."""
    if not (verdict := may_run(user)):
        return verdict
    if wish.need_id and stage == WishStage.LEFT_OUT:
        return Verdict(Reason.IN_THE_CATALOGUE)
    is_next = stage in WISH_NEXT[WishStage(wish.stage)]
    return YES if is_next else Verdict(Reason.STAGE_CLOSED)


def may_take_in(user: Reader, wish: Wish) -> Verdict:
    """Make a draft in the catalogue out of a need that was allotted or waits for it."""
    if not (verdict := may_run(user)):
        return verdict
    if wish.need_id:
        return Verdict(Reason.IN_THE_CATALOGUE)
    is_open = wish.stage in (WishStage.GIVEN, WishStage.ALLOTTED)
    return YES if is_open else Verdict(Reason.STAGE_CLOSED)
