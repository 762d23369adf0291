"""A deal held until the transaction ends; what is sealed of it, and who is told."""

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from dure.apps.deals.models import Deal
from dure.apps.deals.notices import deal_moved
from dure.apps.notices.operations import tell
from dure.apps.people.models import Organisation, User
from dure.apps.people.queries import people_of
from dure.apps.records.kinds import RecordKind
from dure.apps.records.operations import FileHash, record
from dure.foundation import sealing


def locked(deal: Deal) -> Deal:
    """A deal as it is now, held until the transaction ends."""
    held = Deal.objects.select_for_update(of=("self",))
    return held.select_related("asking", "supply", "finder").get(pk=deal.pk)


def record_step(
    deal: Deal,
    kind: RecordKind,
    *,
    by: User,
    at: datetime,
    files: Iterable[FileHash] = (),
    **more: Any,
) -> None:
    """Seal how a deal stands now, in the transaction of the act; words as hashes only."""
    content = {
        "number": deal.document_number,
        "stage": deal.stage,
        "need": f"need:{deal.need_id}",
        "technology": f"technology:{deal.technology_id}" if deal.technology_id else None,
        "room": f"room:{deal.room_id}" if deal.room_id else None,
        "contract": deal.kind or None,
        "failure": deal.failure or None,
        "words_sha256": sealing.digest(
            {"text": deal.text, "terms": deal.terms, "judgement": deal.judgement}
        ),
        **more,
    }
    parties = [deal.asking, *([deal.supply] if deal.supply else [])]
    record(
        kind=kind,
        about=f"deal:{deal.pk}",
        content=content,
        files=list(files),
        parties=parties,
        is_of_office=True,
        by=by,
        at=at,
    )


def tell_of(deal: Deal, sides: Iterable[Organisation | None], what: str, *, at: datetime) -> None:
    """Tell the people of these organisations how a deal stands."""
    recipients = {person for side in sides if side for person in people_of(side)}
    facts = {
        "what": what,
        "title": deal.title,
        "step": str(deal.step),
        "organisation": deal.asking.name,
    }
    url = deal.get_absolute_url()
    tell(recipients=list(recipients), kind=deal_moved, facts=facts, url=url, at=at)
