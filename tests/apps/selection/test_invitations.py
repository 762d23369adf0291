"""The day of a panel goes into calendars: one file each for who judges and for who presents."""

from datetime import timedelta

import pytest
import vobject
from django.core import mail
from django.urls import reverse
from ics import Calendar
from procrastinate.contrib.django.models import ProcrastinateJob

from dure.apps.notices.models import Notice
from dure.apps.selection import operations
from dure.apps.selection.models import Item, Panel
from dure.apps.selection.tasks import mail_invitation
from tests.apps.selection.cast import LATER, SECRET

pytestmark = pytest.mark.django_db
START = LATER + timedelta(days=20)


def planned(cast, panel, start=START):
    return operations.plan_day(
        panel=panel, starts_at=start, minutes=20, place="서울 회의실, 3층", by=cast["officer"],
        at=LATER,
    )  # fmt: skip


@pytest.fixture
def panel(cast):
    return planned(cast, cast.panelled_selection().panels.get())


def calendar(client, user, route, pk):
    client.force_login(user)
    answer = client.get(reverse(f"selection:{route}", args=[pk]))
    assert answer["Content-Type"].startswith("text/calendar")
    return answer.content.decode()


def test_two_foreign_readers_find_day_place_and_length(client, cast, panel):
    file = calendar(client, cast["officer"], "panel_calendar", panel.pk)

    [event] = Calendar(file).events
    assert event.begin.datetime == START
    assert event.end.datetime == START + timedelta(minutes=60)
    assert event.location == "서울 회의실, 3층"
    read = vobject.readOne(file).vevent
    assert read.location.value == "서울 회의실, 3층"
    assert SECRET not in file


def test_a_day_that_is_planned_anew_replaces_the_earlier_one(client, cast, panel):
    first = vobject.readOne(calendar(client, cast["officer"], "panel_calendar", panel.pk)).vevent
    planned(cast, panel, START + timedelta(days=1))
    second = vobject.readOne(calendar(client, cast["officer"], "panel_calendar", panel.pk)).vevent

    assert first.uid.value == second.uid.value
    assert int(second.sequence.value) > int(first.sequence.value)
    assert second.dtstart.value - first.dtstart.value == timedelta(days=1)


def test_who_presents_has_the_own_time_alone(client, cast, panel):
    own = Item.objects.get(application__organisation=cast.supplier)

    [event] = Calendar(calendar(client, cast["supplier"], "presentation", own.pk)).events

    assert event.begin.datetime == own.presents_at
    assert event.end.datetime == own.presents_at + timedelta(minutes=20)
    assert own.application.number in event.name
    client.force_login(cast["rival"])
    assert client.get(reverse("selection:presentation", args=[own.pk])).status_code == 404
    assert client.get(reverse("selection:panel_calendar", args=[panel.pk])).status_code == 404


@pytest.mark.parametrize("language", ["ko", "en"])
def test_everybody_is_invited_by_an_e_mail_that_brings_the_file(cast, language):
    panel = cast.panelled_selection().panels.get()
    cast["supplier"].language = language
    cast["supplier"].save()
    planned(cast, panel)

    jobs = ProcrastinateJob.objects.filter(task_name="mail_invitation")
    for job in jobs:
        mail_invitation(**job.args)

    assert len(mail.outbox) == jobs.count() == panel.members.count() + 2
    [sent] = [message for message in mail.outbox if message.to == [cast["supplier"].email]]
    assert ("You present" if language == "en" else "발표") in sent.body
    [(_name, file, kind)] = sent.attachments
    assert kind == "text/calendar"
    own = Item.objects.get(application__organisation=cast.supplier)
    assert [event.begin.datetime for event in Calendar(file).events] == [own.presents_at]
    notice = Notice.objects.get(recipient=cast["supplier"], kind="PRESENTATION")
    assert notice.mailed_at is not None


def test_who_left_the_panel_is_not_invited(cast, panel):
    seat = panel.members.first()
    Panel.objects.get(pk=panel.pk).members.filter(pk=seat.pk).update(
        stage="LEFT", is_chair=False, left_reason="병가"
    )

    mail_invitation(panel_id=panel.pk, user_id=seat.reviewer.user_id, item_id=None)

    assert mail.outbox == []


@pytest.mark.parametrize("role", ["supplier", "rival"])
def test_the_own_page_says_when_one_presents(client, cast, panel, role):
    client.force_login(cast[role])

    page = client.get(reverse("selection:reviews")).content.decode()

    own = Item.objects.get(application__organisation=getattr(cast, role))
    assert reverse("selection:presentation", args=[own.pk]) in page
    others = Item.objects.exclude(pk=own.pk).values_list("pk", flat=True)
    assert not any(reverse("selection:presentation", args=[pk]) in page for pk in others)
