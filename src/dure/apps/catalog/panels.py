"""What needs and technologies add to the pages of organisations and of roadmaps."""

from collections.abc import Collection, Mapping
from typing import Any

from django.urls import reverse

from dure.apps.catalog import queries
from dure.apps.catalog.presenters.kinds import KINDS, EntryPages
from dure.apps.people.models import Organisation
from dure.apps.people.queries import Reader
from dure.apps.roadmaps.kinds import BranchUse, keeps_under_branches
from dure.foundation.ui.panels import fills


@fills("organisation", "catalog/_organisation_panel.html")
def lists_of(organisation: Organisation, reader: Reader) -> dict[str, Any]:
    """The ways to what an organisation looks for and offers."""
    return {"organisation": organisation}


def _under_branches(kind: EntryPages) -> BranchUse:
    def counts(reader: Reader, ids: Collection[int]) -> Mapping[int, int]:
        return queries.counted_by_branch(kind.visible_to(reader), reader, ids)

    def url(slug: str, code: str) -> str:
        return f"{reverse(f'catalog:{kind.name}_list')}?branch={slug}:{code}"

    return BranchUse(kind.path, kind.plural, counts, url)


for _kind in KINDS.values():
    keeps_under_branches(_under_branches(_kind))
