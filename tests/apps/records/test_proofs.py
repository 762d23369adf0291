"""A proof holds for who has nothing but the file; what was changed or made up does not."""

import io
import json
import random
import shutil
import subprocess
import sys
import zipfile
from datetime import timedelta
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from pymerkle import InmemoryTree
from tlog_scales.signing import Vkey
from tlog_scales.tlog import Checkpoint as ForeignCheckpoint

import dure_verify
from dure.apps.records.adapter import bundle, log_keys
from dure.apps.records.models import Checkpoint, Place
from dure.apps.records.operations import FileHash, rotate_key, seal
from dure.apps.records.queries import entry_at, first_covering
from tests.apps.records.conftest import place, recorded
from tests.conftest import NOON

pytestmark = pytest.mark.django_db
DRAWING = b"%PDF-1.7 a drawing"


@pytest.fixture
def proof(cast):
    """The proof of an entry among some, as a file's bytes."""
    for n in range(1, 6):
        recorded(n, parties=[cast.buyer, cast.supplier], files=[FileHash.of("도면.pdf", DRAWING)])
    seal(at=NOON)
    return bundle(entry_at(3), first_covering(3))


def unpacked(content):
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def packed(files):
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w") as archive:
        for name, content in files.items():
            archive.writestr(name, content)
    return target.getvalue()


def asked(tmp_path, content, *options):
    """What the program says of a proof, without dure: in a folder of its own, and its exit code."""
    program = tmp_path / "elsewhere" / "dure_verify.py"
    program.parent.mkdir(exist_ok=True)
    shutil.copy(dure_verify.__file__, program)
    (program.parent / "proof.zip").write_bytes(content)
    ran = subprocess.run(
        [sys.executable, "-I", str(program), "proof.zip", *options],
        cwd=program.parent, capture_output=True, check=False,
    )  # fmt: skip
    assert ran.stderr == b"" or ran.returncode == 2, ran.stderr.decode()
    return ran.returncode, ran.stdout.decode()


def test_the_file_alone_convinces(proof, cast, tmp_path):
    drawing, other = tmp_path / "mine.pdf", tmp_path / "other.pdf"
    drawing.write_bytes(DRAWING)
    other.write_bytes(b"another drawing")
    key = str(log_keys().verifiers[0])

    code, output = asked(tmp_path, proof, "--key", key, "--file", str(drawing))

    assert code == 0
    assert "증명이 맞아요" in output
    assert "The proof holds" in output
    assert cast.supplier.name in output
    assert "the very file that was recorded" in output
    assert "Not shown: that the content is true, complete or new." in output
    assert asked(tmp_path, proof, "--file", str(other))[0] == 1


def test_the_program_knows_nothing_of_dure():
    source = Path(dure_verify.__file__).read_text()
    assert "django" not in source.lower()
    assert "from dure" not in source
    assert "import dure" not in source


def test_a_key_of_somebody_else_convinces_nobody(proof, tmp_path):
    rotate_key(overlap=timedelta(days=1), at=NOON)
    code, output = asked(tmp_path, proof, "--key", str(log_keys().verifiers[1]))

    assert code == 1
    assert "not signed by a known key" in output


CHANGES = {
    "entry.json": lambda content: content.replace(b'"n":3', b'"n":4'),
    "proof.tlog-proof": lambda content: content.replace(b"index 3", b"index 2"),
    "checkpoint": lambda content: content.replace(b"\n6\n", b"\n7\n"),
    "keys.txt": lambda content: b"",
}


@pytest.mark.parametrize("name", CHANGES)
def test_what_was_changed_does_not_hold(proof, tmp_path, name):
    files = unpacked(proof)
    changed = CHANGES[name](files[name])
    assert changed != files[name]

    code, output = asked(tmp_path, packed(files | {name: changed}))

    assert code in (1, 2)
    assert "The proof does not hold" in output


def test_a_proof_of_another_checkpoint_does_not_hold(proof, tmp_path):
    files = unpacked(proof)
    recorded(9)
    newer = seal(at=NOON).note
    head = files["proof.tlog-proof"].decode().partition("\n\n")[0]
    forged = files | {"proof.tlog-proof": f"{head}\n\n{newer}", "checkpoint": newer}

    assert asked(tmp_path, packed(forged))[0] == 1


