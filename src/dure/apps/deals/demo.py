"""Technology deals of the demonstration: one from the request to the contract, one to be judged."""

import tomllib
from datetime import datetime, timedelta
from typing import Any

import pghistory
from django.utils import timezone

from dure.apps.deals import operations
from dure.apps.deals.models import Deal
from dure.apps.deals.operations import NewDeal, NewPayment
from dure.apps.deals.roles import Role
from dure.apps.introductions.models import Introduction
from dure.apps.people.models import Appointment, User
from dure.apps.people.queries import managers_of
from dure.foundation.demo import Demonstration, demonstrates

EMAIL = "broker@example.org"


@demonstrates("deals")
def load(demonstration: Demonstration) -> None:
    """Broker the deals, unless there is one."""
    if Deal.objects.exists():
        return
    broker = User.objects.filter(email=EMAIL).first() or User.objects.create_user(
        EMAIL, demonstration.password, name="기술거래 중개 담당"
    )
    Appointment.objects.get_or_create(user=broker, role=Role.BROKER)
    demonstration.sign_ins[EMAIL] = str(Role.BROKER.label)
    script = tomllib.loads((demonstration.folder / "deals.toml").read_text(encoding="utf-8"))
    introductions = Introduction.objects.select_related(
        "need__organisation", "technology__organisation"
    )
    for introduction in introductions.order_by("-pk"):
        people = [managers_of(side).first() for side in introduction.sides]
        if all(people) and all(side.verified_at for side in introduction.sides):
            now = timezone.now()
            _whole(introduction, people, broker, script["whole"], now - timedelta(days=40))
            _filed(introduction, people[0], script["waiting"], now - timedelta(days=2))
            demonstration.say("2 technology deals, one with its signed contract")
            return


def _filed(introduction: Introduction, by: User, values: dict[str, Any], at: datetime) -> Deal:
    request = NewDeal(
        need=introduction.need, **{key: values[key] for key in ("title", "text", "wish")}
    )
    with pghistory.context(user=by.pk):
        return operations.file(deal=request, finder=introduction.sides[0], by=by, at=at)


def _whole(
    introduction: Introduction,
    people: list[User],
    broker: User,
    values: dict[str, Any],
    at: datetime,
) -> None:
    buyer, firm = people
    deal = _filed(introduction, buyer, values, at)
    deal = operations.judge(
        deal=deal, is_fit=True, judgement=values["judgement"], by=broker, at=at + timedelta(days=2)
    )
    proposal = operations.propose(
        deal=deal,
        technology=introduction.technology,
        note=values["note"],
        by=broker,
        at=at + timedelta(days=4),
    )
    deal = operations.take(proposal=proposal, by=buyer, at=at + timedelta(days=6))
    operations.move(deal=deal, stage="NEGOTIATING", by=firm, at=at + timedelta(days=8))
    begins = timezone.localdate(at) + timedelta(days=30)
    payments = [
        NewPayment(begins + timedelta(days=60 * place), amount)
        for place, amount in enumerate(values["parts"])
    ]
    terms = {
        key: values[key] for key in ("kind", "terms", "amount", "valuation", "fee", "fee_support")
    }
    deal = operations.set_terms(
        deal=deal, payments=payments, **terms, by=firm, at=at + timedelta(days=20)
    )
    for who, days in ((firm, 24), (buyer, 25)):
        with pghistory.context(user=who.pk):
            operations.sign(deal=deal, by=who, at=at + timedelta(days=days))
    operations.enter_payment(
        payment=deal.payments.first(), paid_on=begins, by=firm, at=at + timedelta(days=32)
    )
