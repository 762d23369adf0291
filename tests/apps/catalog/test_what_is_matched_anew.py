"""Only what others read, or read until now, is indexed and matched anew."""

import pytest
from django.utils import timezone

from dure.apps.catalog import operations
from dure.apps.catalog.models import Need, Technology
from dure.apps.catalog.stages import NeedStage
from dure.apps.jobs.models import Job

pytestmark = pytest.mark.django_db

WORDS = {"title": "이차전지 화재 감지", "body": "열폭주를 미리 알리는 센서", "field": "SMARTFAC"}


@pytest.fixture
def matched(django_capture_on_commit_callbacks):
    """Calls an operation, and says which needs and technologies it had matched anew."""

    def call(operation, **values):
        with django_capture_on_commit_callbacks(execute=True):
            operation(**values, at=timezone.now())
        jobs = Job.objects.filter(kind="match_changed")
        arguments = [(job.arguments["needs"], job.arguments["technologies"]) for job in jobs]
        jobs.delete()
        return arguments

    return call


@pytest.mark.parametrize("kind", [Need, Technology])
def test_a_draft_is_not_matched_while_it_is_written(cast, matched, kind):
    firm, by = cast.buyer, cast["manager"]

    entered = matched(operations.enter, kind=kind, organisation=firm, values=WORDS, by=by)
    draft = kind.objects.get()
    edited = matched(
        operations.edit, entry=draft, values={"title": "이차전지"}, seen_at=None, by=by
    )
    handed_in = matched(operations.submit, entry=draft, by=by)
    withdrawn = matched(operations.withdraw, entry=draft, by=by)

    assert entered == edited == handed_in == withdrawn == []


def test_what_is_shown_is_matched_with_every_change(cast, matched):
    need = cast.need(stage=NeedStage.UNDER_REVIEW, handed_in_by=cast["manager"], published_at=None)
    officer = cast["officer"]
    anew = [([need.pk], [])]

    assert matched(operations.publish, entries=[need], by=officer) == anew
    changed = {"title": "배기열 회수 장치"}
    assert matched(operations.edit, entry=need, values=changed, seen_at=None, by=officer) == anew
    assert matched(operations.unpublish, entries=[need], by=officer) == anew
    assert matched(operations.publish, entries=[need], by=officer) == anew
    assert matched(operations.withdraw, entry=need, by=officer) == anew


def test_merging_matches_what_was_shown_of_the_two(cast, matched):
    shown = cast.need()
    unseen = cast.need(stage=NeedStage.UNDER_REVIEW, published_at=None)

    assert matched(operations.merge, need=unseen, into=shown, by=cast["officer"]) == [
        ([shown.pk], [])
    ]
