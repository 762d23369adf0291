"""Fingerprints are read as programs print them, and two lists are compared by content."""

import hashlib

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dure.values.fingerprints import (
    Fingerprint,
    compare,
    fingerprint_of,
    read_fingerprint,
    read_lines,
)

A, B, C = (hashlib.sha256(letter).hexdigest() for letter in (b"a", b"b", b"c"))


@given(st.lists(st.binary(max_size=50), max_size=5))
def test_parts_make_the_fingerprint_of_the_whole(chunks):
    assert fingerprint_of(chunks) == hashlib.sha256(b"".join(chunks)).hexdigest()


@pytest.mark.parametrize(
    ("pasted", "expected"),
    [
        (A, A),
        (f"  {A.upper()} ", A),
        (f"{A}  도면 3차.pdf", A),
        (f"SHA256 hash of a.pdf: {A} CertUtil: -hashfile command completed successfully.", A),
        (f"{A} {B}", None),
        (A[:-1], None),
        ("", None),
    ],
)
def test_one_fingerprint_is_read_from_what_was_pasted(pasted, expected):
    assert read_fingerprint(pasted) == expected


def test_lines_are_read_and_the_bad_one_is_named():
    assert read_lines(f"{A}  a b.csv\n\n{B} *b.csv\n") == [
        Fingerprint("a b.csv", A),
        Fingerprint("b.csv", B),
    ]
    for bad in ("nothing", A, f"{B}  a b.csv"):
        with pytest.raises(ValueError, match="2") as error:
            read_lines(f"{A}  a b.csv\n{bad}")
        assert error.value.args == (2,)


def test_what_was_received_is_compared_by_content():
    sealed = [Fingerprint("a", A), Fingerprint("b", B)]

    assert compare(sealed, sealed).is_whole
    assert compare(sealed, [Fingerprint("renamed", A), Fingerprint("b", B)]).is_whole
    wrong = compare(sealed, [Fingerprint("a", C), Fingerprint("x", B)])
    assert (wrong.changed, wrong.same, wrong.missing, wrong.added) == (["a"], ["b"], [], [])
    short = compare(sealed, [Fingerprint("c", C)])
    assert (short.missing, short.added, short.is_whole) == (["a", "b"], ["c"], False)
    assert not compare([], sealed).is_whole
