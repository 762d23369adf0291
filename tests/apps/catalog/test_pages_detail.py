"""One need or technology: who sees it, how much of it, and which buttons."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test.utils import CaptureQueriesContext

from dure.apps.catalog import operations
from dure.apps.catalog.models import Need, Visibility
from dure.apps.catalog.stages import NeedStage
from tests.conftest import NOON

pytestmark = pytest.mark.django_db

VISITOR, RIVAL, MEMBER, OFFICER = "visitor", "rival", "member", "officer"


def sign_in(client, cast, who):
    client.logout()
    if who != VISITOR:
        client.force_login(cast[who])


def attach(cast, entry, content=b"<script>alert(1)</script>", name="도면.html"):
    file = SimpleUploadedFile(name, content, content_type="text/html")
    return operations.add_attachment(entry=entry, file=file, by=cast["manager"])


@pytest.mark.parametrize(
    ("values", "readers"),
    [
        ({}, {VISITOR, RIVAL, MEMBER, OFFICER}),
        ({"visibility": Visibility.MEMBERS}, {RIVAL, MEMBER, OFFICER}),
        ({"visibility": Visibility.TEASER}, {VISITOR, RIVAL, MEMBER, OFFICER}),
        ({"stage": NeedStage.DRAFT}, {MEMBER, OFFICER}),
        ({"stage": NeedStage.UNDER_REVIEW}, {MEMBER, OFFICER}),
        ({"stage": NeedStage.WITHDRAWN}, {MEMBER, OFFICER}),
        ({"stage": NeedStage.UNMATCHED}, {MEMBER, OFFICER}),
    ],
)
@pytest.mark.parametrize("who", [VISITOR, RIVAL, MEMBER, OFFICER])
def test_detail_is_there_for_those_who_may_know_of_it(client, cast, who, values, readers):
    need = cast.need(**values)
    sign_in(client, cast, who)

    answer = client.get(f"/needs/{need.pk}/")

    assert answer.status_code == (200 if who in readers else 404)


@pytest.mark.parametrize(
    ("who", "is_open"), [(VISITOR, False), (RIVAL, False), (MEMBER, True), (OFFICER, True)]
)
def test_teaser_keeps_its_details(client, cast, who, is_open):
    need = cast.need(
        title="티저",
        body="본문 비밀",
        requirements="요구 비밀",
        budget=123_450_000,
        visibility=Visibility.TEASER,
        keywords=["펌프"],
    )
    file = attach(cast, need, name="비밀도면.pdf")
    sign_in(client, cast, who)

    page = client.get(f"/needs/{need.pk}/").content.decode()
    download = client.get(f"/needs/{need.pk}/attachments/{file.pk}/")

    secrets = ["본문 비밀", "요구 비밀", "123,450,000", "비밀도면.pdf", "펌프"]
    assert [secret in page for secret in secrets] == [is_open] * 5
    assert download.status_code == (200 if is_open else 404)


def test_a_file_is_saved_never_shown(client, cast):
    need = cast.need()
    file = attach(cast, need)

    answer = client.get(f"/needs/{need.pk}/attachments/{file.pk}/")

    assert b"".join(answer.streaming_content) == b"<script>alert(1)</script>"
    assert answer["Content-Type"] == "application/octet-stream"
    assert answer["Content-Disposition"].startswith("attachment;")
    assert answer["X-Content-Type-Options"] == "nosniff"


def test_a_file_is_not_found_beside_another_entry(client, cast):
    file = attach(cast, cast.need())
    other = cast.need(title="다른 수요")

    assert client.get(f"/needs/{other.pk}/attachments/{file.pk}/").status_code == 404


def test_owner_adds_and_deletes_a_file(client, cast):
    need = cast.need()
    sign_in(client, cast, MEMBER)

    client.post(f"/needs/{need.pk}/attachments/", {"file": SimpleUploadedFile("사양.pdf", b"%PDF")})
    file = need.attachments.get()
    client.post(f"/needs/{need.pk}/attachments/{file.pk}/delete/")

    assert file.name == "사양.pdf"
    assert not need.attachments.exists()


def test_a_stranger_cannot_add_a_file(client, cast):
    need = cast.need()
    sign_in(client, cast, RIVAL)

    client.post(f"/needs/{need.pk}/attachments/", {"file": SimpleUploadedFile("a.pdf", b"%PDF")})

    assert not need.attachments.exists()


@pytest.mark.parametrize(
    ("who", "stage", "moves"),
    [
        (VISITOR, NeedStage.PUBLISHED, []),
        (RIVAL, NeedStage.PUBLISHED, []),
        (MEMBER, NeedStage.DRAFT, ["UNDER_REVIEW", "WITHDRAWN"]),
        (MEMBER, NeedStage.UNDER_REVIEW, ["WITHDRAWN"]),
        (MEMBER, NeedStage.PUBLISHED, ["WITHDRAWN"]),
        (MEMBER, NeedStage.WITHDRAWN, ["DRAFT"]),
        (MEMBER, NeedStage.CLOSED, []),
        (OFFICER, NeedStage.UNDER_REVIEW, ["PUBLISHED", "DRAFT", "WITHDRAWN"]),
        (OFFICER, NeedStage.PUBLISHED, ["MATCHED", "UNMATCHED", "WITHDRAWN"]),
        (OFFICER, NeedStage.MATCHED, ["IN_IMPLEMENTATION", "PUBLISHED", "UNMATCHED", "WITHDRAWN"]),
        (OFFICER, NeedStage.IN_IMPLEMENTATION, ["CLOSED", "MATCHED"]),
    ],
)
def test_buttons_are_those_that_the_reader_can_press(client, cast, who, stage, moves):
    need = cast.need(stage=stage, published_by=cast["officer2"])
    sign_in(client, cast, who)

    page = client.get(f"/needs/{need.pk}/")

    assert [move.stage for move in page.context["moves"] if not move.why_not] == moves


@pytest.mark.parametrize(
    ("who", "values", "why"),
    [
        ("officer", {"handed_in_by": "officer"}, "제출한 사람이 아닌"),
        ("member", {"stage": NeedStage.DRAFT, "body": ""}, "제목"),
    ],
)
def test_a_button_that_waits_for_something_says_for_what(client, cast, who, values, why):
    values = {"stage": NeedStage.UNDER_REVIEW, **values}
    if "handed_in_by" in values:
        values["handed_in_by"] = cast[values["handed_in_by"]]
    need = cast.need(**values)
    sign_in(client, cast, who)

    page = client.get(f"/needs/{need.pk}/", headers={"accept-language": "ko"})

    [waiting] = [move for move in page.context["moves"] if move.why_not]
    assert why in waiting.why_not
    assert waiting.why_not in page.content.decode()


@pytest.mark.parametrize(("who", "is_told"), [(RIVAL, False), (MEMBER, True), ("auditor", True)])
def test_history_is_for_owner_and_staff(client, cast, who, is_told):
    need = cast.need()
    operations.edit(
        entry=need, values={"title": "새 제목"}, seen_at=None, by=cast["member"], at=NOON
    )
    sign_in(client, cast, who)

    page = client.get(f"/needs/{need.pk}/", headers={"accept-language": "ko"})

    assert (page.context["history"] is not None) == is_told
    assert ("도장 건조로 배기열 회수" in page.content.decode()) == is_told


def test_merged_needs_point_to_each_other_as_far_as_the_reader_sees_them(client, cast):
    kept = cast.need(title="남는 수요", organisation=cast.rival)
    gone = cast.need(title="합친 수요")
    operations.merge(need=gone, into=kept, by=cast["officer2"], at=NOON)

    pages = {}
    for who in (VISITOR, MEMBER):
        sign_in(client, cast, who)
        pages[who] = client.get(f"/needs/{kept.pk}/").content.decode()
    pointer = client.get(f"/needs/{gone.pk}/").content.decode()

    assert "합친 수요" not in pages[VISITOR]
    assert "합친 수요" in pages[MEMBER]
    assert f'href="/needs/{kept.pk}/"' in pointer


def test_source_and_invention_are_named(client, cast):
    cast.supplier.is_invented = True
    cast.supplier.save()
    technology = cast.technology(source="시연 자료 7", trl=7, track_record="납품 3건")

    page = client.get(f"/technologies/{technology.pk}/", headers={"accept-language": "ko"})
    text = page.content.decode()

    for words in ("시연 자료 7", "시연용 가상 기관", "신뢰성 평가 및 수요기업 평가", "납품 3건"):
        assert words in text


def test_text_of_strangers_is_text(client, cast):
    need = cast.need(title="<b>굵게</b>", body="<script>alert(1)</script>", keywords=["<i>"])

    page = client.get(f"/needs/{need.pk}/").content.decode()

    assert "<b>굵게</b>" not in page
    assert "<script>alert" not in page


@pytest.mark.parametrize("who", [VISITOR, MEMBER, OFFICER])
def test_the_number_of_queries_does_not_grow_with_what_stands_beside(client, cast, who):
    need = cast.need()
    sign_in(client, cast, who)
    client.get(f"/needs/{need.pk}/")
    attach(cast, need)
    merged = cast.need(title="합침 0", organisation=cast.rival)
    operations.merge(need=merged, into=need, by=cast["officer2"], at=NOON)

    with CaptureQueriesContext(connection) as few:
        client.get(f"/needs/{need.pk}/")
    for number in range(5):
        attach(cast, need, name=f"{number}.pdf")
        merged = cast.need(title=f"합침 {number + 1}", organisation=cast.rival)
        operations.merge(need=merged, into=need, by=cast["officer2"], at=NOON)
    with CaptureQueriesContext(connection) as many:
        client.get(f"/needs/{need.pk}/")

    assert Need.objects.filter(merged_into=need).count() == 6
    assert len(many) == len(few)


def merged(cast, old, new):
    """The address of a need that was merged into another."""
    kept = cast.need(title="남은 수요", organisation=cast.rival, **new)
    gone = cast.need(title="옛 수요", **old)
    Need.objects.filter(pk=gone.pk).update(stage=NeedStage.MERGED, merged_into=kept)
    return f"/needs/{gone.pk}/", f"/needs/{kept.pk}/"


@pytest.mark.parametrize("who", [VISITOR, "newcomer", RIVAL, "supplier"])
def test_the_address_of_a_merged_need_leads_to_the_one_it_lives_on_in(client, cast, who):
    old, new = merged(cast, {}, {})
    sign_in(client, cast, who)

    page = client.get(old, follow=True, headers={"accept-language": "ko"})

    assert page.redirect_chain == [(new, 302)]
    assert "그 주소의 수요는 이 수요로 병합되었어요." in page.content.decode()


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ({"visibility": Visibility.MEMBERS}, {}),
        ({}, {"visibility": Visibility.MEMBERS}),
        ({}, {"stage": NeedStage.UNDER_REVIEW}),
        ({"stage": NeedStage.UNDER_REVIEW}, {}),
    ],
)
def test_who_could_not_open_both_learns_nothing_of_the_merger(client, cast, old, new):
    address, _kept = merged(cast, old, new)

    assert client.get(address).status_code == 404


@pytest.mark.parametrize("who", [MEMBER, OFFICER])
def test_insiders_still_read_the_merged_need_itself(client, cast, who):
    old, new = merged(cast, {}, {})
    sign_in(client, cast, who)

    page = client.get(old)

    assert page.status_code == 200
    assert f'href="{new}"' in page.content.decode()
