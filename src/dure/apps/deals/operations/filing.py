"""A request for technology: filed, judged, answered with proposals, taken into a room, given up."""

from dataclasses import dataclass
from datetime import date, datetime

from django.db import transaction

from dure.apps.catalog.models import Need, Technology
from dure.apps.deals import kinds, permissions, queries
from dure.apps.deals.kinds import FoundBy, failure_of, kind_of
from dure.apps.deals.models import Deal, Entrusted, Proposal
from dure.apps.deals.operations.holding import locked, record_step, tell_of
from dure.apps.deals.reasons import Reason
from dure.apps.people.models import Organisation, OrganisationKind, User
from dure.apps.rooms.operations import open_room
from dure.foundation.verdict import Refused

BODIES = (OrganisationKind.CENTRE, OrganisationKind.AGENCY, OrganisationKind.PUBLIC)
"""Organisations that file as a regional body; any other that is not the owner is a supporter."""


@dataclass(frozen=True, slots=True)
class NewDeal:
    """What a request says: what is sought, and in which form if one is wished (a kind of the file)."""

    need: Need
    title: str
    text: str
    wish: str = ""


@transaction.atomic
def file(*, deal: NewDeal, finder: Organisation, by: User, at: datetime) -> Deal:
    """File a request from a need, for its owner or for whoever found it. Raises Refused."""
    permissions.may_file(by, finder).require()
    if not deal.text.strip() or not deal.title.strip():
        raise Refused(Reason.TEXT_MISSING)
    if deal.wish and kind_of(deal.wish) is None:
        raise Refused(Reason.UNKNOWN_KIND)
    asking = deal.need.organisation
    if not asking.verified_at:
        raise Refused(Reason.ORGANISATION_NOT_VERIFIED)
    made = Deal.objects.create(
        need=deal.need,
        asking=asking,
        finder=finder,
        found_by=_found_by(finder, asking),
        title=deal.title.strip(),
        text=deal.text.strip(),
        wish=deal.wish,
        created_by=by,
        created_at=at,
    )
    record_step(made, kinds.MOVED, by=by, at=at, finder=f"organisation:{finder.pk}")
    if finder.pk != asking.pk:
        tell_of(made, [asking], "MOVED", at=at)
    return made


@transaction.atomic
def judge(*, deal: Deal, is_fit: bool, judgement: str, by: User, at: datetime) -> Deal:
    """Say whether a request is fit for a deal, and why; who judges is its broker. Raises Refused."""
    deal = locked(deal)
    permissions.may_judge(by, deal).require()
    if not judgement.strip():
        raise Refused(Reason.WHY_MISSING)
    deal.broker, deal.judgement = by, judgement.strip()
    deal.stage = "JUDGED" if is_fit else "FAILED"
    if not is_fit:
        deal.failure, deal.failure_note = "unfit", deal.judgement
    deal.save()
    record_step(deal, kinds.MOVED, by=by, at=at)
    tell_of(deal, [deal.asking, deal.finder], "MOVED", at=at)
    return deal


@transaction.atomic
def propose(*, deal: Deal, technology: Technology, note: str, by: User, at: datetime) -> Proposal:
    """Propose a technology to who asks, and to nobody else. Raises Refused."""
    deal = locked(deal)
    permissions.may_propose(by, deal).require()
    if technology.organisation_id == deal.asking_id:
        raise Refused(Reason.OWN_TECHNOLOGY)
    if not note.strip():
        raise Refused(Reason.TEXT_MISSING)
    if deal.proposals.filter(technology=technology).exists():
        raise Refused(Reason.PROPOSED_ALREADY)
    made = Proposal.objects.create(
        deal=deal,
        technology=technology,
        note=note.strip(),
        is_entrusted=bool(queries.entrusted_among([technology])),
        created_by=by,
        created_at=at,
    )
    proposed = f"technology:{technology.pk}"
    record_step(deal, kinds.PROPOSED, by=by, at=at, proposed=proposed)
    tell_of(deal, [deal.asking], "PROPOSED", at=at)
    return made


@transaction.atomic
def take(*, proposal: Proposal, by: User, at: datetime) -> Deal:
    """Take a proposal: its owner is told, and the room of the two is opened. Raises Refused."""
    deal = locked(proposal.deal)
    proposal = Proposal.objects.select_for_update(of=("self",)).get(pk=proposal.pk)
    permissions.may_take(by, proposal).require()
    proposal.is_taken = True
    proposal.save(update_fields=["is_taken"])
    technology = proposal.technology
    deal.technology, deal.supply = technology, technology.organisation
    deal.room = open_room(need=deal.need, technology=technology, by=by, at=at)
    deal.stage = "MATCHED"
    deal.save()
    record_step(deal, kinds.MOVED, by=by, at=at)
    tell_of(deal, [deal.supply], "TAKEN", at=at)
    return deal


@transaction.atomic
def move(
    *, deal: Deal, stage: str, failure: str = "", note: str = "", by: User, at: datetime
) -> Deal:
    """Take a step by hand: talks begin, or it does not come about, and why. Raises Refused."""
    deal = locked(deal)
    permissions.may_move(by, deal, stage).require()
    if stage == "FAILED":
        if failure_of(failure) is None or not note.strip():
            raise Refused(Reason.WHY_MISSING)
        deal.failure, deal.failure_note = failure, note.strip()
    deal.stage = stage
    deal.save()
    record_step(deal, kinds.MOVED, by=by, at=at)
    tell_of(deal, [deal.asking, deal.supply, deal.finder], "MOVED", at=at)
    return deal


@transaction.atomic
def entrust(*, technology: Technology, since: date, by: User, at: datetime) -> Entrusted:
    """Enter that a technology is entrusted to the office. Raises Refused."""
    permissions.may_broker(by).require()
    made, is_new = Entrusted.objects.get_or_create(
        technology=technology, defaults={"since": since, "created_by": by, "created_at": at}
    )
    if not is_new:
        raise Refused(Reason.ENTRUSTED_ALREADY)
    return made


def _found_by(finder: Organisation, asking: Organisation) -> str:
    if finder.pk == asking.pk:
        return FoundBy.OWNER
    return FoundBy.BODY if finder.kind in BODIES else FoundBy.SUPPORTER
