"""The description of the API, for programs and for people."""

import re

import pytest
from openapi_spec_validator import OpenAPIV31SpecValidator

from tests.api.conftest import anonymous

HANGUL = re.compile("[가-힣]")


def document(language: str) -> dict:
    return anonymous.get("/api/v1/openapi.json", headers={"Accept-Language": language}).json()


def said(part: object) -> list[str]:
    """Every summary and description in a document."""
    if isinstance(part, list):
        return [text for child in part for text in said(child)]
    if not isinstance(part, dict):
        return []
    own = [part[k] for k in ("summary", "description") if isinstance(part.get(k), str)]
    return own + [text for child in part.values() for text in said(child)]


def test_the_document_is_valid_openapi_31():
    schema = document("en")

    OpenAPIV31SpecValidator(schema).validate()
    assert schema["openapi"] == "3.1.0"


def test_the_document_speaks_korean():
    phrases = {"OK", "Unauthorized", "Not Found", "Unprocessable Entity", "Too Many Requests"}

    foreign = {text for text in said(document("ko")) if not HANGUL.search(text)} - phrases

    assert foreign == set()


SEARCHES = {"/api/v1/common-grants/opportunities/search"}


def operations(language="en"):
    """Every address with its method and operation: all read, a search by what is sent to it."""
    for address, methods in document(language)["paths"].items():
        [(method, operation)] = methods.items()
        assert method == ("post" if address in SEARCHES else "get")
        yield address, method, operation


def test_every_operation_reads_and_names_its_refusals():
    for address, _method, operation in operations():
        wanted = {"200", "401", "422", "429"} | ({"404"} if "{" in address else set())
        assert set(operation["responses"]) == wanted
        for status in wanted - {"200"}:
            [content] = operation["responses"][status]["content"]
            # What another specification says of a missing thing, it says in its own form.
            is_foreign = "common-grants" in address and status == "404"
            assert content == ("application/json" if is_foreign else "application/problem+json")


def test_visitors_need_no_key_except_for_matches_and_their_applications():
    needing = {
        address for address, _method, operation in operations() if {} not in operation["security"]
    }

    assert needing == {
        "/api/v1/answers",
        "/api/v1/applications",
        "/api/v1/needs/{need_id}/suggestions",
        "/api/v1/technologies/{technology_id}/suggestions",
    }


@pytest.mark.parametrize(("language", "word"), [("ko", "키 필요"), ("en", "Needs a key")])
def test_the_page_for_people_lists_every_operation(db, language, word):
    answer = anonymous.get("/api/v1/docs", headers={"Accept-Language": language})
    page = answer.content.decode()

    assert answer.status_code == 200
    assert word in page
    for address, method, operation in operations(language):
        assert f"{method.upper()} {address}" in page
        for parameter in operation["parameters"]:
            assert f"<code>{parameter['name']}</code>" in page
    assert "curl 'http://testserver/api/v1/needs?q=%ED%8F%90" in page.replace("&#x27;", "'")


def test_the_page_for_people_runs_nothing_from_elsewhere(db):
    answer = anonymous.get("/api/v1/docs")

    assert "http" not in " ".join(re.findall(r"<(?:script|link)[^>]*>", answer.content.decode()))
    assert "default-src 'self'" in answer["Content-Security-Policy"]
