"""Amounts keep their currency beside the won of a dated rate; requests have an owner and a day."""

from datetime import timedelta
from decimal import Decimal

import pytest
from django.utils import timezone

from dure.apps.exchange import operations, queries
from dure.apps.exchange.kinds import Became
from dure.apps.exchange.reasons import Reason
from dure.apps.exchange.stages import RequestStage
from dure.apps.people.models import Appointment
from dure.engines.conflicts import Fact
from dure.foundation.ties import organisation, ties_of
from dure.foundation.verdict import Refused

pytestmark = pytest.mark.django_db


def refusal(act, **named):
    with pytest.raises(Refused) as caught:
        act(**named, at=timezone.now())
    return caught.value


def rate(cast, currency="USD", days=0, won="1400"):
    return operations.enter_rate(
        currency=currency, on=timezone.localdate() - timedelta(days=days), won=Decimal(won),
        source="한국은행", by=cast["officer"], at=timezone.now(),
    )  # fmt: skip


def test_the_rate_of_the_day_or_the_last_of_ten_days_before_counts(cast):
    day = timezone.localdate()
    old, last = rate(cast, days=9, won="1390"), rate(cast, days=2, won="1410")
    assert queries.rate_on("USD", day) == last
    assert queries.rate_on("USD", day - timedelta(days=3)) == old
    assert queries.rate_on("USD", day - timedelta(days=10)) is None
    assert queries.rate_on("USD", day + timedelta(days=9)) is None
    again = {"currency": "USD", "won": Decimal(1), "source": "x", "by": cast["officer"]}
    assert refusal(operations.enter_rate, on=last.on, **again).reason == Reason.RATE_EXISTS
    future = day + timedelta(days=2)
    assert refusal(operations.enter_rate, on=future, **again).reason == Reason.DAY_TO_COME


def test_an_amount_without_a_rate_or_with_too_many_digits_is_refused(cast):
    def asked(**more):
        with pytest.raises(Refused) as caught:
            cast.accord("contract", **more)
        return caught.value

    missing = asked(amount=Decimal(10), currency="EUR")
    assert missing.reason == Reason.NO_RATE
    assert missing.details["currency"] == "EUR"
    assert asked().reason == Reason.AMOUNT_MISSING
    rate(cast, "JPY", won="9.3")
    assert asked(amount=Decimal("10.5"), currency="JPY").reason == Reason.TOO_MANY_DIGITS
    assert cast.accord("contract", amount=Decimal(1_000_001), currency="JPY").won == 9_300_009
    assert asked(amount=Decimal(1), currency="KRW", title="열 회수").reason == Reason.NOT_IN_ENGLISH
    assert asked(amount=Decimal(1), currency="KRW", abroad=cast.buyer).reason == Reason.WRONG_SIDE


def test_what_became_money_stays_money_and_a_memorandum_is_asked_about_after_half_a_year(cast):
    day = timezone.localdate()
    accord = cast.accord(on=day - timedelta(days=181))
    assert queries.accords_to_follow(day).get() == accord
    follow = {"accord": accord, "by": cast["supplier"]}
    money = follow | {"became": Became.MONEY, "on": day}
    assert refusal(operations.follow_up, **money).reason == Reason.AMOUNT_MISSING
    early = follow | {"became": Became.ENDED, "on": day - timedelta(days=200)}
    assert refusal(operations.follow_up, **early).reason == Reason.BAD_TIME
    operations.follow_up(**money, amount=Decimal(5000), currency="KRW", at=timezone.now())
    assert not queries.accords_to_follow(day).exists()
    operations.follow_up(**follow, became=Became.ENDED, on=day, at=timezone.now())
    accord.refresh_from_db()
    assert (accord.became, [follow_up.became for follow_up in accord.follow_ups.all()]) == (
        Became.MONEY, [Became.MONEY, Became.ENDED],
    )  # fmt: skip


def test_an_exchange_officer_enters_what_two_signed_and_it_is_an_outcome(cast):
    Appointment.objects.create(user=cast["coordinator"], role="EXCHANGE_OFFICER")
    accord = cast.accord(by="coordinator")
    assert (accord.outcome.kind, accord.outcome.reported_for) == ("mou", None)
    with pytest.raises(Refused):
        cast.accord(by="rival")


def test_a_contract_ties_two_for_conflicts_of_interest_and_a_memorandum_does_not(cast):
    abroad, day = cast.abroad().organisation, timezone.localdate()
    cast.accord()
    pair = (organisation(cast.supplier.pk), organisation(abroad.pk))
    wanted = Fact("trade", *pair, day, day)
    assert wanted not in ties_of([], [cast.supplier.pk])
    cast.accord("contract", amount=Decimal(10), currency="KRW")
    assert wanted in ties_of([], [cast.supplier.pk])


def test_a_request_has_an_owner_a_day_and_a_report(cast):
    ask = {"kind": "BUYER_CHECK", "organisation": cast.supplier, "by": cast["supplier"]}
    assert refusal(operations.ask, **ask, text="확인 요청").reason == Reason.BUYER_MISSING
    not_own = ask | {"by": cast["rival"]}
    assert refusal(operations.ask, **not_own, text="x").reason == Reason.ORGANISATION_NOT_VERIFIED
    request = cast.help_request()
    yesterday = timezone.localdate() - timedelta(days=1)
    take = {"act": operations.take, "request": request, "by": cast["officer"]}
    assert refusal(**take, due_on=yesterday).reason == Reason.BAD_TIME
    report = {"act": operations.report, "request": request, "text": "실재함"}
    assert refusal(**report, by=cast["officer"]).reason == Reason.STAGE_CLOSED

    taken = cast.help_request(taken=True)
    report["request"] = taken
    assert refusal(**report, by=cast["officer2"]).reason == Reason.NOT_THE_OWNER
    assert refusal(**report, by=cast["officer"]).reason == Reason.FINDING_MISSING
    taken = operations.take(
        request=taken, due_on=taken.due_on, by=cast["officer2"], at=timezone.now()
    )  # a colleague takes over
    done = operations.report(
        request=taken, text="실재함", finding="CONFIRMED", by=cast["officer2"], at=timezone.now()
    )
    assert (done.stage, done.owner) == (RequestStage.REPORTED, cast["officer2"])
    assert list(queries.requests_waiting()) == [request]
