"""What apps bring: found once, doubled codes and wrong names refused by the system check."""

import pytest
from django.core.management import call_command
from django.core.management.base import SystemCheckError
from django.utils.translation import gettext_lazy as _

from dure.apps.jobs.kinds import KINDS as JOBS
from dure.apps.jobs.kinds import JobKind
from dure.apps.jobs.operations import enqueue
from dure.apps.notices.kinds import KINDS as NOTICES
from dure.apps.notices.kinds import NoticeKind
from dure.foundation.announce import announced, listens_to
from dure.foundation.desk import QUEUES, Queue
from dure.foundation.navigation import MAIN, Link


@pytest.fixture(autouse=True)
def own_entries(monkeypatch):
    """What a test adds is gone afterwards."""
    for registry in (JOBS, NOTICES, QUEUES, MAIN):
        monkeypatch.setattr(registry, "_entries", dict(registry._entries))
        monkeypatch.setattr(registry, "doubled", [])


def notice(icon: str = "check") -> NoticeKind:
    return NoticeKind("JOB_ENDED", _("Job"), icon, lambda facts: "x")


def queue(route: str) -> Queue:
    return Queue(
        "OWN", _("Job"), 1, bool, lambda user, now: None, lambda thing: None,
        lambda thing, user: None, route=route,
    )  # fmt: skip


def test_what_the_apps_bring_is_in_order():
    call_command("check")


@pytest.mark.parametrize(
    ("add", "message"),
    [
        (lambda: NOTICES.add("JOB_ENDED", notice()), "kind of notice 'JOB_ENDED' is brought twice"),
        (lambda: NOTICES.add("OWN", notice("none")), "'OWN' shows 'none', which is no icon"),
        (lambda: QUEUES.add("OWN", queue("no:such")), "'OWN' leads to 'no:such'"),
        (lambda: QUEUES.add("OWN", queue("jobs:such?stage=FAILED")), "leads to 'jobs:such'"),
        (lambda: JOBS.add("own", JobKind("own", _("x"), print, route="x:y")), "leads to 'x:y'"),
        (lambda: MAIN.offer(Link("fairs:list", _("x"), 1)), "'fairs:list' is brought twice"),
    ],
)
def test_the_system_check_refuses(add, message):
    add()

    with pytest.raises(SystemCheckError, match=message):
        call_command("check")


@pytest.mark.django_db
def test_a_job_of_a_kind_that_no_app_brings_is_never_queued():
    with pytest.raises(LookupError, match="no app brings the kind of job 'gone'"):
        enqueue(kind="gone", title="x", arguments={}, by=None)


def test_two_listeners_of_one_name_both_hear(monkeypatch):
    class Happened:
        pass

    monkeypatch.setattr(announced, "receivers", [])
    monkeypatch.setattr(
        announced, "sender_receivers_cache", type(announced.sender_receivers_cache)()
    )
    heard = []

    def listener(module):
        def tell(event):
            heard.append(module)

        tell.__module__ = module
        return tell

    for module in ("one", "other"):
        listens_to(Happened)(listener(module))

    announced.send(sender=Happened, event=Happened())
    assert heard == ["one", "other"]
