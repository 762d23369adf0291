"""Agreements under which the details of teasers open, and who read them."""

from collections.abc import Iterable, Sequence
from datetime import date, datetime

from django.db import transaction

from dure.apps.catalog import permissions
from dure.apps.catalog.models import Attachment, DisclosedEntry, Need, Technology
from dure.apps.catalog.queries import reads_under
from dure.apps.ndas import operations as ndas
from dure.apps.ndas.models import Nda
from dure.apps.people.models import Organisation, User
from dure.apps.people.queries import Reader


@transaction.atomic
def ask_for_details(
    *,
    entry: Need | Technology,
    receiving_party: Organisation,
    people: Sequence[User],
    purpose: str,
    ends_on: date,
    by: User,
    at: datetime,
) -> Nda:
    """Ask the owner of an entry to open its details to `people` of `receiving_party`. Raises Refused."""
    kind = type(entry)
    entry = kind.objects.select_for_update(of=("self",)).get(pk=entry.pk)
    permissions.may_ask_for_details(by, entry).require()
    word = kind._meta.model_name  # noqa: SLF001 -- Django's public model API
    nda = ndas.ask(
        disclosing_party=entry.organisation,
        receiving_party=receiving_party,
        material=entry.title,
        material_url=entry.get_absolute_url(),
        purpose=purpose,
        people=people,
        ends_on=ends_on,
        by=by,
        at=at,
    )
    DisclosedEntry.objects.create(nda=nda, **{word: entry})
    return nda


def note_access(
    *,
    entries: Iterable[Need | Technology],
    file: Attachment | None = None,
    by: Reader,
    at: datetime,
) -> None:
    """Keep that `by` opens the details of `entries`, or a file beside them, under an agreement.

    Whoever needs no agreement for it leaves no trace, and costs no statement.
    """
    place = f"attachments/{file.pk}/" if file else ""
    read = [
        (nda, entry.get_absolute_url() + place, file.name if file else entry.title)
        for entry in entries
        for nda in reads_under(by, entry)
    ]
    if read:
        ndas.note_access(reader=by, read=read, at=at)
