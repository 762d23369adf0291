"""Who may do what with requests for support; which side takes which step says the file."""

from datetime import date

from dure.apps.people.models import Organisation
from dure.apps.people.queries import Reader, roles_of
from dure.apps.support import queries
from dure.apps.support.kinds import Service, Step
from dure.apps.support.models import Candidate, Profile, SupportRequest
from dure.apps.support.reasons import Reason
from dure.apps.support.roles import ACTING, READS
from dure.apps.support.stages import NEXT, CandidateStage
from dure.foundation.verdict import YES, Verdict


def may_run(user: Reader) -> Verdict:
    """Name bodies that answer, take lists of partners in."""
    return YES if roles_of(user).is_officer else Verdict(Reason.NOT_AN_OFFICER)


def may_keep_pools(user: Reader) -> Verdict:
    """Invite experts, hold exchange programmes, note tasks: the office and coordinators."""
    roles = roles_of(user)
    return YES if roles.is_officer or roles.holds(ACTING) else Verdict(Reason.NOT_AN_OFFICER)


def may_read_pools(user: Reader) -> Verdict:
    """Read how far the pools of experts led: members of the platform."""
    return YES if roles_of(user).is_member else Verdict(Reason.NOT_A_READER)


def may_answer_requests(user: Reader) -> Verdict:
    """Have requests on one's desk: the office, people of bodies, and whoever owns one."""
    is_one = roles_of(user).is_officer or queries.is_of_any_body(user)
    is_one = is_one or queries.requests_owned_by(user).exists()
    return YES if is_one else Verdict(Reason.NOT_YOUR_BODY)


def may_be_partner(user: Reader) -> Verdict:
    """Be asked as a partner: who has a profile here."""
    return YES if queries.has_profile(user) else Verdict(Reason.NOT_ASKED)


def may_set_open(user: Reader, profile: Profile) -> Verdict:
    """Say whether a partner takes requests: the partner, and the office."""
    is_own = queries.own_profiles(user).filter(pk=profile.pk).exists()
    return YES if is_own or roles_of(user).is_officer else Verdict(Reason.NOT_ASKED)


def may_see_figures(user: Reader) -> Verdict:
    """Read how services are used, over all requests: the office, centres, auditors."""
    roles = roles_of(user)
    is_one = roles.is_officer or roles.holds(READS.values())
    return YES if is_one else Verdict(Reason.NOT_A_READER)


def may_search_profiles(user: Reader) -> Verdict:
    """Look through all profiles."""
    return YES if queries.reads_profiles(user) else Verdict(Reason.NOT_A_READER)


def may_ask(user: Reader, service: Service, organisation: Organisation, on: date) -> Verdict:
    """Ask for a service for a firm: its own people, and those who act for members of groups."""
    if queries.capacity_of(user, service, organisation, on) is None:
        return Verdict(Reason.NOT_FOR_THIS_FIRM)
    if organisation.kind not in service.asked_by:
        return Verdict(Reason.KIND_MAY_NOT_ASK)
    return YES if organisation.verified_at else Verdict(Reason.ORGANISATION_NOT_VERIFIED)


def may_take_on(user: Reader, request: SupportRequest) -> Verdict:
    """Own a request that nobody owns."""
    if request.owner_id:
        return Verdict(Reason.OWNED_ALREADY)
    if request.closed_at or request.file.taking_on.id not in request.step_file.next:
        return Verdict(Reason.STAGE_CLOSED)
    return YES if queries.is_of_body(user, request) else Verdict(Reason.NOT_YOUR_BODY)


def may_hand_over(user: Reader, request: SupportRequest) -> Verdict:
    """Give a request to somebody else of the body: its owner, a manager of the body, the office."""
    if request.closed_at:
        return Verdict(Reason.STAGE_CLOSED)
    if request.owner_id is None:
        return Verdict(Reason.NOBODY_OWNS_IT)
    roles = roles_of(user)
    if request.owner_id == user.pk or request.body_id in roles.managed or roles.is_officer:
        return YES
    return Verdict(Reason.NOT_THE_OWNER)


def may_own(user: Reader, request: SupportRequest) -> Verdict:
    """Be the owner: people of the body."""
    return YES if queries.is_of_body(user, request) else Verdict(Reason.NOT_OF_THE_BODY)


def may_work(user: Reader, request: SupportRequest) -> Verdict:
    """Do what the owner does; the office may too, except on a request that it made itself."""
    if request.closed_at:
        return Verdict(Reason.STAGE_CLOSED)
    if request.owner_id is None:
        return Verdict(Reason.NOBODY_OWNS_IT)
    return YES if "body" in queries.sides_of(user, request) else Verdict(Reason.NOT_THE_OWNER)


