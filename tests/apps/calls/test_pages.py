"""The pages of calls in both languages, the list, the paper, the calendars; and hostile input."""

from datetime import datetime, timedelta

import pytest
from django.urls import reverse
from django.utils import timezone
from ics import Calendar

from dure.apps.calls import operations
from dure.apps.calls.models import Call, CallMode
from dure.apps.calls.operations import Window
from tests.apps.calls.conftest import announced_call, version_of

DAY = timedelta(days=1)


@pytest.fixture
def today():
    return timezone.now().replace(microsecond=0)


@pytest.fixture
def live(cast, today):
    """Open now, by the real clock."""
    return announced_call(
        cast,
        opens_at=today - DAY,
        closes_at=today + 3 * DAY,
        regions=["BUSAN"],
        text="본문 <b>굵게</b>",
    )


def page_of(client, url, status=200, **query):
    answer = client.get(url, query)
    assert answer.status_code == status
    return answer.content.decode()


@pytest.mark.parametrize("language", ["ko", "en"])
@pytest.mark.parametrize("role", ["visitor", "supplier", "officer", "auditor"])
def test_a_call_is_read_in_both_languages(live, cast, as_role, role, language):
    operations.add(call=live, title="정정", text="5쪽", by=cast["officer"], at=timezone.now())
    client = as_role(role)
    client.defaults["HTTP_ACCEPT_LANGUAGE"] = language
    url = reverse("calls:call", args=[live.pk])

    page = page_of(client, url)

    words = {"ko": ("접수 예정", "평가지표", "정정·추가 공고"), "en": ("Criteria", "Addenda")}
    assert all(word in page for word in words[language][1:])
    assert "<b>굵게" not in page
    assert ("담당 부서" if language == "ko" else "For the office") in page or role != "officer"


@pytest.mark.parametrize("language", ["ko", "en"])
@pytest.mark.parametrize(
    "route",
    [
        "choose",
        "edit",
        "add",
        "extend",
        "extend_for",
        "recommenders",
        "hand_over",
        "letters",
        "write",
    ],
)
def test_the_office_has_its_pages_in_both_languages(live, draft, as_role, route, language):
    client = as_role("officer")
    client.defaults["HTTP_ACCEPT_LANGUAGE"] = language
    args = [] if route == "choose" else [draft.pk if route == "edit" else live.pk]

    page = page_of(client, reverse(f"calls:{route}", args=args))

    assert "<h1>" in page


def test_a_draft_is_made_looked_at_and_announced_by_another(cast, as_role, today):
    version = version_of()
    officer = as_role("officer")
    url = reverse("calls:new", args=[version.pk])
    form = officer.get(url).context["form"]
    opens = timezone.localtime(today + DAY)
    filled = {
        "title": "공고", "text": "본문", "kind": "OPEN", "mode": "DATED", "places": "10",
        "budget_won": "1000000000", "opens_at": f"{opens:%Y-%m-%dT%H:%M}",
        "closes_at": f"{opens + 30 * DAY:%Y-%m-%dT%H:%M}",
        "criteria": form.initial["criteria"], "documents": form.initial["documents"][1:],
        "bonus": form.initial["bonus"],
    }  # fmt: skip

    made = officer.post(url, filled)

    call = Call.objects.get()
    assert made["Location"] == reverse("calls:call", args=[call.pk])
    assert call.left_out == form.initial["documents"][:1]
    assert call.opens_at == opens.replace(second=0, microsecond=0)
    assert page_of(as_role("visitor"), made["Location"], status=404)

    move = reverse("calls:move", args=[call.pk])
    as_role("officer").post(move, {"stage": "ANNOUNCED"})
    call.refresh_from_db()
    assert call.stage == "DRAFT"
    as_role("officer2").post(move, {"stage": "ANNOUNCED"})
    call.refresh_from_db()
    assert call.stage == "ANNOUNCED"
    assert "공고" in page_of(as_role("visitor"), made["Location"])


@pytest.mark.parametrize(
    "wrong",
    [
        {"opens_at": "0001-01-01T00:00"},
        {"opens_at": "9999-12-31T23:59"},
        {"closes_at": "yesterday"},
        {"budget_won": "-1"},
        {"budget_won": "NaN"},
        {"budget_won": "9" * 40},
        {"places": "1e9"},
        {"mode": "ROUNDS", "rounds": "2027-01-04 09:00"},
        {"mode": "ROUNDS", "rounds": "2027-13-04 09:00 ~ 2027-01-29 18:00"},
        {"mode": "ROUNDS", "rounds": "0001-01-01 00:00 ~ 9999-12-31 23:59"},
        {"mode": "ROUNDS", "rounds": "2027-01-04 09:00 ~ 2027-01-29 18:00\n" * 25},
        {"kind": "DESIGNATED"},
        {"regions": "MARS"},
        {"title": " \u200b"},
        {"title": "x" * 201},
        {"criteria": "criteria/none"},
    ],
)
def test_what_makes_no_sense_in_a_draft_is_said_and_nothing_is_written(as_role, cast, wrong):
    version = version_of()
    filled = {
        "title": "공고", "text": "본문", "kind": "OPEN", "mode": "DATED",
        "opens_at": "2027-01-04T09:00", "closes_at": "2027-01-29T18:00",
    }  # fmt: skip

    answer = as_role("officer").post(reverse("calls:new", args=[version.pk]), filled | wrong)

    assert answer.status_code == 422
    assert not Call.objects.exists()


