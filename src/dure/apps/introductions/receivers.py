"""What the office does with a pair opens its introduction, or takes it back."""

from dure.apps.catalog.events import TechnologiesChanged
from dure.apps.introductions.operations import (
    open_introduction,
    take_back_introduction,
    tell_of_offers,
)
from dure.apps.matches.events import IntroductionTakenBack, PairIntroduced
from dure.foundation.announce import listens_to


@listens_to(PairIntroduced)
def open_for_pair(event: PairIntroduced) -> None:
    """Open the introduction of a pair."""
    open_introduction(need_id=event.need_id, technology_id=event.technology_id)


@listens_to(IntroductionTakenBack)
def take_back(event: IntroductionTakenBack) -> None:
    """Take the introduction of a pair back, unless somebody has written already."""
    take_back_introduction(need_id=event.need_id, technology_id=event.technology_id)


@listens_to(TechnologiesChanged)
def tell_owners_of_offers(event: TechnologiesChanged) -> None:
    """Tell the owners of needs what is offered and published now."""
    tell_of_offers(technology_ids=event.technology_ids, at=event.at)
