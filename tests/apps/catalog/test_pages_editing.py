"""Writing needs and technologies, and moving them through their life by their pages."""

import unicodedata

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from dure.apps.catalog.models import Need, Technology
from dure.apps.catalog.operations import refill_search
from dure.apps.catalog.stages import NeedStage
from dure.apps.imports.reasons import Reason as FileReason

pytestmark = pytest.mark.django_db

WRITTEN = {
    "title": "저온 폐열 회수",
    "body": "배기 80도에서 열을 되찾고 싶습니다.",
    "requirements": "회수율 50% 이상",
    "field": "SMARTFAC",
    "trl": "6",
    "cooperation": ["JOINT", "PURCHASE"],
    "budget": "1억 5천만원",
    "keywords": "폐열; 열교환기, 폐열",
    "visibility": "PUBLIC",
    "language": "ko",
}


def test_a_member_enters_a_draft(client, cast):
    client.force_login(cast["member"])

    answer = client.post("/needs/new/", {**WRITTEN, "organisation": cast.buyer.pk})

    need = Need.objects.get()
    assert answer["Location"] == f"/needs/{need.pk}/"
    assert (need.stage, need.organisation) == (NeedStage.DRAFT, cast.buyer)
    assert (need.budget, need.trl, need.region) == (150_000_000, 6, "")
    assert need.keywords == ["폐열", "열교환기"]
    assert need.cooperation == ["JOINT", "PURCHASE"]


def test_save_and_hand_in(client, cast):
    client.force_login(cast["member"])

    client.post("/needs/new/", {**WRITTEN, "organisation": cast.buyer.pk, "submit": ""})

    need = Need.objects.get()
    assert (need.stage, need.handed_in_by) == (NeedStage.UNDER_REVIEW, cast["member"])


def test_an_incomplete_need_is_kept_as_a_draft_and_says_what_is_missing(client, cast):
    client.force_login(cast["member"])

    answer = client.post(
        "/needs/new/",
        {**WRITTEN, "field": "", "organisation": cast.buyer.pk, "submit": ""},
        follow=True,
    )

    assert Need.objects.get().stage == NeedStage.DRAFT
    [message] = answer.context["messages"]
    assert message.level_tag == "error"


def test_nobody_enters_for_a_foreign_organisation(client, cast):
    client.force_login(cast["member"])

    answer = client.post("/needs/new/", {**WRITTEN, "organisation": cast.rival.pk})

    assert answer.context["form"].errors["organisation"]
    assert not Need.objects.exists()


def test_a_wrong_answer_loses_nothing_that_was_typed(client, cast):
    client.force_login(cast["member"])

    answer = client.post(
        "/needs/new/", {**WRITTEN, "organisation": cast.buyer.pk, "budget": "많이"}
    )

    page = answer.content.decode()
    assert answer.context["form"].errors.keys() == {"budget"}
    assert all(text in page for text in ("저온 폐열 회수", "회수율 50% 이상", "많이"))


def test_somebody_without_an_organisation_is_shown_the_way(client, cast):
    client.force_login(cast["newcomer"])

    page = client.get("/needs/new/").content.decode()

    assert 'href="/organisations/"' in page
    assert "<textarea" not in page


def test_a_supplier_enters_a_technology(client, cast):
    client.force_login(cast["supplier"])
    written = {**WRITTEN, "track_record": "납품 3건", "organisation": cast.supplier.pk}

    client.post("/technologies/new/", written)

    assert Technology.objects.get().track_record == "납품 3건"


@pytest.mark.parametrize(
    ("who", "status"), [("visitor", 302), ("rival", 302), ("member", 200), ("officer", 200)]
)
def test_who_gets_the_form(client, cast, who, status):
    need = cast.need()
    if who != "visitor":
        client.force_login(cast[who])

    assert client.get(f"/needs/{need.pk}/edit/").status_code == status


def test_a_stranger_changes_nothing(client, cast):
    need = cast.need()
    client.force_login(cast["rival"])

    client.post(f"/needs/{need.pk}/edit/", WRITTEN)

    need.refresh_from_db()
    assert need.title == "도장 건조로 배기열 회수"


