"""What the cast can have of the sealed record."""

from django.db import connection

from dure.apps.records.kinds import RECORD_KINDS, record_kind
from dure.apps.records.models import Entry
from dure.apps.records.operations import FileHash, record, seal
from tests.conftest import NOON


def sealed_entry(cast, *, is_of_office: bool = False) -> Entry:
    """An act of the buyer and the supplier that was recorded, placed as a commit does it, and signed."""
    kind = RECORD_KINDS.get("TEST") or record_kind("TEST", "Test")
    made = record(
        kind=kind,
        about="test:1",
        content={"number": "TEST-1"},
        files=[FileHash.of("도면.pdf", b"a drawing")],
        parties=[cast.buyer, cast.supplier],
        is_of_office=is_of_office,
        by=cast["manager"],
        at=NOON,
    )
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE; SET CONSTRAINTS ALL DEFERRED")
    seal(at=NOON)
    return Entry.objects.get(pk=made.pk)
