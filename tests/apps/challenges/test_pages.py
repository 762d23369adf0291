"""The pages of challenge discovery, for each who works with them."""

import io
from datetime import timedelta

import pytest
from django.utils import timezone
from openpyxl import load_workbook

from dure.apps.challenges.models import Candidate, Discovery
from tests.html import flat

WRITTEN = {
    "title": "무인 매장 비전",
    "problem": "계산대 없이 물건을 알아보아야 해요.",
    "requirements": "",
}


def test_an_officer_opens_a_discovery_and_names_who_takes_part(as_role, cast, scene):
    client = as_role("officer")
    client.post("/challenges/new/", {
        "name": "2027년 발굴", "name_en": "Discovery of 2027", "year": 2027, "places": 10,
        "gathers_until": "2027-01-31T18:00",
    })  # fmt: skip
    made = Discovery.objects.get(year=2027)
    centre = scene.centre.organisation
    client.post(f"/challenges/{made.pk}/centres/", {"organisation": centre.pk, "quota": 5})
    client.post(
        f"/challenges/{made.pk}/committee/",
        {"members": [cast["reviewer"].pk], "chair": cast["reviewer"].pk},
    )
    page = client.get(f"/challenges/{made.pk}/").text
    assert "Discovery of 2027" in page
    assert made.centres.get().quota == 5
    assert made.committee.get().is_chair


def test_a_centre_brings_a_need_with_its_text_filled_in(as_role, cast, scene):
    need = cast.need()
    Discovery.objects.update(gathers_until=timezone.now() + timedelta(days=1))
    client = as_role("coordinator")
    address = f"/challenges/{scene.discovery.pk}/gather/"
    page = client.get(address, {"need": need.pk}).text
    assert need.title in page
    fields = {**WRITTEN, "need": need.pk, "organisation": cast.buyer.pk}
    client.post(address, fields | {"centre": scene.other_centre.pk})
    assert Candidate.objects.get(need=need).text.title == WRITTEN["title"]
    assert client.get(address, {"need": "9" * 5000}).status_code == 200
    refused = client.post(address, fields | {"centre": scene.centre.pk})
    assert refused.status_code == 422


def test_the_committee_decides_one_after_the_other_and_the_officer_selects(as_role, scene):
    pk = scene.discovery.pk
    client = as_role("officer")
    client.post(f"/challenges/{pk}/move/", {"stage": "VERIFYING"})
    client.post(f"/challenges/{pk}/round/open/")
    client = as_role("reviewer")
    wall, gate, taps = (scene.candidates[name].pk for name in ("wall", "gate", "taps"))
    went = client.post(f"/challenges/candidates/{wall}/judge/", {"decision": "KEEP"})
    assert went["Location"] == f"/challenges/candidates/{gate}/judge/"
    refused = client.post(f"/challenges/candidates/{gate}/judge/", {"decision": "DROP"})
    assert "Say why" in refused.text
    client.post(f"/challenges/candidates/{gate}/judge/", {"decision": "DROP", "reason": "좁음"})
    went = client.post(f"/challenges/candidates/{taps}/judge/", {"decision": "KEEP"})
    assert went["Location"] == f"/challenges/{pk}/round/"

    client = as_role("officer")
    client.post(f"/challenges/{pk}/round/close/")
    page = client.get(f"/challenges/{pk}/").text
    assert "What the last round kept" in page
    client.post(f"/challenges/{pk}/select/", {"ids": [wall]})
    client = as_role("manager")
    assert "waits for your approval" in client.get("/challenges/").text
    client.post(f"/challenges/candidates/{wall}/approve/", {"seen": "1"})
    assert "범위" not in client.get(f"/challenges/candidates/{gate}/").text
    assert "좁음" in client.get(f"/challenges/candidates/{gate}/").text
    client = as_role("officer2")
    client.post(f"/challenges/{pk}/move/", {"stage": "ANNOUNCED"})
    visitor = as_role("visitor")
    page = visitor.get(f"/challenges/candidates/{wall}/").text
    assert "끼임" in page
    assert "Decisions of the committee" not in page
    assert visitor.get(f"/challenges/candidates/{gate}/").status_code == 404


def test_versions_are_compared_word_by_word(as_role, scene):
    wall = scene.candidates["wall"].pk
    client = as_role("member")
    client.post(f"/challenges/candidates/{wall}/revise/", {
        "title": "설비 안전 영상 감지", "problem": "프레스 끼임 사고를 카메라로 미리 알아야 합니다.",
        "requirements": "정확도 95 %", "note": "대상을 좁힘", "seen": 1,
    })  # fmt: skip
    page = client.get(f"/challenges/candidates/{wall}/").text
    assert "대상을 좁힘" in page
    assert '<ins><span class="sr-only">added: </span>프레스</ins>' in flat(page)
    stale = client.post(f"/challenges/candidates/{wall}/revise/", {**WRITTEN, "seen": 1})
    assert "Somebody else changed the text" in stale.text
    client.post(f"/challenges/candidates/{wall}/comment/", {"text": "좋아요."})
    assert "좋아요." in as_role("centre_officer").get(f"/challenges/candidates/{wall}/").text


@pytest.mark.parametrize(
    ("role", "count"), [("officer", 3), ("centre_officer", 3), ("rival", 1), ("visitor", 0)]
)
def test_the_workbook_has_what_the_reader_may_see(as_role, scene, role, count):
    book = as_role(role).get(f"/challenges/{scene.discovery.pk}/candidates/", {"format": "xlsx"})
    rows = list(load_workbook(io.BytesIO(book.content)).active.values)
    assert len(rows) == count + 1


def test_filters_narrow_the_list(as_role, scene):
    client = as_role("officer")
    address = f"/challenges/{scene.discovery.pk}/candidates/"
    assert "출입문" not in client.get(address, {"words": "수전"}).text
    assert "Nothing fits" in client.get(address, {"stage": "DROPPED"}).text
    assert "출입문" in client.get(address, {"step": "gathered"}).text
    for strange in ({"step": "round-²"}, {"centre": "x"}, {"stage": "x"}):
        assert client.get(address, strange).status_code == 200
