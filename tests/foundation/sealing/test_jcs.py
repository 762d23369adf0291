"""Canonical JSON against the vectors of RFC 8785 and its implementations."""

import json
import struct

import pytest
import rfc8785
from django.conf import settings

from dure.foundation.sealing import canonical

FOLDER = settings.DURE_DATA / "jcs" if settings.DURE_DATA else None
pytestmark = pytest.mark.skipif(
    not FOLDER or not FOLDER.exists(), reason="DURE_DATA has no vectors"
)


def said(write, value):
    try:
        return write(value)
    except (ValueError, RecursionError):
        return "error"


def test_documents():
    for file in sorted((FOLDER / "input").iterdir()):
        value = json.loads(file.read_text(encoding="utf-8"))
        want = (FOLDER / "output" / file.name).read_bytes()
        assert rfc8785.dumps(value) == want
        # Ours is stricter: it refuses floats and composes text, and else gives the same bytes.
        ours = said(canonical, value)
        assert ours == "error" or ours == want or file.name in {"weird.json", "unicode.json"}


def test_numbers_by_their_bits():
    rows = (FOLDER / "es6_numbers_10000.csv").read_text().splitlines()
    for row in rows:
        bits, want = row.split(",")
        [number] = struct.unpack(">d", bytes.fromhex(bits.zfill(16)))
        assert rfc8785.dumps(number).decode() == want
    assert len(rows) == 10_000


def test_edges_of_the_domain():
    wrong = []
    for case in map(json.loads, (FOLDER / "domain_cases.jsonl").read_text().strip().split("\n")):
        try:
            text = case["text"] if "text" in case else bytes.fromhex(case["hex"]).decode()
            value = json.loads(text, object_pairs_hook=once)
        except ValueError:
            canonical = "error"
        else:
            canonical = said(rfc8785.dumps, value)
            canonical = canonical if canonical == "error" else canonical.decode()
        allowed = {case["expect"]}
        if case["expect"] == "accept-as-double-or-error":
            allowed = {"error"}  # no whole number is silently written as another
        if canonical not in allowed:
            wrong.append((case["name"], canonical, case["expect"]))
    assert wrong == []


def once(pairs):
    if len({key for key, _ in pairs}) < len(pairs):
        raise ValueError("a key twice")
    return dict(pairs)
