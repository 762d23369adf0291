"""The panel talks under its chair: differences first, then minutes that all confirm."""

from datetime import datetime

from django.db import transaction
from django.urls import reverse

from dure.apps.notices.kinds import NoticeKind
from dure.apps.notices.operations import tell
from dure.apps.people.models import User
from dure.apps.selection import permissions
from dure.apps.selection.models import Member, Panel
from dure.apps.selection.notices import panel_consensus, panel_minutes
from dure.apps.selection.operations.locking import locked_panel
from dure.apps.selection.reasons import Reason
from dure.apps.selection.stages import MemberStage, PanelStage
from dure.foundation.verdict import Refused


@transaction.atomic
def elect_chair(*, member: Member, by: User) -> Member:
    """Record whom the panel elected as its chair. Raises Refused."""
    panel = locked_panel(member.panel)
    permissions.may_change_members(by, panel).require()
    panel.members.filter(is_chair=True).update(is_chair=False)
    member = Member.objects.select_for_update().get(pk=member.pk)
    if member.stage == MemberStage.LEFT:
        raise Refused(Reason.NOT_ON_THE_PANEL)
    member.is_chair = True
    member.save()
    return member


@transaction.atomic
def start_consensus(*, panel: Panel, by: User, at: datetime) -> Panel:
    """Let the members read each other, once every sheet is in. Raises Refused."""
    panel = locked_panel(panel)
    permissions.may_start_consensus(by, panel).require()
    if not panel.members.filter(is_chair=True).exists():
        raise Refused(Reason.NO_CHAIR)
    panel.stage = PanelStage.CONSENSUS
    panel.save()
    _tell(panel, panel_consensus, at)
    return panel


@transaction.atomic
def write_minutes(*, panel: Panel, text: str, seen: int, by: User, at: datetime) -> Panel:
    """Write the minutes; whoever confirmed an earlier text confirms anew.

    Raises Refused: CHANGED_MEANWHILE where `seen` is not the version there is.
    """
    panel = locked_panel(panel)
    permissions.may_write_minutes(by, panel).require()
    if seen != panel.version:
        raise Refused(Reason.CHANGED_MEANWHILE)
    if not text.strip():
        raise Refused(Reason.REASON_MISSING)
    panel.minutes, panel.minutes_by, panel.minutes_at = text.strip(), by, at
    panel.version += 1
    panel.save()
    panel.members.update(confirmed_at=None)
    _tell(panel, panel_minutes, at)
    return panel


@transaction.atomic
def confirm_minutes(*, panel: Panel, seen: int, by: User, at: datetime) -> Panel:
    """Confirm the minutes as they are. Raises Refused."""
    panel = locked_panel(panel)
    permissions.may_confirm_minutes(by, panel).require()
    if seen != panel.version:
        raise Refused(Reason.CHANGED_MEANWHILE)
    panel.members.filter(reviewer__user=by).update(confirmed_at=at)
    return panel


@transaction.atomic
def close_panel(*, panel: Panel, by: User, at: datetime) -> Panel:
    """Close the panel; its sheets are final. Raises Refused."""
    panel = locked_panel(panel)
    permissions.may_close_panel(by, panel).require()
    panel.stage, panel.closed_at = PanelStage.CLOSED, at
    panel.save()
    return panel


def _tell(panel: Panel, kind: NoticeKind, at: datetime) -> None:
    seats = panel.members.filter(stage=MemberStage.PLEDGED).select_related("reviewer__user")
    tell(
        recipients=[seat.reviewer.user for seat in seats],
        kind=kind,
        facts={"call": str(panel.selection.call)},
        url=reverse("selection:panel", args=[panel.pk]),
        at=at,
    )
