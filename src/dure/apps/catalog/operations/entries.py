"""The life of one need or technology: entered, edited, handed in, published, withdrawn."""

import hashlib
from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import Any, TypeVar

from django.conf import settings
from django.core.files import File
from django.db import transaction

from dure.apps.catalog import permissions
from dure.apps.catalog.adapter.words import fill_search
from dure.apps.catalog.events import NeedsChanged, TechnologiesChanged
from dure.apps.catalog.models import Attachment, Need, Technology
from dure.apps.catalog.notices import need_published, need_returned
from dure.apps.catalog.reasons import Reason
from dure.apps.catalog.stages import NeedStage, TechnologyStage
from dure.apps.imports.reasons import Reason as FileReason
from dure.apps.notices.kinds import NoticeKind
from dure.apps.notices.operations import tell
from dure.apps.notices.queries import notices_of
from dure.apps.people.models import Organisation, User
from dure.apps.people.queries import people_of
from dure.foundation.announce import announce
from dure.foundation.verdict import Refused

AnEntry = TypeVar("AnEntry", Need, Technology)
REFILLED_AT_ONCE = 200


@transaction.atomic
def enter(
    *,
    kind: type[AnEntry],
    organisation: Organisation,
    values: dict[str, Any],
    by: User,
    at: datetime,
) -> AnEntry:
    """Enter a draft for an organisation; `values` are fields by name. Raises Refused."""
    permissions.may_enter(by, organisation).require()
    entry = kind(organisation=organisation)
    _fill(entry, values, at)
    fill_search([entry])
    entry.save()
    return entry


@transaction.atomic
def edit(
    *, entry: AnEntry, values: dict[str, Any], seen_at: datetime | None, by: User, at: datetime
) -> AnEntry:
    """Change the text of an entry.

    `seen_at` is the `updated_at` that the writer saw; a newer one means that somebody else was
    faster, and nothing is written. Raises Refused.
    """
    entry = type(entry).objects.select_for_update().get(pk=entry.pk)
    permissions.may_edit(by, entry).require()
    if seen_at is not None and entry.updated_at != seen_at:
        raise Refused(Reason.CHANGED_MEANWHILE)
    _fill(entry, values, at)
    if (
        entry.stage == NeedStage.UNDER_REVIEW
    ):  # who changed it last answers for it: another publishes
        entry.handed_in_by, entry.handed_in_at = by, at
    fill_search([entry])
    entry.save()
    announce_changes([entry], at)
    return entry


@transaction.atomic
def submit(*, entry: AnEntry, by: User, at: datetime) -> AnEntry:
    """Hand a draft to the programme office. Raises Refused."""
    entry = type(entry).objects.select_for_update().get(pk=entry.pk)
    permissions.may_move(by, entry, NeedStage.UNDER_REVIEW).require()
    entry.stage, entry.handed_in_by, entry.handed_in_at = NeedStage.UNDER_REVIEW, by, at
    entry.return_reason = ""
    entry.save()
    return entry


@transaction.atomic
def publish(*, entries: Iterable[AnEntry], by: User, at: datetime) -> list[AnEntry]:
    """Publish what others handed in, all or none, and tell the owners.

    Raises Refused for the first entry that must not be published; its id is in the details.
    """
    locked = _locked(entries)
    if not locked:
        return []
    for entry in locked:
        if reason := permissions.may_publish(by, entry).reason:
            raise Refused(reason, entry=entry.pk)
        entry.stage, entry.published_by, entry.published_at = NeedStage.PUBLISHED, by, at
    type(locked[0]).objects.bulk_update(
        locked, ["stage", "published_by", "published_at"], batch_size=1000
    )
    _tell_owners(locked, need_published, at)
    announce_changes(locked, at)
    return locked


@transaction.atomic
def unpublish(*, entries: Iterable[AnEntry], by: User, at: datetime) -> list[AnEntry]:
    """Undo one's own publishing within ten minutes: all go back under review, or none.

    The owners' notices of it are taken back as far as nobody has read them. Raises Refused.
    """
    locked = _locked(entries)
    if not locked:
        return []
    announce_changes(locked, at)  # while they still say that they were shown
    published_at = {entry.published_at for entry in locked}
    for entry in locked:
        if reason := permissions.may_unpublish(by, entry, at).reason:
            raise Refused(reason, entry=entry.pk)
        entry.stage, entry.published_by, entry.published_at = NeedStage.UNDER_REVIEW, None, None
    type(locked[0]).objects.bulk_update(
        locked, ["stage", "published_by", "published_at"], batch_size=1000
    )
    _take_back_notices(locked, need_published, published_at)
    return locked


@transaction.atomic
def return_to_owner(*, entry: AnEntry, reason: str, by: User, at: datetime) -> AnEntry:
    """Send what was handed in back to its owner, with a reason. Raises Refused."""
    entry = type(entry).objects.select_for_update().get(pk=entry.pk)
    permissions.may_move(by, entry, NeedStage.DRAFT).require()
    if not reason.strip():
        raise Refused(Reason.REASON_MISSING)
    entry.stage, entry.return_reason = NeedStage.DRAFT, reason.strip()
    entry.save()
    _tell_owners([entry], need_returned, at, reason=reason.strip())
    return entry


