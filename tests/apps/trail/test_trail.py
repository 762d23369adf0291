"""The history of one record and of everything: who, when, before, after."""

import io
from urllib.parse import urlencode

import pghistory
import pytest
from django.db import connection
from django.db.utils import ProgrammingError
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import translation
from openpyxl import load_workbook

from dure.apps.catalog.models import Need
from dure.apps.people.models import Appointment, Membership, Organisation, User
from dure.apps.trail.presenters import in_words
from dure.apps.trail.queries import history_of, people_named, recent_changes, recorded_models

pytestmark = pytest.mark.django_db


def test_a_change_says_who_when_before_and_after(cast):
    with pghistory.context(user=cast["officer"].pk):
        cast.buyer.region, cast.buyer.group = "SEOUL", None
        cast.buyer.save()

    with translation.override("en"):
        newest, entered = in_words(history_of(cast.buyer))

    assert newest["who"] == "officer"
    assert newest["changes"] == [
        {"field": "Group of companies", "before": "한빛그룹", "after": ""},
        {"field": "Region", "before": "Gyeongnam", "after": "Seoul"},
    ]
    assert (entered["who"], entered["is_new"]) == ("The platform", True)


def test_bulk_writes_and_deletions_are_in_the_history_too(cast):
    Organisation.objects.filter(pk=cast.buyer.pk).update(name="새 이름")
    membership = Membership.objects.get(user=cast["member"])
    pk = membership.pk
    membership.delete()

    deleted = recent_changes(of=[Membership], limit=1)[0]
    assert history_of(cast.buyer)[0].fields == (("이름", "한빛중공업", "새 이름"),)
    assert (deleted.what, deleted.thing_id, deleted.fields) == ("delete", pk, ())


def test_nobody_can_alter_the_history(cast):
    event = cast.buyer.events.first()

    with pytest.raises(ProgrammingError, match="neither changed nor deleted"):
        event.delete()


def test_everything_that_is_written_is_recorded():
    names = {model.__name__ for model in recorded_models()}

    assert {
        "User",
        "Organisation",
        "CompanyGroup",
        "Membership",
        "Appointment",
        "AccessToken",
        "Need",
        "Technology",
        "Answer",
        "Bar",
    } <= names


def test_the_last_changes_of_everything_come_in_order_and_can_be_narrowed(cast):
    need = cast.need()
    with pghistory.context(user=cast["officer"].pk):
        Need.objects.filter(pk=need.pk).update(trl=5)
    with pghistory.context(user=cast["rival"].pk):
        Organisation.objects.filter(pk=cast.rival.pk).update(region="SEOUL")

    every = recent_changes(of=recorded_models(), limit=100)
    by_officer = recent_changes(of=recorded_models(), by=people_named("officer@"), limit=9)

    assert {Need, Organisation, User} <= {change.model for change in every}
    assert [(c.model, c.fields) for c in by_officer] == [(Need, (("기술성숙도(TRL)", None, 5),))]


@pytest.mark.parametrize(
    ("role", "code"),
    [
        ("visitor", 302),
        ("member", 404),
        ("officer", 404),
        ("reviewer", 404),
        ("auditor", 200),
        ("administrator", 200),
    ],
)
def test_the_history_of_everything_is_for_auditors(as_role, cast, role, code):
    assert as_role(role).get(reverse("trail:changes")).status_code == code


def test_the_page_filters_and_exports(as_role, cast):
    with pghistory.context(user=cast["officer"].pk):
        Organisation.objects.filter(pk=cast.buyer.pk).update(region="SEOUL")
    query = {"what": "organisation", "who": "officer@"}

    page = as_role("auditor").get(reverse("trail:changes"), query)
    file = as_role("auditor").get(reverse("trail:changes"), {**query, "format": "xlsx"})

    sheet = load_workbook(io.BytesIO(file.content)).active
    [row] = list(sheet.iter_rows(min_row=2, values_only=True))
    assert [change["thing"] for change in page.context["changes"]] == ["한빛중공업"]
    assert row[1:4] == ("officer", "organisation", "한빛중공업")
    assert row[5] == "Region: Gyeongnam → Seoul"


def test_the_page_asks_as_often_for_few_as_for_many(as_role, cast):
    def count():
        with CaptureQueriesContext(connection) as asked:
            as_role("auditor").get(reverse("trail:changes"))
        return len(asked)

    count()
    before = count()
    for number in range(10):
        user = User.objects.create_user(f"x{number}@example.org", "x")
        Appointment.objects.create(user=user, role="REVIEWER", appointed_by=cast["administrator"])
        cast.need(title=f"수요 {number}")

    assert count() <= before + 4


def test_paging_reaches_every_change_once_even_of_one_moment(as_role, cast):
    cast.need()
    Need.objects.bulk_create(
        Need(organisation=cast.buyer, title=f"수요 {number}", external_id=f"b{number}")
        for number in range(230)
    )
    browser, address, seen = as_role("auditor"), "/history/?what=need", []
    for _page in range(4):
        answer = browser.get(address)
        seen += [change["thing_id"] for change in answer.context["changes"]]
        older = answer.context["older"]
        if older is None:
            break
        address = "/history/?" + urlencode({"what": "need", **older})

    assert len(seen) == len(set(seen)) == Need.objects.count()
