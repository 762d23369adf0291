"""Exchange groups of the demonstration: 274 units under their federations, `demo/groups.toml`."""

import tomllib
from collections.abc import Mapping
from datetime import date, timedelta
from typing import Any

import pghistory
from django.db import transaction
from django.utils import timezone

from dure.apps.groups import operations
from dure.apps.groups.kinds import GroupKind, Level
from dure.apps.groups.models import Group
from dure.apps.people.demo import officers
from dure.apps.people.models import User
from dure.foundation import vocabularies
from dure.foundation.demo import Demonstration, demonstrates

SILENT_EVERY = 9


@demonstrates("groups")
@transaction.atomic
def load(demonstration: Demonstration) -> None:
    """Found the groups, unless there is one."""
    if Group.objects.exists():
        return
    script = tomllib.loads((demonstration.folder / "groups.toml").read_text(encoding="utf-8"))
    by = officers()[0]
    with pghistory.context(user=by.pk):
        top = _found(by, script["national"], Level.NATIONAL, "SEOUL", None)
        for region, count in script["regions"].items():
            _region(script, top, region, count, by)
    units = Group.objects.filter(level=Level.UNIT).count()
    demonstration.say(f"{units} exchange groups")


def _region(values: Mapping[str, Any], top: Group, region: str, count: int, by: User) -> None:
    place = vocabularies.name_of("regions", region, "ko")
    above = _found(by, f"{place} 지역연합회", Level.REGION, region, top)
    words, kinds, today = values["words"], list(GroupKind), timezone.localdate()
    for number in range(count):
        word = words[number % len(words)]
        round_ = number // len(words)
        name = f"{place} {word} 교류회" if not round_ else f"{place} {word} 제{round_ + 1}교류회"
        _found(
            by, name, Level.UNIT, region, above, kind=kinds[number % len(kinds)],
            field=values["fields"][number % len(values["fields"])], founded=1990 + (7 * number) % 34,
            chair_said=values["chairs"][number % len(values["chairs"])],
            members_said=12 + (5 * number) % 11, last_met_on=_met(today, number),
            surveyed_on=today - timedelta(days=30),
        )  # fmt: skip


def _met(today: date, number: int) -> date:
    return today - timedelta(days=500 if number % SILENT_EVERY == 0 else 10 + (17 * number) % 300)


def _found(
    by: User, name: str, level: Level, region: str, parent: Group | None, **more: Any
) -> Group:
    values = {"name": name, "level": level, "region": region, "parent": parent, **more}
    return operations.found_group(values=values | {"is_invented": True}, by=by)
