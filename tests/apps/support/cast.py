"""Support services of the cast: a body in Busan, a professor, requests of the supplier."""

from datetime import date

from dure.apps.groups.kinds import Office
from dure.apps.groups.models import Group, Member, Officer
from dure.apps.people.models import (
    Membership,
    MembershipRole,
    MembershipStage,
    Organisation,
    OrganisationKind,
    User,
)
from dure.apps.support import operations
from dure.apps.support.kinds import ProfileKind, services
from dure.apps.support.models import Body, Profile, SupportRequest
from dure.apps.support.stages import CandidateStage
from tests.cast import Cast
from tests.conftest import NOON

SENSOR = "배터리 셀에서 새는 가스를 감지하는 센서의 감도가 낮아요."


def support_body(cast: Cast, service: str = "technology-partner") -> Organisation:
    """A centre that answers a service in Busan; `matcher` and `colleague` work there."""
    made = Organisation.objects.filter(name="부산혁신센터").first()
    if made is None:
        made = Organisation.objects.create(
            business_number="6178200013", name="부산혁신센터", kind=OrganisationKind.CENTRE,
            region="BUSAN", verified_at=NOON, verified_by=cast["officer"],
        )  # fmt: skip
        for name in ("matcher", "colleague"):
            cast.people[name] = User.objects.create_user(f"{name}@example.org", name=name)
            Membership.objects.create(
                user=cast[name], organisation=made, role=MembershipRole.MEMBER,
                stage=MembershipStage.ACTIVE,
            )  # fmt: skip
    Body.objects.get_or_create(service=service, organisation=made, region="BUSAN")
    return made


def partner_profile(cast: Cast, number: str = "EX-1", **more) -> Profile:
    """A professor who knows gas sensors; the account `professor` is theirs."""
    email = f"{number.lower()}@example.org"
    if "professor" not in cast.people:
        cast.people["professor"] = User.objects.create_user(email, name="professor")
    known = {
        "kind": ProfileKind.EXPERT, "name": "김가온", "affiliation": "한결대학교", "email": email,
        "pool": "materials", "region": "BUSAN", "keywords": ["가스 센서"],
        "text": "배터리 가스 감지 센서의 감도를 높이는 나노 촉매를 연구해요.",
    }  # fmt: skip
    return Profile.objects.create(number=number, entered_at=NOON, **(known | more))


def support_request(
    cast: Cast, service: str = "technology-partner", by: str = "supplier", at=NOON, **values
) -> SupportRequest:
    """A request of the supplier; `support_body` answers it if it is there."""
    file = services()[service]
    said = {each.id: _said(each) for each in file.asked_at_first} | values
    return operations.ask(
        service=file, organisation=cast.supplier, title="가스 센서 감도 개선", values=said,
        counterpart=cast.buyer if file.has_counterpart else None, by=cast[by], at=at,
    )  # fmt: skip


def owned_request(cast: Cast, service: str = "technology-partner", at=NOON, **values):
    """A request that `matcher` has taken on."""
    cast.support_body(service)
    asked = cast.support_request(service, at=at, **values)
    return operations.take_on(request=asked, by=cast["matcher"], at=at)


def support_step(cast: Cast, request, *codes: str, by: str = "matcher", at=NOON, **said):
    """A request brought from step to step."""
    for code in codes:
        request = operations.take(
            request=request, step=request.file.step(code), values=said.get("values", {}),
            outcome=said.get("outcome", ""), note_text=said.get("note", ""), by=cast[by], at=at,
        )  # fmt: skip
    return request


def agreed_partner(cast: Cast, request, profile: Profile, role: str = "촉매 설계와 시험"):
    """A partner proposed by `matcher`, wanted by the supplier, and who agreed."""
    made = operations.propose(request=request, profile=profile, by=cast["matcher"], at=NOON)
    for stage, by in (("WANTED", "supplier"), ("INTRODUCED", "matcher"), ("ACCEPTED", "matcher")):
        made = operations.answer(
            candidate=made, stage=CandidateStage(stage), role=role, by=cast[by], at=NOON
        )
    return made


def _said(asked):
    if asked.kind in ("won", "number"):
        return asked.most or 1_000_000
    if asked.kind == "choice":
        return asked.choices[0].id
    return "2026-10-01" if asked.kind == "day" else SENSOR[:150]


def group_of_supplier(cast: Cast, officer: str = "") -> Group:
    """An exchange group to which the supplier's firm belongs; `officer` is its secretary."""
    group = Group.objects.create(name="창원 융합교류회", region="GYEONGNAM")
    Member.objects.create(group=group, organisation=cast.supplier, joined_on=date(2026, 1, 5))
    if officer:
        Officer.objects.create(
            group=group, user=cast[officer], office=Office.SECRETARY,
            starts_on=date(2026, 1, 1), ends_on=date(2080, 12, 31),
        )  # fmt: skip
    return group
