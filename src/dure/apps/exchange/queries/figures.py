"""What exchange came to: meetings, firms, memoranda, contracts and money by country."""

from collections import Counter
from collections.abc import Collection
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Count, Q, QuerySet, Sum
from django.utils.timezone import localdate

from dure.apps.exchange.kinds import AccordKind, Became, Side
from dure.apps.exchange.models import Abroad, Accord, ExchangeMeeting, FollowUp, Part, Talk
from dure.apps.exchange.stages import MeetingStage, PartStage, TalkStage


@dataclass(slots=True)
class Country:
    """What came of exchange with a country; money in whole won."""

    code: str
    meetings: int = 0
    abroad: int = 0
    mous: int = 0
    contracts: int = 0
    contracted: int = 0
    became_money: int = 0
    money: int = 0


def _held(year: int | None) -> QuerySet[ExchangeMeeting]:
    held = ExchangeMeeting.objects.filter(stage=MeetingStage.HELD)
    return held.filter(starts_at__year=year) if year else held


def _accords(year: int | None) -> QuerySet[Accord]:
    return Accord.objects.filter(on__year=year) if year else Accord.objects.all()


def _selected(year: int | None) -> QuerySet[Part]:
    return Part.objects.filter(stage=PartStage.SELECTED, meeting__in=_held(year))


def by_country(year: int | None) -> list[Country]:
    """Each country with which there was something in a year (None: ever), by name of its code."""
    rows: dict[str, Country] = {}

    def row(code: str) -> Country:
        return rows.setdefault(code, Country(code))

    for countries in _held(year).values_list("countries", flat=True):
        for code in countries:
            row(code).meetings += 1
    firms = _selected(year).filter(side=Side.ABROAD)
    named = firms.values("organisation__abroad__country")
    for country_row in named.annotate(count=Count("organisation", distinct=True)).order_by():
        row(country_row["organisation__abroad__country"] or "").abroad = country_row["count"]
    for accord in _accords(year).values("country", "kind", "became", "won"):
        _count(row(accord["country"]), accord)
    came = FollowUp.objects.filter(accord__in=_accords(year), won__isnull=False)
    for country_row in came.values("accord__country").annotate(sum=Sum("won")).order_by():
        row(country_row["accord__country"]).money = int(country_row["sum"])
    return sorted(rows.values(), key=lambda row: row.code)


def _count(country: Country, accord: dict[str, Any]) -> None:
    if accord["kind"] == AccordKind.MOU:
        country.mous += 1
    else:
        country.contracts += 1
        country.contracted += accord["won"] or 0
    country.became_money += accord["became"] == Became.MONEY


def totals(year: int | None) -> dict[str, int]:
    """Meetings, countries, organisations of each side, consultations, memoranda, contracts, their won."""
    held = _held(year)
    countries = {code for codes in held.values_list("countries", flat=True) for code in codes}
    sides = dict(
        _selected(year)
        .values_list("side")
        .annotate(Count("organisation", distinct=True))
        .order_by()
    )
    kinds = Counter(_accords(year).values_list("kind", flat=True))
    contracted = _accords(year).filter(kind=AccordKind.CONTRACT).aggregate(Sum("won"))["won__sum"]
    talks = Talk.objects.filter(meeting__in=held, stage=TalkStage.HELD).count()
    return {
        "meetings": held.count(),
        "countries": len(countries),
        "home": sides.get(Side.HOME, 0),
        "abroad": sides.get(Side.ABROAD, 0),
        "talks": talks,
        "mous": kinds[AccordKind.MOU],
        "contracts": kinds[AccordKind.CONTRACT],
        "contracted": int(contracted or 0),
    }


def held_on() -> dict[int, date]:
    """The day of each meeting that was held."""
    return {pk: localdate(at) for pk, at in _held(None).values_list("pk", "starts_at")}


def countries_by_organisation() -> dict[int, str]:
    """The country of each organisation from abroad."""
    return dict(Abroad.objects.values_list("organisation", "country"))


def kind_and_country() -> dict[int, tuple[str, str]]:
    """Of each memorandum or contract which of the two it is, and with which country."""
    accords = Accord.objects.values_list("pk", "kind", "country")
    return {pk: (kind, country) for pk, kind, country in accords}


def contracts_of(organisations: Collection[int]) -> list[tuple[int, int, date]]:
    """The contracts of some organisations: both sides, and the day on which they were signed."""
    sides = Q(home__in=organisations) | Q(abroad__in=organisations)
    accords = Accord.objects.filter(sides, kind=AccordKind.CONTRACT)
    return list(accords.order_by("pk").values_list("home", "abroad", "on"))
