"""What changes in the catalogue is matched anew."""

from django.utils.translation import gettext_noop

from dure.apps.catalog.events import NeedsChanged, TechnologiesChanged
from dure.apps.jobs.operations import enqueue
from dure.foundation.announce import listens_to

TITLE = gettext_noop("Match what changed")


@listens_to(NeedsChanged)
def match_changed_needs(event: NeedsChanged) -> None:
    """Ask for changed needs to be matched."""
    arguments = {"needs": list(event.need_ids), "technologies": []}
    enqueue(kind="match_changed", title=TITLE, arguments=arguments, by=None, thing="catalogue")


@listens_to(TechnologiesChanged)
def match_changed_technologies(event: TechnologiesChanged) -> None:
    """Ask for changed technologies to be matched."""
    arguments = {"needs": [], "technologies": list(event.technology_ids)}
    enqueue(kind="match_changed", title=TITLE, arguments=arguments, by=None, thing="catalogue")
