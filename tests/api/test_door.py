"""Keys, refusals, limits and caches: what holds for every address of the API."""

from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone

from dure.apps.catalog.models import Visibility
from dure.apps.people.models import AccessToken
from dure.apps.people.operations import TOKEN_DAYS, issue_token, revoke_token
from tests.api.conftest import anonymous

PROBLEM = "application/problem+json"


def bearer(key: str) -> dict[str, str]:
    return {"Authorization": f"Bearer {key}"}


def get(address: str, **headers: str):
    return anonymous.get(f"/api/v1{address}", headers=headers)


def test_a_key_lives_from_its_issue_to_its_revocation(cast):
    need = cast.need(visibility=Visibility.MEMBERS)
    now = timezone.now()

    token, key = issue_token(name="nightly", by=cast["supplier"], at=now)
    live = get(f"/needs/{need.pk}", **bearer(key))
    token.refresh_from_db()
    used_at = token.used_at
    revoke_token(token=token, by=cast["supplier"], at=now)
    revoked = get(f"/needs/{need.pk}", **bearer(key))

    assert live.status_code == 200
    assert used_at >= now
    assert revoked.status_code == 401


def test_an_expired_key_opens_nothing(cast):
    before = timezone.now() - timedelta(days=TOKEN_DAYS, seconds=1)
    _token, key = issue_token(name="old", by=cast["officer"], at=before)

    assert get("/needs", **bearer(key)).status_code == 401
    assert AccessToken.objects.get().used_at is None


def test_the_key_of_a_closed_account_opens_nothing(cast):
    _token, key = issue_token(name="left", by=cast["officer"], at=timezone.now())
    cast["officer"].is_active = False
    cast["officer"].save()

    assert get("/needs", **bearer(key)).status_code == 401


@pytest.mark.parametrize(
    "header",
    [
        "Bearer dure_wrong",
        "Bearer",
        "Bearer ",
        "Basic YTpi",
        "dure_wrong",
        "",
        "Bearer \x01",
        "Bearer é",
    ],
)
def test_what_is_no_live_key_is_refused_and_does_not_count_as_a_visitor(db, header):
    answer = get("/needs", Authorization=header)

    assert answer.status_code == 401
    assert answer["WWW-Authenticate"] == 'Bearer realm="dure"'
    assert answer["Content-Type"] == PROBLEM
    assert answer["Cache-Control"] == "no-store"
    assert answer.json()["status"] == 401


@pytest.mark.parametrize(
    "address", ["/answers", "/needs/1/suggestions", "/technologies/1/suggestions"]
)
def test_what_is_not_public_needs_a_key(db, address):
    answer = get(address)

    assert answer.status_code == 401
    assert "WWW-Authenticate" in answer


def test_a_session_opens_nothing(cast):
    need = cast.need(visibility=Visibility.MEMBERS)
    client = Client()
    client.force_login(cast["officer"])

    answers = [client.get(f"/api/v1{path}") for path in (f"/needs/{need.pk}", "/answers")]

    assert [answer.status_code for answer in answers] == [404, 401]
    assert client.get("/api/v1/needs").json()["total"] == 0
    assert not any(answer.cookies for answer in answers)


@pytest.mark.parametrize("method", ["post", "put", "patch", "delete"])
def test_nothing_can_be_written(cast, method):
    need = cast.need()

    answer = getattr(Client(enforce_csrf_checks=True), method)(f"/api/v1/needs/{need.pk}")

    assert answer.status_code == 405
    assert {allowed.strip() for allowed in answer["Allow"].split(",")} == {"GET", "HEAD"}


def test_the_headers_alone_can_be_asked_for(cast):
    cast.need()

    answer = anonymous.head("/api/v1/needs")

    assert answer.status_code == 200
    assert answer.content == b""


