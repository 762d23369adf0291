"""What waits of roadmaps for the office: proposals to decide on."""

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from dure.apps.people.models import User
from dure.apps.roadmaps import permissions, presenters, queries
from dure.apps.roadmaps.models import Proposal
from dure.foundation.desk import Line, Queue, offer_queue


def _proposal(proposal: Proposal, user: User) -> Line:
    page = reverse("roadmaps:proposal", args=[proposal.pk])
    return Line(
        title=presenters.sentence(proposal),
        url=page,
        who=str(proposal.roadmap),
        action=_("Decide"),
        href=page,
        text=proposal.get_source_display(),
    )


offer_queue(
    Queue(
        code="ROADMAP_PROPOSAL",
        label=gettext_lazy("Proposal for a roadmap"),
        place=120,
        offered_to=permissions.may_decide,
        waiting=lambda user, now: queries.waiting_proposals(),
        since=lambda proposal: proposal.created_at,
        line=_proposal,
        route="roadmaps:proposals",
    )
)
