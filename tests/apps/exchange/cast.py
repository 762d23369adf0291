"""Exchange of the cast: a firm from abroad, a meeting at the step that a test needs, what came of it."""

from datetime import timedelta
from typing import Any

from django.utils import timezone

from dure.apps.exchange import operations
from dure.apps.exchange.kinds import AccordKind, RequestKind, Scheme
from dure.apps.exchange.models import (
    Abroad,
    Accord,
    Contact,
    ExchangeMeeting,
    HelpRequest,
    Interpreter,
    Listing,
    Part,
    Talk,
)
from dure.apps.exchange.operations import NewAbroad, NewAccord
from dure.apps.exchange.stages import MeetingStage
from dure.apps.people.models import User
from dure.apps.people.operations import verify_organisation
from tests.cast import Cast

LEI = "213800KUD8LAJWSQ9D15"


def foreigner(cast: Cast, email: str = "sinar@example.org") -> User:
    """The manager of a verified firm in Jakarta, whose account is in English."""
    known = User.objects.filter(email=email).first()
    if known:
        return known
    now = timezone.now()
    number = User.objects.count()
    user = User.objects.create_user(email, "pass-word-1", name="Dewi Lestari", language="en")
    abroad = operations.register_abroad(
        new=NewAbroad(
            name=f"PT Sinar Energi {number}", kind="SME", country="ID", scheme=Scheme.REGISTER,
            register="AHU", number=str(number), zone="Asia/Jakarta", seeks="Waste heat recovery",
        ),
        by=user,
        at=now,
    )  # fmt: skip
    verify_organisation(organisation=abroad.organisation, by=cast["officer"], at=now)
    user.__dict__.pop("_roles", None)
    return user


def abroad(cast: Cast, user: User | None = None) -> Abroad:
    """The entry of a firm from abroad."""
    return Abroad.objects.get(created_by=user or cast.foreigner())


def exchange_listing(cast: Cast, **more: Any) -> Listing:
    """A technology of the supplier, registered for exchange."""
    cast.supplier.name_en = "Yeollim Tech"
    cast.supplier.save()
    technology = more.pop("technology", None) or cast.technology(title="배기열 회수기", **more)
    return operations.register_listing(
        technology=technology, by=cast["supplier"], at=timezone.now()
    )


def exchange_meeting(
    cast: Cast, stage: str = MeetingStage.OPEN, *, begins: timedelta | None = None, **more: Any
) -> ExchangeMeeting:
    """A meeting with Indonesia and Viet Nam in Jakarta, open unless said otherwise."""
    now = timezone.now()
    starts_at = now + (begins if begins is not None else timedelta(days=20))
    values = {
        "name": "한-아세안 기술교류 상담회", "lead": "에너지 설비 기업이 만납니다.",
        "countries": ["ID", "VN"], "form": "HYBRID", "place": "자카르타",
        "link": "https://meet.example.org/x", "zone": "Asia/Jakarta", "starts_at": starts_at,
        "ends_at": starts_at + timedelta(hours=8), "apply_until": now + timedelta(days=10),
    }  # fmt: skip
    meeting = operations.plan_meeting(values=values | more, by=cast["officer"], at=now)
    for step in (MeetingStage.OPEN, MeetingStage.ARRANGING):
        if stage == MeetingStage.PLANNED or meeting.stage == stage:
            break
        meeting = operations.move(meeting=meeting, stage=step, by=cast["officer"], at=now)
    return meeting


def exchange_parts(
    cast: Cast, meeting: ExchangeMeeting, foreigner: User | None = None, *, answered: bool = True
) -> tuple[Part, Part]:
    """The supplier and a firm from abroad in a meeting, selected by a second officer."""
    now, foreigner = timezone.now(), foreigner or cast.foreigner()
    listing = Listing.objects.filter(technology__organisation=cast.supplier).first()
    home = operations.apply(
        meeting=meeting, organisation=cast.supplier, listing=listing or cast.exchange_listing(),
        by=cast["supplier"], at=now,
    )  # fmt: skip
    other = operations.apply(
        meeting=meeting, organisation=cast.abroad(foreigner).organisation,
        wish="A heat exchanger for a dyeing plant", by=foreigner, at=now,
    )  # fmt: skip
    if answered:
        home, other = (
            operations.answer(part=part, is_selected=True, by=cast["officer"], at=now)
            for part in (home, other)
        )
    return home, other


def talk(
    cast: Cast, *, begins: timedelta | None = None, foreigner: User | None = None, **more: Any
) -> Talk:
    """A consultation of the supplier and a firm from abroad, in Indonesian, half an hour long."""
    meeting = cast.exchange_meeting(begins=begins)
    home, other = cast.exchange_parts(meeting, foreigner)
    now = timezone.now()
    meeting = operations.move(
        meeting=meeting, stage=MeetingStage.ARRANGING, by=cast["officer"], at=now
    )
    values = {
        "starts_at": meeting.starts_at, "ends_at": meeting.starts_at + timedelta(minutes=30),
        "language": "id", "form": "HYBRID", "table": "A-3",
    }  # fmt: skip
    return operations.arrange(
        meeting=meeting, home=home, abroad=other, **values | more, by=cast["officer"], at=now
    )


def held_talk(cast: Cast, foreigner: User | None = None) -> Talk:
    """A consultation that was held an hour ago."""
    talk = cast.talk(begins=timedelta(hours=-1), foreigner=foreigner)
    return operations.record_talk(
        talk=talk, stage="HELD", note="시제품을 보내기로 함", by=cast["supplier"], at=timezone.now()
    )


def contact(cast: Cast, foreigner: User | None = None) -> Contact:
    """The supplier and a firm from abroad in exchange, one message from each."""
    foreigner = foreigner or cast.foreigner()
    talk, now = cast.held_talk(foreigner), timezone.now()
    contact = operations.open_contact(talk=talk, by=cast["supplier"], at=now)
    operations.write(contact=contact, text="시험 성적서를 보냅니다", by=cast["supplier"], at=now)
    operations.write(contact=contact, text="We received it.", by=foreigner, at=now)
    return contact


def interpreter(cast: Cast, *languages: str) -> Interpreter:
    """Somebody who interprets, Indonesian and English where nothing is said."""
    return operations.enter_interpreter(
        name="통역사 한소리", languages=languages or ("id", "en"), by=cast["officer"],
        at=timezone.now(),
    )  # fmt: skip


def help_request(cast: Cast, *, who: str = "supplier", taken: bool = False) -> HelpRequest:
    """A check of a buyer that the supplier asks for, taken on by the officer if said."""
    now = timezone.now()
    request = operations.ask(
        kind=RequestKind.BUYER_CHECK, organisation=cast.supplier, text="거래 전에 확인이 필요함",
        buyer="PT Contoh", buyer_country="ID", by=cast[who], at=now,
    )  # fmt: skip
    if taken:
        due = timezone.localdate() + timedelta(days=7)
        request = operations.take(request=request, due_on=due, by=cast["officer"], at=now)
    return request


def accord(cast: Cast, kind: str = AccordKind.MOU, *, by: str = "supplier", **more: Any) -> Accord:
    """A memorandum of the supplier with the firm in Jakarta, signed today."""
    values = {
        "kind": kind, "title": "MOU on heat recovery", "home": cast.supplier,
        "abroad": more.pop("abroad", None) or cast.abroad().organisation,
        "on": timezone.localdate(),
    }  # fmt: skip
    new = NewAccord(**values | more)
    return operations.enter_accord(accord=new, by=cast[by], at=timezone.now())
