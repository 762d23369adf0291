"""From a sample plan of a programme to a decision, through everybody's own operations."""

from datetime import timedelta

from dure.apps.applications import adapter
from dure.apps.applications import operations as applications
from dure.apps.applications.models import Application
from dure.apps.calls.models import CallKind
from dure.apps.calls.operations import close_due
from dure.apps.calls.queries import kinds_of
from dure.apps.challenges.stages import CandidateStage, DiscoveryStage
from dure.apps.people.models import Membership, MembershipRole, MembershipStage
from dure.apps.selection import operations as selection
from dure.apps.selection import queries
from dure.apps.selection.models import Decision
from dure.apps.selection.operations.deciding import Change
from dure.apps.selection.stages import ItemStage
from dure.engines.funding import Kind, Plan, Role
from dure.foundation import programmes
from tests.apps.applications.cast import DEADLINE, PNG
from tests.apps.applications.cast import _save as save
from tests.apps.calls.conftest import announced_call, version_of
from tests.apps.challenges.conftest import make_world
from tests.conftest import NOON

OPENED = DEADLINE + timedelta(days=1)
DECIDED = OPENED + timedelta(days=30)


def sample(slug: str) -> Plan:
    """The first sample plan of a programme that passes."""
    return next(plan for plan in programmes.samples(slug) if plan.passes).read()


def submitted(cast, slug: str) -> Application:
    """An application by the supplier with a sample plan of the programme, submitted and opened."""
    return opened(handed_in(cast, slug))


def opened(application: Application) -> Application:
    """An application after its deadline, opened with all others of its call."""
    close_due(at=DEADLINE)
    applications.open_due(at=OPENED)
    application.refresh_from_db()
    return application


def handed_in(cast, slug: str) -> Application:
    """An application by the supplier with a sample plan of the programme, submitted and sealed."""
    plan = sample(slug)
    kind = kinds_of(version_of(slug).content)[0]
    call = announced_call(
        cast, slug, kind=kind, opens_at=NOON - timedelta(days=1),
        challenges=[_challenge(cast)] if kind == CallKind.DESIGNATED else [],
    )  # fmt: skip
    draft = applications.start(
        call=call, organisation=cast.supplier, by=cast["supplier"], at=NOON,
        parts={"project": {
            "title": "극저온 밸브 국산화", "months": plan.months, "trl_now": plan.facts.trl,
        }},
    )  # fmt: skip
    lead = draft.participants.get(role="lead")
    _joined(cast, draft, plan)
    for question in adapter.questions_of(call):
        save(draft, f"answers/{question.id}", {"text": "근거를 적었다"}, cast["supplier"])
    for member in draft.participants.all():
        _hands_in(cast, draft, member)
    save(draft, f"money/{lead.pk}", {"rows": [
        {
            "role": row.role, "instrument": row.instrument, "kind": row.kind,
            "year": row.year or 1, "won": row.amount, "phase": row.phase or "",
        }
        for row in plan.money
    ]}, cast["supplier"])  # fmt: skip
    save(draft, f"costs/{lead.pk}", {"rows": costs_of(plan)}, cast["supplier"])
    for member in draft.participants.exclude(role="lead"):
        applications.confirm_part(participant=member, by=_person(cast, member), at=NOON)
    applications.file(application=draft, by=cast["supplier"], at=NOON)
    applications.submit(application=draft, by=cast["supplier"], at=NOON)
    draft.refresh_from_db()
    return draft


def _challenge(cast):
    """A challenge that was announced in a discovery of its own."""
    wall = make_world(cast)["wall"]
    wall.stage, wall.approved = CandidateStage.SELECTED, wall.versions.first()
    wall.save()
    wall.discovery.stage = DiscoveryStage.ANNOUNCED
    wall.discovery.save()
    return wall


def costs_of(plan: Plan) -> list[dict]:
    """Costs that come to the plan's money: materials in cash, and the firm's own people in kind."""
    lines = {Kind.CASH: "materials", Kind.IN_KIND: "personnel"}
    sums = {
        kind: sum(row.amount for row in plan.money if row.kind == kind and row.role)
        for kind in lines
    }
    return [
        {"year": 1, "category": lines[kind], "kind": kind.value, "won": won}
        for kind, won in sums.items()
        if won
    ]


def decided(cast, slug: str, change: Change | None = None) -> Decision:
    """Judged by a panel, proposed by one officer and decided by the other; the only application."""
    return decided_on(cast, submitted(cast, slug), change)


