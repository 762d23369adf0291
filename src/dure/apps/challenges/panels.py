"""What challenge discovery adds to the pages of roadmaps."""

from typing import Any

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from dure.apps.challenges import queries
from dure.apps.people.queries import Reader
from dure.apps.roadmaps.kinds import BranchUse, keeps_under_branches
from dure.foundation.ui.panels import fills


def _url(slug: str, code: str) -> str:
    return f"{reverse('challenges:under_branch')}?branch={slug}:{code}"


keeps_under_branches(
    BranchUse("challenges", _("Candidate challenges"), queries.counted_by_branch, _url)
)


@fills("programmes", "challenges/_programmes_panel.html")
def all_discoveries(place: Any, reader: Reader) -> dict[str, Any]:
    """The way to challenge discovery, for everybody."""
    return {}
