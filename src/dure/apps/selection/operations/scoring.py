"""Scoring alone: the pledge, drafts that are saved over, and sheets that are appended."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from django.db import transaction

from dure.apps.people.models import User
from dure.apps.selection import permissions, queries
from dure.apps.selection.models import Draft, Item, Member, Sheet
from dure.apps.selection.operations.locking import locked_panel
from dure.apps.selection.reasons import Reason
from dure.apps.selection.stages import MemberStage, PanelStage
from dure.foundation.verdict import Refused


@transaction.atomic
def pledge(*, member: Member, by: User, at: datetime) -> Member:
    """Promise secrecy and impartiality; only then is anything read. Raises Refused."""
    locked_panel(member.panel)
    member = Member.objects.select_for_update().get(pk=member.pk)
    permissions.may_pledge(by, member).require()
    member.stage, member.pledged_at = MemberStage.PLEDGED, at
    member.save()
    return member


@transaction.atomic
def save_sheet(
    *,
    item: Item,
    seen: int,
    marks: Mapping[str, int],
    reasons: Mapping[str, str],
    failed: Sequence[str],
    opinion: str,
    note: str,
    is_final: bool,
    why: str = "",
    by: User,
    at: datetime,
) -> Sheet | Draft:
    """Keep the draft of a sheet, or hand it in; `seen` is the version it began from.

    A draft is saved over. A sheet that is handed in is appended, and has a mark and a sentence for
    every criterion; afterwards it changes in the consensus alone, and says why. Raises Refused:
    STALE where a newer one is there.
    """
    if item.panel is None:
        raise Refused(Reason.NOT_ON_THE_PANEL)
    panel = locked_panel(item.panel)
    item.panel = panel
    permissions.may_score(by, item).require()
    member = queries.seat_in(panel, by)
    if member is None:
        raise Refused(Reason.NOT_ON_THE_PANEL)
    last = queries.newest_sheet(item, member)
    if seen != (last.version if last else 0):
        raise Refused(Reason.STALE)
    if last and last.is_final:
        _refuse_change(panel.stage, is_final=is_final, why=why)
    elif panel.stage != PanelStage.SCORING and not is_final:
        raise Refused(Reason.MARKS_MISSING)
    _refuse_marks(item, marks, reasons, failed, is_final=is_final)
    values = {
        "marks": dict(marks),
        "reasons": {name: text.strip() for name, text in reasons.items()},
        "failed": sorted(failed),
        "opinion": opinion.strip(),
        "note": note.strip(),
    }
    if not is_final:
        return _kept_draft(item, member, last, values, at)
    if last and last.is_final:
        # The minutes were confirmed of what is now otherwise.
        panel.members.filter(confirmed_at__isnull=False).update(confirmed_at=None)
    Draft.objects.filter(item=item, member=member).delete()
    return Sheet.objects.create(
        item=item, member=member, version=seen + 1, why=why.strip(), **values, created_at=at
    )


def _kept_draft(
    item: Item, member: Member, last: Sheet | Draft | None, values: dict[str, Any], at: datetime
) -> Draft:
    """The draft as it is now; what changes nothing is no newer version."""
    if isinstance(last, Draft) and all(getattr(last, name) == now for name, now in values.items()):
        return last
    version = last.version + 1 if last else 1
    draft, _is_new = Draft.objects.update_or_create(
        item=item, member=member, defaults={**values, "version": version, "created_at": at}
    )
    return draft


def _refuse_change(stage: str, *, is_final: bool, why: str) -> None:
    if stage != PanelStage.CONSENSUS or not is_final:
        raise Refused(Reason.HANDED_IN)
    if not why.strip():
        raise Refused(Reason.REASON_MISSING)


def _refuse_marks(
    item: Item,
    marks: Mapping[str, int],
    reasons: Mapping[str, str],
    failed: Sequence[str],
    *,
    is_final: bool,
) -> None:
    rules = queries.rules_of(item.selection)
    criteria = {criterion.id for criterion in queries.criteria_of(item.selection)}
    grades = {grade.percent for grade in rules.grades}
    gates = {gate.id for gate in rules.gates}
    if not (set(marks) <= criteria and set(marks.values()) <= grades and set(failed) <= gates):
        raise Refused(Reason.MARK_UNKNOWN)
    if is_final and any(
        criterion not in marks or not reasons.get(criterion, "").strip() for criterion in criteria
    ):
        raise Refused(Reason.MARKS_MISSING)
