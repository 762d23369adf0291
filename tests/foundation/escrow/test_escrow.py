"""Age files of others open or fail as their index says; shares say nothing alone."""

import csv
import itertools
import zlib

import pyrage
import pytest
from django.conf import settings
from hypothesis import given
from hypothesis import strategies as st

from dure.foundation import escrow

VECTORS = settings.DURE_DATA / "age" if settings.DURE_DATA else None
# Where pyrage 1.4 differs, besides post-quantum files, which it does not read. None matters here: we
# write no armour, and a header that is read leniently is still held to its code.
DIFFERS = {"armor_whitespace_outside", "stanza_missing_body", "stanza_missing_final_line"}
# Refused or opened by how fast the machine is: half a minute and eight gigabytes.
BY_MACHINE = {"scrypt_work_factor_23"}


def read(name):
    """The header and the encrypted file of a vector."""
    head, _empty, content = (VECTORS / "vectors" / name).read_bytes().partition(b"\n\n")
    fields = [line.partition(": ")[::2] for line in head.decode().splitlines()]
    known = dict(fields)
    return known, zlib.decompress(content) if known.get("compressed") == "zlib" else content


def opens(fields, content):
    try:
        if passphrase := fields.get("passphrase"):
            return pyrage.passphrase.decrypt(content, passphrase)
        return escrow.decrypt(content, fields.get("identity", ""))
    except (escrow.Locked, pyrage.DecryptError):
        return None


@pytest.mark.skipif(VECTORS is None, reason="needs DURE_DATA")
def test_public_vectors_have_their_outcome():
    wrong = []
    with (VECTORS / "index.tsv").open(encoding="utf-8") as file:
        rows = [row for row in csv.DictReader(file, delimiter="\t") if row["identity"] != "hybrid"]
    for row in rows:
        if row["file"] in BY_MACHINE:
            continue
        opened = opens(*read(row["file"]))
        if (opened is not None) != (row["expect"] == "success"):
            wrong.append(row["file"])

    assert len(rows) > 100
    assert set(wrong) == DIFFERS


@given(st.binary(max_size=200), st.integers(2, 6))
def test_any_two_shares_make_the_secret_whole(secret, keepers):
    shares = escrow.split(secret, keepers)

    for pair in itertools.combinations(shares, 2):
        assert escrow.joined(pair) == secret
    assert len({len(share) for share in shares}) == 1
    for share in shares:
        with pytest.raises(ValueError, match="too few"):
            escrow.joined([share, share])


def test_a_share_says_nothing_of_the_secret():
    """Each first share of one secret is as likely as of another: over many splits all bytes occur."""
    first = {escrow.split(b"same secret", 3)[0][1] for _ in range(400)}

    assert len(first) > 150


def test_shares_of_one_keeper_or_none_are_refused():
    for keepers in (0, 1, 256):
        with pytest.raises(ValueError, match="keepers"):
            escrow.split(b"x", keepers)


def test_what_was_changed_or_is_for_others_stays_closed():
    mine, other = escrow.new_key(), escrow.new_key()
    kept = escrow.encrypt(b"recipe", [mine.recipient])

    assert escrow.decrypt(kept, mine.secret) == b"recipe"
    for content, secret in (
        (kept, other.secret),
        (kept[:-1] + b"\0", mine.secret),
        (b"", "no key"),
    ):
        with pytest.raises(escrow.Locked):
            escrow.decrypt(content, secret)


def test_a_key_opens_under_its_passphrase_alone():
    key = escrow.new_key()
    kept = escrow.protect(key.secret, "four words in a row")

    assert key.secret.encode() not in kept
    assert escrow.unprotect(kept, "four words in a row") == key.secret
    with pytest.raises(escrow.WrongPassphrase):
        escrow.unprotect(kept, "four words in a roW")
