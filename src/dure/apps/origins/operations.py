"""Registering fingerprints of originals, and certificates for those who still hold the file."""

from datetime import datetime

from django.db import transaction

from dure.apps.origins import kinds, permissions
from dure.apps.origins.models import Origin
from dure.apps.origins.reasons import Reason
from dure.apps.people.models import Organisation, User
from dure.apps.records.kinds import RecordKind
from dure.apps.records.operations import FileHash, record
from dure.foundation import sealing
from dure.foundation.verdict import Refused
from dure.values.fingerprints import read_fingerprint


@transaction.atomic
def register(
    *,
    organisation: Organisation,
    title: str,
    sha256: str,
    file_name: str = "",
    by: User,
    at: datetime,
) -> Origin:
    """Keep that `organisation` has a file with this SHA-256 now, sealed with it. Raises Refused."""
    organisation = Organisation.objects.select_for_update().get(pk=organisation.pk)
    permissions.may_register(by, organisation).require()
    fingerprint = read_fingerprint(sha256)
    if fingerprint is None:
        raise Refused(Reason.NO_FINGERPRINT)
    if not title.strip():
        raise Refused(Reason.TITLE_MISSING)
    if Origin.objects.filter(organisation=organisation, sha256=fingerprint).exists():
        raise Refused(Reason.REGISTERED_ALREADY)
    made = Origin.objects.create(
        organisation=organisation,
        title=title.strip(),
        file_name=file_name.strip()[:255],
        sha256=fingerprint,
        created_by=by,
        created_at=at,
    )
    _record(made, kinds.REGISTERED, by, at)
    return made


@transaction.atomic
def certify(*, origin: Origin, sha256: str, by: User, at: datetime) -> Origin:
    """Let somebody have the certificate who shows the same file once more. Raises Refused."""
    permissions.may_certify(by, origin).require()
    if read_fingerprint(sha256) != origin.sha256:
        raise Refused(Reason.NO_MATCH)
    _record(origin, kinds.CERTIFIED, by, at)
    return origin


def _record(origin: Origin, kind: RecordKind, by: User, at: datetime) -> None:
    record(
        kind=kind,
        about=f"origin:{origin.pk}",
        content={
            "number": origin.number,
            "signer": f"organisation:{origin.organisation_id}",
            "title_sha256": sealing.digest(origin.title),
        },
        files=[FileHash(origin.file_name or origin.number, origin.sha256)],
        parties=[origin.organisation],
        by=by,
        at=at,
    )
