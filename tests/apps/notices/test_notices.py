"""Notices: their sentences, their page, the daily e-mail and the way out of it."""

import re

import pytest
from django.core import mail
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import translation

from dure.apps.catalog.notices import need_published, need_returned
from dure.apps.notices import presenters
from dure.apps.notices.kinds import KINDS
from dure.apps.notices.models import Notice
from dure.apps.notices.notices import join_answered, join_requested, organisation_verified
from dure.apps.notices.operations import tell, unsubscribe
from dure.apps.notices.permissions import unsubscribe_token
from dure.apps.notices.reasons import Reason
from dure.apps.notices.tasks import send_digests
from dure.apps.people import operations as people
from dure.apps.people.models import Membership, Organisation, User
from dure.foundation.verdict import Refused
from tests.conftest import NOON

pytestmark = pytest.mark.django_db


def leave(user: User, kind=need_published, url="/needs/1/", **facts) -> Notice:
    tell(recipients=[user], kind=kind, facts={"title": "배기열", **facts}, url=url, at=NOON)
    return Notice.objects.order_by("pk").last()


@pytest.mark.parametrize(
    ("kind", "facts", "sentence"),
    [
        ("NEED_PUBLISHED", {"title": "A", "count": 1}, "“A” is published."),
        ("NEED_PUBLISHED", {"title": "A", "count": 3}, "“A” and 2 other entries are published."),
        (
            "NEED_RETURNED",
            {"title": "A", "reason": "no budget"},
            "“A” came back to you: no budget",
        ),
        (
            "NEED_MERGED",
            {"title": "A", "into": "B"},
            "“A” was merged into “B”, because they say the same.",
        ),
        (
            "MATCH_ANSWERED",
            {"answer": "INTERESTED", "title": "A", "organisation": "X"},
            "X is interested in “A”.",
        ),
        (
            "MATCH_ANSWERED",
            {"answer": "INTRODUCED", "other": "B", "organisation": "X"},
            "The programme office brings you together with X: “B”.",
        ),
        (
            "MATCH_ANSWERED",
            {"answer": "MUTUAL", "title": "A", "other": "B"},
            "Both sides want it: “A” and “B”. Introduce them.",
        ),
        ("JOB_ENDED", {"title": "needs.xlsx", "stage": "DONE"}, "needs.xlsx: finished."),
        ("JOB_ENDED", {"stage": "FAILED"}, "A job: failed. Open it to see why."),
        ("JOIN_REQUESTED", {"name": "Kim", "organisation": "X"}, "Kim asks to join X."),
        ("JOIN_ANSWERED", {"organisation": "X", "is_welcome": True}, "You belong to X now."),
        (
            "JOIN_ANSWERED",
            {"organisation": "X", "is_welcome": False},
            "X did not accept your request to join.",
        ),
        (
            "ORGANISATION_VERIFIED",
            {"organisation": "X"},
            "X is verified. You can publish and answer now.",
        ),
    ],
)
def test_what_a_notice_says(kind, facts, sentence):
    notice = Notice(kind=kind, facts=facts)

    with translation.override("en"):
        assert presenters.sentence(notice) == sentence
    with translation.override("ko"):
        assert re.search("[가-힣]", presenters.sentence(notice))


@pytest.mark.parametrize("kind", KINDS, ids=lambda kind: kind.code)
def test_every_kind_says_something_even_of_nothing(kind):
    assert kind.sentence({})


def test_a_notice_of_an_app_that_is_gone_is_still_listed(as_role, cast):
    Notice.objects.create(recipient=cast["member"], kind="GONE", created_at=NOON)

    assert as_role("member").get(reverse("notices:list")).status_code == 200


def test_the_header_counts_what_is_unread_and_opening_reads_it(as_role, cast):
    notice = leave(cast["member"], url="/notices/")
    browser = as_role("member")
    assert browser.get(reverse("notices:list")).context["unread"] == 1

    went = browser.get(reverse("notices:open", args=[notice.pk]))

    notice.refresh_from_db()
    assert went.url == "/notices/"
    assert notice.read_at is not None
    assert browser.get(reverse("notices:list")).context["unread"] == 0


def test_marking_all_read_touches_only_ones_own(as_role, cast):
    leave(cast["member"])
    other = leave(cast["rival"])

    as_role("member").post(reverse("notices:mark_all_read"))

    other.refresh_from_db()
    assert other.read_at is None
    assert not Notice.objects.filter(recipient=cast["member"], read_at=None).exists()


