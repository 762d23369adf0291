"""Stories of good practice and commendations: written, published, taken back."""

from datetime import datetime
from typing import Any

from django.db import transaction

from dure.apps.briefings import permissions
from dure.apps.briefings.models import Commendation, Story
from dure.apps.fairs.models import Fair
from dure.apps.fairs.reasons import Reason as FairReason
from dure.apps.people.models import User
from dure.foundation.verdict import Refused

STORY_FIELDS = ("pair", "title", "title_en", "body", "body_en")


@transaction.atomic
def write_story(*, fair: Fair, values: dict[str, Any], by: User) -> Story:
    """Begin a story; nobody but staff reads it until it is published. Raises Refused."""
    permissions.may_tell_stories(by).require()
    story = Story(fair=fair, written_by=by)
    _set(story, values)
    story.save()
    return story


@transaction.atomic
def edit_story(
    *, story: Story, values: dict[str, Any], seen_at: datetime | None, by: User
) -> Story:
    """Change a story, published or not. Raises Refused."""
    permissions.may_tell_stories(by).require()
    story = Story.objects.select_for_update(of=("self",)).select_related("fair").get(pk=story.pk)
    if seen_at is not None and story.updated_at != seen_at:
        raise Refused(FairReason.CHANGED_MEANWHILE)
    _set(story, values)
    story.save()
    return story


@transaction.atomic
def publish_story(*, story: Story, by: User, at: datetime) -> Story:
    """Show a story to everybody. Raises Refused."""
    return _show(story, at, by)


@transaction.atomic
def withdraw_story(*, story: Story, by: User) -> Story:
    """Show a story to nobody but staff again. Raises Refused."""
    return _show(story, None, by)


@transaction.atomic
def commend(*, fair: Fair, values: dict[str, Any], by: User) -> Commendation:
    """Note an award given at a fair. Raises Refused."""
    permissions.may_tell_stories(by).require()
    return Commendation.objects.create(fair=fair, **values)


@transaction.atomic
def drop_commendation(*, commendation: Commendation, by: User) -> None:
    """Remove an award that was noted by mistake; history keeps it. Raises Refused."""
    permissions.may_tell_stories(by).require()
    commendation.delete()


def _set(story: Story, values: dict[str, Any]) -> None:
    for name in STORY_FIELDS:
        setattr(story, name, values.get(name) or (None if name == "pair" else ""))
    if story.pair is not None and story.pair.fair_id != story.fair_id:
        raise Refused(FairReason.OTHER_FAIR)


def _show(story: Story, at: datetime | None, by: User) -> Story:
    permissions.may_tell_stories(by).require()
    story = Story.objects.select_for_update(of=("self",)).get(pk=story.pk)
    if (story.published_at is None) == (at is None):
        raise Refused(FairReason.STAGE_CLOSED)
    story.published_at = at
    story.save()
    return story
