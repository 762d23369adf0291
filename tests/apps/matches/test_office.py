"""The programme office's pages: pairs to introduce, answers as labels, quality, bars."""

import io

import openpyxl
import pytest
from django.urls import reverse

from dure.apps.jobs.models import Job
from dure.apps.matches.models import Answer, Bar, Side
from tests.cast import ROLES
from tests.conftest import NOON

OFFICERS = {"officer", "officer2", "administrator"}
STAFF = OFFICERS | {"centre_officer", "auditor"}
WITH_ORGANISATION = {"member", "manager", "supplier", "rival"}


@pytest.fixture
def wanted(cast, pair):
    """A pair that both sides want."""
    for side, role in ((Side.DEMAND, "member"), (Side.SUPPLY, "supplier")):
        Answer.objects.create(
            need=pair[0],
            technology=pair[1],
            side=side,
            kind="INTERESTED",
            note="보고 싶습니다" if side == Side.DEMAND else "",
            rank_seen=1,
            answered_by=cast[role],
            answered_at=NOON,
        )
    return pair


@pytest.mark.parametrize("role", ROLES)
@pytest.mark.parametrize(
    ("page", "readers"),
    [
        ("mutual", OFFICERS),
        ("answers", STAFF | WITH_ORGANISATION),
        ("quality", STAFF),
        ("bars", STAFF),
    ],
)
def test_each_page_opens_to_its_readers_only(as_role, wanted, role, page, readers):
    response = as_role(role).get(reverse(f"matches:{page}"))

    expected = 302 if role == "visitor" else 200 if role in readers else 404
    assert response.status_code == expected


def test_an_officer_introduces_with_one_button_and_can_undo(as_role, cast, wanted):
    client = as_role("officer")
    demand = Answer.objects.get(side=Side.DEMAND)

    after = client.post(reverse("matches:introduce"), {"only": demand.pk}, follow=True)
    wanted[0].refresh_from_db()
    assert wanted[0].stage == "MATCHED"
    assert "1 pair introduced just now." in after.content.decode()

    client.post(reverse("matches:undo_introductions"))
    wanted[0].refresh_from_db()
    assert wanted[0].stage == "PUBLISHED"
    assert not Answer.objects.filter(kind="INTRODUCED").exists()


def test_introducing_nothing_says_what_to_do(as_role, wanted):
    page = as_role("officer").post(reverse("matches:introduce"), follow=True).content.decode()

    assert "Choose the pairs to introduce first." in page


@pytest.mark.parametrize("role", ["member", "supplier", "auditor", "reviewer"])
def test_nobody_else_introduces(as_role, wanted, role):
    demand = Answer.objects.get(side=Side.DEMAND)

    response = as_role(role).post(reverse("matches:introduce"), {"ids": [demand.pk]})

    assert response.status_code == 404
    assert not Answer.objects.filter(kind="INTRODUCED").exists()


@pytest.mark.parametrize(
    ("role", "sides"), [("officer", {"DEMAND", "SUPPLY"}), ("member", {"DEMAND"}), ("rival", set())]
)
def test_the_workbook_holds_the_answers_a_reader_may_see_as_labels(as_role, wanted, role, sides):
    response = as_role(role).get(reverse("matches:answers"), {"format": "xlsx"})

    rows = list(openpyxl.load_workbook(io.BytesIO(response.content)).active.values)
    assert rows[0][:3] == ("Need no.", "Need", "Demand organisation")
    assert len(rows) == 1 + len(sides)
    if "DEMAND" in sides:
        labels = [row for row in rows if row[6] == "Demand organisation"]
        assert labels[0][0] == wanted[0].pk
        assert labels[0][7:11] == ("Interested", None, "보고 싶습니다", 1)


@pytest.mark.parametrize(
    ("query", "count"),
    [("", 2), ("side=SUPPLY", 1), ("kind=NOT_FOR_US", 0), ("words=한빛", 2), ("words=없는말", 0)],
)
def test_the_answers_filter(as_role, wanted, query, count):
    response = as_role("officer").get(f"{reverse('matches:answers')}?{query}")

    assert response.context["page"].paginator.count == count


def test_the_other_sides_answers_stay_out_of_the_list(as_role, cast, wanted):
    page = as_role("supplier").get(reverse("matches:answers")).content.decode()

    assert "보고 싶습니다" not in page


def test_quality_counts_answers_at_the_rank_where_they_were_given(as_role, wanted):
    rows = as_role("auditor").get(reverse("matches:quality")).context["rows"]

    first = {"rank": 1, "suggested": 2, "interested": 2, "declined": 0, "answered": 2}
    assert rows[0] == first
    assert rows[1]["answered"] == 0


@pytest.mark.parametrize("named", ["열림테크", "107-88-12342", "1078812342"])
def test_an_officer_enters_a_bar_by_name_or_number_and_lifts_it(as_role, cast, pair, named):
    client = as_role("officer")
    fields = {"organisation": "한빛중공업", "other": named, "kind": "DISPUTE", "until": ""}

    client.post(reverse("matches:bars"), fields)
    barred = Bar.objects.get()
    assert (barred.organisation, barred.other) == (cast.buyer, cast.supplier)
    assert not pair[0].suggestions.exists()

    client.post(reverse("matches:lift_bar", args=[barred.pk]))
    assert not Bar.objects.exists()


@pytest.mark.parametrize(
    ("values", "problem"),
    [
        ({"organisation": "없는 기관"}, "No organisation has this name or number."),
        ({"organisation": ""}, "This field is required."),
        ({"other": "한빛중공업"}, "Choose two different organisations."),
    ],
)
def test_a_bar_that_cannot_be_entered_says_why(as_role, cast, values, problem):
    fields = {"organisation": "한빛중공업", "other": "", "kind": "DISPUTE", "until": "", **values}

    response = as_role("officer").post(reverse("matches:bars"), fields)

    assert response.status_code == 422
    assert problem in response.content.decode()
    assert not Bar.objects.exists()


def test_an_auditor_reads_bars_but_enters_none(as_role, cast):
    client = as_role("auditor")
    fields = {"organisation": "한빛중공업", "other": "", "kind": "DISPUTE", "until": ""}

    assert "Enter a bar" not in client.get(reverse("matches:bars")).content.decode()
    assert client.post(reverse("matches:bars"), fields).status_code == 422
    assert not Bar.objects.exists()


def test_an_officer_starts_matching_once(as_role, cast):
    client = as_role("officer")

    first = client.post(reverse("matches:run"))
    job = Job.objects.get()
    assert (job.kind, job.requested_by) == ("match_all", cast["officer"])
    assert first["Location"] == reverse("jobs:detail", args=[job.pk])

    second = client.post(reverse("matches:run"), follow=True)
    assert "Matching is running already." in second.content.decode()
    assert Job.objects.count() == 1


@pytest.mark.parametrize("role", ["member", "auditor"])
def test_nobody_else_starts_matching(as_role, role):
    as_role(role).post(reverse("matches:run"))

    assert not Job.objects.exists()
