"""Who read what under an agreement."""

from collections.abc import Iterable
from datetime import datetime

from django.db import connection
from django.utils import timezone

from dure.apps.people.models import User


def note_access(*, reader: User, read: Iterable[tuple[int, str, str]], at: datetime) -> None:
    """Keep that `reader` read something now; `read` holds agreement id, address and name of each.

    One statement, whatever else reads at the same time: a row for each agreement, thing and day.
    """
    ndas, urls, names = zip(*sorted(read), strict=True)  # in one order, so that none deadlock
    with connection.cursor() as cursor:
        cursor.execute(
            """
            INSERT INTO ndas_accessrecord
              (nda_id, reader_id, url, name, day, first_at, last_at, times)
            SELECT nda_id, %s, url, name, %s, %s, %s, 1
            FROM unnest(%s::bigint[], %s::text[], %s::text[]) AS opened (nda_id, url, name)
            ON CONFLICT (nda_id, reader_id, url, day) DO UPDATE SET
              first_at = LEAST(ndas_accessrecord.first_at, EXCLUDED.first_at),
              last_at = GREATEST(ndas_accessrecord.last_at, EXCLUDED.last_at),
              times = ndas_accessrecord.times + 1
            """,
            [reader.pk, timezone.localdate(at), at, at, list(ndas), list(urls), list(names)],
        )
