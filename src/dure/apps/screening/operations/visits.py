"""Visits to where a project works, and fingerprints of evidence."""

from collections.abc import Mapping
from datetime import date, datetime
from pathlib import Path

from django.db import transaction
from django.utils.timezone import localdate

from dure.apps.people.models import User
from dure.apps.screening import permissions, queries
from dure.apps.screening.kinds import Check
from dure.apps.screening.models import Case, EvidenceMark, Visit
from dure.apps.screening.reasons import Reason
from dure.engines.auditing import checklist_on
from dure.foundation.documents import text_of_pdf
from dure.foundation.ledgers import fingerprint_of_picture, fingerprint_of_text
from dure.foundation.verdict import Refused


@transaction.atomic
def write_visit(
    *, case: Case, visited_on: date, results: Mapping[str, str], note: str, by: User, at: datetime
) -> Visit:
    """Keep what a visit found; an item that `results` leaves out was not checked. Raises Refused."""
    case = Case.objects.select_for_update().get(pk=case.pk)
    permissions.may_ask(by, case).require()
    if visited_on > localdate(at):
        raise Refused(Reason.NOT_YET)
    codes = [item.code for item in checklist_on(visited_on).items]
    whole = {code: Check(results.get(code) or Check.UNCHECKED).value for code in codes}
    return Visit.objects.create(
        case=case, visited_on=visited_on, results=whole, note=note, written_by=by, written_at=at
    )


def mark_evidence() -> int:
    """Make the fingerprints of files that have none yet; returns of how many."""
    count = 0
    for evidence in queries.unmarked_evidence().iterator():
        path = Path(evidence.file.path)
        is_pdf = evidence.name.lower().endswith(".pdf")
        EvidenceMark.objects.get_or_create(
            evidence=evidence,
            defaults={
                "picture": None if is_pdf else fingerprint_of_picture(path),
                "text": fingerprint_of_text(text_of_pdf(path)) if is_pdf else None,
            },
        )
        count += 1
    return count