def test_edit_begins_with_what_is_there(client, cast):
    need = cast.need(keywords=["폐열", "펌프"], budget=20_000_000, cooperation=["JOINT"])
    client.force_login(cast["member"])

    page = client.get(f"/needs/{need.pk}/edit/").content.decode()

    assert 'value="폐열; 펌프"' in page
    assert 'value="20,000,000"' in page
    assert 'name="organisation"' not in page


def test_two_writers_at_once_lose_nothing(client, cast):
    need = cast.need(title="처음 제목", budget=5)
    client.force_login(cast["member"])
    seen_at = client.get(f"/needs/{need.pk}/edit/").context["form"].initial["seen_at"]
    need.title = "그 사이 제목"
    need.save()

    mine = {**WRITTEN, "title": "내 제목", "seen_at": seen_at}
    conflict = client.post(f"/needs/{need.pk}/edit/", mine)
    page = conflict.content.decode()
    need.refresh_from_db()
    assert (conflict.status_code, need.title) == (409, "그 사이 제목")
    assert "내 제목" in page
    assert "그 사이 제목" in page

    again = {**mine, "seen_at": conflict.context["form"].data["seen_at"]}
    client.post(f"/needs/{need.pk}/edit/", again)
    need.refresh_from_db()
    assert need.title == "내 제목"


def test_a_form_without_the_hidden_time_still_saves(client, cast):
    need = cast.need()
    client.force_login(cast["member"])

    client.post(f"/needs/{need.pk}/edit/", {**WRITTEN, "seen_at": "nonsense"})

    need.refresh_from_db()
    assert need.title == "저온 폐열 회수"


@pytest.mark.parametrize(
    ("who", "before", "after", "reason", "expected"),
    [
        ("member", "DRAFT", "UNDER_REVIEW", "", "UNDER_REVIEW"),
        ("member", "UNDER_REVIEW", "PUBLISHED", "", "UNDER_REVIEW"),
        ("rival", "DRAFT", "UNDER_REVIEW", "", "DRAFT"),
        ("officer2", "UNDER_REVIEW", "PUBLISHED", "", "PUBLISHED"),
        ("officer2", "UNDER_REVIEW", "DRAFT", "수치가 없어요.", "DRAFT"),
        ("officer2", "UNDER_REVIEW", "DRAFT", "  ", "UNDER_REVIEW"),
        ("officer2", "PUBLISHED", "MATCHED", "", "MATCHED"),
        ("officer2", "MATCHED", "IN_IMPLEMENTATION", "", "IN_IMPLEMENTATION"),
        ("officer2", "IN_IMPLEMENTATION", "CLOSED", "구매 계약", "CLOSED"),
        ("officer2", "IN_IMPLEMENTATION", "CLOSED", "", "IN_IMPLEMENTATION"),
        ("officer2", "PUBLISHED", "UNMATCHED", "답이 없었음", "UNMATCHED"),
        ("member", "PUBLISHED", "WITHDRAWN", "", "WITHDRAWN"),
        ("member", "WITHDRAWN", "DRAFT", "", "DRAFT"),
        ("member", "PUBLISHED", "MATCHED", "", "PUBLISHED"),
        ("officer2", "PUBLISHED", "NONSENSE", "", "PUBLISHED"),
    ],
)
def test_moves(client, cast, who, before, after, reason, expected):
    need = cast.need(stage=before)
    client.force_login(cast[who])

    client.post(f"/needs/{need.pk}/move/", {"stage": after, "reason": reason})

    need.refresh_from_db()
    assert need.stage == expected


def test_a_move_needs_a_post(client, cast):
    need = cast.need()
    client.force_login(cast["officer2"])

    assert client.get(f"/needs/{need.pk}/move/?stage=MATCHED").status_code == 405


def test_a_merged_need_is_separated_again(client, cast):
    need = cast.need(stage=NeedStage.MERGED, merged_into=cast.need(title="다른 수요"))
    client.force_login(cast["officer2"])

    client.post(f"/needs/{need.pk}/move/", {"stage": "PUBLISHED"})

    need.refresh_from_db()
    assert (need.stage, need.merged_into) == (NeedStage.PUBLISHED, None)