def decided_on(cast, application: Application, change: Change | None = None) -> Decision:
    """The same of an application that was opened."""
    cast.pool()
    begun = selection.begin(
        call=application.call, within=None, places=1, reserve=0, by=cast["officer"], at=OPENED
    )
    item = begun.items.get()
    selection.check_item(
        item=item, stage=ItemStage.ADMITTED, missing="", bonus=0, penalty=0, by=cast["officer"],
        at=OPENED,
    )  # fmt: skip
    panel = _readers(cast, begun)
    seats = list(panel.members.all())
    for seat in seats:
        selection.pledge(member=seat, by=seat.reviewer.user, at=OPENED)
    item.refresh_from_db()
    for seat in queries.readers_of(item):
        cast.sheet(item, seat.reviewer.user, 100)
    if panel.reviews:
        selection.close_panel(panel=panel, by=cast["officer"], at=OPENED)
    else:
        _closed(cast, panel, seats)
    selection.propose(
        selection=begun, changes={item.pk: change} if change else {}, by=cast["officer"],
        at=DECIDED,
    )  # fmt: skip
    [decision] = selection.decide(selection=begun, by=cast["officer2"], at=DECIDED)
    return decision


def _readers(cast, begun):
    """A panel, or reviewers for each application, as the programme says."""
    asked = {"selection": begun, "due_at": OPENED + timedelta(days=20)}
    asked |= {"by": cast["officer"], "at": OPENED}
    if queries.reviewing_of(begun):
        return selection.assign_reviewers(**asked)
    [panel] = selection.form_panels(**asked, count=1, members=6)
    return panel


def _closed(cast, panel, seats) -> None:
    selection.elect_chair(member=seats[0], by=cast["officer"])
    panel.refresh_from_db()
    chair = seats[0].reviewer.user
    panel = selection.start_consensus(panel=panel, by=chair, at=OPENED)
    panel = selection.write_minutes(
        panel=panel, text="모두 동의했다", seen=panel.version, by=chair, at=OPENED
    )
    for seat in panel.members.all():
        selection.confirm_minutes(panel=panel, seen=panel.version, by=seat.reviewer.user, at=OPENED)
    selection.close_panel(panel=panel, by=chair, at=OPENED)


def _joined(cast, draft, plan) -> None:
    """An organisation for every role that pays, and one for each fact that has to be shown."""
    Membership.objects.get_or_create(
        user=cast["newcomer"], organisation=cast.stranger,
        defaults={"role": MembershipRole.MANAGER, "stage": MembershipStage.ACTIVE},
    )  # fmt: skip
    paying = dict.fromkeys(row.role for row in plan.money)
    roles = [role for role in paying if role not in (Role.GOVERNMENT, Role.LEAD)]
    for role in (Role.DEMAND, Role.INVESTOR):
        if len(roles) < len(plan.facts.confirmed) and role not in roles:
            roles.append(role)
    for role, firm in zip(roles, (cast.buyer, cast.rival, cast.stranger), strict=False):
        invited = applications.invite(
            application=draft, organisation=firm, role=role, sees_all=False,
            by=cast["supplier"], at=NOON,
        )  # fmt: skip
        applications.answer_invitation(
            participant=invited, is_yes=True, by=_person(cast, invited), at=NOON
        )
    facts = sorted(plan.facts.confirmed)
    for place, member in enumerate(draft.participants.exclude(role="lead").order_by("pk")):
        commitment = (
            {"shows": facts[place]}
            if place < len(facts)
            else {"is_exempt": True, "reason": "의무가 없다"}
        )
        save(draft, f"commitment/{member.pk}", commitment, _person(cast, member))


def _person(cast, participant):
    people = {
        cast.supplier.pk: "supplier", cast.buyer.pk: "manager", cast.rival.pk: "rival",
        cast.stranger.pk: "newcomer",
    }  # fmt: skip
    return cast[people[participant.organisation_id]]


def _hands_in(cast, draft, member) -> None:
    """The papers that a member owes."""
    by = _person(cast, member)
    for paper in adapter.documents_of(draft.call, member.role):
        name, beginning = ("계획서.pdf", b"%PDF-1.4\n") if paper.most_pages else ("x.png", PNG)
        applications.attach(
            application=draft, participant=member, document=paper.id, name=name,
            content=beginning + b"x", by=by, at=NOON,
        )  # fmt: skip
