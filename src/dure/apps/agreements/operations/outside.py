"""Files signed outside for all parties: by a contract service, or as sealed paper that all accept."""

from datetime import datetime
from typing import Any

from django.conf import settings
from django.db import transaction
from django.utils.timezone import localdate

from dure.apps.agreements import permissions, queries
from dure.apps.agreements.models import (
    Acceptance,
    Agreement,
    OutsideFile,
    OutsideWay,
    Party,
    Signature,
    SignatureWay,
)
from dure.apps.agreements.notices import outside_file_moved, outside_file_to_accept
from dure.apps.agreements.operations.drafting import locked
from dure.apps.agreements.operations.recording import record_acceptance
from dure.apps.agreements.operations.signing import all_signed, locked_text
from dure.apps.agreements.operations.telling import people_in, tell_of, tell_signers
from dure.apps.agreements.reasons import Reason
from dure.apps.agreements.stages import OutsideStage
from dure.apps.people.models import User
from dure.foundation import signing
from dure.foundation.files import Unfit, examined
from dure.foundation.signing import Judgement, Verdict
from dure.foundation.verdict import Refused

SCANS = ("pdf", "png", "jpg", "jpeg")


@transaction.atomic
def hand_in(*, agreement: Agreement, way: str, file: Any, by: User, at: datetime) -> OutsideFile:
    """Hand in a file that was signed outside by all parties; each of them is asked to accept it.

    Of a contract service every signature in the PDF has to hold for the whole file; a scan is kept
    as it is, and proves nothing by itself. Raises Refused.
    """
    agreement = locked(agreement)
    permissions.may_hand_in(by, agreement, localdate(at)).require()
    text = locked_text(agreement)
    about = examined(file, settings.DURE_UPLOAD_LIMIT)
    if isinstance(about, Unfit):
        raise Refused(Reason(about))
    if about.name.rpartition(".")[2].lower() not in SCANS:
        raise Refused(Reason.FILE_NOT_ALLOWED)
    signers = _signers(_read(file)) if way == OutsideWay.SERVICE else []
    made = OutsideFile.objects.create(
        text=text, way=way, file=file, signers=signers, handed_by=by, handed_at=at,
        **about.as_fields(),
    )  # fmt: skip
    for party in queries.asked_now(queries.parties_asked(text)):
        tell_signers(party, outside_file_to_accept, at=at)
    return made


@transaction.atomic
def accept_file(*, file: OutsideFile, party: Party, by: User, at: datetime) -> Acceptance:
    """Accept a file signed outside for a party; with the last one it counts as signed. Raises Refused."""
    file, party = _held(file, party)
    permissions.may_accept(by, file, party, localdate(at)).require()
    given = Acceptance.objects.create(file=file, party=party, answered_by=by, answered_at=at)
    record_acceptance(given)
    left = list(queries.parties_to_accept(file))
    if not left:
        _all_accepted(file, by, at)
    elif all(queries.waits_for_others(waiting) for waiting in left):
        for waiting in left:
            tell_signers(waiting, outside_file_to_accept, at=at)
    return given


@transaction.atomic
def decline_file(
    *, file: OutsideFile, party: Party, reason: str, by: User, at: datetime
) -> Acceptance:
    """Say that a file signed outside is not the agreement, and why; it is off then. Raises Refused."""
    file, party = _held(file, party)
    permissions.may_decline(by, file, party, localdate(at)).require()
    if not (reason := reason.strip()):
        raise Refused(Reason.REASON_MISSING)
    given = Acceptance.objects.create(
        file=file, party=party, is_refusal=True, reason=reason, answered_by=by, answered_at=at
    )
    _moved(file, OutsideStage.REFUSED, by, at, party=str(party), reason=reason)
    return given


@transaction.atomic
def withdraw_file(*, file: OutsideFile, by: User, at: datetime) -> OutsideFile:
    """Take back a file signed outside that waits, as one that was the wrong one. Raises Refused."""
    file, _party = _held(file, None)
    permissions.may_withdraw_file(by, file).require()
    _moved(file, OutsideStage.WITHDRAWN, by, at)
    return file


def _read(file: Any) -> bytes:
    file.seek(0)
    content: bytes = file.read()
    file.seek(0)
    return content


def _signers(content: bytes) -> list[str]:
    """Who signed a PDF, where all of its signatures hold. Raises Refused."""
    judged: Judgement = signing.judge(content)
    if judged.verdict is Verdict.UNSIGNED:
        raise Refused(Reason.FILE_UNSIGNED)
    if judged.verdict in (Verdict.UNREADABLE, Verdict.REFUSED):
        raise Refused(Reason.FILE_UNREADABLE)
    if not judged.is_good:
        raise Refused(Reason.FILE_CHANGED)
    return [signature.signer[:200] for signature in judged.signatures]


def _held(file: OutsideFile, party: Party | None) -> tuple[OutsideFile, Any]:
    agreement = locked(file.text.agreement)
    text = agreement.texts.select_related("change").get(pk=file.text_id)
    text.agreement = agreement
    held = OutsideFile.objects.select_for_update(of=("self",)).get(pk=file.pk)
    held.text = text
    if party is None:
        return held, None
    return held, agreement.parties.select_related("agreement", "organisation", "person").get(
        pk=party.pk
    )


def _all_accepted(file: OutsideFile, by: User, at: datetime) -> None:
    """Every party that has not signed here is bound by its acceptance."""
    file.stage = OutsideStage.ACCEPTED
    file.save(update_fields=["stage"])
    given = {
        acceptance.party_id: acceptance
        for acceptance in file.acceptances.select_related("answered_by")
    }
    for party in queries.parties_left(file.text):
        Signature.objects.create(
            text=file.text, party=party, way=SignatureWay[file.way],
            signed_by=given[party.pk].answered_by, signed_at=given[party.pk].answered_at,
        )  # fmt: skip
    all_signed(file.text, by, at)


def _moved(file: OutsideFile, stage: OutsideStage, by: User, at: datetime, **facts: str) -> None:
    file.stage = stage
    file.save(update_fields=["stage"])
    agreement = file.text.agreement
    people = people_in(agreement) - {by}
    tell_of(agreement, outside_file_moved, people, at=at, stage=stage, **facts)
