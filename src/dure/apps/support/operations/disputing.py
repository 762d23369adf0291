"""Disputes: evidence gathered from registers in one step, and who hears the case."""

from datetime import datetime

from django.db import transaction
from django.utils.timezone import localdate

from dure.apps.people.models import User
from dure.apps.records.operations import record
from dure.apps.records.queries import entries_about
from dure.apps.support import adapter, permissions, queries
from dure.apps.support.kinds import GATHERED
from dure.apps.support.models import Evidence, Panelist, SupportRequest
from dure.apps.support.operations.holding import locked, of_body, tell_of
from dure.apps.support.reasons import Reason
from dure.foundation import sealing
from dure.foundation.verdict import Refused


@transaction.atomic
def gather(*, request: SupportRequest, by: User, at: datetime) -> Evidence:
    """Keep what the registers of all rooms with the other side say, in order. Raises Refused.

    Its hash goes into the sealed record, so that the copy can be proven later.
    """
    request = locked(request)
    permissions.may_gather(by, request).require()
    items = list(queries.room_entries_with(by, request.organisation, request.counterpart))
    if not items:
        raise Refused(Reason.NOTHING_FOUND)
    rooms = sorted({item.room_id for item in items})
    entries = entries_about(*(f"room:{pk}" for pk in rooms))
    rows = adapter.evidence_rows(items, entries)
    made = Evidence.objects.create(
        request=request, rows=rows, sha256=sealing.digest(rows), by=by, at=at
    )
    record(
        kind=GATHERED,
        about=f"support:{request.pk}",
        content={"rows": len(rows), "rows_sha256": made.sha256},
        parties=[request.organisation],
        is_of_office=True,
        by=by,
        at=at,
    )
    tell_of(request, of_body(request), "STEP", by=by, at=at)
    return made


@transaction.atomic
def name_panelist(
    *,
    request: SupportRequest,
    name: str,
    affiliation: str,
    profession: str,
    is_chair: bool,
    by: User,
    at: datetime,
) -> Panelist:
    """Name somebody who hears a case. Raises Refused."""
    request = locked(request)
    permissions.may_name_panelist(by, request).require()
    panel = request.file.panel
    members = list(request.panel.all())
    if panel is None or not name.strip():
        raise Refused(Reason.FIELD_MISSING)
    if profession not in {choice.id for choice in panel.professions}:
        raise Refused(Reason.FIELD_MISSING)
    if len(members) >= panel.most:
        raise Refused(Reason.PANEL_FULL)
    if is_chair and panel.chair and profession not in panel.chair:
        raise Refused(Reason.CHAIR_PROFESSION)
    if is_chair and any(member.is_chair for member in members):
        raise Refused(Reason.CHAIR_TAKEN)
    if any(
        (member.name, member.affiliation) == (name.strip(), affiliation.strip())
        for member in members
    ):
        raise Refused(Reason.NAMED_ALREADY)
    return Panelist.objects.create(
        request=request, name=name.strip(), affiliation=affiliation.strip(),
        profession=profession, is_chair=is_chair, named_on=localdate(at),
    )  # fmt: skip
