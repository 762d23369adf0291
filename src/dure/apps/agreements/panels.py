"""What the ledger calls agreements and their instalments."""

from collections.abc import Collection

from django.urls import reverse

from dure.apps.agreements import queries
from dure.apps.agreements.models import Party
from dure.apps.ledger.kinds import REFERENCES, Mention


def _agreements(ids: Collection[int]) -> dict[int, Mention]:
    return {
        each.pk: Mention(f"{each.number} {each}", reverse("agreements:agreement", args=[each.pk]))
        for each in queries.agreements_by_id(ids)
    }


def _instalments(ids: Collection[int]) -> dict[int, Mention]:
    return {
        each.pk: Mention(
            f"{each.agreement.number}-{each.number} {each.payer}",
            reverse("agreements:agreement", args=[each.agreement_id]),
        )
        for each in queries.instalments_by_id(ids)
    }


def _parties(ids: Collection[int]) -> dict[int, Mention]:
    found: dict[int, Party] = {each.pk: each for each in queries.parties_by_id(ids)}
    return {
        pk: Mention(str(each), reverse("agreements:agreement", args=[each.agreement_id]))
        for pk, each in found.items()
    }


REFERENCES.add("agreement", _agreements)
REFERENCES.add("instalment", _instalments)
REFERENCES.add("party", _parties)
