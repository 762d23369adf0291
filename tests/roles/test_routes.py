"""Every route of the site, asked by every role: what each gets stands in access.csv.

A route that is missing from the table, or that answers otherwise, fails. After a wanted change
look at the difference of `DURE_WRITE_ACCESS=1 pytest tests/roles`, line by line.
"""

import csv
import os
import re
from datetime import timedelta
from pathlib import Path

import pytest
import weasyprint
from django.core.files.base import ContentFile
from django.db import connection, transaction
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver

from dure.apps.catalog.models import Attachment, Resemblance, SavedSearch
from dure.apps.catalog.stages import NeedStage
from dure.apps.consultations.models import ConsultationRecord
from dure.apps.fairs.models import Wish
from dure.apps.fairs.stages import FairStage
from dure.apps.jobs.models import Job
from dure.apps.matches.models import Bar, BarKind, Direction, Strength, Suggestion
from dure.apps.notices.models import Notice, NoticeKind
from dure.apps.people.models import AccessToken, Membership
from tests.cast import ROLES
from tests.conftest import NOON

TABLE = Path(__file__).with_name("access.csv")
# Routes of libraries with tests of their own; ours is only their look.
FOREIGN = ("account_", "mfa_", "socialaccount_", "openid_connect_", "set_language", "ui:", "api:")
METHODS = ("GET", "POST")


def routes(patterns=None, prefix="", namespace=""):
    """(name, address with <parameters>) of every route of the site."""
    for pattern in patterns if patterns is not None else get_resolver().url_patterns:
        address = prefix + str(pattern.pattern)
        if isinstance(pattern, URLResolver):
            inner = f"{namespace}{pattern.namespace}:" if pattern.namespace else namespace
            yield from routes(pattern.url_patterns, address, inner)
        elif isinstance(pattern, URLPattern):
            yield f"{namespace}{pattern.name}", address


def ours():
    return sorted({(n, a) for n, a in routes() if not n.startswith((*FOREIGN, "None"))})


def app_of(name):
    """The app that a route belongs to; empty for those of the whole site."""
    return name.rpartition(":")[0]


APPS = sorted({app_of(name) for name, _address in ours()})


