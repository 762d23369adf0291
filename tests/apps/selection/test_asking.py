"""Questions to applicants, opinions of challenges' owners, visits, the day of a panel, seats."""

from datetime import timedelta

import pytest
from django.urls import reverse

from dure.apps.notices.models import Notice
from dure.apps.selection import operations, queries
from dure.apps.selection.models import Clarification, Member
from dure.apps.selection.reasons import Reason
from tests.apps.selection.cast import DUE, LATER
from tests.apps.selection.test_life import reader, refused, told

pytestmark = pytest.mark.django_db


def supplied(selection, cast):
    return selection.items.get(application__organisation=cast.supplier)


def owned(cast, selection):
    """The supplier's application answers a challenge of the buyer."""
    challenge = cast.challenge_of_buyer()
    item = supplied(selection, cast)
    item.application.challenge = challenge
    item.application.save()
    return item


def test_a_question_reaches_the_applicant_through_the_office_without_a_name(client, cast):
    item = supplied(cast.panelled_selection(), cast)
    asker = reader(item)
    client.force_login(asker)
    client.post(reverse("selection:ask", args=[item.pk]), {"text": "어디에서 시험하나요?"})
    asked = Clarification.objects.get()
    page = reverse("selection:question", args=[asked.pk])
    client.force_login(cast["supplier"])
    too_early = client.get(page).status_code
    client.force_login(cast["officer"])
    client.post(page, {"what": "pass"})
    client.force_login(cast["supplier"])
    read = client.get(page).content.decode()
    client.post(page, {"text": "울산 공장에서 합니다"})
    client.force_login(asker)
    sheet = client.get(reverse("selection:sheet", args=[item.pk])).content.decode()

    assert too_early == 404
    assert str(asker) not in read
    assert "울산 공장에서 합니다" in sheet
    assert told("CLARIFICATION_ANSWERED") == {str(s.reviewer) for s in queries.readers_of(item)}


def test_a_question_that_is_not_passed_on_says_why_and_never_reaches_the_applicant(cast):
    item = supplied(cast.panelled_selection(), cast)
    asked = operations.ask_applicant(item=item, text="가족이 있나요?", by=reader(item), at=LATER)

    operations.decline_question(asked=asked, reason="과제와 무관", by=cast["officer"])

    refused(Reason.STAGE_CLOSED, operations.pass_on, asked=asked, by=cast["officer"], at=LATER)
    assert not queries.clarifications_visible_to(cast["supplier"]).exists()
    assert queries.clarifications_visible_to(reader(item)).get().declined_because == "과제와 무관"


def test_a_conflict_declared_later_closes_questions_too(cast):
    item = supplied(cast.panelled_selection(), cast)
    who = reader(item)
    operations.ask_applicant(item=item, text="언제 끝나나요?", by=who, at=LATER)

    operations.declare_conflict(item=item, reason="작년에 자문했다", by=who, at=LATER)

    assert not queries.clarifications_visible_to(who).exists()
    assert queries.clarifications_visible_to(reader(item, 2)).exists()


def test_the_owner_reads_its_applications_after_a_pledge_and_gives_no_score(client, cast):
    selection = cast.panelled_selection()
    item = owned(cast, selection)
    client.force_login(cast["manager"])
    page, opinion = (
        reverse("selection:owner", args=[selection.pk]),
        reverse("selection:opinion", args=[item.pk]),
    )
    before = client.get(opinion).status_code
    client.post(page)
    listed = [row.pk for row in client.get(page).context["items"]]
    client.post(
        opinion, {"fit": "우리 배관에 맞는다", "test_bed": "2공장", "purchase": "살 뜻이 있다"}
    )
    client.force_login(reader(item))
    sheet = client.get(reverse("selection:sheet", args=[item.pk])).content.decode()

    assert before == 404
    assert listed == [item.pk]
    assert "우리 배관에 맞는다" in sheet
    assert not item.sheets.exists()
    client.force_login(cast["rival"])
    assert client.get(page).status_code == client.get(opinion).status_code == 404


def test_a_visit_is_told_to_the_applicant_and_its_report_read_by_the_panel(client, cast):
    item = supplied(cast.panelled_selection(), cast)
    client.force_login(cast["officer"])
    page = reverse("selection:visit", args=[item.pk])
    client.post(page, {"on": f"{DUE:%Y-%m-%dT%H:%M}", "place": "울산 공장"})
    client.post(page, {"report": "시험 장비 3대가 있음"})
    client.force_login(reader(item))

    sheet = client.get(reverse("selection:sheet", args=[item.pk])).content.decode()

    assert told("VISIT_PLANNED") == {"supplier"}
    assert "시험 장비 3대가 있음" in sheet


def test_on_the_day_of_a_panel_each_applicant_presents_after_the_other(cast):
    panel = cast.panelled_selection().panels.get()
    start = LATER + timedelta(days=20)

    operations.plan_day(
        panel=panel, starts_at=start, minutes=20, place="서울 회의실", by=cast["officer"], at=LATER
    )

    times = sorted(panel.items.values_list("presents_at", flat=True))
    assert times == [start + timedelta(minutes=20 * n) for n in range(3)]
    assert Notice.objects.filter(kind="PANEL_DAY").count() == panel.members.count()
    assert told("PRESENTATION") >= {"supplier", "rival"}


def test_reminders_go_to_who_is_waited_for_and_once_a_day(cast):
    selection = cast.panelled_selection()
    panel = selection.panels.get()
    diligent = panel.members.last()
    for item in selection.items.all():
        cast.sheet(item, diligent.reviewer.user)

    first = operations.remind_due(at=DUE - timedelta(days=2))
    again = operations.remind_due(at=DUE - timedelta(days=2) + timedelta(hours=1))

    assert (first, again) == (1, 0)
    assert operations.remind_due(at=LATER - timedelta(days=1)) == 0
    assert told("SHEETS_REMINDED") == {
        str(member) for member in panel.members.exclude(pk=diligent.pk)
    }


def test_who_cannot_take_part_is_replaced_at_once_and_the_office_told(client, cast):
    panel = cast.panelled_selection(members=6).panels.get()
    seat = panel.members.filter(is_chair=False).last()
    client.force_login(seat.reviewer.user)

    client.post(reverse("selection:leave", args=[seat.pk]), {"reason": "해외 출장"})

    seat.refresh_from_db()
    assert (seat.stage, seat.left_reason) == ("LEFT", "해외 출장")
    assert Member.objects.filter(panel=panel).exclude(stage="LEFT").count() == 6
    assert told("SEAT_DECLINED") >= {"officer"}
