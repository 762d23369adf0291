"""The tabs above the catalogue's pages: the list, one's own, and what waits for an officer."""

from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from dure.apps.catalog import permissions, queries
from dure.apps.catalog.presenters.kinds import NEEDS, EntryPages
from dure.apps.ndas.permissions import may_read_ndas
from dure.apps.ndas.queries import ndas_to_sign
from dure.apps.people.queries import Reader, roles_of


def tabs_for(reader: Reader, kind: EntryPages, current: str) -> list[dict[str, Any]]:
    """The tabs that `reader` has; none when there is only the list."""
    organisations = roles_of(reader).organisations
    tabs = [("list", _("All"), kind.url("list"), None)]
    if organisations:
        own = kind.visible_to(reader).filter(organisation__in=organisations)
        tabs.append(("mine", _("Ours"), f"{kind.url('list')}?mine=on", own.count()))
    if reader.is_authenticated:
        saved = queries.searches_of(reader).count()
        tabs.append(("searches", _("Saved searches"), reverse("catalog:searches"), saved or None))
    if permissions.may_review(reader):
        waiting = queries.entries_under_review(reader, kind.model)
        tabs.append(("review", _("To review"), kind.url("review"), waiting.count()))
        if kind is NEEDS:
            pairs = queries.duplicates_to_decide(reader)
            url = reverse("catalog:duplicates")
            tabs.append(("duplicates", _("Near-duplicates"), url, pairs.count()))
    if permissions.may_import(reader, kind.path):
        url = reverse("catalog:import", args=[kind.path])
        tabs.append(("import", _("Bring in many"), url, None))
    if may_read_ndas(reader):
        unsigned = ndas_to_sign(reader).count()
        tabs.append(("ndas", _("Agreements"), reverse("ndas:ndas"), unsigned or None))
    if len(tabs) == 1:
        return []
    return [
        {"label": label, "url": url, "count": count, "current": name == current}
        for name, label, url, count in tabs
    ]
