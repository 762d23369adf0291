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
        each.pk: Mention(f"{each.scheme} {each}", each.get_absolute_url())
        for each in queries.stakes_by_id(ids)
    }


def _movements(ids: Collection[int]) -> dict[int, Mention]:
    return {
        each.pk: Mention(
            f"{each.stake.scheme} {each.stake} {each.on}", each.stake.get_absolute_url()
        )
        for each in queries.movements_by_id(ids)
    }


def _commitments(ids: Collection[int]) -> dict[int, Mention]:
    return {
        each.pk: Mention(str(each), each.scheme.get_absolute_url())
        for each in queries.commitments_by_id(ids)
    }


REFERENCES.add("stake", _stakes)
REFERENCES.add("movement", _movements)
REFERENCES.add("commitment", _commitments)
