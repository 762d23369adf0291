"""Introductions of the cast."""

from dure.apps.catalog.models import Need, Technology
from dure.apps.introductions.models import Introduction
from dure.apps.introductions.operations import open_introduction
from dure.apps.matches.models import AnswerKind
from dure.apps.matches.operations import answer, introduce
from tests.cast import Cast
from tests.conftest import NOON


def introduction(
    cast: Cast, need: Need | None = None, technology: Technology | None = None, **values: object
) -> Introduction:
    """The buyer and the supplier, both interested, introduced by the officer."""
    need, technology = need or cast.need(), technology or cast.technology()
    for who in ("member", "supplier"):
        answer(
            need=need, technology=technology, kind=AnswerKind.INTERESTED, why="", note="",
            by=cast[who], at=NOON,
        )  # fmt: skip
    introduce(need=need, technology=technology, by=cast["officer"], at=NOON)
    made = open_introduction(need_id=need.pk, technology_id=technology.pk)
    if values:
        Introduction.objects.filter(pk=made.pk).update(**values)
        made.refresh_from_db()
    return made
