"""What parties, the office and the world see of the record."""

import io
import zipfile
from pathlib import Path

import pytest
from django.urls import reverse
from tlog_scales.reader import TilesReader
from tlog_scales.signing import Vkey

import dure_verify
from dure.apps.records.kinds import FaultKind
from dure.apps.records.models import Check, Checkpoint
from dure.apps.records.operations import NewRecord, check, record_all, seal
from tests.apps.records.conftest import TEST, place, recorded
from tests.conftest import NOON

pytestmark = pytest.mark.django_db


def test_a_party_finds_the_entry_and_takes_a_proof_that_holds(as_role, cast, tmp_path):
    entry = cast.sealed_entry()
    number = entry.place.index
    client = as_role("supplier")

    assert reverse("records:entry", args=[number]) in client.get("/records/").content.decode()
    page = client.get(reverse("records:entry", args=[number])).content.decode()
    assert "도면.pdf" in page
    assert cast.buyer.name in page
    answer = client.get(reverse("records:proof", args=[number]))
    (tmp_path / "proof.zip").write_bytes(answer.content)
    key = client.get("/log/keys").content.decode().split()
    proven = dure_verify.check(dure_verify.read_bundle(tmp_path / "proof.zip"), key)
    assert (proven["number"], proven["is_trusted"]) == (number, True)
    assert client.get("/records/?format=xlsx").content.startswith(b"PK")
    assert "No entry" not in client.get("/records/?kind=TEST&since=2020-01-01").content.decode()


@pytest.mark.parametrize("role", ["rival", "officer", "auditor", "administrator"])
def test_nobody_else_reads_it(as_role, cast, role):
    number = cast.sealed_entry().place.index
    client = as_role(role)

    for name in ("entry", "proof"):
        assert client.get(reverse(f"records:{name}", args=[number])).status_code == 404


def test_an_entry_that_is_not_signed_yet_says_when(as_role, cast):
    number = recorded(1, parties=[cast.supplier]).place.index
    client = as_role("supplier")

    page = client.get(reverse("records:entry", args=[number])).content.decode()
    assert "It is signed within a minute." in page
    assert client.get(reverse("records:proof", args=[number])).status_code == 302


def test_anybody_mirrors_the_log_and_reads_nothing_from_it(client, cast):
    """tlog-scales reads checkpoint and tiles from their addresses and finds the root."""
    for begin in (1, 201, 401):
        record_all(
            [
                NewRecord(TEST, f"test:{n}", {}, parties=[cast.buyer])
                for n in range(begin, begin + 200)
            ],
            by=None, at=NOON,
        )  # fmt: skip
        place()
        seal(at=NOON)
    reader = TilesReader(Public(client))

    foreign = reader.get_checkpoint()
    foreign.verify(Vkey.from_string(client.get("/log/keys").content.decode().strip()))
    assert reader.calculate_root_hash() == foreign.root_hash
    last = Checkpoint.objects.order_by("-size").first()
    assert (foreign.size, foreign.root_hash) == (last.size, bytes(last.root))
    for path in ("entries/000", "0/002", "0/002.p/200", "0/003", "9/000", "0/0", "x"):
        assert client.get(f"/log/tile/{path}").status_code == 404
    assert "immutable" in client.get("/log/tile/0/000")["Cache-Control"]


class Public:
    """The log as a foreign program asks for it."""

    def __init__(self, client):
        self.client = client

    def get(self, *path):
        answer = self.client.get("/log/" + "/".join(path))
        return answer.content if answer.status_code == 200 else None


def test_before_the_first_checkpoint_there_is_none(client, db):
    assert client.get("/log/checkpoint").status_code == 404
    assert client.get("/log/tile/0/000").status_code == 404
    assert client.get("/records/proofs/").status_code == 200


@pytest.mark.parametrize(
    ("language", "sentence"),
    [("ko", "증명이 보여 주지 않는 것"), ("en", "A proof does not show")],
)
def test_everybody_reads_what_a_proof_is_worth(client, cast, language, sentence):
    cast.sealed_entry()
    page = client.get("/records/proofs/", headers={"accept-language": language}).content.decode()

    assert sentence in page
    assert client.get("/log/keys").content.decode().strip() in page
    program = client.get("/records/proofs/dure_verify.py").content
    assert program == Path(dure_verify.__file__).read_bytes()


def test_the_office_sees_how_the_record_stands(as_role, cast):
    cast.sealed_entry()
    check(at=NOON)
    assert "The record is whole" in as_role("officer").get("/records/standing/").content.decode()
    assert "The record is not as it was" not in as_role("auditor").get("/").content.decode()

    Check.objects.create(
        size=2, fault_count=1, fault_kind=FaultKind.ENTRY_CHANGED, first_bad=1, where="no. 1",
        checked_at=NOON,
    )  # fmt: skip
    for address in ("/records/standing/", "/"):
        page = as_role("auditor").get(address).content.decode()
        assert "The record is not as it was recorded" in page
    client = as_role("officer")
    for _ in range(2):
        assert client.post("/records/standing/check/").status_code == 302


def test_bundles_are_the_same_each_time(as_role, cast):
    number = cast.sealed_entry().place.index
    client = as_role("supplier")
    first, second = (client.get(reverse("records:proof", args=[number])).content for _ in range(2))

    assert first == second
    with zipfile.ZipFile(io.BytesIO(first)) as archive:
        assert "README.txt" in archive.namelist()
