"""Exchange groups of the demonstration: 274 units, and one federation's year, `demo/groups.toml`."""

import tomllib
from collections.abc import Mapping
from datetime import date, datetime, time, timedelta
from typing import Any

import pghistory
from django.db import transaction
from django.utils import timezone

from dure.apps.groups import adapter, operations, queries
from dure.apps.groups.kinds import BookingKind, GroupKind, Level
from dure.apps.groups.models import Booking, Group, Meeting, Member, Pair, Strength
from dure.apps.people.demo import officers
from dure.apps.people.models import MembershipRole, Organisation, OrganisationKind, User
from dure.apps.people.queries import holders_of, people_of
from dure.apps.people.roles import Role
from dure.apps.programmes.models import Programme
from dure.apps.programmes.queries import programmes
from dure.foundation import vocabularies
from dure.foundation.demo import Demonstration, demonstrates

SILENT_EVERY = 9
FIRMS = 4


@demonstrates("groups")
@transaction.atomic
def load(demonstration: Demonstration) -> None:
    """Found the groups, unless there is one."""
    if Group.objects.exists():
        return
    script = tomllib.loads((demonstration.folder / "groups.toml").read_text(encoding="utf-8"))
    by = officers()[0]
    with pghistory.context(user=by.pk):
        top = _found(by, script["national"], Level.NATIONAL, "SEOUL", None)
        for region, count in script["regions"].items():
            _region(script, top, region, count, by)
    if len(firms := _firms()) >= FIRMS:
        _Year(script["year"], by, firms).play()
    units = Group.objects.filter(level=Level.UNIT).count()
    demonstration.say(f"{units} exchange groups")


def _region(values: Mapping[str, Any], top: Group, region: str, count: int, by: User) -> None:
    place = vocabularies.name_of("regions", region, "ko")
    above = _found(by, f"{place} 지역연합회", Level.REGION, region, top)
    words, kinds, today = values["words"], list(GroupKind), timezone.localdate()
    for number in range(count):
        word = words[number % len(words)]
        round_ = number // len(words)
        name = f"{place} {word} 교류회" if not round_ else f"{place} {word} 제{round_ + 1}교류회"
        _found(
            by, name, Level.UNIT, region, above, kind=kinds[number % len(kinds)],
            field=values["fields"][number % len(values["fields"])], founded=1990 + (7 * number) % 34,
            chair_said=values["chairs"][number % len(values["chairs"])],
            members_said=12 + (5 * number) % 11, last_met_on=_met(today, number),
            surveyed_on=today - timedelta(days=30),
        )  # fmt: skip


def _met(today: date, number: int) -> date:
    return today - timedelta(days=500 if number % SILENT_EVERY == 0 else 10 + (17 * number) % 300)


def _found(
    by: User, name: str, level: Level, region: str, parent: Group | None, **more: Any
) -> Group:
    values = {"name": name, "level": level, "region": region, "parent": parent, **more}
    return operations.found_group(values=values | {"is_invented": True}, by=by)


def _firms() -> list[Organisation]:
    """Small firms of the demonstration for which somebody signs in."""
    firms = Organisation.objects.filter(
        is_invented=True, verified_at__isnull=False, kind=OrganisationKind.SME,
        memberships__role=MembershipRole.MANAGER,
    )  # fmt: skip
    return list(firms.distinct().order_by("pk")[:FIRMS])


