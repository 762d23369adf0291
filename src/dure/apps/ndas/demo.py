"""Request sheets and hand-overs of the demonstration; the words are in `demo/demands.toml`.

A higher app calls this, once an agreement is there.
"""

import tomllib
from datetime import timedelta

from django.utils import timezone

from dure.apps.ndas import operations
from dure.apps.ndas.models import Nda, RequestSheet
from dure.apps.ndas.operations import NewSheet
from dure.apps.people.models import User
from dure.foundation.demo import Demonstration


def show_demands(demonstration: Demonstration, nda: Nda, *, asking: User, holding: User) -> None:
    """Let the receiver of an agreement ask for more in writing, and register what went over before."""
    if RequestSheet.objects.exists():
        return
    script = tomllib.loads((demonstration.folder / "demands.toml").read_text(encoding="utf-8"))
    now = timezone.now()
    today = timezone.localdate(now)
    operations.give_sheet(
        asking=nda.receiving_party,
        holding=nda.disclosing_party,
        sheet=NewSheet(**script["sheet"], hand_over_on=today + timedelta(days=14)),
        by=asking,
        at=now,
    )
    for exchange in script["exchanges"]:
        operations.register_exchange(
            disclosing_party=nda.disclosing_party,
            receiving_party=nda.receiving_party,
            material=exchange["material"],
            way=exchange["way"],
            handed_on=today - timedelta(days=exchange["days_ago"]),
            note=exchange["note"],
            by=holding,
            at=now,
        )
    demonstration.say(f"1 request sheet, {len(script['exchanges'])} hand-overs of technical data")
