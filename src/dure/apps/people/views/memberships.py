"""Joining an organisation, answering those who ask, changing and ending memberships."""

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from dure.apps.people import operations, queries
from dure.apps.people.models import MembershipRole, MembershipStage
from dure.foundation.parsing import row_id
from dure.foundation.ui.answers import flash_outcome


@require_POST
@login_required
def join(request: HttpRequest) -> HttpResponse:
    """Ask to be let into the organisation with the posted id.

    It may be one that the asker cannot see yet: somebody has registered it, nobody has verified it.
    """
    organisation = get_object_or_404(
        queries.organisations_to_join(), pk=row_id(request.POST.get("organisation"))
    )
    # Nobody hears the name of an organisation that is not verified yet.
    message = (
        _("Your request has been sent to the managers of %(name)s.") % {"name": organisation}
        if organisation.verified_at
        else _("Your request has been sent to the managers of the organisation.")
    )
    with flash_outcome(request, message):
        operations.ask_to_join(organisation=organisation, by=request.user, at=timezone.now())
    return redirect("people:account")


@require_POST
@login_required
def answer_join(request: HttpRequest, membership_id: int) -> HttpResponse:
    """Let somebody in who asked, or not."""
    membership = get_object_or_404(queries.memberships_visible_to(request.user), pk=membership_id)
    is_welcome = request.POST.get("answer") == "yes"
    with flash_outcome(request) as outcome:
        operations.answer_join(
            membership=membership, is_welcome=is_welcome, by=request.user, at=timezone.now()
        )
        message = _("%(name)s is in.") if is_welcome else _("The request of %(name)s is declined.")
        outcome.done = message % {"name": membership.user}
    return redirect("people:organisation_detail", membership.organisation_id)


@require_POST
@login_required
def membership_change(request: HttpRequest, membership_id: int) -> HttpResponse:
    """Make somebody a manager or a member, or end the membership."""
    membership = get_object_or_404(queries.memberships_visible_to(request.user), pk=membership_id)
    changes = {
        "manager": (MembershipRole.MANAGER, MembershipStage.ACTIVE),
        "member": (MembershipRole.MEMBER, MembershipStage.ACTIVE),
        "end": (membership.role, MembershipStage.ENDED),
    }
    change = changes.get(request.POST.get("change", ""))
    if change is not None:
        with flash_outcome(request, _("Saved.")):
            operations.change_membership(
                membership=membership, role=change[0], stage=change[1], by=request.user
            )
    return redirect("people:organisation_detail", membership.organisation_id)


@require_POST
@login_required
def leave(request: HttpRequest, membership_id: int) -> HttpResponse:
    """End one's own membership, or take back a request."""
    membership = get_object_or_404(queries.memberships_of(request.user), pk=membership_id)
    message = (
        _("Your request is taken back.")
        if membership.stage == MembershipStage.REQUESTED
        else _("You no longer belong to %(name)s.") % {"name": membership.organisation}
    )
    with flash_outcome(request, message):
        operations.leave(membership=membership, by=request.user)
    return redirect("people:account")
