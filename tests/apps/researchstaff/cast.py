"""Researchers of the cast: `newcomer`, who belongs to no firm, and a request of the supplier."""

from datetime import date

from dure.apps.researchstaff import operations
from dure.apps.researchstaff.models import Application
from dure.apps.support import operations as support
from dure.apps.support.models import Candidate
from dure.apps.support.stages import CandidateStage
from tests.cast import Cast
from tests.conftest import NOON

CAN = "임베디드 회로와 가스 센서 신호 처리를 연구했어요."


def researcher(cast: Cast, who: str = "newcomer", months: int = 6, at=NOON, **more) -> Application:
    """Somebody who looks for a firm."""
    known = {"level": "new", "degree": "master", "wish": "both", "name": "박한결",
             "telephone": "010-0000-1234", "free_from": date(2027, 1, 1)}  # fmt: skip
    return operations.apply(
        values=known | more, text=CAN, region="BUSAN", months=months, agrees=True, by=cast[who],
        at=at,
    )  # fmt: skip


def asked_researcher(cast: Cast, who: str = "newcomer", accepts: bool = True) -> Candidate:
    """The supplier wants the researcher, who was introduced and says yes."""
    application, request = cast.researcher(who), cast.owned_request("secondment")
    candidate = support.propose(
        request=request, profile=application.profile, by=cast["matcher"], at=NOON
    )
    moves = [("WANTED", "supplier"), ("INTRODUCED", "matcher"), ("ACCEPTED", who)]
    for stage, by in moves[: 3 if accepts else 2]:
        candidate = support.answer(
            candidate=candidate, stage=CandidateStage(stage), role="신호 처리", by=cast[by], at=NOON
        )
    return candidate