@pytest.fixture
def world(cast):
    """One of everything, the buyer's and the supplier's; its ids by the name of a parameter."""
    need, technology = cast.need(), cast.technology()
    waiting = cast.need(title="검토 중인 수요", stage=NeedStage.UNDER_REVIEW)
    for direction in Direction:
        Suggestion.objects.create(
            need=need, technology=technology, direction=direction, rank=1, score=1.0,
            strength=Strength.GOOD, first_made_at=NOON, made_at=NOON,
        )  # fmt: skip
    asked = Membership.objects.create(user=cast["newcomer"], organisation=cast.buyer)
    job = Job.objects.create(
        kind="check_sheet", title="needs.csv", asked_by=cast["manager"],
        arguments={"kind": "needs", "path": "/none.csv", "name": "needs.csv"},
    )  # fmt: skip
    token = AccessToken.objects.create(
        user=cast["manager"], name="t", digest="0" * 64, made_at=NOON,
        expires_at=NOON + timedelta(days=1),
    )  # fmt: skip
    attachment = Attachment.objects.create(
        need=need, file=ContentFile(b"%PDF-1.7", name="none.pdf"), name="none.pdf", size=1, sha256="0" * 64,
        added_by=cast["manager"],
    )  # fmt: skip
    first, second = sorted([need, waiting], key=lambda n: n.pk)
    resemblance = Resemblance.objects.create(first=first, second=second, likeness=0.9)
    notice = Notice.objects.create(
        recipient=cast["manager"], kind=NoticeKind.NEED_PUBLISHED, made_at=NOON,
        facts={"title": need.title, "count": 1}, url=f"/needs/{need.pk}/",
    )  # fmt: skip
    search = SavedSearch.objects.create(
        user=cast["manager"], kind="needs", name="폐열", made_at=NOON, told_until=NOON
    )
    fair = cast.fair(stage=FairStage.PLANNING)
    pair = cast.pair(fair, need=need, technology=technology)
    wish = Wish.objects.create(
        pair=pair, side="DEMAND", answered_by=cast["member"], answered_at=NOON
    )
    duty = fair.desk_duties.create(person=cast["reviewer"], given_by=cast["officer"], given_at=NOON)
    timetable = fair.timetables.create(number=1, made_by=cast["officer"], made_at=NOON)
    timetable.meetings.create(pair=pair, slot=fair.slots.first(), table=fair.tables.first())
    day = day_of_a_fair(cast)
    bar = Bar.objects.create(organisation=cast.rival, other=cast.stranger, kind=BarKind.DISPUTE)
    nda = cast.nda(cast.need(title="비공개 수요", visibility="TEASER"))
    teaser = cast.need(title="아직 아무도 묻지 않은 수요", visibility="TEASER")
    return {
        "attachment_id": attachment.pk,
        "need_id": need.pk,
        "technology_id": technology.pk,
        "bar_id": bar.pk,
        "organisation_id": cast.buyer.pk,
        "membership_id": asked.pk,
        "user_id": cast["reviewer"].pk,
        "appointment_id": cast["reviewer"].appointments.get().pk,
        "token_id": token.pk,
        "job_id": job.pk,
        "notice_id": notice.pk,
        "fair_id": fair.pk,
        "registration_id": pair.demand_id,
        "wish_id": wish.pk,
        "duty_id": duty.pk,
        "timetable_id": timetable.pk,
        **day,
        "token": "no-such-token",
        "sheet": "needs",
        "figure": "unmatched",
        "kind": "NEED",
        # What «pk» means, by the beginning of the route's name.
        "catalog:answer_resemblance": resemblance.pk,
        "catalog:confirm_import": job.pk,
        "catalog:import_": job.pk,
        "catalog:need_": need.pk,
        "catalog:need_ask": teaser.pk,
        "catalog:search_": search.pk,
        "catalog:technology_": technology.pk,
        "ndas:": nda.pk,
        "dashboards:settle": waiting.pk,
    }


def day_of_a_fair(cast):
    """One of everything of a fair that is being held, by the name of a parameter."""
    fair = cast.fair(stage=FairStage.HELD, name="열리는 박람회")
    pair, officer = cast.pair(fair), cast["officer"]
    timetable = fair.timetables.create(
        number=1, stage="RELEASED", made_by=officer, made_at=NOON,
        released_by=officer, released_at=NOON,
    )  # fmt: skip
    meeting = timetable.meetings.create(
        pair=pair, slot=fair.slots.first(), table=fair.tables.first()
    )
    briefing = fair.briefings.create(
        title="설명회", starts_at=NOON, ends_at=NOON + timedelta(hours=1), seats=10
    )
    record = ConsultationRecord.objects.create(
        pair=pair, meeting=meeting, outcome="KEPT", next_step="NDA", owner=cast["member"],
        due_on=NOON.date(), recorded_by=cast["member"], recorded_at=NOON,
    )  # fmt: skip
    late = cast.registration(fair, cast.rival)
    asked = fair.pairs.create(demand=late, supply=pair.supply)
    return {
        "attendee_id": pair.demand.attendees.create(name="김하늘").pk,
        "briefing_id": briefing.pk,
        "commendation_id": fair.commendations.create(award="표창", name="김하늘").pk,
        "meeting_id": meeting.pk,
        "pair_id": pair.pk,
        "record_id": record.pk,
        "seat_id": briefing.taken.create(holder=cast["member"], taken_at=NOON).pk,
        "story_id": fair.stories.create(title="사례", body="글", written_by=officer).pk,
        "walk_in_id": fair.walk_ins.create(pair=asked, asked_by=officer, asked_at=NOON).pk,
    }


def filled(name, address, world):
    """The address with the ids of the world in the place of its parameters."""

    def value(match):
        parameter = match.group(1).split(":")[-1]
        if parameter == "pk":
            parameter = max((key for key in world if ":" in key and name.startswith(key)), key=len)
        return str(world[parameter])

    return "/" + re.sub(r"<([^>]+)>", value, address).lstrip("/")