class _Year:
    """A federation and one of its units in a year: meetings, money, requests, a spark."""

    def __init__(self, script: Mapping[str, Any], office: User, firms: list[Organisation]) -> None:
        self.script, self.office, self.firms = script, office, firms
        self.people = [people_of(firm).first() or office for firm in firms]
        self.chair, self.secretary = self.people[0], self.people[1]
        self.coordinator = holders_of(Role.COORDINATOR).order_by("pk").first() or office
        self.unit = Group.objects.get(name=script["unit"])
        self.federation = Group.objects.get(name=script["federation"])
        self.today = timezone.localdate()

    def play(self) -> None:
        """The whole year, oldest first."""
        self._people()
        self._meetings()
        self._money()
        self._goals()
        self._proposals()
        self._spark()

    def _at(self, days_ago: int) -> datetime:
        return timezone.make_aware(datetime.combine(self.today - timedelta(days_ago), time(16)))

    def _people(self) -> None:
        term = {
            "starts_on": self.today - timedelta(days=400),
            "ends_on": self.today + timedelta(days=330),
            "by": self.office,
        }
        for group in (self.unit, self.federation):
            for user, office in ((self.chair, "CHAIR"), (self.secretary, "SECRETARY")):
                operations.name_officer(group=group, user=user, office=office, **term)
        for firm in self.firms:
            operations.join(
                group=self.unit, organisation=firm, on=self.today - timedelta(days=390),
                is_agreed=True, by=self.chair, today=self.today,
            )  # fmt: skip

    def _meetings(self) -> None:
        for script in self.script["meetings"]:
            meeting = self._plan(script, self._at(script["days_ago"]))
            self._come(meeting)
            operations.write_minutes(
                meeting=meeting, minutes=script["minutes"], result=script["result"],
                by=self.secretary, at=meeting.ends_at,
            )  # fmt: skip
            if script is not self.script["meetings"][-1]:
                operations.confirm_minutes(meeting=meeting, by=self.chair, at=meeting.ends_at)
        self._plan(self.script["next"], self._at(-1))

    def _plan(self, script: Mapping[str, Any], at: datetime) -> Meeting:
        values = {
            "title": script["title"], "agenda": script["agenda"], "starts_at": at,
            "ends_at": at + timedelta(hours=2), "place": script.get("place", "부산 상공회의소"),
        }  # fmt: skip
        return operations.plan_meeting(
            group=self.unit, values=values, by=self.secretary, at=at - timedelta(days=14)
        )

    def _come(self, meeting: Meeting) -> None:
        for user in dict.fromkeys(self.people):
            operations.come(code=meeting.code, by=user, at=meeting.starts_at)
        for name in self.script["guests"]:
            operations.come(
                code=meeting.code, by=None, at=meeting.starts_at, name=name, firm="초대 기업"
            )

    def _money(self) -> None:
        last, now = self.today.year - 1, timezone.now()
        self._book(date(last, 1, 5), BookingKind.CARRIED, 1_850_000, "전년도 이월")
        self._book(date(last, 4, 2), BookingKind.SUPPORT, 2_000_000, "부산 지역연합회")
        self._book(date(last, 9, 12), BookingKind.MEETING, 1_240_000, "상공회의소")
        day = date(self.today.year, 3, 31)
        operations.set_dues(
            group=self.unit, year=day.year, amount=self.script["dues"], due_on=day,
            by=self.secretary, at=now,
        )  # fmt: skip
        for member in list(self.unit.members.order_by("pk"))[:3]:
            paid = self._book(
                self.today - timedelta(days=1), BookingKind.DUES, self.script["dues"],
                str(member), member,
            )  # fmt: skip
            operations.give_receipt(booking=paid, by=self.secretary, at=now)
        self._book(self.today, BookingKind.DUES, 150_000, "김아무개")
        approving = queries.meetings_for_account(self.unit, last).order_by("starts_at").first()
        if approving:
            operations.approve_account(
                group=self.unit, year=last, meeting=approving, by=self.secretary, at=now
            )

    def _book(
        self, on: date, kind: str, amount: int, party: str, member: Member | None = None
    ) -> Booking:
        values = {"on": on, "kind": kind, "amount": amount, "party": party, "member": member}
        return operations.book(group=self.unit, values=values, by=self.secretary, at=timezone.now())

    def _goals(self) -> None:
        for script in self.script["goals"]:
            values = {name: script[name] for name in ("kind", "measure", "target")}
            goal = operations.add_goal(
                group=self.unit, values=values | {"year": self.today.year}, by=self.chair,
                today=self.today,
            )  # fmt: skip
            operations.review_goal(
                goal=goal, reached=script["reached"], evidence=script["evidence"], by=self.chair,
                today=self.today,
            )  # fmt: skip

    def _proposals(self) -> None:
        for number, script in enumerate(self.script["proposals"]):
            at = self._at(50 - 15 * number)
            values = {name: script[name] for name in ("kind", "title", "text")}
            values["may_publish"] = script.get("may_publish", False)
            made = operations.raise_proposal(
                group=self.federation, values=values, by=self.secretary, at=at
            )
            if "outcome" in script or "owner" in script:
                operations.take_up(
                    proposal=made, owner=self.office, due_on=self.today + timedelta(days=20),
                    by=self.office, at=at + timedelta(days=3),
                )  # fmt: skip
            if "outcome" in script:
                operations.answer_proposal(
                    proposal=made, outcome=script["outcome"], answer=script["answer"],
                    by=self.office, at=at + timedelta(days=12),
                )  # fmt: skip

    def _spark(self) -> None:
        strengths = [
            operations.say_strengths(
                organisation=firm, strengths=script["strengths"], wants=script["wants"], by=user,
                at=self._at(100),
            )
            for firm, user, script in zip(
                self.firms, self.people, self.script["strengths"], strict=True
            )
        ]  # fmt: skip
        pair = next(filter(None, map(self._pair, strengths)), None)
        if pair is None:
            return
        for strength in (pair.seeker, pair.helper):
            operations.answer_pair(
                pair=pair, organisation=strength.organisation, wants=True, by=strength.by,
                at=self._at(85),
            )  # fmt: skip
        operations.write_pre_plan(
            pair=pair, pre_plan=self.script["pre_plan"], by=self.coordinator, at=self._at(80)
        )
        project = operations.found_project(
            pair=pair, name=self.script["project"], parent=self.federation, by=self.coordinator,
            at=self._at(60),
        )  # fmt: skip
        self._pair(strengths[-1])
        programme = programmes().filter(slug=self.script["programme"]).first()
        if programme:
            self._package(project, programme)

    def _pair(self, seeker: Strength) -> Pair | None:
        fits = adapter.fits_for(seeker, queries.helpers_for(seeker))
        if not fits:
            return None
        fit = fits[0]
        return operations.propose_pair(
            seeker=seeker, helper=fit.helper, strength=fit.strength, reasons=fit.reasons,
            by=self.coordinator, at=self._at(90),
        )  # fmt: skip

    def _package(self, project: Group, programme: Programme) -> None:
        operations.open_package(group=project, programme=programme, by=self.office, at=self._at(55))
        first, second = project.package.steps.order_by("number")[:2]
        for step, days_ago in ((first, 50), (second, 20)):
            operations.show_evidence(
                step=step, evidence=self.script["meetings"][-1]["result"], by=self.office,
                at=self._at(days_ago),
            )  # fmt: skip
            if step is first:
                operations.decide_step(
                    step=step, is_passed=True, decision="평가위원회 평균 82점으로 선정",
                    by=self.office, at=self._at(40),
                )  # fmt: skip
