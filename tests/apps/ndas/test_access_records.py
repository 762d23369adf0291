"""Who read what under an agreement: kept for each person, thing and day, for both sides to see."""

import io
import threading
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from django.core.files.base import ContentFile
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from openpyxl import load_workbook

from dure.apps.catalog.models import Attachment, Visibility
from dure.apps.ndas.models import AccessRecord, NamedPerson
from dure.apps.ndas.operations import note_access
from dure.apps.ndas.stages import NdaStage
from dure.apps.people.models import User
from dure.apps.people.operations import issue_token
from tests.apps.ndas.conftest import colleague_of, signed

SEOUL = ZoneInfo("Asia/Seoul")


def kst(day, hour, minute=0):
    return datetime(2027, 1, day, hour, minute, tzinfo=SEOUL)


def kept():
    return list(AccessRecord.objects.order_by("pk").values_list("reader__name", "name", "times"))


@pytest.fixture
def file(cast, teaser):
    return Attachment.objects.create(
        need=teaser, file=ContentFile(b"%PDF-1.7", name="plan.pdf"), name="설계도.pdf", size=8,
        sha256="0" * 64, added_by=cast["manager"],
    )  # fmt: skip


def test_each_opening_by_a_named_person_counts(cast, teaser, file, as_role):
    nda = signed(cast, teaser)
    client = as_role("supplier")

    for _ in range(3):
        client.get(f"/needs/{teaser.pk}/")
    client.get(f"/needs/{teaser.pk}/attachments/{file.pk}/")

    assert kept() == [("supplier", "냉각 설비", 3), ("supplier", "설계도.pdf", 1)]
    first = AccessRecord.objects.earliest("pk")
    assert first.nda == nda
    assert first.first_at < first.last_at
    assert first.day == timezone.localdate(first.first_at)


def test_exports_and_programs_count_as_well(cast, teaser, as_role):
    cast.need(title="공개 수요")
    signed(cast, teaser)
    client = as_role("supplier")
    _token, key = issue_token(name="test", by=cast["supplier"], at=timezone.now())

    client.get("/needs/")  # a line of a list is not the details
    assert kept() == []
    client.get("/needs/export/")
    client.get("/technologies/export/")
    for address in (f"/needs/{teaser.pk}", "/needs", "/technologies"):
        client.get(f"/api/v1{address}", headers={"Authorization": f"Bearer {key}"})

    assert kept() == [("supplier", "냉각 설비", 3)]


@pytest.mark.parametrize("role", ["visitor", "member", "manager", "officer", "auditor", "rival"])
def test_nobody_else_leaves_a_trace(cast, teaser, file, as_role, role):
    signed(cast, teaser)
    client = as_role(role)

    client.get(f"/needs/{teaser.pk}/")
    client.get(f"/needs/{teaser.pk}/attachments/{file.pk}/")
    client.get("/needs/export/")

    assert kept() == []


@pytest.mark.parametrize("visibility", [Visibility.PUBLIC, Visibility.MEMBERS])
def test_what_is_no_longer_closed_is_not_counted(cast, teaser, as_role, visibility):
    signed(cast, teaser)
    teaser.visibility = visibility
    teaser.save()

    assert as_role("supplier").get(f"/needs/{teaser.pk}/").status_code == 200
    assert kept() == []


def test_nothing_is_counted_while_it_is_closed(cast, teaser, file, as_role):
    nda = cast.nda(teaser)
    client = as_role("supplier")
    client.get(f"/needs/{teaser.pk}/")
    assert client.get(f"/needs/{teaser.pk}/attachments/{file.pk}/").status_code == 404
    nda.stage, nda.answered_by = NdaStage.REFUSED, cast["manager"]
    nda.save()
    client.get(f"/needs/{teaser.pk}/")

    assert kept() == []


def test_it_costs_such_readers_one_statement_and_others_none(cast, teaser, as_role):
    signed(cast, teaser)

    def written(role, address):
        client = as_role(role)
        with CaptureQueriesContext(connection) as captured:
            client.get(address)
        return sum("ndas_accessrecord" in query["sql"] for query in captured)

    for address in (f"/needs/{teaser.pk}/", "/needs/export/"):
        assert written("supplier", address) == 1
        assert written("member", address) == 0
        assert written("rival", address) == 0


def test_a_day_ends_at_midnight_in_seoul(cast, teaser):
    nda = signed(cast, teaser)

    for at in (kst(5, 23, 59), kst(6, 0), kst(6, 9), kst(6, 8)):  # the last one comes late
        note_access(reader=cast["supplier"], read=[(nda.pk, "/needs/1/", "냉각 설비")], at=at)

    rows = AccessRecord.objects.order_by("day").values_list("day", "first_at", "last_at", "times")
    assert list(rows) == [
        (kst(5, 0).date(), kst(5, 23, 59), kst(5, 23, 59), 1),
        (kst(6, 0).date(), kst(6, 0), kst(6, 9), 3),
    ]


@pytest.mark.django_db(transaction=True)
def test_many_at_once_are_all_counted(cast, teaser):
    nda, at = signed(cast, teaser), timezone.now()
    things = [(nda.pk, f"/needs/{number}/", "것") for number in range(20)]
    together = threading.Barrier(4)

    def read(turn):
        together.wait()
        for number in range(10):
            order = things if (turn + number) % 2 else things[::-1]
            note_access(reader=cast["supplier"], read=order, at=at + timedelta(seconds=number))
        connection.close()

    threads = [threading.Thread(target=read, args=[turn]) for turn in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert set(AccessRecord.objects.values_list("times", flat=True)) == {40}
    assert AccessRecord.objects.count() == len(things)


def fill(nda, person, count):
    for number in range(count):
        at = timezone.now() - timedelta(days=number)
        note_access(reader=person, read=[(nda.pk, "/needs/1/", f"파일 {number:02}")], at=at)


def test_both_sides_and_staff_see_the_newest_and_export_all(cast, teaser, as_role):
    nda = signed(cast, teaser)
    fill(nda, cast["supplier"], 52)

    for role in ("supplier", "manager", "member", "officer", "auditor"):
        page = as_role(role).get(f"/ndas/{nda.pk}/").content.decode()
        assert page.index("파일 00") < page.index("파일 49")
        assert "파일 50" not in page
        assert "supplier@example.org" in page
    assert as_role("rival").get(f"/ndas/{nda.pk}/?format=xlsx").status_code == 404
    answer = as_role("manager").get(f"/ndas/{nda.pk}/?format=xlsx")
    assert load_workbook(io.BytesIO(answer.content)).active.max_row == 53


def test_a_longer_table_costs_no_more_statements(cast, teaser, as_role):
    nda = signed(cast, teaser)

    def cost():
        client = as_role("manager")
        with CaptureQueriesContext(connection) as captured:
            client.get(f"/ndas/{nda.pk}/")
        return len(captured)

    fill(nda, cast["supplier"], 1)
    cost_of_one = cost()
    for number in range(5):
        person = colleague_of(cast, "supplier", f"reader{number}")
        NamedPerson.objects.create(nda=nda, user=person, email=person.email)
        fill(nda, person, 5)

    assert cost() == cost_of_one
    assert User.objects.filter(pk__in=nda.access_records.values("reader")).count() == 6


def test_who_signs_reads_that_it_is_recorded(cast, teaser, as_role):
    page = as_role("supplier").get(f"/needs/{teaser.pk}/nda/").content.decode()

    assert "The platform records when they open what is closed to others" in page
