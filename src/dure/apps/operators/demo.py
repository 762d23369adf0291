"""The invented operators of two programmes, one call still open; see demo/surveys.toml."""

import tomllib
from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any

import pghistory
from django.db import transaction
from django.utils import timezone

from dure.apps.operators import adapter, operations
from dure.apps.operators.models import Operator, OperatorCall
from dure.apps.people.demo import officers, take_part
from dure.apps.people.models import User
from dure.apps.people.queries import managers_of
from dure.apps.programmes.queries import programmes
from dure.foundation.demo import Demonstration, demonstrates

RULE = "standard"
Told = Mapping[str, Any]


@demonstrates("operators")
@transaction.atomic
def load(demonstration: Demonstration) -> None:
    """Load the calls, terms and the last ranking, unless there is a call."""
    file = demonstration.folder / "surveys.toml"
    script = tomllib.loads(file.read_text(encoding="utf-8"))
    known = {values["name"]: take_part(demonstration, values) for values in script["operators"]}
    if OperatorCall.objects.exists():
        return
    for values in script["operator_calls"]:
        _play(values, known, timezone.now())


def _play(script: Told, known: Mapping[str, Any], now: datetime) -> None:
    officer, second = officers()

    def ago(days: int) -> datetime:
        return now - timedelta(days=days)

    with pghistory.context(user=officer.pk):
        call = operations.call_for_operators(
            programme=programmes().get(slug=script["programme"]), name=script["name"],
            name_en=script["name_en"], text=script["text"], places=script["places"],
            closes_at=ago(script["closed"]), rule=adapter.rules()[RULE], by=officer,
            at=ago(script["opened"]),
        )  # fmt: skip
    applied = []
    for values in script["applications"]:
        by = managers_of(known[values["organisation"]])[0]
        with pghistory.context(user=by.pk):
            application = operations.apply(
                call=call, organisation=known[values["organisation"]], plan=values["plan"], by=by,
                at=ago(script["opened"] - 5),
            )  # fmt: skip
        applied.append((application, values))
    for application, values in applied if "appointed" in script else []:
        with pghistory.context(user=officer.pk):
            operations.move(
                application=application, stage="REJECTED" if "refused" in values else "APPOINTED",
                reason=values.get("refused", ""), by=officer, at=ago(script["appointed"]),
            )  # fmt: skip
    if "places_next_year" in script:
        _rank(call, script, officer, second, now)


def _rank(call: OperatorCall, script: Told, officer: User, second: User, now: datetime) -> None:
    """Rank last year: prepared by one officer in January, put into force by another."""
    year = timezone.localdate(now).year - 1
    january = timezone.localtime(now).replace(month=1, day=20, hour=10)
    at = min(january, now - timedelta(days=3))
    figures = {values["organisation"]: values.get("results") for values in script["applications"]}
    terms = Operator.objects.filter(programme=call.programme).select_related("organisation")
    with pghistory.context(user=officer.pk):
        ranking = operations.prepare_ranking(
            programme=call.programme, year=year, places=script["places_next_year"],
            results={term.pk: figures[term.organisation.name] for term in terms}, by=officer, at=at,
        )  # fmt: skip
    with pghistory.context(user=second.pk):
        operations.release_ranking(
            ranking=ranking, seen=ranking.prepared_at, by=second, at=at + timedelta(days=2)
        )
