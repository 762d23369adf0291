"""What the firms of the demonstration answer to what was suggested."""

from datetime import timedelta

import pghistory
from django.utils import timezone

from dure.apps.catalog.demo import BUYER, FIRM
from dure.apps.matches import operations, queries
from dure.apps.matches.models import AnswerKind, NotForUs, Side
from dure.apps.people.demo import join, officers, person
from dure.apps.people.models import User
from dure.foundation.demo import Demonstration

OWNERS = ("남궁솔", "마도현", "방서진", "성보람", "안태오", "여은결", "제갈윤", "표하람")


def answer_some(demonstration: Demonstration) -> None:
    """Let the two demonstration firms and their partners answer a part of what was suggested."""
    at = timezone.now() - timedelta(hours=20)
    buyer, firm = (User.objects.get(email=email) for email in (BUYER, FIRM))
    kinds = (AnswerKind.INTERESTED, AnswerKind.INTERESTED, AnswerKind.NOT_FOR_US)
    for user, side in ((buyer, Side.DEMAND), (firm, Side.SUPPLY)):
        reasons = [why for why, _ in NotForUs.choices_of(side)]
        open_ones = queries.suggestions_for_user(user).filter(rank__lte=3).order_by("pk")
        limit = max(1, open_ones.count() * 2 // 3)  # the rest waits for who looks around
        for number, suggestion in enumerate(open_ones[: min(24, limit)]):
            kind = kinds[number % 3]
            with pghistory.context(user=user.pk):
                operations.answer(
                    need=suggestion.need,
                    technology=suggestion.technology,
                    kind=kind,
                    why=reasons[number % 4] if kind == AnswerKind.NOT_FOR_US else "",
                    note="",
                    by=user,
                    at=at,
                )
        operations.note_look(by=user, at=at)
    _let_others_agree(demonstration)


def _let_others_agree(demonstration: Demonstration) -> None:
    """Some suppliers are interested too, so that the office has pairs to introduce."""
    wanted = queries.answers_visible_to(officers()[0])
    for number, given in enumerate(wanted.filter(side="DEMAND", kind="INTERESTED")[: len(OWNERS)]):
        owner = person(demonstration, f"owner{number + 1}@dure.example", OWNERS[number])
        join(owner, given.technology.organisation)
        with pghistory.context(user=owner.pk):
            operations.answer(
                need=given.need,
                technology=given.technology,
                kind=AnswerKind.INTERESTED,
                why="",
                note="",
                by=owner,
                at=timezone.now(),
            )
