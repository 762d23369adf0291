"""What came of international exchange, for figures: meetings, firms, memoranda, contracts, money.

A meeting counts on its day once it is held; an agreement on the day on which it was signed. Money is in won by the dated rate.
"""

from collections.abc import Collection, Iterator, Mapping
from datetime import date
from typing import Any

from django.utils.timezone import localdate
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from dure.apps.exchange import queries
from dure.apps.exchange.kinds import AccordKind, Side
from dure.apps.exchange.models import Accord, ExchangeMeeting, FollowUp, Part
from dure.apps.exchange.stages import MeetingStage, PartStage
from dure.apps.outcomes.kinds import countries
from dure.foundation.measures import (
    Counted,
    Dimension,
    Measure,
    Record,
    Row,
    chosen,
    offer_measure,
    opened,
    rows_from_history,
)

COUNTRY = Dimension("country", _("Country"), lambda code: countries().get(code, code))
SIDE = chosen("side", pgettext_lazy("exchange", "Side"), Side)
KIND = chosen("kind", _("Kind"), AccordKind)


def _meetings() -> Iterator[Row]:
    def counted(stage: str, starts_at: Any) -> Counted | None:
        if stage != MeetingStage.HELD:
            return None
        day = localdate(starts_at)
        return Counted(day, day, {})

    return rows_from_history(ExchangeMeeting, ["stage", "starts_at"], counted)


def _parts() -> Iterator[Row]:
    """Who was selected for a meeting that was held; a firm in three meetings takes part three times."""
    held = queries.held_on()

    def counted(stage: str, side: str, meeting: int, organisation: int) -> Counted | None:
        day = held.get(meeting)
        if stage != PartStage.SELECTED or day is None:
            return None
        return Counted(day, day, {"side": side, "country": countries_of.get(organisation, "KR")})

    countries_of = queries.countries_by_organisation()
    return rows_from_history(Part, ["stage", "side", "meeting", "organisation"], counted)


def _accords() -> Iterator[Row]:
    def counted(on: date, kind: str, country: str) -> Counted:
        return Counted(on, on, {"kind": kind, "country": country})

    return rows_from_history(Accord, ["on", "kind", "country"], counted)


def _contracted() -> Iterator[Row]:
    def counted(on: date, kind: str, country: str, won: int | None) -> Counted | None:
        if kind != AccordKind.CONTRACT or won is None:
            return None
        return Counted(on, on, {"kind": kind, "country": country}, value=won)

    return rows_from_history(Accord, ["on", "kind", "country", "won"], counted)


def _came() -> Iterator[Row]:
    known = queries.kind_and_country()

    def counted(on: date, accord: int, won: int | None) -> Counted | None:
        if won is None or accord not in known:
            return None
        kind, country = known[accord]
        dimensions = {"kind": kind, "country": country}
        return Counted(on, on, dimensions, value=won, record=accord)

    return rows_from_history(FollowUp, ["on", "accord", "won"], counted)


def _open_meetings(user: Any, ids: Collection[str]) -> Mapping[str, Record]:
    return opened(queries.meetings_visible_to(user), ids, ExchangeMeeting.get_absolute_url)


def _open_parts(user: Any, ids: Collection[str]) -> Mapping[str, Record]:
    return opened(queries.parts_visible_to(user), ids, lambda part: part.meeting.get_absolute_url())


def _open_accords(user: Any, ids: Collection[str]) -> Mapping[str, Record]:
    return opened(queries.accords_visible_to(user), ids, Accord.get_absolute_url)


for measure in (
    Measure("exchange_meetings", _("Exchange meetings held"), (), _meetings, _open_meetings),
    Measure(
        "exchange_firms",
        _("Organisations in exchange meetings"),
        (SIDE, COUNTRY),
        _parts,
        _open_parts,
    ),
    Measure(
        "exchange_accords",
        _("Memoranda and contracts with partners abroad"),
        (KIND, COUNTRY),
        _accords,
        _open_accords,
    ),
    Measure(
        "exchange_contracted",
        _("Contracts with partners abroad, in won"),
        (KIND, COUNTRY),
        _contracted,
        _open_accords,
        unit="won",
    ),
    Measure(
        "exchange_money",
        _("Money that came of memoranda and contracts abroad, in won"),
        (KIND, COUNTRY),
        _came,
        _open_accords,
        unit="won",
    ),
):
    offer_measure(measure)
