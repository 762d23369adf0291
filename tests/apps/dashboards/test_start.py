"""The start page of everybody, and what its buttons settle."""

import io
from datetime import timedelta

import pytest
from django.core.cache import caches
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone
from openpyxl import load_workbook

from dure.apps.catalog.models import DuplicateCandidate, Need, Visibility
from dure.apps.catalog.stages import NeedStage
from dure.apps.jobs.models import Job, JobStage
from dure.apps.matches.models import Answer, LastLook
from dure.apps.people.models import Appointment, Membership, MembershipStage, Organisation
from dure.foundation.desk import QUEUES
from dure.foundation.desk import SECTIONS as SECTIONS_OF_APPS
from tests.conftest import NOON

pytestmark = pytest.mark.django_db
START = "/"
# What of the queues the fixture `desk` fills; the others are tested with their own apps.
WAITING = {"NEED", "TECHNOLOGY", "ORGANISATION", "JOIN", "PAIR", "JOB", "DUPLICATE"}


def page(browser) -> str:
    return browser.get(START).content.decode()


# What the fixture lets wait; the queues of the other apps are tested with these.
WAITING = {"NEED", "TECHNOLOGY", "ORGANISATION", "JOIN", "PAIR", "DUPLICATE", "JOB"}


@pytest.fixture
def desk(cast, suggest, answer):
    """One thing of every kind in `WAITING`."""
    need = cast.need(stage=NeedStage.UNDER_REVIEW, title="검토할 수요")
    technology = cast.technology(
        stage="UNDER_REVIEW", title="검토할 기술", handed_in_by=cast["supplier"]
    )
    firm = Organisation.objects.create(name="확인할 기업", kind="SME", business_number="2118700616")
    Membership.objects.create(
        user=cast["newcomer"], organisation=firm, role="MANAGER", stage="ACTIVE"
    )
    join = Membership.objects.create(user=cast["reviewer"], organisation=cast.buyer)
    first, second = cast.need(title="닮은 수요 하나"), cast.need(title="닮은 수요 둘")
    DuplicateCandidate.objects.create(first=first, second=second, similarity=0.9)
    wanted, offered = cast.need(title="서로 원하는 수요"), cast.technology(title="서로 원하는 기술")
    pair = answer(wanted, offered, "DEMAND")
    answer(wanted, offered, "SUPPLY", by="supplier")
    Job.objects.create(
        kind="import_sheet", title="깨진 파일.xlsx", stage=JobStage.FAILED, ended_at=timezone.now()
    )
    return {
        "NEED": need,
        "TECHNOLOGY": technology,
        "ORGANISATION": firm,
        "JOIN": join,
        "PAIR": pair,
    }


def test_the_visitor_sees_what_is_on_offer_and_nothing_else(as_role, cast):
    cast.need(title="공개 수요")
    cast.need(title="회원 수요", visibility=Visibility.MEMBERS)
    cast.need(title="작성 중 수요", stage=NeedStage.DRAFT)
    cast.need(title="비밀 수요", body="극저온밸브", visibility=Visibility.TEASER)
    cast.technology(title="공개 기술")

    text = page(as_role("visitor"))

    assert {t for t in ("공개 수요", "비밀 수요", "공개 기술") if t in text} == {
        "공개 수요",
        "비밀 수요",
        "공개 기술",
    }
    assert not [t for t in ("회원 수요", "작성 중 수요", "극저온밸브") if t in text]
    assert "<b>2</b> needs" in text
    assert "invented" in text


SECTIONS = {
    "newcomer": ["newcomer"],
    "member": ["demand"],
    "manager": ["demand"],
    "supplier": ["firm"],
    "officer": ["queues", "office"],
    "centre_officer": ["centre"],
    "reviewer": ["reviewer"],
    "coordinator": ["coordinator"],
    "auditor": ["changes"],
    "administrator": ["administrator", "queues", "office"],
}


def names(sections) -> list[str]:
    """The codes of the sections, by their templates."""
    codes = {section.template: section.code for section in SECTIONS_OF_APPS}
    return [codes[section["template"]].removeprefix("dashboards.") for section in sections]


@pytest.mark.parametrize("role", SECTIONS)
def test_everybody_gets_their_own_sections(as_role, cast, role):
    answered = as_role(role).get(START)

    assert answered.status_code == 200
    assert names(answered.context["sections"]) == SECTIONS[role]
    assert "invented" in answered.content.decode()


def test_a_person_with_several_standings_gets_all_their_sections(as_role, cast):
    Appointment.objects.create(user=cast["manager"], role="OFFICER")
    Appointment.objects.create(user=cast["manager"], role="AUDITOR")

    sections = as_role("manager").get(START).context["sections"]

    assert names(sections) == ["queues", "office", "changes", "demand"]


