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
    told = tomllib.loads((demonstration.folder / "demands.toml").read_text(encoding="utf-8"))
    now = timezone.now()
    today = timezone.localdate(now)
    operations.give_sheet(
        asking=nda.receiving_party,
        holding=nda.disclosing_party,
        sheet=NewSheet(**told["sheet"], hand_over_on=today + timedelta(days=14)),
        by=asking,
        at=now,
    )
    for each in told["exchanges"]:
        operations.register_exchange(
            disclosing_party=nda.disclosing_party,
            receiving_party=nda.receiving_party,
            material=each["material"],
            way=each["way"],
            handed_on=today - timedelta(days=each["days_ago"]),
            note=each["note"],
            by=holding,
            at=now,
        )
    demonstration.say(f"1 request sheet, {len(told['exchanges'])} hand-overs of technical data")
