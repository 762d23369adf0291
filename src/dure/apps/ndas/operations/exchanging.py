"""Hand-overs of technical data, registered also where they were made without an agreement."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.db import transaction
from django.utils.timezone import localdate

from dure.apps.ndas import kinds, permissions, queries
from dure.apps.ndas.kinds import HandOver
from dure.apps.ndas.models import Exchange
from dure.apps.ndas.reasons import Reason
from dure.apps.people.models import Organisation, User
from dure.apps.records.operations import FileHash, record
from dure.foundation import sealing
from dure.foundation.verdict import Refused


@transaction.atomic
def register_exchange(
    *,
    disclosing_party: Organisation,
    receiving_party: Organisation,
    material: str,
    way: str,
    handed_on: date,
    is_secret: bool = True,
    note: str = "",
    files: Sequence[FileHash] = (),
    by: User,
    at: datetime,
) -> Exchange:
    """Register that technical data went from one to the other; either side may. Raises Refused.

    The agreement that was in force between the two on that day is put beside it, if there was one. What
    is kept secret goes through the platform only where `may_hand_over` lets it; what was shown
    elsewhere has happened, and is registered as it was.
    """
    permissions.may_register_exchange(by, disclosing_party, receiving_party).require()
    if way == HandOver.PLATFORM:
        permissions.may_hand_over(
            by, disclosing_party, receiving_party, is_secret=is_secret, at=at
        ).require()
    return _registered(
        disclosing_party,
        receiving_party,
        _What(material, way, handed_on, is_secret, note, files),
        by,
        at,
    )


@transaction.atomic
def register_handed_out(
    *,
    disclosing_party: Organisation,
    receiving_party: Organisation,
    material: str,
    is_secret: bool,
    note: str = "",
    files: Sequence[FileHash] = (),
    by: User,
    at: datetime,
) -> Exchange:
    """Register what a keeper hands out today of what `disclosing_party` gave it to keep.

    `by` is of neither side; whether a keeper may hand out at all, the caller has asked. What is kept
    secret waits for the same papers as in `register_exchange`. Raises Refused.
    """
    if is_secret:
        permissions.papers_are_there(disclosing_party, receiving_party, at).require()
    what = _What(material, HandOver.PLATFORM, localdate(at), is_secret, note, files)
    return _registered(disclosing_party, receiving_party, what, by, at)


@dataclass(frozen=True, slots=True)
class _What:
    """What went from one to the other."""

    material: str
    way: str
    handed_on: date
    is_secret: bool
    note: str
    files: Sequence[FileHash]


def _registered(
    disclosing_party: Organisation,
    receiving_party: Organisation,
    what: _What,
    by: User,
    at: datetime,
) -> Exchange:
    if not (material := what.material.strip()):
        raise Refused(Reason.ITEM_MISSING)
    if what.handed_on > localdate(at):
        raise Refused(Reason.DAY_TO_COME)
    nda = queries.covering(disclosing_party, receiving_party, what.handed_on)
    made = Exchange.objects.create(
        from_party=disclosing_party,
        to_party=receiving_party,
        material=material,
        way=what.way,
        handed_on=what.handed_on,
        nda=nda,
        is_secret=what.is_secret,
        note=what.note.strip(),
        created_by=by,
        created_at=at,
    )
    content = {
        "from": f"organisation:{disclosing_party.pk}",
        "way": what.way,
        "handed_on": what.handed_on.isoformat(),
        "is_secret": what.is_secret,
        "agreement": nda.document_number if nda else None,
        "words_sha256": sealing.digest({"material": material, "note": made.note}),
    }
    record(
        kind=kinds.HANDED_OVER,
        about=f"exchange:{made.pk}",
        content=content,
        files=what.files,
        parties=[disclosing_party, receiving_party],
        by=by,
        at=at,
    )
    return made
