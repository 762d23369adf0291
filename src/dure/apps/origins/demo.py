"""Originals of the demonstration: files that a firm had before it showed them to anybody."""

import hashlib
import tomllib
from datetime import timedelta

import pghistory
from django.utils import timezone

from dure.apps.origins import operations
from dure.apps.origins.models import Origin
from dure.apps.people.models import Organisation, OrganisationKind
from dure.apps.people.queries import managers_of
from dure.foundation.demo import Demonstration, demonstrates


@demonstrates("origins")
def load(demonstration: Demonstration) -> None:
    """Register the originals of the first small firm with a manager, unless there are some."""
    if Origin.objects.exists():
        return
    script = tomllib.loads((demonstration.folder / "origins.toml").read_text(encoding="utf-8"))
    firms = Organisation.objects.filter(
        kind=OrganisationKind.SME, verified_at__isnull=False, memberships__role="MANAGER"
    ).distinct()
    firm = firms.order_by("pk").first()
    manager = firm and managers_of(firm).first()
    if not manager:
        return
    for values in script["originals"]:
        with pghistory.context(user=manager.pk):
            operations.register(
                organisation=firm,
                title=values["title"],
                file_name=values["file"],
                sha256=hashlib.sha256(values["content"].encode()).hexdigest(),
                by=manager,
                at=timezone.now() - timedelta(days=values["days_ago"]),
            )
    demonstration.say(f"{len(script['originals'])} registered originals")
