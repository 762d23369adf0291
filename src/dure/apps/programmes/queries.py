"""Programmes and versions that a reader may see."""

from django.db.models import Q, QuerySet

from dure.apps.people.queries import Reader, is_office
from dure.apps.programmes.models import Programme, Version
from dure.apps.programmes.stages import VersionStage


def programmes() -> QuerySet[Programme]:
    """The programmes that have a version in force; public."""
    return Programme.objects.filter(current__isnull=False).select_related("current")


def narrowed(programmes: QuerySet[Programme], wanted: dict[str, str]) -> QuerySet[Programme]:
    """Programmes of a class, with words in their names; empty wishes filter nothing."""
    if goal := wanted.get("goal"):
        programmes = programmes.filter(goal=goal)
    if call := wanted.get("call"):
        programmes = programmes.filter(calls__contains=[call])
    if runs_as := wanted.get("runs_as"):
        programmes = programmes.filter(runs_as=runs_as)
    for word in wanted.get("words", "").split():
        programmes = programmes.filter(
            Q(name__icontains=word) | Q(name_en__icontains=word) | Q(slug__icontains=word)
        )
    return programmes


def versions_visible_to(user: Reader) -> QuerySet[Version]:
    """Released versions are public; drafts are seen by the office."""
    versions = Version.objects.select_related("programme", "base", "edited_by", "released_by")
    if is_office(user):
        return versions
    return versions.filter(stage=VersionStage.RELEASED)


def released_versions() -> QuerySet[Version]:
    """The versions that calls may be opened with."""
    return Version.objects.filter(stage=VersionStage.RELEASED).select_related("programme")


def drafts_to_release(user: Reader) -> QuerySet[Version]:
    """Drafts that wait for a second officer, oldest first."""
    if not is_office(user):
        return Version.objects.none()
    return (
        Version.objects.filter(stage=VersionStage.DRAFT)
        .exclude(edited_by=user.pk)
        .select_related("programme", "edited_by")
        .order_by("edited_at", "pk")
    )


def name_of(slug: str) -> str:
    """What a programme is called; its id where there is no such programme."""
    programme = Programme.objects.filter(slug=slug).first()
    return str(programme) if programme else slug
