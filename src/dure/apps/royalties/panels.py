"""What royalties add to the page of a project; what the ledger calls their causes."""

from collections.abc import Collection, Iterator
from typing import Any

from django.utils.translation import gettext as _

from dure.apps.ledger.kinds import REFERENCES, Mention
from dure.apps.people.queries import Reader
from dure.apps.projects.kinds import PACKAGE
from dure.apps.projects.models import Project
from dure.apps.royalties import queries
from dure.foundation.data_packages import Rows, Table
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


def _tables(project: Project, reader: Reader | None) -> Iterator[tuple[Table, Rows]]:
    """The royalties of a project, for its data package."""
    fields = (
        ("year", "integer", _("Year of the income")),
        ("stage", "string", _("Status")),
        ("licence_income", "integer", _("Licence income (won)")),
        ("sales", "integer", _("Own sales with the result (won)")),
        ("contribution", "number", _("Contribution of the result (%)")),
        ("billed", "integer", _("Billed (won)")),
        ("open", "integer", _("Open (won)")),
    )
    rows = [
        [
            royalty.year, str(royalty.get_stage_display()), royalty.licence_income, royalty.sales,
            royalty.contribution, royalty.amount, royalty.open,
        ]
        for royalty in queries.royalties_in(project, reader)
    ]  # fmt: skip
    yield Table("royalties", _("Royalties"), fields, ("year",)), rows


PACKAGE.add("royalties", _tables)