def test_separating_what_was_never_published_needs_a_second_person(client, cast):
    need = cast.need(
        stage=NeedStage.MERGED,
        merged_into=cast.need(title="다른 수요"),
        handed_in_by=cast["officer"],
        published_by=None,
        published_at=None,
    )
    for who, expected in (("officer", NeedStage.MERGED), ("officer2", NeedStage.PUBLISHED)):
        client.force_login(cast[who])

        client.post(f"/needs/{need.pk}/move/", {"stage": "PUBLISHED"})

        need.refresh_from_db()
        assert need.stage == expected
    assert need.published_by == cast["officer2"]


@pytest.mark.parametrize(
    ("who", "expected"), [("rival", {"남의 공개"}), ("member", {"남의 공개", "우리 초안"})]
)
def test_similar_needs_are_shown_while_writing(client, cast, who, expected):
    similar = "지게차 보행자 충돌 방지"
    cast.need(title=f"{similar} 장치", organisation=cast.stranger, body="남의 공개")
    cast.need(title=similar, stage=NeedStage.DRAFT, body="우리 초안")
    cast.need(title="식각 챔버 소재", body="다른 것")
    client.force_login(cast[who])

    page = client.get("/needs/similar/", {"title": "창고 지게차 보행자 충돌 방지"})

    assert {alike.need.body for alike in page.context["similar"]} == expected


@pytest.mark.parametrize("title", ["\u200b\u200b\u200b", "\u3164", "\u202e \u2800", "\ufe0f"])
def test_a_title_that_nobody_sees_is_refused(client, cast, title):
    client.force_login(cast["member"])

    answer = client.post("/needs/new/", {**WRITTEN, "title": title, "organisation": cast.buyer.pk})

    assert "title" in answer.context["form"].errors
    assert Need.objects.count() == 0


def test_text_is_kept_as_it_was_meant_and_found_in_both_spellings(client, cast):
    client.force_login(cast["member"])
    typed = unicodedata.normalize("NFD", "배터리 \u202e CO₂ 포집")
    keywords = "폐열；열교환기, 인공지능(영상, 음성)"

    client.post(
        "/needs/new/",
        {**WRITTEN, "title": typed, "keywords": keywords, "organisation": cast.buyer.pk},
    )

    need = Need.objects.get()
    assert need.title == "배터리  CO₂ 포집"
    assert need.keywords == ["폐열", "열교환기", "인공지능(영상, 음성)"]
    for words in ("배터리", unicodedata.normalize("NFD", "배터리"), "CO2", "CO₂"):
        assert "배터리 CO₂ 포집" in _listed(client, words), words
    assert "배터리 CO₂ 포집" not in _listed(client, "코발트")


def test_words_of_older_entries_are_made_anew(client, cast):
    client.force_login(cast["member"])
    client.post("/needs/new/", {**WRITTEN, "title": "CO₂ 포집", "organisation": cast.buyer.pk})
    Need.objects.update(search="")

    refill_search(Need)

    assert "CO₂ 포집" in _listed(client, "CO2")


def _listed(client, words: str) -> str:
    """What the list of one's own needs shows of a search, without the marks."""
    page = client.get("/needs/", {"q": words, "mine": "on"}).content.decode()
    return page.replace("<mark>", "").replace("</mark>", "")


def test_files_come_along_before_the_first_save(client, cast):
    client.force_login(cast["member"])
    files = [SimpleUploadedFile(f"사진{n}.jpg", b"\xff\xd8\xff") for n in (1, 2)]

    client.post("/needs/new/", {**WRITTEN, "organisation": cast.buyer.pk, "files": files})

    names = Need.objects.get().attachments.order_by("name").values_list("name", flat=True)
    assert list(names) == ["사진1.jpg", "사진2.jpg"]


def test_a_file_that_is_too_large_keeps_the_draft_and_says_so(client, cast, settings):
    settings.DURE_UPLOAD_LIMIT = 10
    client.force_login(cast["member"])

    page = client.post(
        "/needs/new/",
        {
            **WRITTEN,
            "organisation": cast.buyer.pk,
            "files": [SimpleUploadedFile("큰것.pdf", b"x" * 11)],
        },
        follow=True,
    )

    assert not Need.objects.get().attachments.exists()
    assert str(FileReason.FILE_TOO_LARGE.label) in page.content.decode()