def may_assign_body(user: Reader, request: SupportRequest) -> Verdict:
    """Say which body answers: the office, while nobody owns the request."""
    if request.closed_at or request.owner_id:
        return Verdict(Reason.STAGE_CLOSED)
    return may_run(user)


def may_take(user: Reader, request: SupportRequest, step: Step) -> Verdict:
    """Bring a request to a step: the side that the file names, from a step before it.

    To the step that takes a request on it comes first by `may_take_on`, later also back to it.
    """
    if request.closed_at or step.id not in request.step_file.next:
        return Verdict(Reason.STAGE_CLOSED)
    if step.takes_on and request.owner_id is None:
        return Verdict(Reason.NOBODY_OWNS_IT)
    sides = queries.sides_of(user, request)
    if request.owner_id is None and queries.is_of_body(user, request) and step.closes:
        sides.add("body")  # What is declined needs no owner.
    return YES if sides.intersection(step.by) else Verdict(Reason.NOT_THEIR_TURN)


def may_propose(user: Reader, request: SupportRequest) -> Verdict:
    """Propose partners."""
    if not request.step_file.proposes:
        return Verdict(Reason.NO_PROPOSALS)
    return may_work(user, request)


def may_answer(user: Reader, candidate: Candidate, stage: CandidateStage) -> Verdict:
    """Move a proposed partner on: the firm says whether it is wanted, the owner introduces, the
    partner answers; the owner may enter what a partner without an account said."""
    if stage not in NEXT[CandidateStage(candidate.stage)]:
        return Verdict(Reason.STAGE_CLOSED)
    request = candidate.request
    if request.closed_at and stage != CandidateStage.ENDED:
        return Verdict(Reason.STAGE_CLOSED)
    sides = queries.sides_of(user, request)
    may = {
        CandidateStage.WANTED: "firm" in sides,
        CandidateStage.NOT_WANTED: "firm" in sides,
        CandidateStage.INTRODUCED: "body" in sides,
        CandidateStage.ENDED: bool(sides & {"firm", "body"}),
    }.get(stage, queries.is_asked(user, candidate) or "body" in sides)
    return YES if may else Verdict(Reason.NOT_ASKED)


def may_note_visit(user: Reader, request: SupportRequest) -> Verdict:
    """Note a visit: the owner, and the partner who came."""
    if not request.step_file.visits:
        return Verdict(Reason.NO_VISITS)
    agreed = request.candidates.filter(stage=CandidateStage.ACCEPTED)
    if any(queries.is_asked(user, candidate) for candidate in agreed.select_related("profile")):
        return YES
    return may_work(user, request)


def may_report(user: Reader, request: SupportRequest) -> Verdict:
    """Write the report: the owner."""
    return may_work(user, request)


def may_rate(user: Reader, request: SupportRequest) -> Verdict:
    """Say how satisfied the firm is, once."""
    if not request.closed_at:
        return Verdict(Reason.NOT_CLOSED)
    if request.satisfaction:
        return Verdict(Reason.SAID_ALREADY)
    return YES if "firm" in queries.sides_of(user, request) else Verdict(Reason.NOT_ASKED)


def may_read_personal(user: Reader, request: SupportRequest) -> Verdict:
    """Read personal details: the asking firm's side, and the owner alone."""
    is_own = "firm" in queries.sides_of(user, request)
    if is_own or (user.is_authenticated and request.owner_id == user.pk):
        return YES
    return Verdict(Reason.NOT_A_READER)


def may_read_inside(user: Reader, request: SupportRequest) -> Verdict:
    """Read evidence, notes and reports: whoever sees the request, but the other side of a dispute."""
    is_only_other_side = queries.sides_of(user, request) == {"counterpart"}
    sees = queries.requests_visible_to(user).filter(pk=request.pk).exists()
    return YES if sees and not is_only_other_side else Verdict(Reason.NOT_A_READER)


def may_gather(user: Reader, request: SupportRequest) -> Verdict:
    """Gather evidence from the registers of rooms: the firm's own people."""
    if request.closed_at or not request.file.gathers:
        return Verdict(Reason.STAGE_CLOSED)
    if request.counterpart_id is None:
        return Verdict(Reason.NO_COUNTERPART)
    is_own = request.organisation_id in roles_of(user).organisations
    is_of_firm = is_own and "firm" in queries.sides_of(user, request)
    return YES if is_of_firm else Verdict(Reason.NOT_FOR_THIS_FIRM)


def may_name_panelist(user: Reader, request: SupportRequest) -> Verdict:
    """Name who hears a case."""
    if request.file.panel is None:
        return Verdict(Reason.NO_PANEL)
    return may_work(user, request)
