"""A win-win model from the draft to the end of what came of it, and who reads it on the way."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils.timezone import localdate

from dure.apps.councils import operations, permissions, queries
from dure.apps.councils.kinds import councils
from dure.apps.councils.models import FollowUp, Opinion
from dure.apps.councils.stages import ModelStage
from dure.apps.notices.models import Notice
from dure.apps.records.models import Entry
from dure.foundation.verdict import Refused
from tests.apps.councils.cast import TEXT
from tests.conftest import NOON

pytestmark = pytest.mark.django_db


@pytest.fixture
def model(cast):
    cast.council_seats()
    return cast.win_win_model()


def refused(act):
    with pytest.raises(Refused) as refusal:
        act()
    return refusal.value.reason.value


def test_a_member_reads_a_secret_model_after_having_promised_and_it_is_recorded(cast, model):
    member = cast["reviewer"]
    assert permissions.may_read(member, model).reason == "UNDERTAKE_FIRST"

    operations.undertake(model=model, by=member, at=NOON)
    operations.undertake(model=model, by=member, at=NOON)

    assert permissions.may_read(member, model)
    assert Entry.objects.filter(kind="SECRECY_UNDERTAKEN").count() == 1
    assert model.title not in Entry.objects.get(kind="SECRECY_UNDERTAKEN").leaf


def test_nobody_promises_their_way_into_a_model_that_they_do_not_know_of(cast, model):
    stranger = cast["rival"]
    assert refused(lambda: operations.undertake(model=model, by=stranger, at=NOON)) == (
        "NOT_OF_THE_MODEL"
    )


def test_notices_of_a_secret_model_name_it_by_its_number_alone(model):
    notices = Notice.objects.filter(kind="COUNCIL")

    assert notices.exists()
    assert not any(model.title in str(notice.facts) for notice in notices)


def test_pages_hide_the_title_from_who_has_not_promised(as_role, cast, model):
    for address in (model.get_absolute_url(), reverse("councils:models", args=["win-win"])):
        page = as_role("reviewer").get(address).content.decode()
        assert model.title not in page
        assert model.number in page
    as_role("reviewer").post(reverse("councils:undertake", args=[model.pk]))
    assert model.title in as_role("reviewer").get(model.get_absolute_url()).content.decode()


def test_a_workbook_of_models_leaves_out_what_may_not_be_read(as_role, model):
    from io import BytesIO

    import openpyxl

    address = reverse("councils:models", args=["win-win"]) + "?format=xlsx"

    def cells(role):
        book = openpyxl.load_workbook(BytesIO(as_role(role).get(address).content))
        return {str(cell.value) for row in book.active.iter_rows() for cell in row}

    assert model.title in cells("supplier")
    assert model.title not in cells("reviewer")
    assert model.number in cells("reviewer")


def test_an_amendment_is_a_version_whose_changes_are_read_word_by_word(as_role, cast, model):
    sections = TEXT | {"effect": "기대 효과 내용 매출 20% 증가"}
    operations.write_version(
        model=model, seen=1, sections=sections, note="효과를 수치로", by=cast["supplier"], at=NOON
    )

    page = as_role("supplier").get(reverse("councils:changes", args=[model.pk, 2]))

    assert "매출 20% 증가" in page.content.decode()
    assert page.content.decode().count("<ins>") == 1
    assert "<del>" not in page.content.decode()
    assert (
        refused(
            lambda: operations.write_version(
                model=model, seen=1, sections=TEXT, note="", by=cast["manager"], at=NOON
            )
        )
        == "CHANGED_MEANWHILE"
    )
    assert (
        refused(
            lambda: operations.write_version(
                model=model, seen=2, sections=sections, note="", by=cast["manager"], at=NOON
            )
        )
        == "NOTHING_CHANGED"
    )


def test_a_model_is_proposed_when_every_part_that_is_needed_is_filled_in(cast):
    cast.secretary()
    model = cast.win_win_model(ModelStage.DRAFT)
    operations.write_version(
        model=model, seen=1, sections=TEXT | {"problem": ""}, note="", by=cast["supplier"], at=NOON
    )

    def propose():
        operations.move_model(model=model, stage="PROPOSED", by=cast["supplier"], at=NOON)

    assert refused(propose) == "SECTION_MISSING"
    operations.write_version(
        model=model, seen=2, sections=TEXT, note="", by=cast["supplier"], at=NOON
    )
    propose()


def test_comments_are_kept_by_section_of_their_version(as_role, cast, model):
    operations.undertake(model=model, by=cast["reviewer"], at=NOON)
    as_role("reviewer").post(
        reverse("councils:comment", args=[model.pk, "research"]), {"text": "기간이 짧아요"}
    )

    comment = model.versions.get().comments.get()
    assert (comment.section, comment.by) == ("research", cast["reviewer"])
    assert "기간이 짧아요" in as_role("supplier").get(model.get_absolute_url()).content.decode()


def test_a_ministry_has_its_days_and_answers_once(as_role, cast, model):
    as_role("officer").post(
        reverse("councils:ask", args=[model.pk]),
        {"ministry": "산업부", "asked": "centre_officer@example.org"},
    )
    opinion = Opinion.objects.get()
    assert opinion.due_on - localdate(opinion.asked_at) == timedelta(days=14)
    asked = as_role("centre_officer")
    assert "산업부" not in asked.get(model.get_absolute_url()).content.decode()
    asked.post(reverse("councils:undertake", args=[model.pk]))
    address = reverse("councils:opinion", args=[opinion.pk])

    asked.post(address, {"stance": "CONDITIONS", "text": "안전 인증을 먼저"})

    opinion.refresh_from_db()
    assert opinion.stance == "CONDITIONS"
    assert asked.post(address, {"stance": "AGREES", "text": "x"}).status_code == 404
    assert "안전 인증을 먼저" in as_role("manager").get(model.get_absolute_url()).content.decode()


def test_an_opinion_that_is_late_shows(as_role, cast, model):
    operations.ask_opinion(
        model=model, ministry="환경부", asked=cast["auditor"], by=cast["officer"],
        at=NOON - timedelta(days=60),
    )  # fmt: skip

    assert "Late" in as_role("officer").get(model.get_absolute_url()).content.decode()


def test_a_model_is_followed_to_the_end_and_counted_when_approved(as_role, cast, model):
    council = councils()["win-win"]
    type(model).objects.filter(pk=model.pk).update(stage="RECOMMENDED")
    before = queries.approved_models(council)

    as_role("officer").post(
        reverse("councils:decide", args=[model.pk]),
        {"stage": "APPROVED", "on": "2026-11-20", "decision": "제12차 위원회"},
    )
    assert queries.approved_models(council) == before + 1
    page = as_role("officer").get(reverse("councils:council", args=["win-win"])).content.decode()
    assert "50" in page
    for kind in ("project", "loan"):
        as_role("officer").post(
            reverse("councils:follow_up", args=[model.pk]),
            {"kind": kind, "title": kind, "owner": "과", "due_on": "2027-06-30"},
        )
    first, last = FollowUp.objects.order_by("pk")
    end = {"stage": "DONE", "on": "2026-11-22", "result": "협약"}
    as_role("officer").post(reverse("councils:follow_up_end", args=[first.pk]), end)
    model.refresh_from_db()
    assert model.stage == ModelStage.APPROVED
    as_role("officer").post(
        reverse("councils:follow_up_end", args=[last.pk]), end | {"stage": "FAILED"}
    )
    model.refresh_from_db()
    assert model.stage == ModelStage.CLOSED
    assert queries.approved_models(council) == before + 1


def test_the_committee_decides_only_on_what_was_recommended(cast, model):
    assert (
        refused(
            lambda: operations.decide(
                model=model,
                stage="APPROVED",
                on=NOON.date(),
                decision="",
                by=cast["officer"],
                at=NOON,
            )
        )
        == "STAGE_CLOSED"
    )
    assert (
        refused(
            lambda: operations.move_model(
                model=model, stage="RECOMMENDED", by=cast["officer"], at=NOON
            )
        )
        == "STAGE_CLOSED"
    )


def test_only_managers_of_the_firms_end_the_secrecy(cast, model):
    assert refused(lambda: operations.open_up(model=model, by=cast["officer"])) == (
        "NOT_OF_THE_MODEL"
    )
    operations.open_up(model=model, by=cast["manager"])
    model.refresh_from_db()

    assert permissions.may_read(cast["reviewer"], model)


def test_a_firm_proposes_a_model_on_the_page(as_role, cast):
    sections = {f"section_{name}": text for name, text in TEXT.items()}
    fields = {
        "title": "전고체 분리막", "origin": "STUDY_GROUP", "large_firm": "한빛중공업",
        "small_firm": "열림테크", "mou": "2026-10 양해각서", "grant_won": "9,000,000",
        "report": "기획 보고", **sections,
    }  # fmt: skip
    address = reverse("councils:model_new", args=["win-win"])

    too_much = as_role("supplier").post(address, fields | {"grant_won": "11,000,000"})
    assert too_much.status_code == 422
    page = as_role("supplier").post(address, fields, follow=True).content.decode()

    assert "전고체 분리막" in page
    assert as_role("rival").post(address, fields).status_code == 422
