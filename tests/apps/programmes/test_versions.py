"""Files become versions; drafts become the next ones by a second officer."""

import threading

import pytest
from django.db import connection

from dure.apps.programmes import adapter, operations, queries
from dure.apps.programmes.models import Programme, Version
from dure.apps.programmes.reasons import Reason
from dure.foundation import programmes
from dure.foundation.verdict import Refused
from tests.conftest import NOON

TOTAL = ("money", "rules", 0, "won")


def refused(call, **kwargs):
    with pytest.raises(Refused) as refusal:
        call(**kwargs)
    return refusal.value.reason


def draft_of(cast, programme, role="officer", **values):
    version = operations.start_draft(base=programme.current, by=cast[role], at=NOON)
    return operations.change_figures(
        version=version, values=values.get("values", {TOTAL: 400_000_000}),
        note=values.get("note", "총액 4억 원"), seen=version.digest, by=cast[role], at=NOON,
    )  # fmt: skip


def test_every_file_is_a_released_version_once(shelf):
    assert Programme.objects.count() == len(programmes.shipped())
    assert operations.load_shipped(at=NOON) == 0
    assert not Version.objects.exclude(stage="RELEASED").exists()
    assert shelf.name == "상생협력기반 혁신형도전과제"
    assert queries.narrowed(queries.programmes(), {"words": "혁신형"}).get() == shelf


def test_a_figure_is_changed_in_its_place_and_comments_stay(shelf):
    before = shelf.current.content
    after = adapter.with_figures(before, {TOTAL: 400_000_000})
    assert adapter.programme_of(after).money.rules[0].won == 400_000_000
    assert [line for line in before.splitlines() if "#" in line] == [
        line for line in after.splitlines() if "#" in line
    ]
    with pytest.raises(KeyError):
        adapter.with_figures(before, {("money", "nothing"): 1})


def test_a_draft_shows_which_plans_its_change_turns(shelf):
    after = adapter.with_figures(shelf.current.content, {TOTAL: 300_000_000})
    tried = adapter.try_out("challenge", shelf.current.content, after, NOON.date())
    assert [plan.name.en for plan in tried if plan.is_turned] == ["Up to every limit"]


def test_a_second_officer_releases(cast, shelf):
    draft = draft_of(cast, shelf)
    assert refused(operations.release, version=draft, by=cast["officer"], at=NOON) == (
        Reason.SECOND_PERSON
    )
    released = operations.release(version=draft, by=cast["officer2"], at=NOON)
    shelf.refresh_from_db()
    assert (released.number, shelf.current) == (2, released)
    first = Version.objects.get(programme=shelf, number=1)
    assert adapter.programme_of(first.content).money.rules[0].won == 350_000_000
    assert refused(
        operations.edit_draft, version=released, content="", note="", seen=released.digest,
        by=cast["officer"], at=NOON,
    ) == Reason.STAGE_CLOSED  # fmt: skip


@pytest.mark.parametrize(
    ("old", "new", "reason"),
    [
        ("won = 400000000", 'won = "viel"', Reason.HAS_MISTAKES),
        ('id = "challenge"', 'id = "another"', Reason.OTHER_PROGRAMME),
        ("won = 400000000", "won = 350_000_000", Reason.NOTHING_CHANGED),
    ],
)
def test_what_is_not_released(cast, shelf, old, new, reason):
    draft = draft_of(cast, shelf)
    assert old in draft.content
    draft = operations.edit_draft(
        version=draft, content=draft.content.replace(old, new, 1), note="바꿈", seen=draft.digest,
        by=cast["officer"], at=NOON,
    )  # fmt: skip
    assert refused(operations.release, version=draft, by=cast["officer2"], at=NOON) == reason
    shelf.refresh_from_db()
    assert shelf.current.number == 1


def test_a_stale_draft_overwrites_nothing(cast, shelf):
    draft = draft_of(cast, shelf)
    stale = {"version": draft, "content": "x", "note": "", "seen": "0" * 64}
    assert refused(operations.edit_draft, **stale, by=cast["officer"], at=NOON) == (
        Reason.CHANGED_MEANWHILE
    )


@pytest.mark.parametrize("role", ["manager", "reviewer", "auditor", "centre_officer"])
def test_nobody_else_writes(cast, shelf, role):
    assert refused(
        operations.start_draft, base=shelf.current, by=cast[role], at=NOON
    ) == Reason.NOT_AN_OFFICER  # fmt: skip
    draft = draft_of(cast, shelf)
    assert not queries.versions_visible_to(cast[role]).filter(pk=draft.pk).exists()


@pytest.mark.django_db(transaction=True)
def test_of_two_drafts_released_at_once_the_second_is_refused(cast, shelf):
    drafts = [draft_of(cast, shelf, "officer"), draft_of(cast, shelf, "officer2",
              values={TOTAL: 500_000_000})]  # fmt: skip
    barrier, outcomes = threading.Barrier(2), []

    def release(draft, role):
        barrier.wait()
        try:
            operations.release(version=draft, by=cast[role], at=NOON)
            outcomes.append("released")
        except Refused as refusal:
            outcomes.append(refusal.reason)
        finally:
            connection.close()

    threads = [
        threading.Thread(target=release, args=pair)
        for pair in zip(drafts, ("officer2", "officer"), strict=True)
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(outcomes) == sorted(["released", Reason.BASE_OUTDATED])
    assert Version.objects.filter(programme=shelf, stage="RELEASED").count() == 2
