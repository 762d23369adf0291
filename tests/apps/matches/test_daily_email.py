"""The daily e-mail: what is new in one's searches and matches, once, and only what one may open."""

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from time import sleep

import pytest
from click.testing import CliRunner
from django.core import mail
from django.core.mail import EmailMessage
from django.db import connection
from django.urls import reverse

from dure.apps.catalog.models import Need, Visibility
from dure.apps.catalog.notices import need_published
from dure.apps.catalog.operations import save_search
from dure.apps.matches.models import Answer, Direction, LastLook, Suggestion, ToldMatch
from dure.apps.notices.operations import tell
from dure.apps.notices.tasks import send_digests
from dure.apps.people.models import User
from tests.apps.matches.conftest import suggest
from tests.conftest import NOON

LATER = NOON + timedelta(hours=2)
HOUR = timedelta(hours=1)


@pytest.fixture
def searching(cast):
    """Everybody of the rival and the supplier, and a newcomer, keeps a search for cooling."""
    User.objects.update(language="en")
    for role in ("newcomer", "rival", "officer"):
        save_search(kind="needs", name="Cooling", query="q=냉각", by=cast[role], at=NOON)
    return cast


def sent_to(user):
    """The text of the e-mails to somebody, and how many there were."""
    return [message.body for message in mail.outbox if message.to == [user.email]]


def publish(cast, title, **values):
    return cast.need(title=title, published_at=NOON + HOUR, **values)


def test_each_learns_what_is_new_in_their_searches_as_far_as_they_may_open_it(searching):
    cast = searching
    publish(cast, "냉각 펌프", title_en="Cooling pump")
    publish(cast, "냉각 회원 설비", title_en="Members' chiller", visibility=Visibility.MEMBERS)
    publish(cast, "용접", body="냉각", title_en="Secret welding", visibility=Visibility.TEASER)
    publish(cast, "용접 둘", keywords=["냉각"], title_en="Hidden", visibility=Visibility.TEASER)
    cast.need(title="냉각 초안", title_en="Draft", stage="UNDER_REVIEW")
    cast.need(title="냉각 옛것", title_en="Old one")  # published when the search was saved
    publish(cast, "도장 설비", title_en="Paint shop")

    assert send_digests(LATER) == 3

    [newcomer], [rival], [officer] = (sent_to(cast[r]) for r in ("newcomer", "rival", "officer"))
    assert "Saved search “Cooling”: 1 new" in newcomer
    assert "Cooling pump (한빛중공업)" in newcomer
    assert "http://127.0.0.1:8000/needs/" in newcomer
    assert "Saved search “Cooling”: 2 new" in rival
    assert "Members' chiller" in rival
    assert "Members' chiller" not in newcomer
    assert "Saved search “Cooling”: 2 new" in officer
    for body in (newcomer, rival, officer):
        for never in ("Secret", "Hidden", "Draft", "Old one", "Paint"):
            assert never not in body


def test_nothing_is_told_twice_and_nothing_new_is_no_e_mail(searching):
    publish(searching, "냉각 펌프")

    assert [send_digests(LATER + n * timedelta(days=1)) for n in range(3)] == [3, 0, 0]


def test_what_can_still_be_undone_waits_for_the_next_day(searching):
    publish(searching, "냉각 펌프")
    Need.objects.update(published_at=LATER - timedelta(minutes=3))

    assert send_digests(LATER) == 0
    assert send_digests(LATER + timedelta(days=1)) == 3


def test_many_new_ones_are_counted_and_the_list_is_linked(searching):
    for number in range(8):
        publish(searching, f"냉각 {number}번")

    send_digests(LATER)

    [body] = sent_to(searching["rival"])
    assert "“Cooling”: 8 new" in body
    assert body.count("냉각 ") == 5
    assert "All of them: http://127.0.0.1:8000/needs/?q=" in body


def test_what_fits_the_words_best_is_named_first(searching):
    publish(searching, "냉각 펌프", title_en="Best")
    for number in range(6):
        publish(searching, f"설비 {number}", title_en="Other", body=f"냉각 {number}")

    send_digests(LATER)

    [body] = sent_to(searching["rival"])
    assert body.index("- Best") < body.index("- Other")


def test_new_matches_are_told_to_their_own_people_only_and_once(cast):
    User.objects.update(language="en")
    need = cast.need(title_en="Waste heat")
    suggest(need, cast.technology(title_en="Exchanger one"))
    suggest(need, cast.technology(title_en="Exchanger two"), rank=2)
    suggest(need, cast.technology(title_en="A weak one"), rank=3, strength="WEAK")

    assert send_digests(LATER) == 2
    suggest(need, cast.technology(title_en="Exchanger three"), rank=4)
    Suggestion.objects.filter(rank=1).delete()
    suggest(need, need.suggestions.model.objects.get(rank=2).technology, Direction.FOR_TECHNOLOGY)
    assert send_digests(LATER + timedelta(days=1)) == 3

    first, second = sent_to(cast["member"])
    assert "2 new matches" in first
    assert "“Waste heat”: 2 new, first “Exchanger one” of 열림테크" in first
    assert reverse("matches:for_need", args=[need.pk]) in first
    assert "weak" not in first
    assert "1 new match\n" in second
    assert "Exchanger three" in second
    assert len(sent_to(cast["supplier"])) == 1
    assert sent_to(cast["rival"]) == sent_to(cast["officer"]) == []


