"""Timestamps of authorities of the world, good and spoilt: judged alike by us, by the verifier, by OpenSSL."""

import json

import pytest
from django.conf import settings

import dure_verify
from dure.foundation.timestamps import BadTimestamp, said_at

FOLDER = settings.DURE_DATA / "rfc3161" if settings.DURE_DATA else None
pytestmark = pytest.mark.skipif(
    not FOLDER or not FOLDER.exists(), reason="DURE_DATA has no timestamps"
)
HOLDS = {"ok", "ok-if-not-pinned", "ok-at-its-time"}


def cases():
    return map(json.loads, (FOLDER / "cases.jsonl").read_text().splitlines())


def parts(case):
    kind, _, what = case["data"].partition(":")
    content = what.encode() if kind == "text" else (FOLDER / what).read_bytes()
    return (FOLDER / case["token"]).read_bytes(), content, (FOLDER / case["chain"]).read_text()


def test_every_case_is_judged_as_the_set_says():
    wrong = []
    for case in cases():
        response, content, chain = parts(case)
        try:
            said_at(response, content, chain)
            is_good = True
        except BadTimestamp:
            is_good = False
        if is_good != case["rfc3161_client"]:
            wrong.append((case["token"], is_good, case["expect"], case["note"]))
    assert wrong == []


def test_the_program_that_needs_nothing_of_dure_judges_alike():
    wrong = []
    for case in cases():
        response, content, chain = parts(case)
        try:
            moment, name = dure_verify.timestamp_of(response, content, chain.encode())
            is_good = True
            assert moment == said_at(response, content, chain).replace(microsecond=0)
            assert name
        except dure_verify.NoProof:
            is_good = False
        if is_good != (case["expect"] in HOLDS):
            wrong.append((case["token"], is_good, case["expect"], case["note"]))
    assert wrong == []
