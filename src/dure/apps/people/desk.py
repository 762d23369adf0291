"""What waits of organisations and their people, for the office, for managers and for newcomers."""

from datetime import datetime
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from dure.apps.people import operations, permissions, queries
from dure.apps.people.models import Membership, Organisation, User
from dure.apps.people.presenters import spoken_number
from dure.foundation.desk import Line, Queue, Section, Settling, offer_queue, offer_section


def _organisation(organisation: Organisation, user: User) -> Line:
    return Line(
        title=str(organisation),
        url=reverse("people:organisation_detail", args=[organisation.pk]),
        who=spoken_number(organisation),
        action=_("Verify"),
        may=permissions.may_verify(user, organisation),
    )


def _join(membership: Membership, user: User) -> Line:
    page = reverse("people:organisation_detail", args=[membership.organisation_id])
    return Line(
        title=f"{membership.user} → {membership.organisation}",
        url=f"{page}#people",
        who=membership.user.email,
        action=_("Let in"),
    )


def _let_in(membership: Membership, by: User, at: datetime) -> Any:
    return operations.answer_join(membership=membership, is_welcome=True, by=by, at=at)


def membership(user: User, now: datetime) -> dict[str, Any] | None:
    """For managers: who wants to join; for everybody there: what still has to be verified."""
    organisations = list(queries.organisations_of(user))
    is_office = permissions.may_run_programmes(user)
    joins = [] if is_office or not organisations else list(queries.joins_to_answer(user)[:5])
    unverified = [
        organisation for organisation in organisations if organisation.verified_at is None
    ]
    return {"joins": joins, "unverified": unverified} if joins or unverified else None


def newcomer(user: User, now: datetime) -> dict[str, Any] | None:
    """The two ways in, for whoever has neither an organisation nor a role."""
    roles = queries.roles_of(user)
    return None if roles.organisations or roles.roles else {}


offer_section(Section("membership", "people/_membership_section.html", 90, membership))
offer_section(Section("newcomer", "people/_newcomer_section.html", 130, newcomer))
offer_queue(
    Queue(
        code="ORGANISATION",
        label=gettext_lazy("Organisation to verify"),
        place=30,
        offered_to=permissions.may_run_programmes,
        waiting=lambda user, now: queries.organisations_to_verify(user),
        since=lambda organisation: organisation.waiting_since,
        line=_organisation,
        route="people:unverified",
        settling=Settling(
            run=lambda organisation, by, at: operations.verify_organisation(
                organisation=organisation, by=by, at=at
            ),
            message=lambda organisation: _("Verified: %(title)s") % {"title": organisation},
        ),
    )
)
offer_queue(
    Queue(
        code="JOIN",
        label=gettext_lazy("Request to join"),
        place=40,
        offered_to=permissions.may_run_programmes,
        waiting=lambda user, now: queries.joins_to_answer(user),
        since=lambda membership: membership.requested_at,
        line=_join,
        settling=Settling(
            run=_let_in,
            message=lambda membership: _("Let in: %(title)s") % {"title": membership.user},
        ),
    )
)
