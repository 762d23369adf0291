"""Mentoring of the cast: the supplier wants to learn, the rival teaches, `coordinator` looks after."""

from datetime import timedelta

from django.utils.timezone import localdate

from dure.apps.mentoring import operations
from dure.apps.mentoring.models import Case, Pair, Profile
from tests.cast import Cast
from tests.conftest import NOON

TODAY = localdate(NOON)
WANTS = "배터리 가스 누출 감지 센서의 양산 품질을 어떻게 관리하는지 배우고 싶어요."
TEACHES = "가스 누출 감지 센서의 양산 품질 관리와 공정 검사를 20년 해 왔어요."


def mentoring_profile(cast: Cast, firm: str = "supplier", by: str = "", **values) -> Profile:
    """The supplier wants to learn; any other firm teaches."""
    known = {"wants": WANTS if firm == "supplier" else "",
             "teaches": "" if firm == "supplier" else TEACHES, "most": 1, "is_open": True}  # fmt: skip
    return operations.keep_profile(
        organisation=getattr(cast, firm), by=cast[by or firm], at=NOON, **known | values
    )


def mentoring_case(cast: Cast, by: str = "supplier") -> Case:
    """The supplier looks for a mentor."""
    cast.mentoring_profile()
    return operations.ask(organisation=cast.supplier, by=cast[by], at=NOON)


def mentoring_pair(cast: Cast, by: str = "coordinator") -> Pair:
    """The rival is proposed to the supplier by the coordinator, who looks after it."""
    mentor = cast.mentoring_profile("rival")
    case = operations.take(case=cast.mentoring_case(), by=cast[by], at=NOON)
    return operations.propose(case=case, mentor=mentor, by=cast[by], at=NOON, note="가까워요.")


def agreeing_pair(cast: Cast) -> Pair:
    """Both have said yes."""
    pair = cast.mentoring_pair()
    for who in ("rival", "supplier"):
        pair = operations.answer(pair=pair, is_yes=True, by=cast[who], at=NOON)
    return pair


def pair_with_goals(cast: Cast, starts: int = 0, days: int = 180, by: str = "supplier") -> Pair:
    """The supplier has written goals; the term begins `starts` days from now."""
    first = TODAY + timedelta(days=starts)
    return operations.set_goals(
        pair=cast.agreeing_pair(), starts_on=first, ends_on=first + timedelta(days=days),
        goals=[operations.Draft("불량률을 낮춰요.", "2 %에서 1 %로")], by=cast[by], at=NOON,
    )  # fmt: skip


def running_pair(cast: Cast, starts: int = 0, days: int = 180) -> Pair:
    """Both have confirmed the goals."""
    pair = cast.pair_with_goals(starts, days)
    return operations.confirm(pair=pair, seen_at=pair.goals_changed_at, by=cast["rival"], at=NOON)
