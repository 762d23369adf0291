"""Everything that changes programmes: files loaded, drafts written, versions released."""

from collections.abc import Mapping
from datetime import datetime

from django.db import transaction
from django.db.models import Max

from dure.apps.people.models import User
from dure.apps.programmes import adapter, permissions
from dure.apps.programmes.models import Programme, Version
from dure.apps.programmes.reasons import Reason
from dure.apps.programmes.stages import VersionStage
from dure.foundation import programmes
from dure.foundation.verdict import Refused


@transaction.atomic
def load_shipped(*, at: datetime) -> int:
    """Release the files that come with dure where the database does not know them yet.

    A file that a later version replaced stays history. Returns how many are new.
    """
    known = set(Version.objects.values_list("digest", flat=True))
    new = 0
    for path in programmes.shipped().values():
        content = path.read_text(encoding="utf-8")
        if adapter.digest_of(content) in known:
            continue
        programme = _locked(adapter.programme_of(content).id)
        _release(Version(programme=programme, edited_at=at), content, None, at)
        new += 1
    return new


@transaction.atomic
def start_draft(*, base: Version, by: User, at: datetime) -> Version:
    """Copy a released version into a draft. Raises Refused."""
    permissions.may_write(by).require()
    if base.stage != VersionStage.RELEASED:
        raise Refused(Reason.STAGE_CLOSED)
    return Version.objects.create(
        programme=base.programme,
        content=base.content,
        digest=base.digest,
        base=base,
        edited_by=by,
        edited_at=at,
    )


@transaction.atomic
def edit_draft(
    *, version: Version, content: str, note: str, seen: str, by: User, at: datetime
) -> Version:
    """Change the file of a draft; it may have mistakes until it is released.

    `seen` is the digest that the writer opened. Raises Refused.
    """
    version = Version.objects.select_for_update().get(pk=version.pk)
    permissions.may_edit(by, version).require()
    if version.digest != seen:
        raise Refused(Reason.CHANGED_MEANWHILE)
    content = content.replace("\r\n", "\n").rstrip() + "\n"
    version.content, version.digest = content, adapter.digest_of(content)
    version.note, version.edited_by, version.edited_at = note.strip(), by, at
    version.save()
    return version


def change_figures(
    *,
    version: Version,
    values: Mapping[adapter.Place, int | float],
    note: str,
    seen: str,
    by: User,
    at: datetime,
) -> Version:
    """Change numbers of a draft, each in its place. Raises Refused, KeyError for no such place."""
    content = adapter.with_figures(version.content, values)
    return edit_draft(version=version, content=content, note=note, seen=seen, by=by, at=at)


@transaction.atomic
def release(*, version: Version, by: User, at: datetime) -> Version:
    """Put a draft into force as the next version of its programme. Raises Refused.

    Of two officers who release two drafts of one version at once, the second is refused: his
    draft does not know what the first one changed.
    """
    programme = _locked(version.programme.slug)
    version = Version.objects.select_for_update().get(pk=version.pk)
    permissions.may_release(by, version).require()
    if adapter.mistakes_in(version.content):
        raise Refused(Reason.HAS_MISTAKES)
    if adapter.programme_of(version.content).id != programme.slug:
        raise Refused(Reason.OTHER_PROGRAMME)
    if not version.note:
        raise Refused(Reason.NOTE_MISSING)
    if version.base_id != programme.current_id:
        raise Refused(Reason.BASE_OUTDATED)
    if version.digest == programme.current.digest:
        raise Refused(Reason.NOTHING_CHANGED)
    version.programme = programme
    return _release(version, version.content, by, at)


@transaction.atomic
def discard(*, version: Version, by: User, at: datetime) -> Version:
    """Give a draft up; it stays in the history. Raises Refused."""
    version = Version.objects.select_for_update().get(pk=version.pk)
    permissions.may_edit(by, version).require()
    version.stage, version.edited_at = VersionStage.DISCARDED, at
    version.save()
    return version


def _locked(slug: str) -> Programme:
    """The programme, kept from others until the end of the transaction; made when it is new."""
    Programme.objects.get_or_create(
        slug=slug, defaults={"name": slug, "name_en": slug, "calls": [], "goal": "", "runs_as": ""}
    )
    return Programme.objects.select_for_update(of=("self",)).get(slug=slug)


def _release(version: Version, content: str, by: User | None, at: datetime) -> Version:
    programme = version.programme
    last = programme.versions.aggregate(last=Max("number"))["last"] or 0
    version.number = last + 1
    version.content, version.digest = content, adapter.digest_of(content)
    version.stage = VersionStage.RELEASED
    version.released_by, version.released_at = by, at
    version.save()
    programme_read = adapter.programme_of(content)
    programme.current = version
    programme.name, programme.name_en = programme_read.name.ko, programme_read.name.en
    programme.goal, programme.runs_as = programme_read.class_.goal, programme_read.class_.runs_as
    programme.calls = list(programme_read.class_.calls)
    programme.save()
    return version
