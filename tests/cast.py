"""The people and organisations that most tests need."""

from dataclasses import dataclass
from datetime import date, time, timedelta

from django.contrib.auth.hashers import make_password
from django.utils import timezone

from dure.apps.catalog.adapter.words import fill_search
from dure.apps.catalog.models import Need, Technology, Visibility
from dure.apps.catalog.operations import ask_for_details
from dure.apps.catalog.stages import NeedStage
from dure.apps.fairs.models import Fair, Pair, Registration, Side
from dure.apps.fairs.operations import Day, HallPlan, Pause, set_up_fair
from dure.apps.fairs.stages import FairStage, RegistrationStage
from dure.apps.ndas.models import Nda
from dure.apps.people.models import (
    Appointment,
    CompanyGroup,
    Membership,
    MembershipRole,
    MembershipStage,
    Organisation,
    OrganisationKind,
    User,
)
from dure.apps.people.roles import Role
from tests.conftest import NOON

# Every role a reader can have on the platform (systems.md, section 9), and a stranger's firm.
ROLES = (
    "visitor",
    "newcomer",
    "member",
    "manager",
    "supplier",
    "rival",
    "officer",
    "officer2",
    "centre_officer",
    "reviewer",
    "coordinator",
    "auditor",
    "administrator",
)


@dataclass
class Cast:
    """People by role, and the organisations they belong to."""

    people: dict[str, User]
    buyer: Organisation
    sister: Organisation
    rival: Organisation
    supplier: Organisation
    stranger: Organisation

    def __getitem__(self, role: str) -> User:
        return self.people[role]

    def need(self, **values: object) -> Need:
        """A published need of the buyer; `values` change it."""
        return self._entry(
            Need,
            {
                "organisation": self.buyer,
                "title": "도장 건조로 배기열 회수",
                "body": "건조로 배기 180도, 회수율 60% 이상 열교환 기술을 찾습니다.",
                "field": "SMARTFAC",
                **values,
            },
        )

    def technology(self, **values: object) -> Technology:
        """A published technology of the supplier; `values` change it."""
        return self._entry(
            Technology,
            {
                "organisation": self.supplier,
                "title": "저온 배기가스 폐열회수 열교환기",
                "body": "150~200도 배기가스에서 열을 회수하는 판형 열교환기입니다.",
                "field": "SMARTFAC",
                **values,
            },
        )

    def nda(self, entry: Need | Technology, *, taker: str = "supplier", **values: object) -> Nda:
        """An agreement about `entry`, signed by the person `taker` of the receiving side."""
        person = self[taker]
        receiver = person.memberships.get().organisation
        nda = ask_for_details(
            entry=entry,
            taker=receiver,
            people=[person],
            purpose="도입 검토",
            ends_on=timezone.localdate() + timedelta(days=365),
            by=person,
            at=timezone.now(),
        )
        if values:
            Nda.objects.filter(pk=nda.pk).update(**values)
            nda.refresh_from_db()
        return nda

    def fair(self, *, stage: str = FairStage.WISHES, **values: object) -> Fair:
        """A fair of one day: eight slots of 30 minutes around lunch, two halls, five tables."""
        day = Day(
            date(2026, 12, 3), time(10), time(15), 30, (Pause(time(12), time(13), "점심", "Lunch"),)
        )
        fair = set_up_fair(
            values={"name": "기술협력 박람회", "place": "세종", **values},
            days=[day],
            halls=[HallPlan("1관", 3, "Hall 1"), HallPlan("2관", 2, "Hall 2")],
            spare_percent=20,
            by=self["officer"],
        )
        if stage != FairStage.DRAFT:
            fair.stage = stage
            fair.save()
        return fair

    def registration(
        self, fair: Fair, organisation: Organisation, **values: object
    ) -> Registration:
        """An approved registration, on the side that the organisation's kind suggests."""
        values.setdefault("side", Side.DEMAND if organisation.is_demand else Side.SUPPLY)
        values.setdefault("stage", RegistrationStage.APPROVED)
        return Registration.objects.create(
            fair=fair,
            organisation=organisation,
            applied_by=self["officer"],
            applied_at=NOON,
            answered_by=self["officer"],
            answered_at=NOON,
            **values,
        )

    def pair(self, fair: Fair, **values: object) -> Pair:
        """The buyer and the supplier, registered for a fair where they are not yet."""
        ends = {}
        for end, organisation in (("demand", self.buyer), ("supply", self.supplier)):
            known = Registration.objects.filter(fair=fair, organisation=organisation).first()
            ends[end] = known or self.registration(fair, organisation)
        return Pair.objects.create(fair=fair, **ends, **values)

    def _entry(self, kind: type, values: dict) -> Need | Technology:
        stage = values.setdefault("stage", NeedStage.PUBLISHED)
        if stage != NeedStage.DRAFT:
            values.setdefault("handed_in_by", self["manager"])
            values.setdefault("handed_in_at", NOON)
        if stage not in (NeedStage.DRAFT, NeedStage.UNDER_REVIEW):
            values.setdefault("published_by", self["officer"])
            values.setdefault("published_at", NOON)
        values.setdefault("visibility", Visibility.PUBLIC)
        entry = kind(**values)
        fill_search([entry])
        entry.save()
        return entry


def make_cast() -> Cast:
    """Make the cast in the test's database."""
    password = make_password("pass-word-1")
    users = User.objects.bulk_create(
        User(email=f"{role}@example.org", name=role, password=password)
        for role in ROLES
        if role != "visitor"
    )
    people = {user.name: user for user in users}
    roles = {"officer2": Role.OFFICER}
    given = {name: roles.get(name) or getattr(Role, name.upper(), None) for name in people}
    Appointment.objects.bulk_create(
        Appointment(user=people[name], role=role) for name, role in given.items() if role
    )
    group = CompanyGroup.objects.create(name="한빛그룹")

    def organisation(
        number: str, name: str, kind: OrganisationKind, **more: object
    ) -> Organisation:
        return Organisation(
            business_number=number,
            name=name,
            kind=kind,
            verified_at=NOON,
            verified_by=people["officer"],
            **more,
        )

    kinds = OrganisationKind
    cast = Cast(
        people,
        buyer=organisation(
            "1248100998", "한빛중공업", kinds.LARGE, group=group, region="GYEONGNAM"
        ),
        sister=organisation("2208162517", "한빛정밀", kinds.SME, group=group, region="GYEONGNAM"),
        rival=organisation("1168200276", "새솔화학", kinds.LARGE, region="ULSAN"),
        supplier=organisation("1078812342", "열림테크", kinds.SME, region="BUSAN"),
        stranger=organisation("1208800767", "바른센서", kinds.STARTUP, region="DAEJEON"),
    )
    Organisation.objects.bulk_create(
        [cast.buyer, cast.sister, cast.rival, cast.supplier, cast.stranger]
    )
    active = (
        ("member", cast.buyer, MembershipRole.MEMBER),
        ("manager", cast.buyer, MembershipRole.MANAGER),
        ("supplier", cast.supplier, MembershipRole.MANAGER),
        ("rival", cast.rival, MembershipRole.MANAGER),
    )
    Membership.objects.bulk_create(
        Membership(user=people[user], organisation=firm, role=role, stage=MembershipStage.ACTIVE)
        for user, firm, role in active
    )
    return cast
