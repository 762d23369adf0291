"""What royalties add to the page of a project; what the ledger calls their causes."""

from collections.abc import Collection
from typing import Any

from dure.apps.ledger.kinds import REFERENCES, Mention
from dure.apps.people.queries import Reader
from dure.apps.projects.models import Project
from dure.apps.royalties import queries
from dure.foundation.ui.panels import fills


@fills("project", "royalties/_project_panel.html")
def royalties_of(project: Project, reader: Reader) -> dict[str, Any] | None:
    """The royalties of a project, year by year."""
    royalties = queries.royalties_visible_to(reader).filter(project=project)
    return {"royalties": royalties} if royalties else None


def _royalties(ids: Collection[int]) -> dict[int, Mention]:
    return {
        royalty.pk: Mention(str(royalty), royalty.get_absolute_url())
        for royalty in queries.royalties_by_id(ids)
    }


def _payments(ids: Collection[int]) -> dict[int, Mention]:
    return {
        payment.pk: Mention(
            f"{payment.royalty} {payment.paid_on}", payment.royalty.get_absolute_url()
        )
        for payment in queries.payments_by_id(ids)
    }


REFERENCES.add("royalty", _royalties)
REFERENCES.add("royalty_payment", _payments)