@transaction.atomic
def withdraw(*, entry: AnEntry, by: User, at: datetime) -> AnEntry:
    """Take an entry out; it can be taken up again as a draft. Raises Refused."""
    return move(entry=entry, stage=NeedStage.WITHDRAWN, reason="", by=by, at=at)


@transaction.atomic
def move(*, entry: AnEntry, stage: str, reason: str, by: User, at: datetime) -> AnEntry:
    """Move an entry to another stage of its life. Raises Refused."""
    entry = type(entry).objects.select_for_update().get(pk=entry.pk)
    permissions.may_move(by, entry, stage).require()
    if stage in (NeedStage.UNMATCHED, NeedStage.CLOSED) and not reason.strip():
        raise Refused(Reason.REASON_MISSING)
    if stage in (NeedStage.DRAFT, TechnologyStage.DRAFT):
        entry.published_at = entry.published_by = None
    if isinstance(entry, Need):
        entry.closing_reason = reason.strip()
        _leave_merger(entry, stage, by, at)
    entry.stage = stage
    entry.save()
    announce_changes([entry], at)
    return entry


def _leave_merger(need: Need, stage: str, by: User, at: datetime) -> None:
    """A need that was merged by mistake stands on its own again, published by a second person."""
    if need.stage != NeedStage.MERGED or stage == NeedStage.MERGED:
        return
    need.merged_into = None
    if need.published_at is None:
        if need.handed_in_by_id == by.pk:
            raise Refused(Reason.SECOND_PERSON)
        need.published_by, need.published_at = by, at


@transaction.atomic
def add_attachment(*, entry: Need | Technology, file: File, by: User) -> Attachment:
    """Keep a file beside an entry. Raises Refused."""
    permissions.may_edit(by, entry).require()
    if file.size > settings.DURE_UPLOAD_LIMIT:
        raise Refused(FileReason.FILE_TOO_LARGE)
    digest = hashlib.sha256()
    for chunk in file.chunks():
        digest.update(chunk)
    owner = {"need": entry} if isinstance(entry, Need) else {"technology": entry}
    return Attachment.objects.create(
        **owner,
        file=file,
        name=file.name[-255:],
        size=file.size,
        sha256=digest.hexdigest(),
        added_by=by,
    )


@transaction.atomic
def remove_attachment(*, attachment: Attachment, by: User) -> None:
    """Delete a file beside an entry. Raises Refused."""
    permissions.may_edit(by, attachment.need or attachment.technology).require()
    storage, name = attachment.file.storage, attachment.file.name
    attachment.delete()
    transaction.on_commit(lambda: storage.delete(name))


def _fill(entry: Need | Technology, values: dict[str, Any], at: datetime) -> None:
    """Set fields by name; `keeps_secret` is kept as the moment since which it is so."""
    for name, value in values.items():
        if name != "keeps_secret":
            setattr(entry, name, value)
        elif value != entry.keeps_secret:
            entry.secret_since = at if value else None


def _locked(entries: Iterable[AnEntry]) -> list[AnEntry]:
    """Entries of one kind as they are now, locked in the order of their ids."""
    chosen = list(entries)
    if not chosen:
        return []
    return list(
        type(chosen[0])
        .objects.select_for_update(of=("self",))
        .select_related("organisation")
        .filter(pk__in=[entry.pk for entry in chosen])
        .order_by("pk")
    )


def announce_changes(entries: Sequence[Need | Technology], at: datetime) -> None:
    """Tell the apps above which entries changed that others can read, or could until now.

    What has never been published is nobody's business yet.
    """
    shown = [entry for entry in entries if entry.published_at is not None]
    needs = tuple(entry.pk for entry in shown if isinstance(entry, Need))
    technologies = tuple(entry.pk for entry in shown if isinstance(entry, Technology))
    if needs:
        announce(NeedsChanged(needs, at))
    if technologies:
        announce(TechnologiesChanged(technologies, at))


def _take_back_notices(
    entries: Sequence[Need | Technology], kind: NoticeKind, told_at: set[datetime]
) -> None:
    for organisation in {entry.organisation for entry in entries}:
        for person in people_of(organisation):
            unread = notices_of(person).filter(read_at__isnull=True)
            unread.filter(kind=kind.code, created_at__in=told_at).delete()


def _tell_owners(
    entries: Sequence[Need | Technology], kind: NoticeKind, at: datetime, **facts: str
) -> None:
    for organisation in {entry.organisation for entry in entries}:
        theirs = [entry for entry in entries if entry.organisation_id == organisation.pk]
        path = "needs" if isinstance(theirs[0], Need) else "technologies"
        tell(
            recipients=people_of(organisation),
            kind=kind,
            facts={"title": theirs[0].title, "count": len(theirs), **facts},
            url=theirs[0].get_absolute_url() if len(theirs) == 1 else f"/{path}/",
            at=at,
        )


def refill_search(kind: type[Need] | type[Technology]) -> None:
    """Cut the texts of all entries of a kind into words anew, after the analysis has changed."""
    numbers = list(kind.objects.order_by("pk").values_list("pk", flat=True))
    for start in range(0, len(numbers), REFILLED_AT_ONCE):
        part = numbers[start : start + REFILLED_AT_ONCE]
        with transaction.atomic():
            entries = list(
                kind.objects.select_for_update(of=("self",))
                .select_related("organisation")
                .filter(pk__in=part)
            )
            fill_search(entries)
            kind.objects.bulk_update(entries, ["search"])
