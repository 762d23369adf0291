"""Releasing a deposit: asked for on a ground, granted by two officers, with time to object between.

The first officer's share is handed on, encrypted for the others who keep one; the second makes the
key whole in memory, opens the files, and encrypts them for the key of the receiver. At no moment does
the disk or the database hold anything that one officer, or the platform, could open alone.
"""

from datetime import datetime, timedelta

from django.db import transaction
from django.utils.timezone import localdate

from dure.apps.deposits import notices, permissions, queries
from dure.apps.deposits.kinds import rules
from dure.apps.deposits.models import Deposit, HandedShare, Release, ReleasedFile
from dure.apps.deposits.operations.depositing import put
from dure.apps.deposits.operations.keys import opened
from dure.apps.deposits.operations.opening import pieces_of
from dure.apps.deposits.operations.recording import note_release
from dure.apps.deposits.operations.telling import tell_of_release
from dure.apps.deposits.reasons import Reason
from dure.apps.deposits.roles import Role
from dure.apps.deposits.stages import ReleaseStage
from dure.apps.ndas.operations import register_handed_out
from dure.apps.people.models import Organisation, User
from dure.apps.people.queries import holders_of, people_of
from dure.apps.records.operations import FileHash
from dure.foundation import escrow
from dure.foundation.verdict import Refused


@transaction.atomic
def ask_release(
    *,
    deposit: Deposit,
    organisation: Organisation,
    ground: str,
    statement: str,
    by: User,
    at: datetime,
) -> Release:
    """Ask that the files are handed to an organisation. Raises Refused."""
    deposit = Deposit.objects.select_for_update().get(pk=deposit.pk)
    kind = rules().grounds[ground]
    permissions.may_ask_release(by, deposit, organisation, kind).require()
    if not statement.strip():
        raise Refused(Reason.REASON_MISSING)
    release = Release.objects.create(
        deposit=deposit,
        organisation=organisation,
        ground=ground,
        statement=statement,
        created_by=by,
        created_at=at,
    )
    note_release(release, by=by, at=at)
    notified = holders_of(Role.RELEASE_OFFICER) | people_of(deposit.depositor).distinct()
    tell_of_release(
        release, notices.release_asked, notified.exclude(pk=by.pk), at=at, reason=str(kind)
    )
    return release


@transaction.atomic
def grant(*, release: Release, passphrase: str, by: User, at: datetime) -> Release:
    """Grant a release, as the first officer or, when nobody can object any more, as the second.

    The second grant waits for the papers of the law where a user receives what is kept secret, and is
    registered as a hand-over. Raises Refused.
    """
    release = _locked(release)
    permissions.may_grant(by, release, localdate(at)).require()
    own, key = queries.share_of(by, release.deposit), queries.key_of_officer(by)
    if own is None or key is None:
        raise Refused(Reason.NO_SHARE)
    secret = opened(key, passphrase)
    share = escrow.decrypt(bytes(own.content), secret)
    if release.stage == ReleaseStage.ASKED:
        _hand_on(release, share, by, at)
        return release
    handed = queries.handed_to(by, release)
    if handed is None:
        raise Refused(Reason.NO_SHARE)
    permissions.may_hand_out(release, at).require()
    other = escrow.decrypt(bytes(handed.content), secret)
    _hand_out(release, escrow.joined([share, other]).decode())
    _register(release, by, at)
    _decided(release, ReleaseStage.RELEASED, by, at)
    return release


@transaction.atomic
def object_to(*, release: Release, text: str, by: User, at: datetime) -> Release:
    """Object to a release; the officers weigh it. Raises Refused."""
    release = _locked(release)
    permissions.may_object(by, release, localdate(at)).require()
    if not text.strip():
        raise Refused(Reason.REASON_MISSING)
    release.objection, release.objected_by = text, by
    release.save(update_fields=["objection", "objected_by"])
    note_release(release, by=by, at=at)
    officers = holders_of(Role.RELEASE_OFFICER)
    tell_of_release(release, notices.release_objected, officers, at=at, reason=text)
    return release


@transaction.atomic
def refuse(*, release: Release, reason: str, by: User, at: datetime) -> Release:
    """Refuse a release; one officer is enough for that. Raises Refused."""
    release = _locked(release)
    permissions.may_refuse(by, release).require()
    if not reason.strip():
        raise Refused(Reason.REASON_MISSING)
    _decided(release, ReleaseStage.REFUSED, by, at, reason)
    return release


@transaction.atomic
def take_back(*, release: Release, by: User, at: datetime) -> Release:
    """Take a request back. Raises Refused."""
    release = _locked(release)
    permissions.may_take_back(by, release).require()
    _decided(release, ReleaseStage.TAKEN_BACK, by, at)
    return release


def _hand_on(release: Release, share: bytes, by: User, at: datetime) -> None:
    """Keep the first grant, and its share for each officer who may give the second."""
    for key in queries.keys_beside(release.deposit, by):
        HandedShare.objects.create(
            release=release,
            officer_id=key.officer_id,
            content=escrow.encrypt(share, [key.recipient]),
        )
    release.stage, release.granted_by, release.granted_at = ReleaseStage.WAITING, by, at
    release.open_until = localdate(at) + timedelta(days=rules().objection)
    release.save(update_fields=["stage", "granted_by", "granted_at", "open_until"])
    note_release(release, by=by, at=at)
    notified = people_of(release.deposit.depositor)
    reason = f"{release.kind_of_ground}."
    tell_of_release(release, notices.release_waiting, notified, at=at, reason=reason)


def _hand_out(release: Release, secret: str) -> None:
    """Open the files with the key of the deposit, and encrypt each for the receiver."""
    receiver = queries.key_of(release.organisation_id)
    if receiver is None:
        raise Refused(Reason.NO_KEY)
    for file in release.deposit.files.all():
        try:
            stored_as = put(pieces_of(file.stored_as, secret), [receiver.recipient])
        except escrow.Locked as error:
            raise Refused(Reason.FILE_GONE) from error
        ReleasedFile.objects.create(release=release, file=file, stored_as=stored_as)


def _register(release: Release, by: User, at: datetime) -> None:
    """Put what a user received into the register of hand-overs, with the agreement that covers it."""
    deposit = release.deposit
    if release.organisation_id == deposit.depositor_id:
        return
    register_handed_out(
        disclosing_party=deposit.depositor,
        receiving_party=release.organisation,
        material=deposit.title,
        is_secret=deposit.is_secret,
        note=f"{deposit.number} · {release.kind_of_ground.name_ko}",
        files=[FileHash(file.name, file.sha256) for file in deposit.files.all()],
        by=by,
        at=at,
    )


def _decided(
    release: Release, stage: ReleaseStage, by: User, at: datetime, reason: str = ""
) -> None:
    release.stage, release.decided_by, release.decided_at = stage, by, at
    release.reason = reason
    release.save(update_fields=["stage", "decided_by", "decided_at", "reason"])
    note_release(release, by=by, at=at)
    release.handed.all().delete()
    notified = people_of(release.deposit.depositor) | people_of(release.organisation)
    tell_of_release(release, notices.release_decided, notified.distinct(), at=at, reason=reason)


def _locked(release: Release) -> Release:
    releases = Release.objects.select_for_update(of=("self",))
    return releases.select_related("deposit__depositor", "organisation").get(pk=release.pk)
