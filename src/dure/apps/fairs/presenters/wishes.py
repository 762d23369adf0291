"""Wishes as cards for the side that answers them."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.utils.translation import get_language

from dure.apps.fairs.models import Level, Registration, Side, Wish
from dure.apps.fairs.queries import suggestions_behind
from dure.apps.matches.models import Suggestion
from dure.foundation import vocabularies

TONES = {Level.MUST: "success", Level.MEET: "primary", Level.NO: ""}


@dataclass(frozen=True, slots=True)
class Card:
    """A partner to answer, or one that was answered; `suggestion` says why it was proposed."""

    partner: Registration
    wish: Wish | None
    suggestion: Suggestion | None

    @property
    def is_settled(self) -> bool:
        """True when the side has answered."""
        return self.wish is not None and self.wish.answered_at is not None

    @property
    def tone(self) -> str:
        """The colour of the answer's word."""
        return TONES[Level(self.wish.level)] if self.wish else ""

    @property
    def facts(self) -> list[str]:
        """What the partner is and where."""
        organisation = self.partner.organisation
        region = organisation.region
        facts = [
            str(organisation.get_kind_display()),
            vocabularies.name_of("regions", region, get_language()) if region else "",
        ]
        return [fact for fact in facts if fact]


def cards(wishes: Iterable[Wish], registration: Registration) -> list[Card]:
    """Wishes as cards for the registration whose they are; one query for all suggestions."""
    wishes = list(wishes)
    behind = suggestions_behind(wishes, registration.side)
    return [
        Card(
            wish.pair.supply if registration.side == Side.DEMAND else wish.pair.demand,
            wish,
            behind.get((wish.pair.need_id, wish.pair.technology_id)),
        )
        for wish in wishes
    ]