def test_the_list_is_narrowed_sorted_paged_and_taken_along(live, cast, as_role, today):
    later = announced_call(cast, title="나중", opens_at=today + DAY, closes_at=today + 60 * DAY)
    client = as_role("visitor")

    def listed(**query):
        return list(client.get("/calls/", query).context["page"].object_list)

    assert listed() == [live, later]
    assert listed(state="OPEN") == listed(state="SOON") == listed(region="BUSAN", words="2026")[:1]
    assert listed(region="JEJU") == listed(state="TO_COME") == [later]
    assert listed(words="나중") == [later]
    assert listed(programme="challenge") == []
    assert listed(sort="-deadline") == [later, live]
    assert listed(state="nonsense", sort="nonsense", page="nonsense", kind="x") == [live, later]
    sheet = client.get("/calls/", {"format": "xlsx"})
    assert sheet["Content-Type"].startswith("application/vnd.openxml")


def test_a_call_is_printed(live, as_role):
    answer = as_role("visitor").get(reverse("calls:paper", args=[live.pk]))

    assert answer["Content-Type"] == "application/pdf"
    assert answer.content.startswith(b"%PDF")


def events(client, url):
    return {event.uid: event for event in Calendar(client.get(url).content.decode()).events}


def sequences(client, url):
    text = client.get(url).content.decode()
    return [int(line.split(":")[1]) for line in text.splitlines() if line.startswith("SEQUENCE")]


def test_calendars_have_the_deadlines_and_their_changes(live, cast, as_role, today):
    rounds = [Window(today + DAY, today + 2 * DAY), Window(today + 5 * DAY, today + 9 * DAY)]
    announced_call(cast, mode=CallMode.ROUNDS, rounds=rounds)
    announced_call(cast, mode=CallMode.ROLLING, closes_at=None, opens_at=today)
    client = as_role("visitor")
    before, numbers = (
        events(client, "/calls/calendar.ics"),
        sequences(client, "/calls/calendar.ics"),
    )
    assert len(before) == 3
    assert live.deadline_at in {event.begin.datetime for event in before.values()}

    now = timezone.now()
    proposal = operations.propose_extension(
        call=live, until=live.deadline_at + DAY, reason="장애", by=cast["officer"], at=now
    )
    operations.confirm(proposal=proposal, by=cast["officer2"], at=now)
    after = events(client, "/calls/calendar.ics")

    assert set(after) == set(before)
    assert live.deadline_at + DAY in {event.begin.datetime for event in after.values()}
    assert sum(sequences(client, "/calls/calendar.ics")) == sum(numbers) + 1


def test_a_cancelled_call_stays_in_calendars_and_says_so(live, cast, as_role):
    now = timezone.now()
    proposal = operations.propose_cancellation(call=live, reason="예산", by=cast["officer"], at=now)
    operations.confirm(proposal=proposal, by=cast["officer2"], at=now)

    assert "STATUS:CANCELLED" in as_role("visitor").get("/calls/calendar.ics").content.decode()


def test_ones_own_calendar_has_a_secret_address_that_can_be_changed(live, cast, as_role):
    operations.watch(call=live, by=cast["supplier"], at=timezone.now())
    client = as_role("supplier")
    client.post(reverse("calls:renew_feed"))
    first = client.get("/calls/own/").context["feed_url"]
    as_role("visitor")
    assert len(events(client, first)) == 1

    as_role("supplier").post(reverse("calls:renew_feed"))

    assert client.get(first).status_code == 404


def test_the_calendar_shows_a_month(live, cast, as_role, today):
    client = as_role("visitor")
    url = reverse("calls:calendar")
    closes = timezone.localtime(live.deadline_at)

    page = page_of(client, url, month=f"{closes:%Y-%m}")

    assert f"{closes:%m-%d}" in page
    assert "Nothing opens or closes" in page_of(client, url, month="2031-02")
    for nonsense in ("", "2026-13", "0001-01", "9999-12", "x" * 1000, "2026-1-1"):
        page_of(client, url, month=nonsense)
    assert isinstance(today, datetime)


def test_a_call_of_years_ago_names_the_version_it_was_opened_with(live, as_role):
    page = page_of(as_role("visitor"), reverse("calls:call", args=[live.pk]))

    assert reverse("programmes:version", args=[live.version_id]) in page