@pytest.mark.parametrize(
    ("query", "name", "code"),
    [
        ("colour=red", "colour", "unknown"),
        ("page=1&page=2", "page", "repeated"),
        ("limit=201", "limit", "less_than_equal"),
        ("limit=0", "limit", "greater_than_equal"),
        ("limit=1.0", "limit", "value_error"),
        ("limit=+5", "limit", "value_error"),
        ("limit=%EF%BC%91%EF%BC%90", "limit", "value_error"),
        ("limit=", "limit", "value_error"),
        ("page=99999999999999999999", "page", "value_error"),
        ("trl_from=0", "trl_from", "greater_than_equal"),
        ("q=a%00b", "q", "string_pattern_mismatch"),
        (f"q={'a' * 201}", "q", "string_too_long"),
        ("q=%ff", "", "not_utf8"),
        ("q=%ED%A0%80", "", "not_utf8"),
        ("field=NOWHERE", "field", "literal_error"),
        ("field=", "field", "literal_error"),
        ("status=published", "status", "enum"),
        ("&".join(["field=AI"] * 51), "field", "too_long"),
        ("organisation=9223372036854775808", "organisation", "less_than_equal"),
        ("sort=budget", "sort", "literal_error"),
    ],
)
def test_what_cannot_be_read_is_refused_with_its_place(db, query, name, code):
    answer = anonymous.get("/api/v1/needs", QUERY_STRING=query)

    assert answer.status_code == 422
    assert answer["Content-Type"] == PROBLEM
    assert [(e["where"], e["name"], e["code"]) for e in answer.json()["errors"]] == [
        ("query", name, code)
    ]


def test_a_thousand_parameters_are_refused(db):
    query = "&".join(f"q{number}=1" for number in range(1500))

    assert anonymous.get("/api/v1/needs", QUERY_STRING=query).status_code == 422


@pytest.mark.parametrize(
    ("address", "status"),
    [
        ("/needs/0", 422),
        ("/needs/-1", 422),
        ("/needs/x", 422),
        ("/needs/9223372036854775807", 404),
        ("/needs/9223372036854775808", 422),
        ("/needs/1?page=1", 422),
        ("/needs/%ff", 422),
        ("/needs/", 404),
        ("/nothing", 404),
        ("/", 404),
        ("", 404),
    ],
)
def test_refusals_are_problems(db, address, status):
    answer = get(address)

    assert answer.status_code == status
    assert answer["Content-Type"] == PROBLEM
    assert answer.json()["type"] == "about:blank"


def test_a_refusal_speaks_the_readers_language(db):
    korean = get("/needs/1", **{"Accept-Language": "ko"})
    english = get("/needs/1", **{"Accept-Language": "en"})

    assert korean.json()["detail"] == "읽을 수 있는 것이 여기에 없어요."
    assert english.json()["detail"] == "There is nothing here that you may read."


def test_a_visitors_answer_may_be_shared_and_a_members_may_not(cast, read):
    cast.need()

    public, private = read("/needs"), read("/needs", "member")

    assert public["Cache-Control"] == "public, max-age=60"
    assert set(private["Cache-Control"].split(", ")) == {"private", "no-cache"}
    for answer in (public, private):
        assert {"Authorization", "Accept-Language"} <= set(answer["Vary"].split(", "))


def test_what_has_not_changed_is_not_sent_again(cast, read):
    need = cast.need()
    first = read("/needs")

    again = read("/needs", **{"If-None-Match": first["ETag"]})
    need.delete()
    later = read("/needs", **{"If-None-Match": first["ETag"]})

    assert (again.status_code, again.content) == (304, b"")
    assert later.status_code == 200


def test_the_limit_counts_each_key_and_each_address_for_itself(cast, settings):
    settings.DURE_API_PER_MINUTE = 2
    keys = [issue_token(name=name, by=cast["member"], at=timezone.now())[1] for name in "ab"]

    def statuses(**more: str) -> list[int]:
        return [anonymous.get("/api/v1/vocabularies", **more).status_code for _ in range(3)]

    assert statuses() == [200, 200, 429]
    assert statuses(REMOTE_ADDR="10.0.0.9") == [200, 200, 429]
    assert statuses(headers=bearer(keys[0])) == [200, 200, 429]
    assert statuses(headers=bearer(keys[1])) == [200, 200, 429]
    assert statuses(headers={"X-Forwarded-For": "10.1.1.1"}) == [429, 429, 429]

    refused = anonymous.get("/api/v1/vocabularies")
    assert 1 <= int(refused["Retry-After"]) <= 60
    assert refused["Content-Type"] == PROBLEM


def test_behind_a_proxy_the_limit_counts_what_the_proxy_saw(cast, settings):
    settings.DURE_API_PER_MINUTE, settings.DURE_PROXIES = 1, 1

    def status(seen: str) -> int:
        return get("/vocabularies", **{"X-Forwarded-For": seen}).status_code

    assert [status("made-up, 10.1.1.1"), status("other, 10.1.1.1"), status("10.2.2.2")] == [
        200,
        429,
        200,
    ]


@pytest.mark.parametrize("page", ["/", "/needs/", "/accounts/login/", "/api/v1/docs"])
def test_the_foot_of_every_page_leads_to_the_api(client, db, page):
    foot = client.get(page).content.decode().partition("krds-footer")[2]

    assert 'href="/api/v1/docs"' in foot
