"""A selection among opened applications, as far on as a test needs it."""

from datetime import timedelta

from django.utils import timezone

from dure.apps.applications.models import Application, Opening, Participant, Submission
from dure.apps.applications.stages import ApplicationStage, ParticipantStage
from dure.apps.challenges.models import Candidate
from dure.apps.people.models import Membership, MembershipStage, User
from dure.apps.selection import operations, queries
from dure.apps.selection.models import Reviewer, Selection
from dure.apps.selection.stages import ItemStage, ReviewerStage
from tests.apps.calls.conftest import announced_call
from tests.apps.challenges.conftest import make_world
from tests.conftest import NOON

LATER = max(NOON, timezone.now().replace(microsecond=0)) + timedelta(days=50)
DUE = LATER + timedelta(days=10)
SECRET = "극저온펌프밀봉비밀"
FILE = "0b5f2f6e-0000-4000-8000-000000000001"  # of nobody


def opened_call(cast, **more):
    """A call with three opened applications: of the supplier, the rival and the stranger's firm."""
    call = announced_call(cast, opens_at=NOON - timedelta(days=1), **more)
    leaders = {
        cast.supplier: cast["supplier"], cast.rival: cast["rival"], cast.stranger: cast["newcomer"]
    }  # fmt: skip
    for number, (organisation, leader) in enumerate(leaders.items(), start=1):
        opened_one(call, organisation, leader, f"{call.pk}-{number}")
    Opening.objects.create(
        call=call, requested_by=cast["officer"], requested_at=LATER, opened_at=LATER, count=3
    )
    return call


def opened_one(call, organisation, leader, number):
    application = Application.objects.create(
        number=number, call=call, organisation=organisation, leader=leader, created_by=leader,
        created_at=NOON, changed_at=NOON, stage=ApplicationStage.OPENED, title=f"{SECRET} {number}",
    )  # fmt: skip
    Participant.objects.create(
        application=application, organisation=organisation, role="lead", invited_by=leader,
        stage=ParticipantStage.JOINED, invited_at=NOON,
    )  # fmt: skip
    content = {
        "project": {"title": f"{SECRET} {number}", "months": 24},
        "answers": [{"question": "need", "text": f"{SECRET} 펌프 누설을 막는다"}],
        "members": [{
            "role": "lead", "confirmed_at": None,
            "organisation": {
                "name": organisation.name, "number": organisation.number, "size": "small",
                "region": organisation.region,
            },
            "money": [{
                "role": "government", "won": 147_000_000, "year": 1, "instrument": "grant",
                "kind": "cash",
            }],
            "documents": [], "people": [], "costs": [], "declared": {}, "commitment": {},
        }],
    }  # fmt: skip
    Submission.objects.create(
        application=application, version=1, receipt_number=f"{number}-01", submitted_by=leader,
        submitted_at=NOON, content_hash="0" * 64, sealed=b"", key_id="1", opened_at=LATER,
        content=content, file_keys={},
    )  # fmt: skip


def pool(cast, count=12) -> list[Reviewer]:
    """The reviewer of the cast and so many others, all in the pool."""
    others = [
        User.objects.get_or_create(email=f"reviewer{n}@example.org", defaults={"name": f"위원{n}"})[
            0
        ]
        for n in range(1, count)
    ]
    return [
        Reviewer.objects.get_or_create(
            user=user,
            defaults={
                "stage": ReviewerStage.ACTIVE, "fields": "펌프 밀봉 소재", "invited_at": NOON,
                "declared_at": NOON, "invited_by": cast["officer"],
            },
        )[0]
        for user in [cast["reviewer"], *others]
    ]  # fmt: skip


def begun_selection(cast, **more) -> Selection:
    """Begun, with nothing checked yet; one place and one in the reserve."""
    pool(cast)
    return operations.begin(
        call=opened_call(cast, **more), within=None, places=1, reserve=1, by=cast["officer"],
        at=LATER,
    )  # fmt: skip


def panelled_selection(cast, *, panels=1, members=6) -> Selection:
    """Everything admitted, the panels formed and pledged, each under a chair."""
    selection = begun_selection(cast)
    for item in selection.items.all():
        operations.check_item(
            item=item, stage=ItemStage.ADMITTED, missing="", bonus=0, penalty=0,
            by=cast["officer"], at=LATER,
        )  # fmt: skip
    formed = operations.form_panels(
        selection=selection, count=panels, members=members, due_at=DUE, by=cast["officer"], at=LATER
    )
    for panel in formed:
        seats = list(panel.members.all())
        for seat in seats:
            operations.pledge(member=seat, by=seat.reviewer.user, at=LATER)
        operations.elect_chair(member=seats[0], by=cast["officer"])
    selection.refresh_from_db()
    return selection


def assigned_selection(cast) -> Selection:
    """Of a programme with reviewers for each application: everything admitted, assigned, pledged."""
    selection = begun_selection(cast, slug="research-staff")
    selection.items.update(stage=ItemStage.ADMITTED)
    panel = operations.assign_reviewers(
        selection=selection, due_at=DUE, by=cast["officer"], at=LATER
    )
    for seat in panel.members.all():
        operations.pledge(member=seat, by=seat.reviewer.user, at=LATER)
    selection.refresh_from_db()
    return selection


