"""Sealing what was posted, so that nothing before a seal can be taken out or put in unseen."""

import json
from datetime import datetime

from django.db import connection, transaction

from dure.apps.ledger import adapter
from dure.apps.ledger.models import Entry, Seal
from dure.foundation import keys


def seal(*, at: datetime) -> Seal | None:
    """Seal all entries since the last seal; None when there are none.

    Waits for those who are posting, and they for it. The last seal is also kept outside the database.
    """
    made = _seal(at)
    if made:
        # After it is saved: a file that is behind is no fault, one that is ahead is.
        keys.write_file(adapter.LAST_SEAL, json.dumps(adapter.as_kept(made)).encode())
    return made


@transaction.atomic
def _seal(at: datetime) -> Seal | None:
    with connection.cursor() as cursor:
        # Whoever inserts holds a weaker lock of the table: a seal is over a ledger that stands still.
        cursor.execute("LOCK TABLE ledger_entry IN SHARE ROW EXCLUSIVE MODE")
    last = Seal.objects.order_by("-number").first()
    entries = Entry.objects.filter(pk__gt=last.last_entry if last else 0).order_by("pk")
    waiting = list(entries.values_list("pk", "digest"))
    if not waiting:
        return None
    number = last.number + 1 if last else 1
    count = len(waiting) + (last.entry_count if last else 0)
    digest = adapter.seal_digest(
        last.digest if last else "", number, count, (digest for _, digest in waiting)
    )
    return Seal.objects.create(
        number=number,
        last_entry=waiting[-1][0],
        entry_count=count,
        digest=digest,
        created_at=at,
    )