def test_hostile_bundles_are_refused_and_never_break_the_program(proof, tmp_path):
    files, chance = unpacked(proof), random.Random(1)
    path = tmp_path / "proof.zip"
    hostile = [
        b"", b"PK\x03\x04", proof[:-30], b"A" * 3_000_000,
        packed({f"{n}": b"" for n in range(50)}),
        packed({"proof.tlog-proof": b"0" * 10_000_000}),
        packed(files | {"entry.json": b"[" * 100_000}),
        packed(files | {"keys.txt": b"\xff\xfe"}),
        packed({"../../etc/passwd": b"x"}),
    ]  # fmt: skip
    for name in files:
        hostile.append(packed({key: value for key, value in files.items() if key != name}))
        for _ in range(40):
            content = bytearray(files[name])
            for _ in range(chance.randint(1, 4)):
                content[chance.randrange(len(content))] = chance.randrange(256)
            hostile.append(packed(files | {name: bytes(content)}))
    for _ in range(300):
        content = bytearray(proof)
        content[chance.randrange(len(content))] = chance.randrange(256)
        hostile.append(bytes(content))
    honest = json.loads(files["entry.json"])

    for content in hostile:
        path.write_bytes(content)
        try:
            proven = dure_verify.check(
                dure_verify.read_bundle(path), [str(log_keys().verifiers[0])]
            )
        except dure_verify.NoProof:
            continue
        assert proven["entry"] == honest  # only what proves nothing was changed: a README, padding
        assert (proven["number"], proven["size"]) == (3, 6)


@settings(max_examples=300, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.dictionaries(
    st.sampled_from(
        ["proof.tlog-proof", "checkpoint", "keys.txt", "entry.json", "timestamp.tsr", "x"]
    ),
    st.binary(max_size=300) | st.text(max_size=300).map(lambda text: text.encode("utf-8", "replace")),
))  # fmt: skip
def test_made_up_files_are_no_proof(files):
    with pytest.raises(dure_verify.NoProof):
        dure_verify.check(files)


@settings(max_examples=500)
@given(st.binary(max_size=200))
def test_made_up_timestamps_are_none(content):
    with pytest.raises(dure_verify.NoProof):
        dure_verify.timestamp_of(content, b"note", b"")


def test_the_terminal_is_not_written_to_by_an_entry():
    output = "\n".join(dure_verify.told({
        "entry": {"kind": "\x1b[2J", "about": "\r\n", "parties": [{"name": "\x9b"}, 3], "files": 5},
        "is_authority_trusted": True,
        "record": "x", "number": 1, "keys": [], "is_trusted": True, "stamp": None,
    }))  # fmt: skip
    assert not {"\x1b", "\r", "\x9b"} & set(output)


def test_a_new_key_signs_beside_the_old_one_and_then_alone():
    recorded(1)
    first = seal(at=NOON)
    old = log_keys().verifiers[0]
    new = rotate_key(overlap=timedelta(days=90), at=NOON)
    place()
    during = seal(at=NOON + timedelta(days=1))
    recorded(2)
    after = seal(at=NOON + timedelta(days=91))
    new = dure_verify.read_key(new)
    old = dure_verify.read_key(str(old))

    signers = [
        dure_verify.signers_of(checkpoint.note, [old, new])[1]
        for checkpoint in (first, during, after)
    ]
    assert signers == [[old], [old, new], [new]]
    announced = json.loads(entry_at(2).leaf)
    assert announced["content"]["key"] == str(log_keys().verifiers[1])


def test_pymerkle_and_tlog_scales_agree():
    for n in range(1, 20):
        recorded(n)
        seal(at=NOON)
    tree = InmemoryTree(algorithm="sha256")
    for placed in Place.objects.order_by("index").select_related("entry"):
        tree.append_entry(placed.entry.leaf.encode())
    for checkpoint in Checkpoint.objects.all():
        assert tree.get_root(checkpoint.size) == bytes(checkpoint.root)
        foreign = ForeignCheckpoint.from_text(checkpoint.note)
        foreign.verify(Vkey.from_string(str(log_keys().verifiers[0])))
        assert (foreign.size, foreign.root_hash) == (checkpoint.size, bytes(checkpoint.root))
