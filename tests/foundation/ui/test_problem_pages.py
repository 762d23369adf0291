"""What people see when something is not there, not theirs, or broken."""

import pytest
from django.template.loader import render_to_string
from django.test import Client

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("language", "expected"), [("ko", "찾으시는 페이지가 없어요"), ("en", "This page is not here")]
)
def test_a_missing_page_says_so_and_shows_a_way_on(language, expected):
    client = Client(HTTP_ACCEPT_LANGUAGE=language)

    answer = client.get("/needs/999999/")

    page = answer.content.decode()
    assert answer.status_code == 404
    assert expected in page
    assert 'href="/accounts/login/?next=/needs/999999/"' in page
    assert "krds-skip-link" in page


def test_a_form_without_its_token_says_what_to_do(cast):
    client = Client(enforce_csrf_checks=True, HTTP_ACCEPT_LANGUAGE="en")
    client.force_login(cast["member"])

    answer = client.post("/searches/save/", {"kind": "needs"})

    assert answer.status_code == 403
    assert "Nothing was saved" in answer.content.decode()


@pytest.mark.parametrize("name", ["400.html", "500.html"])
def test_a_fault_is_told_in_both_languages_without_database_or_reader(name, db_blocked):
    page = render_to_string(name)

    assert 'lang="ko"' in page
    assert "다시 시도해 주세요" in page
    assert "ry again" in page
    assert "ui/tokens.css" in page


@pytest.fixture
def db_blocked(django_db_blocker):
    with django_db_blocker.block():
        yield


def test_a_server_error_is_answered_with_our_page(cast, monkeypatch):
    def broken(*_args, **_options):
        raise RuntimeError("broken on purpose")

    monkeypatch.setattr("dure.apps.catalog.presenters.words.row", broken)
    cast.need()
    client = Client(raise_request_exception=False)

    answer = client.get("/needs/")

    assert answer.status_code == 500
    assert "두레" in answer.content.decode()
    assert "broken on purpose" not in answer.content.decode()
