"""What was missing at the formal check is handed in within its term."""

from collections.abc import Sequence
from datetime import datetime

from django.db import transaction
from django.urls import reverse
from django.utils.timezone import localtime

from dure.apps.applications.operations import keep_later
from dure.apps.calls.queries import officers
from dure.apps.notices.operations import tell
from dure.apps.people.models import User
from dure.apps.selection import permissions
from dure.apps.selection.models import Item, Supplement
from dure.apps.selection.notices import item_supplemented
from dure.apps.selection.operations.locking import locked
from dure.apps.selection.reasons import Reason
from dure.foundation.verdict import Refused


@transaction.atomic
def hand_in_missing(
    *, item: Item, files: Sequence[tuple[str, bytes]], by: User, at: datetime
) -> list[Supplement]:
    """Hand in papers that were missing, as names and contents; the office checks anew.

    Raises Refused.
    """
    locked(item.selection)
    item = Item.objects.select_related("application", "selection").get(pk=item.pk)
    permissions.may_hand_in(by, item, localtime(at).date()).require()
    if not files:
        raise Refused(Reason.REASON_MISSING)
    kept = []
    for name, content in files:
        row = keep_later(application=item.application, name=name, content=content, by=by, at=at)
        key = row.pop("key")
        kept.append(
            Supplement.objects.create(item=item, row=row, key=key, handed_in_by=by, handed_in_at=at)
        )
    tell(
        recipients=officers(),
        kind=item_supplemented,
        facts={"number": item.application.number},
        url=reverse("selection:check", args=[item.pk]),
        at=at,
    )
    return kept
