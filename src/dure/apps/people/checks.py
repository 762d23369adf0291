"""What must hold for the roles of all apps before the platform starts."""

from collections import defaultdict
from typing import Any

from django.core.checks import CheckMessage, Error

from dure.apps.people.roles import LONGEST, declarations


def check_roles(**_kwargs: Any) -> list[CheckMessage]:
    """Each code belongs to one role of one app, and fits into the field that keeps it."""
    bringing = defaultdict(list)
    for app, roles in declarations():
        for role in roles:
            bringing[role.value].append(app.label)
    return [
        Error(f"The role {code!r} is declared by {' and '.join(labels)}.", id="people.E001")
        for code, labels in bringing.items()
        if len(labels) > 1
    ] + [
        Error(f"The role {code!r} of {labels[0]} is longer than {LONGEST}.", id="people.E002")
        for code, labels in bringing.items()
        if len(code) > LONGEST
    ]
