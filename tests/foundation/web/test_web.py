"""What stands before every page: how much it takes, what it refuses, whom it counts."""

import threading
from io import BytesIO

import pytest
from django.core.cache import cache
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.files.uploadhandler import TemporaryFileUploadHandler
from django.db import connection
from django.test import RequestFactory

from dure.foundation.web import address_of

MEGABYTE = 1024**2


class Unread(BytesIO):
    """A body that fails the test when anybody reads it."""

    def read(self, *_):
        raise AssertionError("the body was read")


def post(client, address, megabytes):
    return client.generic(
        "POST", address, **{
            "wsgi.input": Unread(), "CONTENT_LENGTH": str(megabytes * MEGABYTE),
            "CONTENT_TYPE": "multipart/form-data; boundary=x",
        },
    )  # fmt: skip


@pytest.mark.parametrize("address", ["/", "/import/needs/upload/", "/accounts/login/"])
def test_body_of_a_visitor_is_refused_unread(client, db, address):
    assert post(client, address, 600).status_code == 413


@pytest.mark.parametrize(
    ("role", "address", "megabytes"),
    [("manager", "/account/", 3), ("manager", "/import/needs/upload/", 600)],
)
def test_more_than_a_page_takes_is_refused_unread(as_role, role, address, megabytes):
    answer = post(as_role(role), address, megabytes)

    assert answer.status_code == 413
    assert "MB" in answer.content.decode()


def test_page_that_takes_files_takes_one_of_the_largest(as_role, settings):
    file = SimpleUploadedFile("needs.csv", b"x" * settings.DURE_UPLOAD_LIMIT)

    assert as_role("manager").post("/import/needs/upload/", {"file": file}).status_code == 302


def test_file_on_a_page_without_files_never_touches_the_disk(as_role, monkeypatch):
    monkeypatch.setattr(TemporaryFileUploadHandler, "new_file", None)
    file = SimpleUploadedFile("a.bin", b"x" * MEGABYTE)

    assert as_role("manager").post("/account/", {"file": file}).status_code == 200


@pytest.mark.parametrize("address", ["/needs/?q=%00", "/organisations/?region=a%00", "/fairs/%00/"])
def test_nul_is_refused(client, db, address):
    assert client.get(address).status_code in (400, 404)


def test_nul_in_a_form_is_refused(as_role):
    assert as_role("manager").post("/account/", {"name": "a\0b"}).status_code == 400


@pytest.mark.parametrize(
    ("proxies", "header", "address"),
    [
        (0, "203.0.113.7", "10.0.0.5"),
        (1, "203.0.113.7", "203.0.113.7"),
        (1, "made up, 203.0.113.7", "203.0.113.7"),
        (2, "203.0.113.7", "10.0.0.5"),
        (1, "no address", "10.0.0.5"),
        (1, "2001:db8:1:2:3:4:5:6", "2001:db8:1:2::"),
    ],
)
def test_address_is_what_the_outermost_proxy_saw(settings, proxies, header, address):
    settings.DURE_PROXIES = proxies
    request = RequestFactory(
        REMOTE_ADDR="10.0.0.5", HTTP_X_FORWARDED_FOR=header
    ).get("/")  # fmt: skip

    assert address_of(request) == address


@pytest.mark.django_db(transaction=True)
def test_shared_cache_counts_each_of_many_at_once():
    cache.add("count", 0)

    def count():
        for _ in range(10):
            cache.incr("count")
        connection.close()

    threads = [threading.Thread(target=count) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert cache.get("count") == 40
    cache.clear()


def test_line_of_a_form_stays_one_line(as_role, cast):
    form = {"name": "Ada\r\nBcc: all@example.org", "language": "en"}

    assert as_role("manager").post("/account/", form).status_code == 302

    cast["manager"].refresh_from_db()
    assert cast["manager"].name == "Ada Bcc: all@example.org"