def test_a_pair_that_goes_and_comes_back_is_not_new(cast):
    need, technology = cast.need(), cast.technology()
    suggest(need, technology)
    assert send_digests(LATER) == 2
    Suggestion.objects.all().delete()
    suggest(need, technology, first_created_at=LATER + HOUR)

    assert send_digests(LATER + timedelta(days=1)) == 0


@pytest.mark.parametrize("how", ["answered", "seen", "closed", "hidden", "not wanted"])
def test_what_is_no_longer_new_or_open_is_not_told(cast, how):
    need, technology = cast.need(), cast.technology()
    suggest(need, technology)
    match how:
        case "answered":
            Answer.objects.create(
                need=need, technology=technology, side="DEMAND", kind="INTERESTED",
                answered_by=cast["manager"], answered_at=NOON,
            )  # fmt: skip
        case "seen":
            for role in ("member", "manager"):
                LastLook.objects.create(user=cast[role], at=NOON)
        case "closed":
            Need.objects.update(stage="CLOSED")
        case "hidden":
            technology.visibility = Visibility.MEMBERS
            technology.save()
            cast.buyer.verified_at = cast.buyer.verified_by = None
            cast.buyer.save()
        case "not wanted":
            User.objects.update(wants_digest=False)

    assert send_digests(LATER) == 0
    assert mail.outbox == []


def test_a_teasers_details_do_not_travel(cast):
    technology = cast.technology(
        visibility=Visibility.TEASER, title="냉각", body="비밀본문", keywords=["비밀핵심어"]
    )
    suggest(cast.need(), technology)

    send_digests(LATER)

    assert "냉각" in mail.outbox[0].body
    assert "비밀" not in mail.outbox[0].body


def test_notices_searches_and_matches_are_one_e_mail_in_ones_own_language(cast):
    member = cast["member"]
    User.objects.filter(pk=member.pk).update(language="ko")
    save_search(kind="technologies", name="열", query="q=열교환기", by=member, at=NOON)
    technology = cast.technology(published_at=NOON + HOUR)
    suggest(cast.need(), technology)
    tell(
        recipients=[member], kind=need_published, facts={"title": "배기열"},
        url="/needs/1/", at=NOON,
    )  # fmt: skip

    send_digests(LATER)

    [message] = [message for message in mail.outbox if message.to == [member.email]]
    assert message.subject == "두레: 새 소식 3건"
    for words in ("배기열", "저장한 검색 ‘열’: 새로 올라온 것 1건", "새 매칭 1건"):
        assert words in message.body
    assert message.extra_headers["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    link = message.extra_headers["List-Unsubscribe"].strip("<>")
    assert link in message.body
    assert link.startswith("http://127.0.0.1:8000/notices/unsubscribe/")


def test_a_second_run_on_the_same_day_sends_no_second_e_mail(cast):
    need = cast.need()
    suggest(need, cast.technology())
    assert send_digests(LATER) == 2
    suggest(need, cast.technology(title="둘째"), rank=2)

    assert send_digests(LATER + HOUR) == 0
    assert send_digests(LATER + timedelta(days=1)) == 2


def test_what_could_not_be_sent_is_still_new(cast, monkeypatch):
    suggest(cast.need(), cast.technology())
    save_search(kind="needs", name="모두", query="", by=cast["member"], at=NOON - HOUR)

    def fail(message, *args, **kwargs):
        raise OSError("the mail server is away")

    monkeypatch.setattr(EmailMessage, "send", fail)
    assert send_digests(LATER) == 0
    monkeypatch.undo()

    assert not ToldMatch.objects.exists()
    assert send_digests(LATER) == 2
    assert "저장한 검색 ‘모두’" in sent_to(cast["member"])[0]


@pytest.mark.django_db(transaction=True)
def test_two_workers_at_once_send_one_e_mail_each(cast, monkeypatch):
    suggest(cast.need(), cast.technology())
    send = EmailMessage.send

    def slowly(message, *args, **kwargs):
        sleep(0.3)
        return send(message, *args, **kwargs)

    monkeypatch.setattr(EmailMessage, "send", slowly)

    def work(_number):
        try:
            return send_digests(LATER)
        finally:
            connection.close()

    with ThreadPoolExecutor(2) as workers:
        sent = list(workers.map(work, range(2)))

    assert sum(sent) == 2
    assert sorted(to for message in mail.outbox for to in message.to) == [
        "manager@example.org",
        "member@example.org",
    ]
    assert ToldMatch.objects.count() == 2


def test_the_command_says_how_many_went_out(cast):
    from dure.config.cli import daily_email

    suggest(cast.need(), cast.technology())

    assert CliRunner().invoke(daily_email, catch_exceptions=False).output == "2 e-mails\n"


def test_the_switch_on_the_page_of_notices(as_role, cast):
    client = as_role("member")

    for wants in ("off", "on"):
        client.post(reverse("notices:switch_digest"), {"wants": wants})
        assert User.objects.get(pk=cast["member"].pk).wants_digest == (wants == "on")
        page = client.get(reverse("notices:list")).content.decode()
        assert f"The daily e-mail is {wants}" in page
