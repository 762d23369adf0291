"""What a reviewer did, as a sheet."""

from collections.abc import Iterable

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from dure.apps.selection.models import Work
from dure.apps.selection.presenters.office import own_crumbs
from dure.foundation.ui.listing import Sheet


def works_sheet(works: Iterable[Work]) -> Sheet:
    """Works as they can be taken in again."""
    headers = [
        pgettext("work", "Kind"), _("Title"), _("Summary"), _("Year"), pgettext("work", "Number"),
        _("Done with"),
    ]  # fmt: skip
    rows = [
        [work.get_kind_display(), work.title, work.summary, work.year, work.number, work.authors]
        for work in works
    ]
    return {"title": _("Projects, patents, papers"), "headers": headers, "rows": rows}


def works_crumbs(here: str = "") -> list[dict[str, str]]:
    """The way to one's own works, or to the page `here` below them."""
    steps = [(_("Projects, patents, papers"), reverse("selection:works") if here else "")]
    if here:
        steps.append((here, ""))
    return own_crumbs(*steps)
