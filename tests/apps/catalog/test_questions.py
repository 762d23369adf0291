"""An entry one question at a time: a draft from one line, saved while it is written, handed in at the end."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from dure.apps.catalog.models import Technology
from dure.apps.catalog.stages import NeedStage

pytestmark = pytest.mark.django_db
HTMX = {"HTTP_HX_REQUEST": "true"}


def begun(client, cast):
    answer = client.post(
        reverse("catalog:technology_begin"),
        {"organisation": cast.supplier.pk, "title": "배기가스 폐열 회수"},
    )
    technology = Technology.objects.get()
    assert answer["Location"] == f"/technologies/{technology.pk}/questions/body/"
    return technology


def ask(client, technology, name, values, **headers):
    seen = Technology.objects.get(pk=technology.pk).updated_at.isoformat()
    url = f"/technologies/{technology.pk}/questions/{name}/"
    return client.post(url, {"seen_at": seen} | values, **headers)


def test_from_one_line_to_the_office_by_one_question_after_the_other(as_role, cast):
    client = as_role("supplier")
    technology = begun(client, cast)
    page = client.get(f"/technologies/{technology.pk}/questions/body/").content.decode()
    assert "Question 2 of 11; " in page

    answers = {
        "body": {"body": "350도 배기가스에서 열을 70% 회수해요."},
        "track_record": {"track_record": ""},
        "field": {"field": "SMARTFAC"},
        "trl": {"trl": "7"},
    }
    places = ["track_record", "field", "trl", "cooperation"]
    for (name, values), following in zip(answers.items(), places, strict=True):
        answer = ask(client, technology, name, values)
        assert answer["Location"] == f"/technologies/{technology.pk}/questions/{following}/"

    every = client.get(f"/technologies/{technology.pk}/questions/").content.decode()
    assert "Hand in" in every
    client.post(f"/technologies/{technology.pk}/move/", {"stage": "UNDER_REVIEW"})
    technology.refresh_from_db()
    assert technology.stage == NeedStage.UNDER_REVIEW
    assert (technology.trl, technology.field) == (7, "SMARTFAC")


def test_what_is_typed_is_kept_and_says_when(as_role, cast):
    client = as_role("supplier")
    technology = begun(client, cast)

    kept = ask(client, technology, "body", {"body": "열을 회수"}, **HTMX).content.decode()

    technology.refresh_from_db()
    assert technology.body == "열을 회수"
    assert "Saved at" in kept
    assert (
        f'value="{technology.updated_at.isoformat()}"' in kept
    )  # the next save builds on this one


def test_what_cannot_be_kept_says_why_and_stays_on_the_page(as_role, cast):
    client = as_role("supplier")
    technology = begun(client, cast)

    typed = ask(client, technology, "body", {"body": " "}, **HTMX)
    sent = ask(client, technology, "body", {"body": " "})
    late = client.post(
        f"/technologies/{technology.pk}/questions/body/",
        {"seen_at": "2020-01-01T00:00:00+00:00", "body": "늦은 글"},
    )

    assert (typed.status_code, sent.status_code, late.status_code) == (422, 422, 409)
    assert "Not saved yet" in typed.content.decode()
    assert "늦은 글" in late.content.decode()
    technology.refresh_from_db()
    assert technology.body == ""


def test_a_question_leaves_the_other_answers_alone(as_role, cast):
    client = as_role("supplier")
    technology = begun(client, cast)
    ask(client, technology, "keywords", {"keywords": "폐열; 열교환기"})

    ask(client, technology, "visibility", {"visibility": "MEMBERS"})

    technology.refresh_from_db()
    assert (technology.keywords, technology.visibility) == (["폐열", "열교환기"], "MEMBERS")
    assert technology.title == "배기가스 폐열 회수"


def test_files_from_the_phone_stand_beside_the_entry(as_role, cast):
    client = as_role("supplier")
    technology = begun(client, cast)
    files = [SimpleUploadedFile(f"{n}.jpg", b"\xff\xd8\xff") for n in (1, 2)]

    client.post(f"/technologies/{technology.pk}/questions/files/", {"files": files})

    names = technology.attachments.order_by("name").values_list("name", flat=True)
    assert list(names) == ["1.jpg", "2.jpg"]


def test_what_is_published_is_not_rewritten_while_one_types(as_role, cast):
    technology = cast.technology()
    page = as_role("supplier").get(f"/technologies/{technology.pk}/questions/body/")

    assert page.status_code == 200
    assert "hx-post" not in page.content.decode()


def test_nobody_else_finds_the_questions(as_role, cast):
    technology = begun(as_role("supplier"), cast)

    assert as_role("rival").get(f"/technologies/{technology.pk}/questions/").status_code == 404
    assert as_role("supplier").get(
        f"/technologies/{technology.pk}/questions/nothing/"
    ).status_code == 404  # fmt: skip
