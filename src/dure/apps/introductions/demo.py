"""Introductions of the demonstration: silent, in conversation, with a meeting to come, ended."""

from collections.abc import Callable
from datetime import datetime, timedelta

import pghistory
from django.utils import timezone

from dure.apps.introductions import operations, queries
from dure.apps.introductions.models import Introduction
from dure.apps.introductions.stages import IntroductionStage, ProposalStage
from dure.apps.matches.operations import introduce
from dure.apps.matches.queries import mutual_interest_visible_to
from dure.apps.people.demo import officers
from dure.apps.people.models import User
from dure.foundation.demo import Demonstration, demonstrates

DAYS_AGO = (12, 9, 6, 4)  # of each introduction; the rest of the pairs wait for the officer


@demonstrates("introductions")
def load(demonstration: Demonstration) -> None:
    """Introduce some of the pairs that both sides want, and let their talks go different ways."""
    officer, _second = officers()
    if queries.introductions_visible_to(officer).exists():
        return
    now = timezone.now()
    stories = (_says_nothing, _talks, _agrees_to_meet, _ends)
    pairs = list(mutual_interest_visible_to(officer)[: len(stories)])
    for pair, days, story in zip(pairs, DAYS_AGO, stories, strict=False):
        at = now - timedelta(days=days)
        with pghistory.context(user=officer.pk):
            introduce(need=pair.need, technology=pair.technology, by=officer, at=at)
        made = operations.open_introduction(need_id=pair.need_id, technology_id=pair.technology_id)
        story(made, at)


def _says_nothing(made: Introduction, at: datetime) -> None:
    """Nobody writes; after a week the office finds it on its desk."""


def _talks(made: Introduction, at: datetime) -> None:
    buyer, firm = _people(made)
    _as(firm, operations.write, introduction=made, at=at + timedelta(hours=3),
        text="안녕하세요. 소개를 받고 연락드립니다. 지금 쓰시는 설비의 처리 용량을 알 수 있을까요?")  # fmt: skip
    _as(buyer, operations.write, introduction=made, at=at + timedelta(days=7),
        text="반갑습니다. 하루 40톤 정도입니다. 비슷한 규모로 설치하신 사례가 있으면 보내 주세요.")  # fmt: skip


def _agrees_to_meet(made: Introduction, at: datetime) -> None:
    buyer, firm = _people(made)
    _as(buyer, operations.write, introduction=made, at=at + timedelta(hours=2),
        text="현장을 먼저 보시면 이야기가 빠를 것 같습니다. 다음 주에 시간 괜찮으세요?")  # fmt: skip
    day = timezone.localtime(timezone.now()).replace(hour=10, minute=0, second=0, microsecond=0)
    _first, second = _as(
        firm, operations.propose_times, introduction=made, at=at + timedelta(days=1),
        times=[day + timedelta(days=4), day + timedelta(days=5)], minutes=90, is_online=False,
        place="창원 제2공장 회의실",
    )  # fmt: skip
    _as(
        buyer, operations.answer_proposal, proposal=second, stage=ProposalStage.ACCEPTED,
        at=at + timedelta(days=2),
    )  # fmt: skip


def _ends(made: Introduction, at: datetime) -> None:
    buyer, _firm = _people(made)
    _as(buyer, operations.move, introduction=made, stage=IntroductionStage.ENDED,
        reason="올해 설비 투자가 내년으로 미뤄졌습니다. 상반기에 다시 연락드리겠습니다.",
        at=at + timedelta(days=2))  # fmt: skip


def _people(made: Introduction) -> tuple[User, User]:
    """The contacts of both sides."""
    return made.demand_contact, made.supply_contact


def _as(person: User, act: Callable, **arguments: object) -> object:
    with pghistory.context(user=person.pk):
        return act(by=person, **arguments)
