"""What the ledger calls its own references."""

from collections.abc import Collection

from django.urls import reverse

from dure.apps.ledger import queries
from dure.apps.ledger.kinds import REFERENCES, Mention


def _appropriations(ids: Collection[int]) -> dict[int, Mention]:
    return {
        appropriation.pk: Mention(
            str(appropriation), reverse("ledger:budget", args=[appropriation.pk])
        )
        for appropriation in queries.appropriations_by_id(ids)
    }


REFERENCES.add("appropriation", _appropriations)
