"""Projects of the cast: the supplier leads, the buyer demands, the stranger's firm examines."""

from datetime import date

from dure.apps.people.models import Membership, MembershipRole, MembershipStage, User
from dure.apps.programmes.models import Programme
from dure.apps.programmes.operations import load_shipped
from dure.apps.projects import operations
from dure.apps.projects.kinds import MemberRole
from dure.apps.projects.models import Expense, Project
from dure.apps.projects.operations import Line, Party
from tests.cast import Cast
from tests.conftest import NOON

BEGINS, ENDS = date(2026, 1, 1), date(2026, 12, 31)


def project(cast: Cast, number: str = "P-1", programme: str = "challenge", **values) -> Project:
    """A project of a year: grant 60M, own cash 20M, in kind 20M; the rival examines it."""
    if not Programme.objects.exists():
        load_shipped(at=NOON)
    version = Programme.objects.get(slug=programme).current
    opened = operations.open_project(
        number=number,
        title="건조로 배기열 회수 실증",
        version=version,
        agreed_on=BEGINS,
        begins_on=BEGINS,
        ends_on=ENDS,
        officer=cast["officer"],
        parties=[
            Party(
                cast.supplier, MemberRole.LEAD, 60_000_000, 20_000_000, 20_000_000,
                plan=(
                    Line(1, "materials", 50_000_000),
                    Line(1, "activity", 22_000_000),
                    Line(1, "indirect", 8_000_000),
                    Line(1, "personnel", 20_000_000, is_in_kind=True),
                ),
            ),
            Party(cast.buyer, MemberRole.DEMAND),
        ],
        milestones=[("시제품 완성", date(2026, 9, 30))],
    )  # fmt: skip
    Project.objects.filter(pk=opened.pk).update(accountant=cast.rival, **values)
    opened.refresh_from_db()
    return opened


def expense(cast: Cast, project: Project, key: str = "1", files=(), **values) -> Expense:
    """Materials for 1.1M, by project card, with nothing to show for them."""
    fields = {
        "purpose": "materials", "spent_on": date(2026, 3, 14), "amount": 1_100_000,
        "payee": "두레상사", "paid_by": "project_card", "relation": "other", "answers": {},
    }  # fmt: skip
    return operations.file_expense(
        member=project.members.get(role=MemberRole.LEAD),
        values={**fields, **values},
        key=key,
        files=files,
        kind="card_slip",
        by=cast["supplier"],
        at=NOON,
    )


def colleague(cast: Cast) -> User:
    """A second person of the supplier."""
    person = User.objects.create_user("colleague@example.org", "pass-word-1", name="colleague")
    Membership.objects.create(
        user=person, organisation=cast.supplier, role=MembershipRole.MEMBER,
        stage=MembershipStage.ACTIVE,
    )  # fmt: skip
    return person
