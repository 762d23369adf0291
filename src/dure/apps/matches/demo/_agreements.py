"""Agreements of the demonstration between firms that were matched; `demo/agreements.toml` says who."""

import tomllib
from datetime import datetime, timedelta
from pathlib import Path

import pghistory
from django.db.models import Count
from django.utils import timezone

from dure.apps.catalog.models import Need, Technology
from dure.apps.catalog.operations import ask_for_details
from dure.apps.catalog.queries import needs_visible_to, technologies_visible_to
from dure.apps.ndas.operations import move as move_nda
from dure.apps.ndas.operations import note_access
from dure.apps.people.models import User


def agree(folder: Path, now: datetime) -> None:
    """Let some ask for the details of teasers, the owners sign or refuse, and some read."""
    script = tomllib.loads((folder / "agreements.toml").read_text(encoding="utf-8"))
    for values in script["agreements"]:
        asking, owner = (User.objects.filter(email=values[side]).first() for side in ("asks", "of"))
        closed = asking and owner and _closed_to(asking, owner)
        if not closed:
            continue
        at = now - timedelta(days=values.get("days_ago", 2))
        with pghistory.context(user=asking.pk):
            nda = ask_for_details(
                entry=closed,
                receiving_party=asking.memberships.get().organisation,
                people=[asking],
                purpose=values["purpose"],
                ends_on=timezone.localdate(at) + timedelta(days=values.get("days", 365)),
                by=asking,
                at=at,
            )
        if answer := values.get("answer"):
            reason = values.get("reason", "")
            with pghistory.context(user=owner.pk):
                move_nda(nda=nda, stage=answer, reason=reason, by=owner, at=at + timedelta(hours=5))
        for day in values.get("read_on", []):
            read = [(nda.pk, nda.material_url, nda.material)]
            note_access(reader=asking, read=read, at=at + timedelta(days=day, hours=6))


def _closed_to(asking: User, owner: User) -> Need | Technology | None:
    """A teaser of the owner's organisation that the asker's has not asked for yet."""
    owning, taking = (person.memberships.get().organisation for person in (owner, asking))
    for seen in (
        needs_visible_to(asking),
        technologies_visible_to(asking),
    ):
        teasers = seen.filter(organisation=owning, visibility="TEASER")
        asked = teasers.filter(disclosed_entries__nda__receiving_party=taking)
        unasked = teasers.exclude(pk__in=asked.values("pk"))
        if (
            teaser := unasked.annotate(times=Count("disclosed_entries"))
            .order_by("times", "pk")
            .first()
        ):
            return teaser
    return None
