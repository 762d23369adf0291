"""The way back to the need is found by the platform, link by link, and shown as far as it is open."""

from datetime import date, timedelta

import pytest
from django.urls import reverse

from dure.apps.catalog.models import Need
from dure.apps.consultations.models import ConsultationRecord
from dure.apps.outcomes import operations, queries
from dure.apps.outcomes.models import LINKS, CountedSpan
from dure.apps.outcomes.presenters import path_of
from tests.conftest import NOON

pytestmark = pytest.mark.django_db
LATE = NOON + timedelta(days=20)
SOLD = date(2026, 12, 1)


def links_of(outcome):
    outcome.refresh_from_db()
    return {name for name in LINKS if getattr(outcome.chain, name)}


@pytest.fixture
def met(cast):
    """The two were introduced and met."""
    introduction = cast.introduction()
    return ConsultationRecord.objects.create(
        introduction=introduction, outcome="KEPT", recorded_by=cast["member"], recorded_at=NOON
    )


def test_from_a_meeting_after_an_introduction(cast, met):
    made = cast.outcome(on=SOLD, at=LATE)

    assert links_of(made) == {"need", "technology", "introduction", "record"}
    assert made.chain.need == met.introduction.need
    assert (made.chain.anchor, made.chain.likely) == ("", [])


def test_from_a_meeting_at_a_fair(cast):
    fair = cast.fair()
    need = cast.need()
    pair = cast.pair(fair, need=need)
    ConsultationRecord.objects.create(
        pair=pair, outcome="KEPT", recorded_by=cast["member"], recorded_at=NOON
    )

    made = cast.outcome(on=SOLD, at=LATE)

    assert links_of(made) == {"need", "record"}
    assert [step.title for step in path_of(made, cast["supplier"])][:2] == [str(need), str(fair)]


def test_a_meeting_after_the_day_explains_nothing(cast, met):
    assert links_of(cast.outcome(on=date(2026, 10, 5))) == set()


def test_from_an_agreement_by_way_of_application_and_call(cast):
    application = cast.opened_application()
    agreement = cast.signed_agreement(application=application)

    made = cast.outcome(on=SOLD, at=LATE)

    assert links_of(made) >= {"agreement", "application", "call"}
    assert made.chain.agreement == agreement
    assert made.chain.programme == agreement.version.programme


def test_a_project_goes_back_to_its_agreement_and_to_the_meeting_before(cast, met):
    agreement = cast.signed_agreement()
    project = cast.project(agreement=agreement, agreed_on=SOLD)

    made = cast.outcome(kind="sales", counterpart=None, on=SOLD, at=LATE)

    assert links_of(made) == {
        "need", "technology", "introduction", "record", "agreement", "project",
    }  # fmt: skip
    assert made.chain.project == project
    assert set(made.chain.likely) == {"need", "technology", "introduction", "record"}


def test_of_several_projects_the_latest_is_likely_and_the_office_says_which(cast):
    first = cast.project("P-1", agreed_on=date(2026, 1, 1))
    second = cast.project("P-2", agreed_on=date(2026, 3, 1))
    made = cast.outcome()
    assert made.chain.project == second
    assert made.chain.likely == ["project"]

    operations.tie(outcome=made, anchor=("project", first), by=cast["officer"], at=NOON)

    made.refresh_from_db()
    assert (made.chain.project, made.chain.anchor, made.chain.likely) == (first, "project", [])


def test_the_office_ties_it_on_the_page(cast, as_role):
    first = cast.project("P-1", agreed_on=date(2026, 1, 1))
    cast.project("P-2", agreed_on=date(2026, 3, 1))
    made = cast.outcome()
    url = reverse("outcomes:tie", args=[made.pk])
    assert as_role("supplier").get(url).status_code == 404

    as_role("officer").post(url, {"anchor": f"project-{first.pk}"})

    made.refresh_from_db()
    assert made.chain.project == first


def test_what_is_found_later_counts_from_then_on(cast):
    made = cast.outcome(on=NOON.date(), at=NOON)
    operations.confirm(outcome=made, by=cast["manager"], at=NOON)
    assert [fact.programme for fact in queries.counted(NOON.date())] == [""]
    cast.project(agreed_on=date(2026, 3, 1))

    assert operations.find_ways_again(at=LATE) == 1

    assert [fact.programme for fact in queries.counted(NOON.date())] == [""]
    assert [fact.programme for fact in queries.counted(LATE.date())] == ["challenge"]
    assert CountedSpan.objects.count() == 2
    assert operations.find_ways_again(at=LATE) == 0


def test_what_is_closed_to_a_reader_is_named_and_no_more(cast, met):
    need = met.introduction.need
    made = cast.outcome(on=SOLD, at=LATE)
    Need.objects.filter(pk=need.pk).update(stage="DRAFT", published_at=None, published_by=None)

    shown = path_of(made, cast["supplier"])
    assert [(step.title, step.url) for step in shown if str(step.what) in ("Need", "수요")] == [
        ("", "")
    ]
    assert str(need) in [step.title for step in path_of(made, cast["officer"])]


@pytest.mark.parametrize("where", ["need", "technology", "introduction", "record"])
def test_lower_pages_show_what_came_of_them(cast, met, as_role, where):
    cast.outcome(on=SOLD, at=LATE)
    things = {
        "need": met.introduction.need, "technology": met.introduction.technology,
        "introduction": met.introduction, "record": met,
    }  # fmt: skip

    url = things[where].get_absolute_url()

    assert "배기열 회수기 8대 공급" in as_role("supplier").get(url).content.decode()
    stranger = as_role("rival").get(url)
    assert "배기열 회수기 8대 공급" not in stranger.content.decode()


def test_a_project_shows_what_came_of_it_and_the_way_to_report(cast, as_role):
    project = cast.project()
    cast.outcome(anchor=("project", project))

    page = as_role("supplier").get(project.get_absolute_url()).content.decode()
    assert "배기열 회수기 8대 공급" in page
    assert f"?of=project-{project.pk}" in page
    form = as_role("supplier").get(
        reverse("outcomes:report", args=["contract"]), {"of": f"project-{project.pk}"}
    )
    assert form.context["form"]["counterpart"].initial == cast.buyer.number
    foreign = as_role("rival").get(
        reverse("outcomes:report", args=["contract"]), {"of": f"project-{project.pk}"}
    )
    assert foreign.context["anchor"] == project  # the rival examines it
    unknown = as_role("rival").get(
        reverse("outcomes:report", args=["contract"]), {"of": "project-99999"}
    )
    assert unknown.context["anchor"] is None