def test_the_officer_sees_everything_that_waits_oldest_first(as_role, desk):
    section = as_role("officer").get(START).context["sections"][0]

    kinds = [line["queue"].code for line in section["waiting"]]
    since = [line["since"] for line in section["waiting"]]
    assert set(kinds) == WAITING
    assert set(QUEUES.codes()) >= WAITING
    assert since == sorted(since)
    assert section["total"] == len(kinds)


def test_what_an_officer_handed_in_waits_for_another_officer(as_role, cast):
    cast.need(stage=NeedStage.UNDER_REVIEW, handed_in_by=cast["officer"])

    assert as_role("officer").get(START).context["sections"][0]["total"] == 0
    assert as_role("officer2").get(START).context["sections"][0]["total"] == 1


def settled(desk) -> dict[str, bool]:
    for thing in desk.values():
        thing.refresh_from_db()
    introduced = Answer.objects.filter(kind="INTRODUCED", need=desk["PAIR"].need).exists()
    return {
        "NEED": desk["NEED"].stage == "PUBLISHED",
        "TECHNOLOGY": desk["TECHNOLOGY"].stage == "PUBLISHED",
        "ORGANISATION": desk["ORGANISATION"].verified_at is not None,
        "JOIN": desk["JOIN"].stage == MembershipStage.ACTIVE,
        "PAIR": introduced,
    }


@pytest.mark.parametrize("kind", ["NEED", "TECHNOLOGY", "ORGANISATION", "JOIN", "PAIR"])
@pytest.mark.parametrize("with_script", [True, False])
def test_one_button_settles_what_waits(as_role, desk, kind, with_script):
    headers = {"HX-Request": "true"} if with_script else {}
    url = reverse("dashboards:settle", args=[kind, desk[kind].pk])

    answered = as_role("officer").post(url, headers=headers)

    assert settled(desk) == {desk_kind: desk_kind == kind for desk_kind in desk}
    assert answered.status_code == (200 if with_script else 302)
    assert ("toasts" in answered.content.decode()) == with_script


def test_a_refusal_stays_in_the_line_and_says_why(as_role, cast, desk):
    Organisation.objects.filter(pk=cast.buyer.pk).update(verified_at=None, verified_by=None)
    url = reverse("dashboards:settle", args=["NEED", desk["NEED"].pk])

    answered = as_role("officer").post(url, headers={"HX-Request": "true"}).content.decode()

    assert "not verified yet" in answered
    assert Need.objects.get(pk=desk["NEED"].pk).stage == NeedStage.UNDER_REVIEW


@pytest.mark.parametrize("role", ["member", "auditor", "centre_officer"])
def test_only_officers_settle(as_role, desk, role):
    codes = {
        as_role(role).post(reverse("dashboards:settle", args=[kind, thing.pk])).status_code
        for kind, thing in desk.items()
    }

    assert codes == {404}
    assert not any(settled(desk).values())


@pytest.mark.parametrize(("kind", "pk"), [("NEED", 0), ("JOB", 1), ("NONSENSE", 1)])
def test_what_does_not_wait_cannot_be_settled(as_role, desk, kind, pk):
    url = reverse("dashboards:settle", args=[kind, pk])

    assert as_role("officer").post(url).status_code == 404


def test_the_export_holds_all_that_waits(as_role, desk):
    file = as_role("officer").get(reverse("dashboards:waiting_export"))

    sheet = load_workbook(io.BytesIO(file.content)).active
    titles = [row[1] for row in sheet.iter_rows(min_row=2, values_only=True)]
    assert len(titles) == len(WAITING)
    assert "검토할 수요" in titles
    assert as_role("reviewer").get(reverse("dashboards:waiting_export")).status_code == 404


def test_figures_lead_to_the_lists_they_count(as_role, cast, suggest, answer):
    lonely, silent, answered = (cast.need(title=t) for t in ("홀로 수요", "침묵 수요", "답한 수요"))
    technology = cast.technology()
    suggest(silent, technology)
    suggest(answered, technology)
    answer(answered, technology, "DEMAND")
    browser = as_role("officer")
    figures = {f["label"]: f for f in browser.get(START).context["sections"][1]["figures"]}

    shown = {
        label: [card["title"] for card in browser.get(figures[label]["url"]).context["cards"]]
        for label in ("Needs without a match", "Needs whose matches nobody answered")
    }

    assert figures["Needs without a match"]["number"] == "1"
    assert shown == {
        "Needs without a match": ["홀로 수요"],
        "Needs whose matches nobody answered": ["침묵 수요"],
    }
    assert lonely.pk


@pytest.mark.parametrize(
    ("role", "figure", "code"),
    [
        ("auditor", "unmatched", 200),
        ("officer", "unanswered", 200),
        ("officer", "nonsense", 404),
        ("member", "unmatched", 404),
        ("visitor", "unmatched", 302),
    ],
)
def test_the_lists_behind_the_figures_are_for_staff(as_role, cast, role, figure, code):
    url = reverse("dashboards:behind", args=[figure])

    assert as_role(role).get(url).status_code == code
    if code == 200:
        assert as_role(role).get(url, {"format": "xlsx"}).content.startswith(b"PK")


