"""A council with a running meeting, a model and votes, for the test of routes.

The officer is its secretary, the reviewer its chair, the coordinator an expert.
"""

from datetime import timedelta

from django.core.files.base import ContentFile

from dure.apps.councils import operations
from dure.apps.councils.kinds import councils
from dure.apps.councils.models import WinWinModel
from tests.conftest import NOON


def things(cast, world):
    seats = cast.council_seats()
    model, secretary = cast.win_win_model(), cast.secretary()
    operations.name_expert(model=model, user=cast["coordinator"], by=secretary, at=NOON)
    opinion = operations.ask_opinion(
        model=model, ministry="중소벤처기업부", asked=cast["reviewer"], by=secretary, at=NOON
    )
    operations.undertake(model=model, by=cast["reviewer"], at=NOON)
    meeting = cast.council_meeting(seats=seats, items=("규정", "기타"))
    item = meeting.items.first()
    paper = operations.add_paper(
        item=item, file=ContentFile(b"%PDF-1.4 paper", "paper.pdf"), by=secretary, at=NOON
    )
    approved = cast.win_win_model(title="승인된 모델")
    WinWinModel.objects.filter(pk=approved.pk).update(stage="APPROVED")
    follow_up = operations.add_follow_up(
        model=approved, kind="loan", title="정책자금", owner="정책자금과", due_on=NOON.date(),
        project=None, by=secretary,
    )  # fmt: skip
    vote = cast.council_vote(meeting, rule="procedure", is_secret=False)
    written = operations.open_vote(
        council=councils()["win-win"], rule="model", question="서면", is_secret=True, item=None,
        model=model, closes_at=NOON + timedelta(days=400), by=secretary, at=NOON,
    )  # fmt: skip
    for seat in seats:
        cast.ballot(written, seat, "abstain")
    operations.close(vote=written, by=secretary, at=NOON)
    return {
        "councils:council:slug": "win-win",
        "councils:models:slug": "win-win",
        "councils:model_new:slug": "win-win",
        "councils:seat_new:slug": "win-win",
        "councils:meeting_new:slug": "win-win",
        "councils:seat_end": seats[1].pk,
        "councils:meeting": meeting.pk,
        "councils:meeting_move": meeting.pk,
        "councils:attend": meeting.pk,
        "councils:item_new": meeting.pk,
        "councils:attendance": meeting.pk,
        "councils:proxy": meeting.pk,
        "councils:minutes": meeting.pk,
        "councils:confirm": meeting.pk,
        "councils:paper_new": item.pk,
        "councils:interest": meeting.items.last().pk,
        "councils:vote_on_item": meeting.items.last().pk,
        "councils:paper": paper.pk,
        "councils:model": model.pk,
        "councils:model_move": model.pk,
        "councils:undertake": model.pk,
        "councils:changes": model.pk,
        "councils:changes:number": 1,
        "councils:comment": model.pk,
        "councils:comment:section": "problem",
        "councils:write": model.pk,
        "councils:open_up": model.pk,
        "councils:ask": model.pk,
        "councils:expert": model.pk,
        "councils:conditions": model.pk,
        "councils:vote_in_writing": model.pk,
        "councils:decide": model.pk,
        "councils:follow_up": approved.pk,
        "councils:follow_up_end": follow_up.pk,
        "councils:opinion": opinion.pk,
        "councils:vote": vote.pk,
        "councils:vote_close": vote.pk,
        "councils:vote_check": written.pk,
        "councils:cast": vote.pk,
        "councils:cast:elector": vote.electors.get(seat=seats[0]).pk,
    }
