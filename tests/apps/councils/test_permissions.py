"""Who may do what in councils, role by role: permissions.csv. The officer is the secretary."""

from pathlib import Path

import pytest

from dure.apps.councils import operations, permissions, queries
from dure.apps.councils.models import WinWinModel
from tests.conftest import NOON
from tests.truth_tables import assert_table, assert_whole


@pytest.fixture
def cases(cast):
    seats = cast.council_seats()
    model, draft = cast.win_win_model(), cast.win_win_model("DRAFT")
    opened = cast.win_win_model(title="공개된 모델")
    WinWinModel.objects.filter(pk=opened.pk).update(is_secret=False)
    opened.refresh_from_db()
    operations.name_expert(model=model, user=cast["coordinator"], by=cast["officer"], at=NOON)
    opinion = operations.ask_opinion(
        model=opened, ministry="중소벤처기업부", asked=cast["reviewer"], by=cast["officer"], at=NOON
    )
    meeting = cast.council_meeting(seats=seats)
    held = cast.council_meeting(seats=seats)
    held = operations.move_meeting(meeting=held, stage="CLOSED", by=cast["officer"], at=NOON)
    held = operations.write_minutes(meeting=held, text="의결함", by=cast["officer"], at=NOON)
    paper = operations.add_paper(item=meeting.items.get(), file=_pdf(), by=cast["officer"], at=NOON)
    WinWinModel.objects.filter(pk=draft.pk).update(stage="DRAFT")
    vote = cast.council_vote(meeting, rule="procedure", is_secret=False)
    elector = vote.electors.select_related("voter").get(seat=seats[0])
    approved = cast.win_win_model(title="승인된 모델")
    WinWinModel.objects.filter(pk=approved.pk).update(stage="APPROVED")
    operations.add_follow_up(
        model=approved, kind="loan", title="자금", owner="과", due_on=NOON.date(), project=None,
        by=cast["officer"],
    )  # fmt: skip
    assert paper.pk
    return {
        "may_run": permissions.may_run,
        "may_look: the win-win council": lambda user: permissions.may_look(user, "win-win"),
        "may_sit": permissions.may_sit,
        "may_give_opinions": permissions.may_give_opinions,
        "may_propose": permissions.may_propose,
        "may_read: a secret model": lambda user: permissions.may_read(user, model),
        "may_read: one that is open": lambda user: permissions.may_read(user, opened),
        "may_write: a model": lambda user: permissions.may_write(user, model),
        "may_move: a draft to be proposed": lambda user: permissions.may_move(
            user, draft, "PROPOSED"
        ),
        "may_move: a model to the vote's end": lambda user: permissions.may_move(
            user, model, "RECOMMENDED"
        ),
        "may_open_up: a secret model": lambda user: permissions.may_open_up(user, model),
        "may_comment: a secret model": lambda user: permissions.may_comment(user, model),
        "may_answer: an opinion asked of the reviewer": lambda user: permissions.may_answer(
            user, opinion
        ),
        "may_attend: the chair at a meeting": lambda user: permissions.may_attend(
            user, meeting, seats[0]
        ),
        "may_declare: the chair at a meeting": lambda user: permissions.may_declare(
            user, meeting, seats[0]
        ),
        "may_confirm: minutes": lambda user: permissions.may_confirm(user, held),
        "may_cast: the chair's vote": lambda user: permissions.may_cast(
            user, elector, vote, NOON.date()
        ),
        "seats_visible_to": queries.seats_visible_to,
        "meetings_visible_to": queries.meetings_visible_to,
        "models_visible_to: in deliberation": lambda user: queries.models_visible_to(user).filter(
            pk=model.pk
        ),
        "models_visible_to: a draft": lambda user: queries.models_visible_to(user).filter(
            pk=draft.pk
        ),
        "votes_visible_to": queries.votes_visible_to,
        "follow_ups_visible_to": queries.follow_ups_visible_to,
        "papers_visible_to": queries.papers_visible_to,
    }


def _pdf():
    from django.core.files.base import ContentFile

    return ContentFile(b"%PDF-1.4 paper", "paper.pdf")


def test_each_role_is_answered_as_the_table_says(cases, cast):
    assert_table(Path(__file__).with_name("permissions.csv"), cases, cast)


def test_the_table_is_whole(cases):
    assert_whole(cases, permissions, queries)
