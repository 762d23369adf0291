"""A year of the size of 2022: 34 meetings with 20 countries, 291 Korean firms and 1,176 from abroad,
73 memoranda, 37 contracts over 8.81 billion won. The firms and what they sign are invented."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from decimal import Decimal

from dure.apps.catalog.models import Technology
from dure.apps.exchange.models import Abroad, Accord, ExchangeMeeting, Listing, Part, Talk
from dure.apps.people.models import Organisation
from dure.values.ids import check_digit
from tests.cast import Cast

COUNTRIES = (
    "ID", "VN", "TH", "MY", "SG", "PH", "IN", "CN", "JP", "UZ", "KZ", "MN", "AE", "SA", "TR",
    "DE", "PL", "MX", "BR", "US",
)  # fmt: skip
MEETINGS, HOME, ABROAD, MOUS, CONTRACTS, WON = 34, 291, 1176, 73, 37, 8_810_000_000
BEGINS = datetime(2022, 2, 1, 1, tzinfo=UTC)


def year(cast: Cast) -> None:
    """Load the year; every firm takes part once, every firm from abroad has one consultation."""
    officer, at = cast["officer"], BEGINS
    made = {"created_by": officer, "created_at": at}
    home, abroad = _organisations(cast)
    Abroad.objects.bulk_create(
        Abroad(
            organisation=organisation, country=COUNTRIES[n % 20], scheme="REGISTER", register="X",
            zone="Asia/Jakarta", seeks="heat pumps", **made,
        )
        for n, organisation in enumerate(abroad)
    )  # fmt: skip
    technologies = Technology.objects.bulk_create(
        Technology(
            organisation=organisation, title=f"기술 {n}", title_en=f"Technology {n}", stage="PUBLISHED",
            published_at=at, handed_in_by=cast["supplier"], published_by=officer,
        )
        for n, organisation in enumerate(home)
    )  # fmt: skip
    listings = Listing.objects.bulk_create(
        Listing(technology=technology, **made) for technology in technologies
    )
    meetings = _meetings(made)
    homes = _parts(officer, meetings, "HOME", home, listings)
    abroads = _parts(officer, meetings, "ABROAD", abroad)
    Talk.objects.bulk_create(_talks(meetings, homes, abroads, made))
    Accord.objects.bulk_create(_accords(home, abroad, meetings, made))


def _organisations(cast: Cast) -> tuple[list[Organisation], list[Organisation]]:
    verified = {"verified_at": BEGINS, "verified_by": cast["officer"], "kind": "SME"}
    numbers = (f"{200000000 + n}" for n in range(HOME))
    home = [
        Organisation(
            name=f"국내기업 {n}", name_en=f"Korea Firm {n}",
            business_number=number + str(check_digit(number)), **verified,
        )
        for n, number in enumerate(numbers)
    ]  # fmt: skip
    abroad = [
        Organisation(name=f"Firm {n}", name_en=f"Firm {n}", other_id=f"X {n}", **verified)
        for n in range(ABROAD)
    ]
    return Organisation.objects.bulk_create(home), Organisation.objects.bulk_create(abroad)


def _meetings(made: dict) -> list[ExchangeMeeting]:
    return ExchangeMeeting.objects.bulk_create(
        ExchangeMeeting(
            name=f"상담회 {n}", countries=[COUNTRIES[n % 20]], stage="HELD",
            starts_at=BEGINS + timedelta(days=9 * n),
            ends_at=BEGINS + timedelta(days=9 * n, hours=16),
            apply_until=BEGINS, **made,
        )
        for n in range(MEETINGS)
    )  # fmt: skip


def _parts(officer, meetings, side, organisations, listings=()) -> list[list[Part]]:
    """The parts by meeting; a firm from abroad goes to a meeting with its country."""
    made = [
        Part(
            meeting=_meeting_of(meetings, side, n), organisation=organisation, side=side,
            listing=listings[n] if listings else None, wish="" if listings else "heat",
            stage="SELECTED", applied_by=officer, applied_at=BEGINS,
        )
        for n, organisation in enumerate(organisations)
    ]  # fmt: skip
    Part.objects.bulk_create(made)
    return [[part for part in made if part.meeting_id == meeting.pk] for meeting in meetings]


def _meeting_of(meetings, side, n):
    if side == "HOME":
        return meetings[n % MEETINGS]
    country = n % 20
    with_it = meetings[country::20]
    return with_it[(n // 20) % len(with_it)]


def _talks(meetings, homes, abroads, made) -> Iterator[Talk]:
    for meeting, home, abroad in zip(meetings, homes, abroads, strict=True):
        for n, part in enumerate(abroad):
            turn, place = divmod(n, len(home))
            begins = meeting.starts_at + timedelta(minutes=30 * turn)
            yield Talk(
                meeting=meeting, home=home[place], abroad=part, stage="HELD", note="x",
                during=(begins, begins + timedelta(minutes=30)), **made,
            )  # fmt: skip


def _accords(home, abroad, meetings, made) -> Iterator[Accord]:
    parts = [WON // CONTRACTS] * CONTRACTS
    parts[0] += WON - sum(parts)
    for n in range(MOUS + CONTRACTS):
        is_mou = n < MOUS
        won = None if is_mou else parts[n - MOUS]
        on = (BEGINS + timedelta(days=3 * n)).date()
        yield Accord(
            kind="mou" if is_mou else "contract", title=f"Deal {n}", home=home[n], abroad=abroad[n],
            country=COUNTRIES[n % 20], on=on, asked_on=on, meeting=meetings[n % MEETINGS],
            amount=None if is_mou else Decimal(won), currency="" if is_mou else "KRW", won=won,
            **made,
        )  # fmt: skip
