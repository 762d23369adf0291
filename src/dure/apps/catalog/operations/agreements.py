"""Agreements under which the details of teasers open, and who read them."""

from collections.abc import Iterable, Sequence
from datetime import date, datetime

from django.db import transaction

from dure.apps.catalog import permissions
from dure.apps.catalog.models import Attachment, DisclosedEntry, Need, Technology
from dure.apps.catalog.queries import reads_under, waits_for_sheet
from dure.apps.catalog.reasons import Reason
from dure.apps.ndas import operations as ndas
from dure.apps.ndas.models import Nda, RequestSheet
from dure.apps.people.models import Organisation, User
from dure.apps.people.queries import Reader
from dure.apps.records.operations import FileHash
from dure.foundation.verdict import Refused


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
    """Ask the owner of an entry to open its details to `people` of `receiving_party`.

    Raises Refused, also where the owner keeps them secret and a buyer must ask in writing first.
    """
    kind = type(entry)
    entry = kind.objects.select_for_update(of=("self",)).get(pk=entry.pk)
    permissions.may_ask_for_details(by, entry).require()
    if waits_for_sheet(entry, receiving_party):
        raise Refused(Reason.SHEET_FIRST)
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


@transaction.atomic
def ask_in_writing(
    *,
    technology: Technology,
    receiving_party: Organisation,
    sheet: ndas.NewSheet,
    by: User,
    at: datetime,
) -> RequestSheet:
    """Give the owner a request sheet for details that it keeps secret. Raises Refused.

    Once the owner agrees, the agreement made for the sheet opens them.
    """
    technology = Technology.objects.select_for_update(of=("self",)).get(pk=technology.pk)
    permissions.may_ask_in_writing(by, technology, receiving_party).require()
    given = ndas.give_sheet(
        asking=receiving_party, holding=technology.organisation, sheet=sheet, by=by, at=at
    )
    DisclosedEntry.objects.create(sheet=given, technology=technology)
    return given


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
    entries = list(entries)
    place = f"attachments/{file.pk}/" if file else ""
    read = [
        (nda, entry.get_absolute_url() + place, file.name if file else entry.title)
        for entry in entries
        for nda in reads_under(by, entry)
    ]
    if read:
        ndas.note_access(reader=by, read=read, at=at)
        _register_first_readings(entries, by, at)


def _register_first_readings(
    entries: Iterable[Need | Technology], by: Reader, at: datetime
) -> None:
    """The first reading under a request sheet is a hand-over of technical data, with the files there."""
    secret = [entry.pk for entry in entries if isinstance(entry, Technology) and entry.keeps_secret]
    unread = DisclosedEntry.objects.filter(
        technology__in=secret,
        sheet__nda__in={nda for entry in entries for nda in reads_under(by, entry)},
        exchange=None,
    )
    if not secret or not unread.exists():
        return
    with transaction.atomic():
        locked = unread.select_for_update(of=("self",)).select_related(
            "technology__organisation", "sheet__asking_party"
        )
        for row in locked.order_by("pk"):
            row.exchange = ndas.register_handed_out(
                disclosing_party=row.technology.organisation,
                receiving_party=row.sheet.asking_party,
                material=row.technology.title,
                is_secret=True,
                files=[
                    FileHash(file.name, file.sha256) for file in row.technology.attachments.all()
                ],
                by=by,
                at=at,
            )
            row.save(update_fields=["exchange"])
