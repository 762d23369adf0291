"""International exchange of the demonstration: `demo/exchange.toml`, through the operations people use."""

import tomllib
from collections.abc import Iterable, Mapping
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from typing import Any

import pghistory
from django.utils import timezone

from dure.apps.catalog.models import Technology
from dure.apps.exchange import operations
from dure.apps.exchange.kinds import Form, Scheme
from dure.apps.exchange.models import Abroad, ExchangeMeeting, Part, Talk
from dure.apps.exchange.operations import NewAbroad, NewAccord
from dure.apps.exchange.queries import Text
from dure.apps.exchange.roles import Role
from dure.apps.exchange.stages import MeetingStage
from dure.apps.people.demo import join, officers
from dure.apps.people.models import Appointment, User
from dure.apps.people.operations import verify_organisation
from dure.apps.people.queries import managers_of
from dure.foundation.demo import Demonstration, demonstrates

EMAIL = "exchange@example.org"
Told = Mapping[str, Any]


@demonstrates("exchange")
def load(demonstration: Demonstration) -> None:
    """Play the meeting that was held and open the next one, unless there is one."""
    technologies = _technologies(5)
    if ExchangeMeeting.objects.exists() or len(technologies) < 5:
        return
    file = demonstration.folder / "exchange.toml"
    script = tomllib.loads(file.read_text(encoding="utf-8"))
    runner = User.objects.filter(email=EMAIL).first() or User.objects.create_user(
        EMAIL, demonstration.password, name="국제교류 담당"
    )
    Appointment.objects.get_or_create(user=runner, role=Role.EXCHANGE_OFFICER)
    demonstration.sign_ins[EMAIL] = str(Role.EXCHANGE_OFFICER.label)
    abroad = [_abroad(entry, runner, demonstration) for entry in script["abroad"]]
    _prepare(script, runner)
    talks = _held(script["held"], technologies, abroad, runner)
    _after(script, talks, runner)
    _open(script["open"], runner)
    demonstration.say(f"1 exchange meeting with 5 countries, {len(talks)} consultations, 1 open")


def _technologies(count: int) -> list[Technology]:
    """Technologies of different firms that have people and an English name."""
    technologies: dict[int, Technology] = {}
    open_ones = Technology.objects.filter(
        stage="PUBLISHED",
        visibility="PUBLIC",
        organisation__verified_at__isnull=False,
        organisation__memberships__role="MANAGER",
    ).exclude(organisation__name_en="")
    for technology in open_ones.select_related("organisation").order_by("pk"):
        technologies.setdefault(technology.organisation_id, technology)
    return list(technologies.values())[:count]


def _abroad(script: Told, runner: User, demonstration: Demonstration) -> Abroad:
    new = NewAbroad(
        name=script["name"],
        kind="SME",
        country=script["country"],
        scheme=Scheme.LEI if "lei" in script else Scheme.REGISTER,
        number=script.get("lei") or script["number"],
        register=script.get("register", ""),
        zone=script["zone"],
        seeks=script["seeks"],
    )
    made = _as(runner, operations.register_abroad, new=new, at=_noon(80))
    organisation = _as(
        officers()[0], verify_organisation, organisation=made.organisation, at=_noon(79)
    )
    made.organisation = organisation
    if email := script.get("email"):
        user = User.objects.create_user(
            email, demonstration.password, name=script["person"], language="en"
        )
        join(user, organisation)
        demonstration.sign_ins[email] = f"{organisation}, {script['country']}"
    _confirm(runner, f"abroad:{made.pk}", {"seeks": (script["seeks"], script["seeks_ko"])})
    return made


def _prepare(script: Told, runner: User) -> None:
    for entry in script["partners"]:
        partner = _as(
            runner, operations.enter_partner, country=entry["country"], name=entry["name"],
            at=_noon(200),
        )  # fmt: skip
        _as(
            runner, operations.plan_with, partner=partner, year=timezone.localdate().year,
            text=entry["plan"], meetings=entry["meetings"], firms=10, at=_noon(199),
        )  # fmt: skip
        _confirm(runner, f"partner:{partner.pk}", {"name": (entry["name"], entry["english"])})
    for entry in script["interpreters"]:
        _as(runner, operations.enter_interpreter, **entry, at=_noon(90))


def _held(
    script: Told, technologies: list[Technology], abroad: list[Abroad], runner: User
) -> list[Talk]:
    meeting = _plan(script, script["days_ago"], runner)
    words = {
        "name": (script["name"], script["english"]),
        "lead": (script["lead"], script["lead_english"]),
        "place": (script["place"], script["place_english"]),
    }
    _confirm(runner, f"meeting:{meeting.pk}", words)
    meeting = _move(meeting, MeetingStage.OPEN, runner, 75)
    delegation = _as(
        runner, operations.add_delegation, meeting=meeting, country="ID", name=script["delegation"],
        arrives_on=_day(script["days_ago"] + 1), leaves_on=_day(script["days_ago"] - 1), at=_noon(70),
    )  # fmt: skip
    _confirm(
        runner, f"delegation:{delegation.pk}",
        {"name": (script["delegation"], script["delegation_english"])},
    )  # fmt: skip
    homes = [_home_part(meeting, technology, runner) for technology in technologies]
    guests = [
        _as(
            runner,
            operations.invite,
            meeting=meeting,
            organisation=part.organisation,
            wish=part.seeks,
            delegation=delegation if part.country == "ID" else None,
            at=_noon(65),
        )
        for part in abroad
    ]
    for part in (*homes, *guests):
        _as(officers()[1], operations.answer, part=part, is_selected=True, at=_noon(60))
    meeting = _move(meeting, MeetingStage.ARRANGING, runner, 58)
    talks = [
        _arrange(meeting, home, guest, n, language, runner)
        for n, (home, guest, language) in enumerate(_pairs(homes, guests))
    ]
    with pghistory.context(user=runner.pk):
        operations.plan_interpreters(meeting=meeting, by=runner)
    for talk in talks:
        talk.refresh_from_db()
        _as(
            runner, operations.record_talk, talk=talk, stage="HELD", note=script["note"],
            at=talk.during.upper,
        )  # fmt: skip
        _confirm(runner, f"talk:{talk.pk}", {"note": (script["note"], script["note_english"])})
    _move(meeting, MeetingStage.HELD, runner, script["days_ago"] - 1)
    return talks


