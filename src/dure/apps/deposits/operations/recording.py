"""What happens to deposits, sealed in the transaction in which it happens."""

from datetime import datetime
from typing import Any

from dure.apps.deposits import kinds
from dure.apps.deposits.models import Deposit, Release
from dure.apps.people.models import User
from dure.apps.records.kinds import RecordKind
from dure.apps.records.operations import FileHash, record
from dure.foundation import sealing


def note(deposit: Deposit, kind: RecordKind, *, by: User | None, at: datetime, **more: Any) -> None:
    """Record an act about a deposit, with the hashes of its files, never title or content."""
    record(
        kind=kind,
        about=f"deposit:{deposit.pk}",
        content={
            "number": deposit.number,
            "stage": deposit.stage,
            "contract": deposit.contract,
            "kept_until": deposit.ends_on.isoformat() if deposit.ends_on else None,
            "title_sha256": sealing.digest(deposit.title),
            **more,
        },
        files=_files(deposit),
        parties=[deposit.depositor],
        is_of_office=True,
        by=by,
        at=at,
    )


def note_release(release: Release, *, by: User, at: datetime) -> None:
    """Record a step of a release for both whom it concerns and the office."""
    deposit = release.deposit
    words = {
        "statement": release.statement,
        "objection": release.objection,
        "reason": release.reason,
    }
    record(
        kind=kinds.RELEASE_MOVED,
        about=f"deposit:{deposit.pk}",
        content={
            "number": deposit.number,
            "release": release.pk,
            "receiver": f"organisation:{release.organisation_id}",
            "ground": release.ground,
            "stage": release.stage,
            "open_until": release.open_until.isoformat() if release.open_until else None,
            "objected": bool(release.objection),
            "words_sha256": sealing.digest(words),
        },
        files=_files(deposit),
        parties=list(
            {
                deposit.depositor_id: deposit.depositor,
                release.organisation_id: release.organisation,
            }.values()
        ),
        is_of_office=True,
        by=by,
        at=at,
    )


def _files(deposit: Deposit) -> list[FileHash]:
    return [FileHash(file.name, file.sha256) for file in deposit.files.all()]
