"""Calls of the demonstration: one of each kind, in each stage, one that closes tonight.

What they say is in `demo/calls.toml`. Everything goes through the same operations that people use,
with the dates it would have had.
"""

import tomllib
from collections.abc import Callable, Mapping
from datetime import datetime, timedelta
from itertools import cycle
from typing import Any

import pghistory
from django.utils import timezone

from dure.apps.calls import operations, queries
from dure.apps.calls.models import Call, CallKind
from dure.apps.calls.operations import Window
from dure.apps.calls.queries import SMALL
from dure.apps.catalog.demo import FIRM
from dure.apps.challenges.queries import announced_challenges
from dure.apps.papers.demo import fill_box
from dure.apps.people.demo import name_people, officers
from dure.apps.people.models import User
from dure.apps.people.queries import centres_to_name, organisations_visible_to, people_of
from dure.apps.programmes.queries import programmes
from dure.apps.registers.demo import take_in
from dure.foundation.demo import Demonstration, demonstrates

# How long before its opening a call was written and announced.
WRITTEN, ANNOUNCED = timedelta(days=12), timedelta(days=10)
LATE = 22
FIELDS = (
    *("title", "title_en", "text", "text_en", "kind", "mode", "places", "budget_won"),
    *("regions", "contact_text"),
)
Clock = Callable[[int, int], datetime]


@demonstrates("applicants")
def prepare(demonstration: Demonstration) -> None:
    """Load what decides who may apply, who acts for a firm, and its papers."""
    take_in(demonstration)
    manager = User.objects.get(email=FIRM)
    firm = manager.memberships.get().organisation
    name_people(demonstration, firm, manager)
    fill_box(demonstration, firm, manager)


@demonstrates("calls")
def load(demonstration: Demonstration) -> None:
    """Load the calls, unless there is one."""
    if Call.objects.exists():
        return
    script = tomllib.loads((demonstration.folder / "calls.toml").read_text(encoding="utf-8"))
    known = {programme.slug: programme for programme in programmes()}
    first, second = officers()
    firms = organisations_visible_to(first).filter(kind__in=SMALL, is_invented=True)
    askers = [user for firm in firms.order_by("pk")[:8] for user in people_of(firm)[:1]]
    today = timezone.localtime().replace(minute=0, second=0, microsecond=0)
    if today.hour >= LATE:  # what closes tonight would be closed already
        today += timedelta(days=1)

    def day(days: int, hour: int) -> datetime:
        return today.replace(hour=hour) + timedelta(days=days)

    demonstration.say(f"{len(script['calls'])} calls")
    for entry in script["calls"]:
        version = known[entry["programme"]].current
        with pghistory.context(user=first.pk):
            call = _draft(version, entry, day, first)
        if entry.get("end") == "DRAFT" or not _is_whole(call):
            continue
        with pghistory.context(user=second.pk):
            call = operations.announce(call=call, by=second, at=call.opens_at - ANNOUNCED)
        _speak(call, entry, day, first, askers)
        _extend(call, entry, day, first, second)
        _end(call, entry, first, second, timezone.now())


def _draft(version: Any, row: Mapping[str, Any], day: Clock, by: User) -> Call:
    hour = row["hour"]
    values = {name: row[name] for name in FIELDS if name in row}
    values["text"], values["text_en"] = row["text"].strip(), row["text_en"].strip()
    spans = [Window(day(opens, 9), day(closes, hour)) for opens, closes in row.get("rounds", [])]
    if not spans:
        values["opens_at"] = day(row["opens"], 9)
        values["closes_at"] = day(row["closes"], hour) if "closes" in row else None
    opens = spans[0].opens_at if spans else values["opens_at"]
    return operations.draft(
        version=version,
        values=values,
        challenges=announced_challenges() if row["kind"] == CallKind.DESIGNATED else (),
        rounds=spans,
        by=by,
        at=opens - WRITTEN,
    )


def _is_whole(call: Call) -> bool:
    """Whether a call can be announced: a designated one needs announced challenges."""
    is_allowed = call.kind in queries.kinds_of(call.version.content)
    return is_allowed and (call.kind != CallKind.DESIGNATED or call.challenges.exists())


def _speak(
    call: Call, row: Mapping[str, Any], day: Clock, officer: User, askers: list[User]
) -> None:
    begun = call.opens_at
    for asker in askers:
        operations.watch(call=call, by=asker, at=begun)
    if recommend := row.get("recommend"):
        for centre in centres_to_name()[:3]:
            operations.name_recommender(
                call=call,
                organisation=centre,
                quota=recommend["quota"],
                until=call.deadline_at + timedelta(days=recommend["days"]),
                by=officer,
                at=begun,
            )
    for asker, question_row in zip(
        cycle(askers), row.get("questions", []) if askers else [], strict=False
    ):
        at = day(question_row["day"], 11)
        question = operations.ask(call=call, text=question_row["text"], by=asker, at=at)
        if "answer" in question_row:
            operations.answer(
                question=question,
                published=question_row["published"],
                answer=question_row["answer"],
                by=officer,
                at=at + timedelta(hours=4),
            )
    for added in row.get("addenda", []):
        words = {name: added[name] for name in ("title", "text", "text_en")}
        operations.add(call=call, **words, by=officer, at=day(added["day"], 14))


def _extend(call: Call, row: Mapping[str, Any], day: Clock, first: User, second: User) -> None:
    if later := row.get("extended"):
        proposal = operations.propose_extension(
            call=call,
            until=call.deadline_at + timedelta(days=later["days"]),
            reason=later["reason"],
            by=first,
            at=day(later["day"], 15),
        )
        operations.confirm(proposal=proposal, by=second, at=day(later["day"], 16))
        call.refresh_from_db()


def _end(call: Call, row: Mapping[str, Any], first: User, second: User, now: datetime) -> None:
    match row.get("end"):
        case "CLOSED":
            operations.close_due(at=min(call.deadline_at, now))
        case "CLOSED_EARLY":
            operations.close_early(call=call, reason=row["reason"], by=first, at=now)
        case "CANCELLED":
            proposal = operations.propose_cancellation(
                call=call, reason=row["reason"], by=first, at=now
            )
            operations.confirm(proposal=proposal, by=second, at=now)
