"""What the ledger calls stakes, their movements and what funds commit; their lists on agreements."""

from collections.abc import Collection
from typing import Any

from dure.apps.agreements.models import Agreement
from dure.apps.instruments import queries
from dure.apps.ledger.kinds import REFERENCES, Mention
from dure.apps.people.queries import Reader
from dure.foundation.ui.panels import fills


@fills("agreement", "instruments/_agreement_panel.html")
def money_of_an_agreement(agreement: Agreement, reader: Reader) -> dict[str, Any] | None:
    """The fund that pays a project, and the way of its firm through the institutions."""
    commitments = list(queries.commitments_visible_to(reader).filter(agreement=agreement))
    stakes = list(queries.stakes_visible_to(reader).filter(agreement=agreement))
    if not commitments and not stakes:
        return None
    return {"commitments": commitments, "stakes": stakes}


def _stakes(ids: Collection[int]) -> dict[int, Mention]:
    return {
        stake.pk: Mention(f"{stake.scheme} {stake}", stake.get_absolute_url())
        for stake in queries.stakes_by_id(ids)
    }


def _movements(ids: Collection[int]) -> dict[int, Mention]:
    return {
        movement.pk: Mention(
            f"{movement.stake.scheme} {movement.stake} {movement.on}",
            movement.stake.get_absolute_url(),
        )
        for movement in queries.movements_by_id(ids)
    }


def _commitments(ids: Collection[int]) -> dict[int, Mention]:
    return {
        commitment.pk: Mention(str(commitment), commitment.scheme.get_absolute_url())
        for commitment in queries.commitments_by_id(ids)
    }


REFERENCES.add("stake", _stakes)
REFERENCES.add("movement", _movements)
REFERENCES.add("commitment", _commitments)
