"""Content that the database cannot read, and of which there is only one writing."""

import base64
import json
import unicodedata
from pathlib import Path

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from dure.foundation import sealing

LEAVES = st.none() | st.booleans() | st.integers(-(2**53) + 1, 2**53 - 1) | st.text(max_size=20)
CONTENT = st.recursive(
    LEAVES,
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(max_size=8), inner, max_size=4),
    max_leaves=20,
)  # fmt: skip


@pytest.fixture(autouse=True)
def keys(settings, tmp_path_factory):
    settings.DURE_KEYS = str(tmp_path_factory.mktemp("keys"))


def reversed_order(value):
    if isinstance(value, dict):
        return {key: reversed_order(value[key]) for key in reversed(list(value))}
    return [reversed_order(part) for part in value] if isinstance(value, list) else value


def written(content):
    try:
        return sealing.canonical(content)
    except (ValueError, UnicodeError):
        assume(False)  # two keys that become the same, or half a letter


@given(CONTENT)
def test_the_order_of_keys_changes_nothing(content):
    assert written(content) == sealing.canonical(reversed_order(content))


@given(CONTENT)
def test_what_is_written_reads_the_same_and_is_written_the_same_again(content):
    once = written(content)

    assert sealing.canonical(json.loads(once)) == once


@given(st.text(alphabet="각한글é가나다", max_size=10))
def test_decomposed_letters_have_the_same_digest(text):
    assert sealing.digest({"a": unicodedata.normalize("NFD", text)}) == sealing.digest(
        {"a": unicodedata.normalize("NFC", text)}
    )


@given(CONTENT, CONTENT)
def test_different_content_has_a_different_digest(content, other):
    assume(written(content) != written(other))
    assert sealing.digest(content) != sealing.digest(other)


@pytest.mark.parametrize(
    "content", [1.5, float("nan"), b"x", {1: "a"}, {"\u00e9": 1, "e\u0301": 2}, object()]
)
def test_what_is_no_plain_json_is_refused(content):
    with pytest.raises(ValueError, match=r"plain JSON|no text|the same"):
        sealing.canonical(content)


@given(content=st.binary(min_size=1, max_size=200), about=st.text(max_size=20))
def test_locked_and_sealed_content_opens_only_for_what_it_is_about(content, about):
    assume(about.isprintable() and about.isascii())
    locked, sealed = sealing.lock(content, about), sealing.seal(content, about)

    assert sealing.unlock(locked, about) == content
    assert sealing.unseal(sealed, about) == content
    for opening, kept in ((sealing.unlock, locked), (sealing.unseal, sealed)):
        with pytest.raises(sealing.Unreadable):
            opening(kept, f"{about}x")


@pytest.mark.parametrize("at", [0, 11, 12, 40, -1])
def test_a_changed_byte_is_noticed(at):
    locked = bytearray(sealing.lock("비밀".encode() * 20, "x"))
    locked[at] ^= 1

    with pytest.raises(sealing.Unreadable):
        sealing.unlock(bytes(locked), "x")


def test_a_file_has_a_key_of_its_own():
    kept, key = sealing.lock_file(b"plan", "file:1")
    other = base64.b64encode(bytes(32)).decode()

    assert sealing.unlock_file(kept, key, "file:1") == b"plan"
    for wrong in (other, "no key", ""):
        with pytest.raises(sealing.Unreadable):
            sealing.unlock_file(kept, wrong, "file:1")


def test_who_has_only_the_public_half_seals_and_opens_nothing(settings, tmp_path):
    sealed = sealing.seal(b"plan", "x")
    keys = tmp_path / "worker"
    keys.mkdir()
    for name in ("submissions.private", "submissions.public"):
        path = Path(settings.DURE_KEYS, name)
        assert path.stat().st_mode & 0o077 == 0
        (keys / name).write_bytes(path.read_bytes())
    Path(settings.DURE_KEYS, "submissions.private").unlink()

    with pytest.raises(sealing.KeyAbsent):
        sealing.unseal(sealed, "x")
    again = sealing.seal(b"more", "x")
    settings.DURE_KEYS = str(keys)
    assert sealing.unseal(sealed, "x") == b"plan"
    assert sealing.unseal(again, "x") == b"more"
