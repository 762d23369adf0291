"""A survey from its opening to the last need that is allotted."""

import io
from datetime import timedelta

import pytest
from openpyxl import load_workbook

from dure.apps.catalog.models import Need
from dure.apps.catalog.stages import NeedStage
from dure.apps.notices.models import Notice
from dure.apps.programmes import operations as programmes
from dure.apps.programmes.models import Programme
from dure.apps.surveys import operations, presenters, queries
from dure.apps.surveys.models import Asked, Survey, Wish
from dure.apps.surveys.reasons import Reason
from dure.foundation.verdict import Refused
from tests.apps.surveys.conftest import WISH
from tests.conftest import NOON


def handed_in(cast, scene):
    operations.answer(asked=scene.asked["buyer"], needs_nothing=False, by=cast["manager"], at=NOON)
    return Wish.objects.get(pk=scene.wish.pk)


def test_the_rate_counts_who_answered_also_that_nothing_is_needed(cast, scene):
    handed_in(cast, scene)
    survey = queries.surveys_visible_to(cast["officer"]).get()
    assert presenters.rate(survey) == 50
    operations.answer(asked=scene.asked["rival"], needs_nothing=True, by=cast["rival"], at=NOON)
    survey = queries.surveys_visible_to(cast["officer"]).get()
    assert (survey.answered_count, survey.asked_count, presenters.rate(survey)) == (2, 2, 100)


def test_reminders_reach_who_has_not_answered_once_a_day(cast, scene):
    handed_in(cast, scene)
    Notice.objects.all().delete()
    reminded = operations.remind(survey=scene.survey, by=cast["officer"], at=NOON)
    assert [addressee.organisation for addressee in reminded] == [cast.rival]
    assert Notice.objects.get().recipient == cast["rival"]
    with pytest.raises(Refused) as refusal:
        operations.remind(survey=scene.survey, by=cast["officer2"], at=NOON)
    assert refusal.value.reason == Reason.REMINDED_TODAY
    operations.remind(survey=scene.survey, by=cast["officer"], at=NOON + timedelta(days=1))
    assert Asked.objects.get(pk=scene.asked["rival"].pk).reminders == 2


def test_a_need_goes_into_the_catalogue_as_a_draft_in_one_step(cast, scene):
    wish = handed_in(cast, scene)
    [need] = operations.take_in(wishes=[wish], by=cast["officer"], at=NOON)
    assert (need.organisation, need.stage, need.title) == (cast.buyer, NeedStage.DRAFT, WISH.title)
    with pytest.raises(Refused) as refusal:
        operations.take_in(wishes=[wish], by=cast["officer2"], at=NOON)
    assert refusal.value.reason == Reason.IN_THE_CATALOGUE
    assert Need.objects.count() == 1


def test_a_need_is_allotted_with_a_reason_that_its_body_reads(cast, scene):
    programmes.load_shipped(at=NOON)
    wish = handed_in(cast, scene)
    Notice.objects.all().delete()
    programme = Programme.objects.get(slug="innovation-procurement")
    where = {"wish": wish, "ministry": scene.ministry, "programme": programme}
    with pytest.raises(Refused) as refusal:
        operations.allot(**where, reason=" ", by=cast["officer"], at=NOON)
    assert refusal.value.reason == Reason.REASON_MISSING
    operations.allot(**where, reason="시범구매로 이어짐", by=cast["officer"], at=NOON)
    assert queries.allotted(scene.survey) == [(str(programme), 1)]
    assert {notice.recipient for notice in Notice.objects.all()} == {
        cast["member"], cast["manager"]
    }  # fmt: skip


def test_a_ministry_outside_the_survey_gets_nothing(cast, scene):
    with pytest.raises(Refused) as refusal:
        operations.allot(
            wish=handed_in(cast, scene), ministry=cast.rival, programme=None, reason="x",
            by=cast["officer"], at=NOON,
        )  # fmt: skip
    assert refusal.value.reason == Reason.OTHER_MINISTRY


def test_the_pages_from_the_opening_to_the_allotment(as_role, cast, scene, monkeypatch):
    officer = as_role("officer")
    officer.post("/surveys/new/", {
        "name": "2027년 수요조사", "text": "무엇이 필요한가요?", "ministries": [scene.ministry.pk],
        "closes_at": "2030-01-31T18:00",
    })  # fmt: skip
    survey = Survey.objects.get(name="2027년 수요조사")
    officer.post(f"/surveys/{survey.pk}/ask/", {"organisations": [cast.buyer.pk]})
    asked = survey.asked.get()
    member = as_role("member")
    assert "2027년 수요조사" in member.get("/").text
    page = f"/surveys/answers/{asked.pk}/"
    assert member.post(page, {"title": "", "body": ""}).status_code == 422
    member.post(page, {"title": "탱크 부식 측정", "body": "기름을 비우지 않고 재야 합니다."})
    member.post(f"{page}hand-in/")
    asked.refresh_from_db()
    assert asked.stage == "ASKED"  # a member writes, a manager hands in
    as_role("manager").post(f"{page}hand-in/")
    wish = asked.wishes.get()
    officer = as_role("officer")
    assert "탱크 부식 측정" in officer.get("/").text
    officer.post(f"/surveys/{survey.pk}/take-in/", {"ids": [wish.pk, "²"]})
    officer.post(f"/surveys/needs/{wish.pk}/", {"ministry": scene.ministry.pk, "reason": "소관"})
    wish.refresh_from_db()
    assert (wish.stage, wish.need.title) == ("ALLOTTED", "탱크 부식 측정")
    assert "소관" in as_role("member").get(f"/surveys/needs/{wish.pk}/").text
    book = as_role("officer").get(f"/surveys/{survey.pk}/", {"format": "xlsx"})
    assert len(list(load_workbook(io.BytesIO(book.content)).active.values)) == 2
    assert as_role("supplier").get(f"/surveys/{survey.pk}/").status_code == 404
