"""What people are told when something happens to their organisation."""

from dure.apps.notices.kinds import NoticeKind
from dure.apps.notices.notices import (
    join_answered,
    join_requested,
    mandate_ended,
    mandate_given,
    organisation_verified,
)
from dure.apps.notices.operations import tell
from dure.apps.people.events import (
    JoinAnswered,
    JoinRequested,
    MandateEnded,
    MandateGiven,
    OrganisationVerified,
)
from dure.apps.people.queries import (
    managers_of,
    mandate_by_id,
    membership_by_id,
    organisation_by_id,
)
from dure.foundation.announce import listens_to


@listens_to(JoinRequested)
def tell_managers_of_request(event: JoinRequested) -> None:
    """Tell the managers that somebody wants to join."""
    membership = membership_by_id(event.membership_id)
    tell(
        recipients=managers_of(membership.organisation),
        kind=join_requested,
        facts={"name": str(membership.user), "organisation": membership.organisation.name},
        url=f"/organisations/{membership.organisation_id}/#people",
        at=event.at,
    )


@listens_to(JoinAnswered)
def tell_asker_of_answer(event: JoinAnswered) -> None:
    """Tell whoever asked to join what the answer is."""
    membership = membership_by_id(event.membership_id)
    tell(
        recipients=[membership.user],
        kind=join_answered,
        facts={
            "organisation": membership.organisation.name,
            "is_welcome": event.is_welcome,
        },
        url=f"/organisations/{membership.organisation_id}/" if event.is_welcome else "/account/",
        at=event.at,
    )


@listens_to(OrganisationVerified)
def tell_managers_of_verification(event: OrganisationVerified) -> None:
    """Tell the managers that their organisation is verified."""
    organisation = organisation_by_id(event.organisation_id)
    tell(
        recipients=managers_of(organisation),
        kind=organisation_verified,
        facts={"organisation": organisation.name},
        url="/",
        at=event.at,
    )


@listens_to(MandateGiven)
def tell_of_mandate(event: MandateGiven) -> None:
    """Tell whoever is named to act for an organisation, and its managers."""
    _tell_of_mandate(event, mandate_given)


@listens_to(MandateEnded)
def tell_of_end_of_mandate(event: MandateEnded) -> None:
    """Tell the same people that it has ended."""
    _tell_of_mandate(event, mandate_ended)


def _tell_of_mandate(event: MandateGiven | MandateEnded, kind: NoticeKind) -> None:
    mandate = mandate_by_id(event.mandate_id)
    facts = {
        "organisation": mandate.organisation.name,
        "name": str(mandate.user),
        "kind": mandate.kind,
        "first": mandate.first_on.isoformat(),
    }
    page = f"/organisations/{mandate.organisation_id}/mandates/"
    others = managers_of(mandate.organisation).exclude(pk=mandate.user_id)
    tell(recipients=others, kind=kind, facts=facts, url=page, at=event.at)
    own = facts | {"is_own": True}
    tell(recipients=[mandate.user], kind=kind, facts=own, url="/account/#mandates", at=event.at)
