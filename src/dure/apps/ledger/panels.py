"""What the ledger calls its own references."""

from collections.abc import Collection

from django.urls import reverse

from dure.apps.ledger import queries
from dure.apps.ledger.kinds import REFERENCES, Mention


def _appropriations(ids: Collection[int]) -> dict[int, Mention]:
    return {
        each.pk: Mention(str(each), reverse("ledger:budget", args=[each.pk]))
        for each in queries.appropriations_by_id(ids)
    }


REFERENCES.add("appropriation", _appropriations)