def test_the_scout_sees_what_is_new_since_her_last_look_and_one_sentence_why(
    as_role, cast, suggest, answer
):
    old, new = cast.need(title="오래된 수요"), cast.need(title="새 매칭 수요")
    technology = cast.technology(title="판형 열교환기")
    suggest(old, technology)
    LastLook.objects.create(user=cast["member"], at=NOON + timedelta(hours=1))
    suggest(new, technology)
    new.suggestions.update(first_created_at=NOON + timedelta(hours=2))
    answer(old, technology, "SUPPLY", by="supplier")

    section = as_role("member").get(START).context["sections"][0]

    assert (section["fresh"], section["wanted"]) == (1, 1)
    assert [(c["title"], c["fresh"], c["wanted"]) for c in section["cards"]] == [
        ("오래된 수요", 0, 1),
        ("새 매칭 수요", 1, 0),
    ]
    assert section["cards"][1]["why"] == (
        'It answers this part of your need: “<span lang="ko">회수율 60% 이상 열교환 기술을 찾습니다</span>”.'
    )


def test_the_scout_sees_drafts_and_why_entries_came_back(as_role, cast):
    cast.need(title="쓰다 만 수요", stage=NeedStage.DRAFT)
    cast.need(title="돌아온 수요", stage=NeedStage.DRAFT, return_reason="예산을 적어 주세요.")

    text = page(as_role("member"))

    assert text.index("돌아온 수요") < text.index("예산을 적어 주세요.")
    assert "쓰다 만 수요" in text


def test_the_owner_answers_one_need_tonight(as_role, cast, suggest, answer):
    need, technology = cast.need(title="배기열 회수"), cast.technology()
    suggest(need, technology)
    answer(need, technology, "DEMAND")

    browser = as_role("supplier")
    section = browser.get(START).context["sections"][0]
    browser.post(
        reverse("matches:answer"),
        {
            "need": need.pk,
            "technology": technology.pk,
            "direction": "FOR_TECHNOLOGY",
            "side": section["tonight"]["side"],
            "kind": "INTERESTED",
            "next": START,
        },
    )

    assert section["tonight"]["title"] == "배기열 회수"
    assert section["tonight"]["they_want"]
    assert Answer.objects.get(side="SUPPLY").kind == "INTERESTED"
    assert browser.get(START).context["sections"][0]["tonight"] is None


def test_a_teaser_keeps_its_text_on_the_owners_page(as_role, cast, suggest):
    need = cast.need(body="극저온밸브 비밀 본문", budget=777_000_000, visibility=Visibility.TEASER)
    suggest(need, cast.technology())
    need.suggestions.update(evidence={"passage": {"text": "극저온밸브 비밀 본문", "marks": []}})

    text = page(as_role("supplier"))

    assert need.title in text
    assert "극저온밸브" not in text
    assert "7억" not in text
    assert "777" not in text


def test_the_owner_sees_what_is_missing_and_where_to_add_it(as_role, cast):
    technology = cast.technology(trl=None, keywords=[])

    [shown] = as_role("supplier").get(START).context["sections"][0]["technologies"]

    assert (shown["done"], shown["total"]) == (1, 8)
    assert shown["next"] == "what it does, in a few sentences"
    assert shown["edit_url"] == f"/technologies/{technology.pk}/questions/body/"


def test_managers_see_who_wants_to_join_and_that_verification_is_open(as_role, cast):
    Membership.objects.create(user=cast["newcomer"], organisation=cast.buyer)
    Organisation.objects.filter(pk=cast.buyer.pk).update(verified_at=None, verified_by=None)

    text = page(as_role("manager"))

    assert "newcomer@example.org" in text
    assert "is not verified yet" in text
    assert "newcomer@example.org" not in page(as_role("member"))


@pytest.mark.parametrize("role", ["visitor", "officer", "member", "supplier", "administrator"])
def test_one_entry_or_thirty_cost_the_same_number_of_questions(
    as_role, cast, suggest, answer, role
):
    def count():
        caches["own"].clear()
        with CaptureQueriesContext(connection) as asked:
            as_role(role).get(START)
        return len(asked)

    def fill(number):
        for _ in range(number):
            need, technology = cast.need(), cast.technology()
            suggest(need, technology)
            waiting = cast.need(stage=NeedStage.UNDER_REVIEW)
            DuplicateCandidate.objects.create(first=need, second=waiting, similarity=0.8)
            wanted = cast.need()
            answer(wanted, technology, "DEMAND")
            answer(wanted, technology, "SUPPLY", by="supplier")
            Job.objects.create(
                kind="x", title="x", stage=JobStage.FAILED, ended_at=timezone.now(),
                requested_by=cast["rival"],
            )  # fmt: skip

    fill(2)
    count()
    before = count()
    fill(28)

    assert count() == before