def _pairs(homes: list[Part], guests: list[Part]) -> Iterable[tuple[Part, Part, str]]:
    """Each Korean firm with two from abroad; who needs an interpreter for which language."""
    languages = ("id", "vi", "th", "uz", "de")
    for turn in range(2):
        for n, home in enumerate(homes):
            place = (n + turn) % len(guests)
            yield home, guests[place], languages[place] if turn == 0 else ""


def _arrange(
    meeting: ExchangeMeeting, home: Part, abroad: Part, number: int, language: str, runner: User
) -> Talk:
    begins = meeting.starts_at + timedelta(minutes=40 * number)
    return _as(
        runner, operations.arrange, meeting=meeting, home=home, abroad=abroad, starts_at=begins,
        ends_at=begins + timedelta(minutes=30), form=Form.HYBRID, table=f"A-{number % 5 + 1}",
        language=language, at=_noon(55),
    )  # fmt: skip


def _after(script: Told, talks: list[Talk], runner: User) -> None:
    first = talks[0]
    home, abroad = first.home.organisation, first.abroad.organisation
    firm, guest = managers_of(home).first(), managers_of(abroad).first()
    contact = _as(firm, operations.open_contact, talk=first, at=_noon(40))
    for n, written in enumerate(script["messages"]):
        writer = firm if written["who"] == "home" else guest
        message = _as(
            writer, operations.write, contact=contact, text=written["text"], at=_noon(38 - n)
        )
        pair = {"text": (written["text"], written["translation"])}
        _confirm(runner, f"message:{message.pk}", pair)
    rate = script["rate"]
    for days in (50, 20, 10):
        _as(
            runner, operations.enter_rate, currency=rate["currency"], on=_day(days),
            won=Decimal(rate["won"]), source=rate["source"], at=_noon(days),
        )  # fmt: skip
    for entry in script["accords"]:
        _accord(entry, talks[entry["abroad"]], runner)
    asked = script["request"]
    request = _as(
        firm, operations.ask, kind="BUYER_CHECK", organisation=home, text=asked["text"],
        buyer=asked["buyer"], buyer_country=asked["country"], contact=contact, at=_noon(12),
    )  # fmt: skip
    _as(runner, operations.take, request=request, due_on=_day(-5), at=_noon(11))


def _accord(script: Told, talk: Talk, runner: User) -> None:
    new = NewAccord(
        kind=script["kind"],
        title=script["title"],
        home=talk.home.organisation,
        abroad=talk.abroad.organisation,
        on=_day(script["days_ago"]),
        amount=Decimal(script["amount"]) if "amount" in script else None,
        currency=script.get("currency", ""),
        meeting=talk.meeting,
    )
    accord = _as(runner, operations.enter_accord, accord=new, at=_noon(script["days_ago"]))
    if "became" in script:
        _as(
            runner, operations.follow_up, accord=accord, became=script["became"], on=_day(5),
            amount=Decimal(script["money"]), currency=script["currency"], at=_noon(5),
        )  # fmt: skip


def _open(script: Told, runner: User) -> None:
    meeting = _plan(script, -script["days_ahead"], runner, made=9)
    _move(meeting, MeetingStage.OPEN, runner, 8)


def _plan(script: Told, days_ago: int, runner: User, made: int = 80) -> ExchangeMeeting:
    begins = _noon(days_ago) - timedelta(hours=3)
    values = {
        "name": script["name"],
        "lead": script["lead"],
        "countries": script["countries"],
        "form": Form.HYBRID if script["place"] else Form.ONLINE,
        "place": script["place"],
        "link": "https://meet.dure.example/exchange",
        "zone": "Asia/Seoul",
        "starts_at": begins,
        "ends_at": begins + timedelta(hours=8),
        "apply_until": begins - timedelta(days=10),
        "places": 20,
    }
    return _as(runner, operations.plan_meeting, values=values, at=_noon(made))


def _home_part(meeting: ExchangeMeeting, technology: Technology, runner: User) -> Part:
    organisation = technology.organisation
    firm = managers_of(organisation).first()
    listing = _as(firm, operations.register_listing, technology=technology, at=_noon(74))
    return _as(
        firm, operations.apply, meeting=meeting, organisation=organisation, listing=listing,
        at=_noon(72),
    )  # fmt: skip


def _move(meeting: ExchangeMeeting, stage: str, runner: User, days: int) -> ExchangeMeeting:
    return _as(runner, operations.move, meeting=meeting, stage=stage, at=_noon(days))


def _confirm(runner: User, subject: str, words: Mapping[str, tuple[str, str]]) -> None:
    for field, (source, text) in words.items():
        _as(
            runner, operations.confirm_text, subject=subject, field=field,
            seen=Text(subject, field, source).digest,
            text=text, at=_noon(1),
        )  # fmt: skip


def _day(days_ago: int) -> date:
    return timezone.localdate() - timedelta(days=days_ago)


def _noon(days_ago: int) -> datetime:
    return timezone.make_aware(datetime.combine(_day(days_ago), time(12)))


def _as(person: User, act: Any, **arguments: Any) -> Any:
    with pghistory.context(user=person.pk):
        return act(by=person, **arguments)
