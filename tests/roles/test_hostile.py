"""Hostile values in every parameter, field and address of the site: never an answer of 500.

The forms are those that the pages really show; each is sent as it stands with one field changed.
Requests are drawn the same in every run, so many for each app. `DURE_FUZZ` says how many in all: a
few hundred while working, 10,000 before a release.
"""

import os
import random
import re
from functools import cache
from html.parser import HTMLParser
from pathlib import Path
from urllib.parse import urlencode, urlsplit

import pytest
from django.db import transaction
from django.test import Client

from dure.config.env import ROOT
from tests.roles.test_routes import (
    APPS,
    app_of,
    filled,
    ours,
)

REQUESTS = int(os.environ.get("DURE_FUZZ", "400"))
READERS = ("officer", "manager", "supplier", "visitor")
NUMBERS = ("²", "١٢", "9" * 5000, "-1", "0", "99999", str(2**31), str(2**63), "1e999", "NaN", "1_0")
DATES = ("2026-13-45", "9999-12-31", "0001-01-01", "2026-12-03T25:61", "24:00", "10:00:00+99:00")
TEXTS = (
    "",
    " ",
    "abc",
    "a\0b",
    "a\r\nBcc: b",
    "x" * 5000,
    "🙂" * 300,
    "'\"<b>%_\\",
    "\u202e",
    "\u200b",
    "[]",
)
HOSTILE = (*NUMBERS, *DATES, *TEXTS)
BAD_PARTS = ("0", str(2**63), "9" * 5000, "%C2%B2", "a%00b", "a%0D%0Ab")  # of an address
SHARE_OF_FORMS, SHARE_OF_BAD_ADDRESSES = 0.7, 0.3
NAMED = re.compile(r"\b(?:GET|POST)\.(?:get|getlist)\(\s*\"(\w+)\"")


class Forms(HTMLParser):
    """The forms of a page: (method, address, fields with their values)."""

    def __init__(self, page, address):
        super().__init__()
        self.found, self.here, self.select, self.area = [], address, None, None
        self.feed(page)

    def handle_starttag(self, tag, attributes):
        known = dict(attributes)
        if tag == "form":
            address = known.get("action") or self.here
            self.found.append([(known.get("method") or "get").upper(), address, {}])
        if not self.found:
            return
        fields, name = self.found[-1][2], known.get("name")
        if tag in ("input", "button") and name and name != "csrfmiddlewaretoken":
            is_off = known.get("type") in ("checkbox", "radio") and "checked" not in known
            if not is_off or name not in fields:
                fields[name] = known.get("value") or ""
        elif tag == "select":
            self.select = name
            fields[name] = ""
        elif tag == "textarea":
            self.area = name
            fields[name] = ""
        elif tag == "option" and self.select and "selected" in known:
            fields[self.select] = known.get("value") or ""

    def handle_data(self, data):
        if self.area:
            self.found[-1][2][self.area] += data.strip()

    def handle_endtag(self, tag):
        self.select = None if tag == "select" else self.select
        self.area = None if tag == "textarea" else self.area


@cache
def names_of_parameters(app):
    """What the pages of an app ask of a query or a form by name."""
    folder = ROOT / "src" / "dure" / "apps" / (app or "dashboards")
    files = folder.rglob("*.py") if folder.exists() else ()
    return sorted({"page", "sort", *(n for f in files for n in NAMED.findall(Path(f).read_text()))})


def drawn(rng, app, everything, clients, forms):
    """One request to an app: (reader, method, address, fields, the name of the hostile one)."""
    name, pattern = rng.choice([(name, address) for name, address in ours() if app_of(name) == app])
    reader, here = rng.choice(READERS), filled(name, pattern, everything)
    if rng.random() < SHARE_OF_FORMS:
        if (reader, here) not in forms:
            forms[reader, here] = forms_of(clients[reader], here)
        if fillable := [form for form in forms[reader, here] if form[2]]:
            method, to, fields = rng.choice(fillable)
            return reader, method, to, fields, rng.choice(list(fields))
    if "<" in pattern and rng.random() < SHARE_OF_BAD_ADDRESSES:
        here = "/" + re.sub(r"<[^>]+>", rng.choice(BAD_PARTS), pattern).lstrip("/")
    # A parameter that its app knows, whether it is meant there or not.
    parameter = rng.choice(names_of_parameters(app))
    return reader, rng.choice(("GET", "POST", "HEAD")), here, {}, parameter


def forms_of(client, address):
    """The forms that a page shows."""
    page = answered(client, "GET", address, {})
    is_page = page.status_code == 200 and "html" in page.get("Content-Type", "")
    return Forms(page.content.decode(), address).found if is_page else []


def answered(client, method, address, fields):
    """The answer to a request, whose changes are taken back."""
    try:
        with transaction.atomic():
            kind = "application/x-www-form-urlencoded"
            if method == "POST":
                body = urlencode(fields, doseq=True, errors="replace")
                answer = client.generic("POST", address, body, kind)
            else:
                target = urlsplit(address)
                query = "&".join(filter(None, [target.query, urlencode(fields, errors="replace")]))
                answer = client.generic(method, target.path, QUERY_STRING=query)
            if not answer.streaming:
                answer.content  # noqa: B018 -- drawn by now
            transaction.set_rollback(True)
    finally:
        client.cookies.pop("messages", None)
    return answer


@pytest.mark.usefixtures("each_paper_once", "db")
@pytest.mark.parametrize("app", APPS)
def test_no_hostile_value_breaks_a_page(cast_and_world, app, settings):
    cast, world = cast_and_world
    settings.LOGGING_CONFIG = None
    clients = {role: Client(raise_request_exception=False) for role in READERS}
    for role in READERS[:-1]:
        clients[role].force_login(cast[role])
    rng = random.Random(12)

    forms, broken = {}, {}
    for _ in range(REQUESTS // len(APPS) + 1):
        reader, method, address, fields, field = drawn(rng, app, world, clients, forms)
        value = rng.choice(HOSTILE)
        answer = answered(clients[reader], method, address, {**fields, field: value})
        if answer.status_code >= 500:
            fault = answer.exc_info and f"{answer.exc_info[0].__name__}: {answer.exc_info[1]}"[:200]
            broken.setdefault(fault, (reader, method, address[:80], field, value[:20]))
    assert broken == {}


ASKED_BY_HEAD = {"uploads:upload"}  # no page: clients of tus ask there how far a file has come


@pytest.mark.usefixtures("db")
@pytest.mark.parametrize("reader", READERS)
def test_every_page_answers_head_as_it_answers_get(cast_and_world, reader):
    cast, world = cast_and_world
    client = Client()
    if reader != "visitor":
        client.force_login(cast[reader])
    different = {}
    for name, address in ours():
        there = filled(name, address, world)
        get, head = (answered(client, method, there, {}) for method in ("GET", "HEAD"))
        if head.status_code != get.status_code and name not in ASKED_BY_HEAD:
            different[name] = (get.status_code, head.status_code)
    assert different == {}


@pytest.mark.django_db
def test_unknown_host_is_answered_with_400(client):
    assert client.get("/", headers={"host": "evil.example.org"}).status_code == 400