def test_a_notice_of_another_is_not_there(as_role, cast):
    notice = leave(cast["member"])

    assert as_role("rival").get(reverse("notices:open", args=[notice.pk])).status_code == 404


def test_visitors_cost_no_question_about_notices(client, db):
    client.get("/accounts/login/")

    with CaptureQueriesContext(connection) as asked:
        client.get("/accounts/login/")

    assert [q for q in asked if "notice" in q["sql"]] == []


def test_the_list_asks_as_often_for_one_as_for_thirty(as_role, cast):
    def count():
        with CaptureQueriesContext(connection) as asked:
            as_role("member").get(reverse("notices:list"))
        return len(asked)

    leave(cast["member"])
    count()
    before = count()
    for _ in range(28):
        leave(cast["member"])

    assert count() == before


def test_the_daily_e_mail_tells_each_thing_once_in_the_readers_language(cast):
    people.edit_account(user=cast["rival"], values={"language": "en"})
    leave(cast["member"])
    leave(cast["member"], need_returned, reason="예산")
    leave(cast["rival"])

    assert send_digests(NOON) == 2
    assert send_digests(NOON) == 0

    by_address = {message.to[0]: message for message in mail.outbox}
    korean, english = by_address[cast["member"].email], by_address[cast["rival"].email]
    assert korean.subject == "두레: 새 소식 2건"
    assert "‘배기열’ 건이 반려되었어요: 예산" in korean.body
    assert english.subject == "dure: 1 thing is new"
    assert "http://127.0.0.1:8000/needs/1/" in english.body
    assert english.extra_headers["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"


def test_no_e_mail_for_who_has_read_it_or_does_not_want_it(cast):
    leave(cast["member"])
    leave(cast["rival"])
    people.edit_account(user=cast["member"], values={"wants_digest": False})
    Notice.objects.filter(recipient=cast["rival"]).update(read_at=NOON)

    assert send_digests(NOON) == 0
    assert mail.outbox == []


def test_an_e_mail_that_cannot_be_sent_waits_and_the_others_go_out(cast, monkeypatch):
    leave(cast["member"])
    leave(cast["rival"])
    send = presenters.EmailMessage.send

    def send_unless_member(message, *args, **kwargs):
        if message.to == [cast["member"].email]:
            raise OSError("the mail server is away")
        return send(message, *args, **kwargs)

    monkeypatch.setattr(presenters.EmailMessage, "send", send_unless_member)
    assert send_digests(NOON) == 1
    monkeypatch.undo()

    assert send_digests(NOON) == 1
    assert [message.to for message in mail.outbox] == [
        [cast["rival"].email],
        [cast["member"].email],
    ]


def test_the_link_in_the_e_mail_stops_it_without_signing_in(client, cast):
    leave(cast["member"])
    send_digests(NOON)
    link = re.search(r"http://127.0.0.1:8000(/notices/unsubscribe/\S+)", mail.outbox[0].body)[1]
    client.handler.enforce_csrf_checks = True

    assert client.get(link).status_code == 200
    assert User.objects.get(pk=cast["member"].pk).wants_digest
    client.post(link)

    assert not User.objects.get(pk=cast["member"].pk).wants_digest


@pytest.mark.parametrize("token", ["", "1:forged", "nonsense"])
def test_a_forged_link_stops_nothing(cast, token):
    with pytest.raises(Refused) as refusal:
        unsubscribe(token=token or f"{unsubscribe_token(cast['member'])}x")

    assert refusal.value.reason == Reason.LINK_BROKEN
    assert User.objects.get(pk=cast["member"].pk).wants_digest


def test_joining_and_verifying_tell_who_it_concerns(cast, django_capture_on_commit_callbacks):
    firm = Organisation.objects.create(name="하늘", kind="SME", other_id="X-1")
    Membership.objects.create(
        user=cast["newcomer"], organisation=firm, role="MANAGER", stage="ACTIVE"
    )
    with django_capture_on_commit_callbacks(execute=True):
        asked = people.ask_to_join(organisation=cast.buyer, by=cast["newcomer"], at=NOON)
        people.answer_join(membership=asked, is_welcome=True, by=cast["manager"], at=NOON)
        people.verify_organisation(organisation=firm, by=cast["officer"], at=NOON)

    told_people = set(Notice.objects.values_list("recipient__email", "kind"))
    assert told_people == {
        ("manager@example.org", join_requested.code),
        ("newcomer@example.org", join_answered.code),
        ("newcomer@example.org", organisation_verified.code),
    }