def sheet(cast, item, user, mark=80, *, is_final=True, **more):
    """A sheet of somebody with the same mark everywhere, after those there are."""
    member = queries.seat_in(item.panel, user)
    last = queries.newest_sheet(item, member)
    criteria = [criterion.id for criterion in queries.criteria_of(item.selection)]
    return operations.save_sheet(
        item=item, seen=more.pop("seen", last.version if last else 0),
        marks=dict.fromkeys(criteria, mark), reasons=dict.fromkeys(criteria, "근거가 있다"),
        failed=[], opinion="", note="", is_final=is_final, by=user, at=LATER, **more,
    )  # fmt: skip


def scored_selection(cast, **more) -> Selection:
    """Every sheet is in: the supplier's 100, the others' 80 and 60 points."""
    selection = panelled_selection(cast, **more)
    for item, mark in zip(selection.items.all(), (100, 80, 60), strict=True):
        for member in queries.readers_of(item):
            sheet(cast, item, member.reviewer.user, mark)
    return selection


def shaky_selection(cast) -> Selection:
    """Decided: the supplier's 76 points, of whom one of the three who gave it 100 ties it to a sheet.

    Without that sheet it has 70, and the rival's 72 go before it.
    """
    selection = panelled_selection(cast, members=7)
    marks = ((100, 100, 100, 60, 60, 60, 60), (80, 80, 80, 80, 60, 60, 60), (60,) * 7)
    for item, given in zip(selection.items.all(), marks, strict=True):
        for member, mark in zip(queries.readers_of(item), given, strict=True):
            sheet(cast, item, member.reviewer.user, mark)
    return _decided(cast, _closed(selection))


def closed_selection(cast, **more) -> Selection:
    """Every panel has closed."""
    return _closed(scored_selection(cast, **more))


def _closed(selection) -> Selection:
    for panel in selection.panels.all():
        chair = panel.members.get(is_chair=True).reviewer.user
        panel = operations.start_consensus(panel=panel, by=chair, at=LATER)  # noqa: PLW2901
        panel = operations.write_minutes(  # noqa: PLW2901
            panel=panel, text="모두 동의했다", seen=panel.version, by=chair, at=LATER
        )
        for seat in panel.members.all():
            operations.confirm_minutes(
                panel=panel, seen=panel.version, by=seat.reviewer.user, at=LATER
            )
        operations.close_panel(panel=panel, by=chair, at=LATER)
    return selection


def close(cast, panel, mark_of=lambda item: 80):
    """A panel from its pledges to its end, with the same mark of all members for an item."""
    for seat in panel.members.all():
        operations.pledge(member=seat, by=seat.reviewer.user, at=LATER)
    operations.elect_chair(member=panel.members.first(), by=cast["officer"])
    chair = panel.members.get(is_chair=True).reviewer.user
    for item in panel.items.all():
        for seat in queries.readers_of(item):
            sheet(cast, item, seat.reviewer.user, mark_of(item))
    panel = operations.start_consensus(panel=panel, by=chair, at=LATER)
    panel = operations.write_minutes(
        panel=panel, text="다시 평가했다", seen=panel.version, by=chair, at=LATER
    )
    for seat in panel.members.all():
        operations.confirm_minutes(panel=panel, seen=panel.version, by=seat.reviewer.user, at=LATER)
    return operations.close_panel(panel=panel, by=chair, at=LATER)


def upheld_objection(cast):
    """The rival objected to its result; a fresh panel upheld it."""
    selection = decided_selection(cast)
    decision = selection.decisions.get(application__organisation=cast.rival)
    objection = operations.object_to(
        decision=decision, ground="misreading", text="거꾸로 읽었다", by=cast["rival"], at=LATER
    )
    fresh = queries.second_judges(decision.application, LATER.date())[:5]
    operations.name_voters(objection=objection, reviewers=fresh, by=cast["officer"], at=LATER)
    for voter in objection.voters.all():
        operations.vote(voter=voter, is_yes=True, by=voter.reviewer.user, at=LATER)
    return operations.settle(
        objection=objection, answer="다시 평가합니다", by=cast["officer"], at=LATER
    )


def decided_selection(cast, **more) -> Selection:
    """Proposed by one officer, decided by the other."""
    return _decided(cast, closed_selection(cast, **more))


def _decided(cast, selection) -> Selection:
    operations.propose(selection=selection, changes={}, by=cast["officer"], at=LATER)
    operations.decide(selection=selection, by=cast["officer2"], at=LATER)
    selection.refresh_from_db()
    return selection


def challenge_of_buyer(cast) -> Candidate:
    """A challenge that the buyer owns."""
    known = Candidate.objects.filter(organisation=cast.buyer).first()
    return known or make_world(cast)["wall"]


def join(cast, user, organisation):
    """Somebody becomes one of the people of an organisation."""
    return Membership.objects.create(
        user=user, organisation=organisation, stage=MembershipStage.ACTIVE
    )


def interest(cast, *, by="supplier", kind="RIVALRY", at=LATER, **values):
    """That the supplier, or a reviewer for themselves, declares what ties it to another."""
    declared = {
        "organisation": cast.supplier if by == "supplier" else None,
        "reason": "오랜 경쟁사",
    }
    if "name" not in values:
        declared["other"] = cast.stranger
    return operations.declare_interest(
        interest=operations.NewInterest(kind=kind, **declared | values), by=cast[by], at=at
    )