def outcome(client, method, path, before):
    """What a role gets, in a word, and how many rows are written by now, as they were `before`.

    Whatever it changed is taken back.
    """
    with transaction.atomic():
        answer = client.generic(method, path, b"", "application/x-www-form-urlencoded")
        written = rows_written()
        transaction.set_rollback(True)
    if answer.status_code in (301, 302):
        went = "sign in" if "/accounts/login/" in answer["Location"] else "moves on"
    else:
        went = "in" if answer.status_code in (200, 204) else str(answer.status_code)
    return (f"{went}, changes" if written > before else went), written


def rows_written():
    """How many rows this transaction has written so far, also those taken back, no sessions.

    The same as in pg_stat_xact_user_tables, without the scans that the view counts besides.
    """
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT sum(pg_stat_get_xact_tuples_inserted(oid) + pg_stat_get_xact_tuples_updated(oid)"
            " + pg_stat_get_xact_tuples_deleted(oid)) FROM pg_class"
            " WHERE relkind = 'r' AND relnamespace = 'public'::regnamespace"
            " AND relname <> 'django_session'"
        )
        return int(cursor.fetchone()[0] or 0)


def outcomes(clients, method, path):
    """What each role gets, in the order of ROLES."""
    words, written = [], rows_written()
    for role in ROLES:
        word, written = outcome(clients[role], method, path, written)
        if word == "405" and not words:  # the method is refused before anybody is looked at
            return [word] * len(ROLES)
        words.append(word)
    return words


@pytest.fixture
def each_paper_once(monkeypatch):
    """PDF files of one title are set once: a third of the time went into their fonts."""
    set_anew, papers = weasyprint.HTML.write_pdf, {}

    def write_pdf(document, **how):
        title = document.etree_element.findtext(".//title")
        if title not in papers:
            papers[title] = set_anew(document, **how)
        return papers[title]

    monkeypatch.setattr(weasyprint.HTML, "write_pdf", write_pdf)


@pytest.mark.slow
@pytest.mark.django_db
@pytest.mark.usefixtures("each_paper_once")
@pytest.mark.parametrize("method", METHODS)
@pytest.mark.parametrize("app", APPS)
def test_every_route_answers_every_role_as_the_table_says(cast, world, app, method):
    clients = {}
    for role in ROLES:
        clients[role] = Client(raise_request_exception=True)
        if role != "visitor":
            clients[role].force_login(cast[role])

    seen = {
        (name, method): outcomes(clients, method, filled(name, address, world))
        for name, address in ours()
        if app_of(name) == app
    }

    if os.environ.get("DURE_WRITE_ACCESS"):
        others = table().keys() - rows_of(app, method).keys()
        write({route: words for route, words in table().items() if route in others} | seen)
    assert seen == rows_of(app, method)
    assert not any(word.startswith("5") for words in seen.values() for word in words)


def test_the_table_tells_of_no_app_that_is_gone():
    assert {app_of(name) for name, _method in table()} == set(APPS)


def test_reading_changes_nothing_and_neither_does_a_visitor():
    changing = {route for route, words in table().items() if any("changes" in w for w in words)}
    by_visitors = {
        route for route, words in table().items() if "changes" in words[ROLES.index("visitor")]
    }

    # Opening a notice marks it as read; inbox and wishes remember when one looked.
    assert {name for name, method in changing if method == "GET"} <= {
        "notices:open",
        "matches:inbox",
        "fairs:wishes",
        "fairs:wishes_of",
    }
    assert by_visitors == set()


def table():
    with TABLE.open(encoding="utf-8", newline="") as file:
        return {(row[0], row[1]): row[2:] for row in list(csv.reader(file))[1:]}


def rows_of(app, method):
    return {
        (name, how): words
        for (name, how), words in table().items()
        if (app_of(name), how) == (app, method)
    }


def write(seen):
    with TABLE.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(["route", "method", *ROLES])
        writer.writerows([*route, *words] for route, words in sorted(seen.items()))
