"""Exchange end to end: a technology registered, a meeting, a consultation, what came of it, in figures."""

import json
from datetime import timedelta
from decimal import Decimal

import pytest
from django.utils import timezone

from dure.apps.exchange import operations, queries
from dure.apps.exchange.kinds import AccordKind, Became
from dure.apps.exchange.stages import MeetingStage, PartStage, TalkStage
from dure.apps.outcomes.models import Outcome
from dure.apps.records.models import Entry

pytestmark = pytest.mark.django_db


def test_from_a_registered_technology_to_money(cast):
    now, day = timezone.now(), timezone.localdate()
    firm = cast.foreigner()
    contact = cast.contact(firm)
    talk = contact.talk
    assert (talk.stage, talk.home.listing.technology.organisation) == (
        TalkStage.HELD, cast.supplier,
    )  # fmt: skip
    assert [message.organisation for message in contact.messages.all()] == [
        cast.supplier, cast.abroad(firm).organisation,
    ]  # fmt: skip
    meeting = operations.move(
        meeting=talk.meeting, stage=MeetingStage.HELD, by=cast["officer"], at=now
    )
    assert {part.stage for part in meeting.parts.all()} == {PartStage.SELECTED}

    operations.enter_rate(
        currency="USD", on=day - timedelta(days=3), won=Decimal("1400.5"), source="한국은행",
        by=cast["officer"], at=now,
    )  # fmt: skip
    accord = cast.accord(
        AccordKind.CONTRACT, amount=Decimal("120000.50"), currency="USD", meeting=meeting,
        abroad=cast.abroad(firm).organisation, title="Supply of 8 heat recovery units",
    )  # fmt: skip
    assert (accord.amount, accord.currency, accord.won) == (
        Decimal("120000.50"), "USD", 168_060_700,
    )  # fmt: skip
    assert accord.rate.on == day - timedelta(days=3)
    reported = Outcome.objects.get()
    assert (reported.kind, reported.country, reported.amount, reported.currency) == (
        "contract", "ID", Decimal("120000.50"), "USD",
    )  # fmt: skip
    assert (reported.organisation, reported.reported_for) == (cast.supplier, cast.supplier)

    operations.follow_up(
        accord=accord, became=Became.MONEY, on=day, amount=Decimal(60_000), currency="USD",
        by=firm, at=now,
    )  # fmt: skip
    accord.refresh_from_db()
    assert accord.became == Became.MONEY
    assert queries.totals(None) == {
        "meetings": 1, "countries": 2, "home": 1, "abroad": 1, "talks": 1, "mous": 0,
        "contracts": 1, "contracted": 168_060_700,
    }  # fmt: skip
    rows = {country.code: country for country in queries.by_country(meeting.starts_at.year)}
    indonesia, vietnam = rows["ID"], rows["VN"]
    assert (indonesia.meetings, indonesia.abroad, indonesia.contracts) == (1, 1, 1)
    assert (indonesia.became_money, indonesia.money) == (1, 84_030_000)
    assert (vietnam.meetings, vietnam.contracts, vietnam.money) == (1, 0, 0)

    sealed = [json.loads(entry.leaf) for entry in Entry.objects.filter(about=f"accord:{accord.pk}")]
    assert [leaf["kind"] for leaf in sealed] == ["EXCHANGE_AGREED", "EXCHANGE_FOLLOWED"]
    assert sealed[0]["content"]["amount"] == "120000.50"
    assert sealed[0]["content"]["rate"] == "1400.500000"
