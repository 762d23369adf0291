"""The win-win council of the cast: its secretary, its members, a meeting, a model, a vote."""

from datetime import date, timedelta

from dure.apps.councils import operations
from dure.apps.councils.kinds import councils
from dure.apps.councils.models import Attendance, Meeting, Seat, Vote, WinWinModel
from dure.apps.councils.roles import Role
from dure.apps.councils.stages import MeetingStage, ModelStage
from dure.apps.people.models import Appointment, User
from tests.cast import Cast
from tests.conftest import NOON

FROM, TO = date(2026, 1, 1), date(2080, 12, 31)
TEXT = {section.id: f"{section} 내용" for section in councils()["win-win"].sections}


def secretary(cast: Cast) -> User:
    """The officer, who keeps the council's papers as well."""
    Appointment.objects.get_or_create(user=cast["officer"], role=Role.COUNCIL_SECRETARY)
    cast["officer"].__dict__.pop("_roles", None)
    return cast["officer"]


def seat(cast: Cast, user: User, side: str = "large", council: str = "win-win", **more) -> Seat:
    """A seat of somebody."""
    values = {"is_chair": False, "stands_in_for": None, "starts_on": FROM, "ends_on": TO, **more}
    return operations.name_seat(
        council=councils()[council], user=user, side=side, by=secretary(cast), **values
    )


def council_seats(cast: Cast, count: int = 5, council: str = "win-win") -> list[Seat]:
    """Seats of the reviewer, who chairs, and of invented people."""
    side = councils()[council].sides[0].id
    people = [cast["reviewer"], *(member_called(cast, f"seat{n}") for n in range(1, count))]
    return [
        seat(cast, user, side, council, is_chair=place == 0) for place, user in enumerate(people)
    ]


def member_called(cast: Cast, name: str) -> User:
    """Somebody without any role."""
    return User.objects.create(email=f"{name}@example.org", name=name)


def council_meeting(
    cast: Cast, council: str = "win-win", at=NOON, seats=(), items=("안건",), model=None
) -> Meeting:
    """A meeting that is running, with the seats present."""
    by = secretary(cast)
    values = {"title": "제8차 회의", "starts_at": at, "place": "서울", "online_url": ""}
    meeting = operations.plan(council=councils()[council], values=values, by=by, at=NOON)
    for title in items:
        operations.add_item(meeting=meeting, title=title, text="", model=model, by=by)
    early = at - timedelta(days=20)
    for stage, moment in ((MeetingStage.CALLED, early), (MeetingStage.OPEN, at)):
        meeting = operations.move_meeting(meeting=meeting, stage=stage, by=by, at=moment)
    for seat in seats:
        operations.come(meeting=meeting, seat=seat, way="ROOM", by=by, at=at)
    return meeting


def general_meeting(cast: Cast, members: int) -> Vote:
    """A secret vote of a running general meeting at which so many members are there."""
    users = User.objects.bulk_create(
        User(email=f"m{n}@example.org", name=f"회원{n}") for n in range(members)
    )
    seats = Seat.objects.bulk_create(
        Seat(council="general-meeting", user=user, side="group", starts_on=FROM, ends_on=TO)
        for user in users
    )
    meeting = council_meeting(cast, "general-meeting")
    Attendance.objects.bulk_create(
        Attendance(meeting=meeting, seat=seat, way="ROOM", came_at=NOON) for seat in seats
    )
    return council_vote(cast, meeting, rule="motion", is_secret=True)


def win_win_model(cast: Cast, stage: str = ModelStage.DELIBERATED, **more) -> WinWinModel:
    """A model of the buyer and the supplier."""
    values = {
        "title": "수소 밸브 국산화", "large_firm": cast.buyer, "small_firm": cast.supplier, **more,
    }  # fmt: skip
    model = operations.draft(
        council=councils()["win-win"], values=values, sections=TEXT, by=cast["supplier"], at=NOON
    )
    moves = {ModelStage.PROPOSED: "supplier", ModelStage.DELIBERATED: "officer"}
    secretary(cast)
    for move, who in moves.items():
        if model.stage == stage:
            break
        model = operations.move_model(model=model, stage=move, by=cast[who], at=NOON)
    return model


def council_vote(
    cast: Cast, meeting: Meeting, model=None, rule: str = "model", *, is_secret=True
) -> Vote:
    """A vote on the first item of a meeting."""
    return operations.open_vote(
        council=meeting.file, rule=rule, question="의결", is_secret=is_secret,
        item=meeting.items.first(), model=model, closes_at=None, by=secretary(cast), at=NOON,
    )  # fmt: skip


def ballot(cast: Cast, vote: Vote, seat: Seat, option: str) -> str:
    """The vote of a seat; returns the code of its ballot."""
    elector = vote.electors.select_related("voter__user").get(seat=seat)
    code = operations.fresh_code()
    operations.cast(elector=elector, option=option, code=code, by=elector.voter.user, at=NOON)
    return code


def came(cast: Cast, meeting: Meeting) -> list[Attendance]:
    """Who is at a meeting."""
    return list(meeting.attendances.select_related("seat__user"))
