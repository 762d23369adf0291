"""How exchange groups are shown: in lists, charts and workbooks."""

from collections.abc import Iterable
from datetime import date
from typing import Any

from django.db.models import QuerySet
from django.utils.translation import get_language, pgettext
from django.utils.translation import gettext as _

from dure.apps.groups import queries
from dure.apps.groups.kinds import GroupKind
from dure.apps.groups.models import Group
from dure.foundation import vocabularies
from dure.foundation.ui.listing import Rows, Sheet


def region_of(group: Group) -> str:
    """The region in the reader's language."""
    return vocabularies.name_of("regions", group.region, get_language())


def rows(groups: Iterable[Group], today: date) -> list[dict[str, Any]]:
    """Groups for a list; dormant ones are marked."""
    return [
        {"group": group, "region": region_of(group), "is_dormant": group.is_dormant(today)}
        for group in groups
    ]


def by_region(groups: QuerySet[Group], link: str) -> list[dict[str, Any]]:
    """All regions with how many groups each has, for the map; `link` narrows the list further."""
    counts = dict(queries.counts_by(groups, "region"))
    return [
        {
            "code": code,
            "label": entry.name_in(get_language()),
            "value": counts.get(code, 0),
            "url": f"?{link}region={code}",
        }
        for code, entry in vocabularies.entries("regions").items()
    ]


def by_field(groups: QuerySet[Group], link: str) -> list[dict[str, Any]]:
    """How many groups each main industry has, for a chart."""
    return [
        {
            "label": vocabularies.name_of("fields", code, get_language()) if code else _("None"),
            "value": number,
            "url": f"?{link}field={code}" if code else "",
        }
        for code, number in queries.counts_by(groups, "field")
    ]


def by_kind_of_group(groups: QuerySet[Group], link: str) -> list[dict[str, Any]]:
    """How many groups of each type there are, for a chart."""
    return [
        {"label": GroupKind(kind).label, "value": number, "url": f"?{link}kind={kind}"}
        for kind, number in queries.counts_by(groups, "kind")
    ]


def activity_rows(group: Group) -> list[dict[str, Any]]:
    """The last activities; those that somebody outside the group noted for it are marked."""
    own = set(group.officers.values_list("user", flat=True))
    activities = group.activities.select_related("by").order_by("-on", "-pk")[:20]
    return [
        {"activity": activity, "is_noted_for": activity.by_id not in own} for activity in activities
    ]


def sheet(rows: Rows) -> Sheet:
    """Groups as a sheet that can be handed in again."""
    return {
        "title": _("Exchange groups"),
        "headers": [
            _("Name"), _("Federation"), _("Region"), pgettext("group", "Type"),
            _("Main industry"), _("Founded"), _("Chair"), _("Members"), _("Met last"),
        ],
        "rows": [
            [
                group.name, str(group.parent or ""), region_of(group), group.get_kind_display(),
                vocabularies.name_of("fields", group.field, get_language()) if group.field else "",
                group.founded, group.chair_said, group.members_said, group.last_met_on,
            ]
            for group in rows
        ],
    }  # fmt: skip


def goals(group: Group) -> list[dict[str, Any]]:
    """Goals that were reviewed, plan against actual."""
    return [
        {"label": f"{goal.year} {goal.measure}", "value": goal.reached, "plan": goal.target}
        for goal in group.goals.all()
        if goal.reached is not None and goal.target
    ]
