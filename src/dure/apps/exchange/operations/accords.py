"""Memoranda and contracts with partners abroad, what became of them, and rates of currencies."""

from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal

from django.db import transaction
from django.utils.timezone import localdate

from dure.apps.exchange import permissions, queries
from dure.apps.exchange.kinds import AGREED, FOLLOWED, HOME, AccordKind, Became
from dure.apps.exchange.models import Accord, ExchangeMeeting, FollowUp, Rate
from dure.apps.exchange.operations.holding import tell_people
from dure.apps.exchange.reasons import Reason
from dure.apps.outcomes.kinds import WON, Source, digits_of
from dure.apps.outcomes.models import Outcome
from dure.apps.outcomes.operations import report_known
from dure.apps.people.models import Organisation, User
from dure.apps.people.queries import roles_of
from dure.apps.records.kinds import RecordKind
from dure.apps.records.operations import record
from dure.engines.matching import language_of
from dure.foundation.verdict import Refused
from dure.values.money import in_won


@transaction.atomic
def enter_rate(
    *, currency: str, on: date, won: Decimal, source: str, by: User, at: datetime
) -> Rate:
    """Enter what a unit of a currency was worth on a day; a rate is never changed. Raises Refused."""
    permissions.may_run(by).require()
    if on > localdate(at):
        raise Refused(Reason.DAY_TO_COME)
    made, is_new = Rate.objects.get_or_create(
        currency=currency,
        on=on,
        defaults={"won": won, "source": source, "created_by": by, "created_at": at},
    )
    if not is_new:
        raise Refused(Reason.RATE_EXISTS)
    return made


@dataclass(frozen=True, slots=True)
class NewAccord:
    """What two sides signed; the amount as it was agreed, in its own currency."""

    kind: str
    title: str
    home: Organisation
    abroad: Organisation
    on: date
    amount: Decimal | None = None
    currency: str = ""
    meeting: ExchangeMeeting | None = None


@transaction.atomic
def enter_accord(*, accord: NewAccord, by: User, at: datetime) -> Accord:
    """Enter a memorandum or contract, in won by the rate of its day; it is reported as an outcome,
    which the other side or the office confirms. Raises Refused."""
    permissions.may_enter_accord(by, accord.home, accord.abroad).require()
    country = queries.country_of(accord.abroad)
    _require_whole(accord, country, localdate(at))
    made = Accord(
        kind=accord.kind,
        title=accord.title,
        home=accord.home,
        abroad=accord.abroad,
        country=country,
        on=accord.on,
        meeting=accord.meeting,
        asked_on=accord.on,
        created_by=by,
        created_at=at,
    )
    _set_money(made, accord.amount, accord.currency, accord.on)
    made.outcome = _outcome(made, by, at)
    made.save()
    _record(made, AGREED, by, at)
    sides = [accord.home, accord.abroad]
    tell_people(sides, "AGREED", url=made.get_absolute_url(), at=at, exclude=by)
    return made


@transaction.atomic
def follow_up(
    *,
    accord: Accord,
    became: str,
    on: date,
    note: str = "",
    amount: Decimal | None = None,
    currency: str = "",
    by: User,
    at: datetime,
) -> FollowUp:
    """Say what became of a memorandum or contract; where it became money, how much. Raises Refused."""
    accord = Accord.objects.select_for_update(of=("self",)).get(pk=accord.pk)
    permissions.may_follow(by, accord).require()
    if on > localdate(at):
        raise Refused(Reason.DAY_TO_COME)
    if on < accord.on:
        raise Refused(Reason.BAD_TIME)
    is_money = became == Became.MONEY
    if is_money and not amount:
        raise Refused(Reason.AMOUNT_MISSING)
    made = FollowUp(accord=accord, on=on, became=became, note=note, created_by=by, created_at=at)
    _set_money(made, amount if is_money else None, currency, on)
    made.save()
    # Of two words about it the later one counts; what once became money stays money.
    if accord.became != Became.MONEY and on >= accord.asked_on:
        accord.became = became
    accord.asked_on = max(accord.asked_on, on)
    accord.save(update_fields=["became", "asked_on"])
    _record(accord, FOLLOWED, by, at)
    return made


def _require_whole(accord: NewAccord, country: str, today: date) -> None:
    if country == HOME or queries.country_of(accord.home) != HOME:
        raise Refused(Reason.WRONG_SIDE)
    if not (accord.home.verified_at and accord.abroad.verified_at):
        raise Refused(Reason.ORGANISATION_NOT_VERIFIED)
    if language_of(accord.title) != "en":
        raise Refused(Reason.NOT_IN_ENGLISH)
    if accord.on > today:
        raise Refused(Reason.DAY_TO_COME)
    if accord.kind == AccordKind.CONTRACT and not accord.amount:
        raise Refused(Reason.AMOUNT_MISSING)


def _set_money(thing: Accord | FollowUp, amount: Decimal | None, currency: str, on: date) -> None:
    """The amount as agreed beside its won; of won itself there is no rate."""
    if amount is None:
        return
    if amount != round(amount, min(2, digits_of(currency))):
        raise Refused(Reason.TOO_MANY_DIGITS)
    thing.amount, thing.currency = amount, currency
    if currency == WON:
        thing.won = int(amount)
        return
    thing.rate = queries.rate_on(currency, on)
    if thing.rate is None:
        raise Refused(Reason.NO_RATE, currency=currency, day=on)
    thing.won = in_won(amount, thing.rate.won)


def _outcome(accord: Accord, by: User, at: datetime) -> Outcome:
    own = roles_of(by).verified
    sides = (accord.home, accord.abroad)
    outcome = Outcome(
        kind=accord.kind,
        title=accord.title,
        organisation=accord.home,
        counterpart=accord.abroad,
        country=accord.country,
        on=accord.on,
        amount=accord.amount if accord.kind == AccordKind.CONTRACT else None,
        currency=accord.currency or WON,
        source=Source.FORM,
        reported_for=next((side for side in sides if side.pk in own), None),
        reported_by=by,
        reported_at=at,
    )
    return report_known(outcome=outcome, by=by, at=at)


def _record(accord: Accord, kind: RecordKind, by: User, at: datetime) -> None:
    content = {
        "kind": accord.kind,
        "country": accord.country,
        "on": accord.on.isoformat(),
        "amount": str(accord.amount) if accord.amount is not None else None,
        "currency": accord.currency or None,
        "won": str(accord.won) if accord.won is not None else None,
        "rate": str(accord.rate.won) if accord.rate else None,
        "became": accord.became,
    }
    record(
        kind=kind,
        about=f"accord:{accord.pk}",
        content=content,
        parties=[accord.home, accord.abroad],
        is_of_office=True,
        by=by,
        at=at,
    )
