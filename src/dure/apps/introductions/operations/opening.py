"""An introduction is opened when the office introduces a pair, and goes when it takes that back."""

from django.db import transaction

from dure.apps.introductions.models import Introduction
from dure.apps.introductions.operations.telling import tell_side
from dure.apps.introductions.queries import (
    contact_of,
    first_contact,
    introduced_pairs_without_introduction,
)
from dure.apps.introductions.stages import IntroductionStage
from dure.apps.matches.models import Answer, AnswerKind, Side


@transaction.atomic
def open_introduction(*, need_id: int, technology_id: int) -> Introduction | None:
    """Open the introduction of a pair that the office has introduced, and tell both sides.

    Of several at once one does it. None when the office has taken it back meanwhile.
    """
    answers = {
        answer.side: answer
        for answer in Answer.objects.select_for_update(of=("self",))
        .filter(need=need_id, technology=technology_id)
        .select_related("need__organisation", "technology__organisation", "answered_by")
        .order_by("pk")
    }
    office = answers.get(Side.OFFICE)
    if office is None or office.kind != AnswerKind.INTRODUCED:
        return None
    known = Introduction.objects.filter(need=need_id, technology=technology_id).first()
    if known is not None and known.stage != IntroductionStage.TAKEN_BACK:
        return known
    introduction = known or Introduction(need=office.need, technology=office.technology)
    demand, supply = introduction.sides
    introduction.stage = IntroductionStage.INTRODUCED
    introduction.demand_contact = first_contact(demand, answers.get(Side.DEMAND))
    introduction.supply_contact = first_contact(supply, answers.get(Side.SUPPLY))
    introduction.introduced_by = office.answered_by
    introduction.introduced_at = introduction.quiet_since = office.answered_at
    introduction.reminded_at = None
    introduction.save()
    for side, other in ((Side.DEMAND, Side.SUPPLY), (Side.SUPPLY, Side.DEMAND)):
        person = contact_of(introduction, other)
        tell_side(introduction, side, "INTRODUCED", at=office.answered_at, person=str(person or ""))
    return introduction


@transaction.atomic
def take_back_introduction(*, need_id: int, technology_id: int) -> None:
    """The office takes an introduction back; once somebody has written it stays as it is."""
    introduction = (
        Introduction.objects.select_for_update()
        .filter(need=need_id, technology=technology_id, stage=IntroductionStage.INTRODUCED)
        .first()
    )
    if introduction is None or introduction.messages.exists() or introduction.proposals.exists():
        return
    introduction.stage = IntroductionStage.TAKEN_BACK
    introduction.save(update_fields=["stage"])


def open_missing() -> int:
    """Open what was announced while nobody could listen; returns how many."""
    missing = introduced_pairs_without_introduction()
    return sum(
        open_introduction(need_id=pair.need_id, technology_id=pair.technology_id) is not None
        for pair in missing
    )
