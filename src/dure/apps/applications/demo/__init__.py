"""Applications of the demonstration: one in every state, to the call that closes tonight and to one
that is closed, and thirty to the challenges.

What they say is in `demo/applications.toml` and `demo/challenge-applications.toml`. Everything goes
through the same operations that people use, with the dates it would have had.
"""

import tomllib

import pghistory
from django.utils import timezone

from dure.apps.applications import operations
from dure.apps.applications.demo.challenge import apply_to_challenges
from dure.apps.applications.demo.playing import play
from dure.apps.applications.models import Application
from dure.apps.calls.models import Call
from dure.apps.people.queries import managers_of, organisation_with_number
from dure.foundation.demo import Demonstration, demonstrates
from dure.values.ids import business_number


@demonstrates("applications")
def load(demonstration: Demonstration) -> None:
    """Load the applications, unless there is one."""
    if Application.objects.exists():
        return
    script = tomllib.loads((demonstration.folder / "applications.toml").read_text(encoding="utf-8"))
    now, loaded = timezone.now(), 0
    for application in script["applications"]:
        call = _call(application["call"])
        firm = organisation_with_number(business_number(application["firm"]) or "")
        leader = managers_of(firm).first() if firm else None
        if call is None or firm is None or leader is None:
            continue
        with pghistory.context(user=leader.pk):
            play(application, call, firm, leader, now)
        loaded += 1
        demonstration.sign_ins.setdefault(leader.email, f"{leader.name}  {firm.name}")
    loaded += apply_to_challenges(demonstration, now)
    demonstration.say(f"{loaded} applications")
    operations.open_due(at=now)


def _call(programme: str) -> Call | None:
    calls = Call.objects.filter(
        version__programme__slug=programme, announced_at__isnull=False, deadline_at__isnull=False
    )
    return calls.select_related("version__programme").order_by("pk").first()
