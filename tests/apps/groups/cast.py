"""An exchange group of the cast: a federation, a unit group below it, its chair the supplier."""

from datetime import date, datetime, timedelta

from dure.apps.groups import operations
from dure.apps.groups.models import Group, Meeting, Pair, Strength
from dure.apps.people.models import Organisation, User
from tests.cast import Cast
from tests.conftest import NOON


def federation(cast: Cast, name: str = "경남연합회") -> Group:
    """A regional federation."""
    values = {"name": name, "level": "REGION", "region": "GYEONGNAM"}
    return operations.found_group(values=values, by=cast["officer"])


def exchange_group(cast: Cast, name: str = "창원 융합교류회", parent: Group | None = None) -> Group:
    """A unit group whose chair is the supplier and whose member is the supplier's firm."""
    values = {"name": name, "region": "GYEONGNAM", "parent": parent}
    group = operations.found_group(values=values, by=cast["officer"])
    operations.name_officer(
        group=group, user=cast["supplier"], office="CHAIR", starts_on=date(2026, 1, 1),
        ends_on=date(2080, 12, 31), by=cast["officer"],
    )  # fmt: skip
    operations.join(
        group=group, organisation=cast.supplier, on=date(2026, 1, 5), is_agreed=False,
        by=cast["supplier"], today=NOON.date(),
    )  # fmt: skip
    return group


def second_member(cast: Cast, group: Group, organisation: Organisation | None = None) -> None:
    """Another firm of the group: that of the member, unless another is named."""
    operations.join(
        group=group, organisation=organisation or cast.buyer, on=date(2026, 1, 5), is_agreed=True,
        by=cast["supplier"], today=NOON.date(),
    )  # fmt: skip


def group_meeting(cast: Cast, group: Group, starts_at: datetime = NOON) -> Meeting:
    """A meeting of two hours."""
    values = {
        "title": "11월 월례회", "starts_at": starts_at, "ends_at": starts_at + timedelta(hours=2),
        "place": "창원 상공회의소", "agenda": "공동구매\n공장 견학",
    }  # fmt: skip
    return operations.plan_meeting(
        group=group, values=values, by=cast["supplier"], at=starts_at - timedelta(days=3)
    )


def firm_strength(
    cast: Cast, organisation: Organisation, by: User, strengths: str, wants: str
) -> Strength:
    """What a firm is good at and looks for."""
    return operations.say_strengths(
        organisation=organisation, strengths=strengths, wants=wants, by=by, at=NOON
    )


def group_pair(cast: Cast, group: Group) -> Pair:
    """The supplier's firm looks for what the member's firm is good at; the coordinator says so."""
    seeker = firm_strength(
        cast, cast.supplier, cast["supplier"], "가스 센서", "정밀 금속 가공 기술"
    )
    helper = firm_strength(cast, cast.buyer, cast["member"], "정밀 금속 가공", "누출 감지")
    return operations.propose_pair(
        seeker=seeker, helper=helper, strength="STRONG",
        reasons=[{"ko": "둘 다 정밀 가공을 말해요.", "en": "Both speak of precision machining."}],
        by=cast["coordinator"], at=NOON,
    )  # fmt: skip
