"""Public vectors of other projects: the tree, its proofs, notes, checkpoints, tiles, a whole log."""

import base64
import gzip
import json

import pytest
from django.conf import settings

from dure.engines.transparency import (
    BadCheckpoint,
    BadKey,
    BadNote,
    BadProof,
    BadTile,
    Signer,
    Tile,
    VerifierKey,
    is_consistent,
    is_included,
    leaf_hash,
    nodes_of,
    open_note,
    read_checkpoint,
    read_key,
    read_proof,
    read_tile_path,
    root,
    sign_note,
    tiles_of_size,
)

DATA = settings.DURE_DATA
pytestmark = pytest.mark.skipif(
    not DATA or not (DATA / "merkle").exists(), reason="DURE_DATA has no vectors"
)
# Taken there, refused here by decision: trees of nothing, and hashes that are not of 32 bytes.
ED25519 = "01"


def of(folder, name):
    return map(json.loads, (DATA / folder / name).read_text().splitlines())


def un(text):
    return base64.b64decode(text)


def notes(kind):
    return [case for case in of("notes", "cases.jsonl") if case["kind"] == kind]


def taken(read, *values, errors=ValueError):
    """What is read, or «error»."""
    try:
        return read(*values)
    except errors:
        return "error"


def test_inclusion_proofs():
    verdicts = []
    for case in of("merkle", "inclusion.jsonl"):
        proof = [un(digest) for digest in case["proof"] or ()]
        leaf, top = un(case["leafHash"]), un(case["root"])
        is_ok = is_included(leaf, case["leafIdx"], case["treeSize"], proof, top)
        if is_ok == case["wantErr"]:
            verdicts.append((case["file"], len(leaf)))
    assert [file for file, length in verdicts if length == 32] == []
    assert len(verdicts) <= 1  # an empty leaf hash that is its own root


def test_consistency_proofs():
    verdicts = []
    for case in of("merkle", "consistency.jsonl"):
        proof = [un(digest) for digest in case["proof"] or ()]
        roots = un(case["root1"]), un(case["root2"])
        if is_consistent(case["size1"], case["size2"], *roots, proof) == case["wantErr"]:
            verdicts.append((case["file"], case["size1"], len(roots[0])))
    assert [file for file, size, length in verdicts if size and length == 32] == []
    assert len(verdicts) <= 4  # three of nothing, one of roots that are no hashes


def test_tree_of_eight():
    tree = json.loads((DATA / "merkle" / "tree_8.json").read_text())
    leaves = [leaf_hash(bytes.fromhex(leaf)) for leaf in tree["leaves_hex"]]

    assert [leaf.hex() for leaf in leaves] == tree["leaf_hashes_hex"]
    roots = [root(n, nodes_of(leaves[:n])).hex() for n in range(9)]
    assert roots == tree["root_hex_by_size"]


def test_log_of_a_billion():
    log = json.loads((DATA / "merkle" / "argon2020.json").read_text())
    inclusion, consistency = log["inclusion"], log["consistency"]
    top = un(log["root"])
    hash_of_leaf = leaf_hash(un(inclusion["leaf_input"]))
    assert hash_of_leaf == un(inclusion["leaf_hash"])

    proof = [un(digest) for digest in inclusion["proof"]]
    assert is_included(hash_of_leaf, inclusion["leaf_index"], log["tree_size"], proof, top)
    assert not is_included(hash_of_leaf, inclusion["leaf_index"] + 1, log["tree_size"], proof, top)
    proof = [un(digest) for digest in consistency["proof"]]
    assert is_consistent(
        consistency["first"], log["tree_size"], un(consistency["first_root"]), top, proof
    )


def test_notes():
    wrong = []
    for case in notes("note"):
        note = bytes.fromhex(case["note_hex"]) if "note_hex" in case else case["note"].encode()
        keys = [taken(read_key, key_text) for key_text in case["keys"]]
        try:
            opened = open_note(note, [key for key in keys if key != "error"])
        except BadNote as error:
            outcome = error.fault.value
        else:
            outcome = "ok"
            if (list(opened.verified), list(opened.unverified)) != (
                case.get("verified", []), case.get("unverified", [])
            ):  # fmt: skip
                outcome = "other names"
        is_ours = "error" not in keys  # keys of other algorithms are not known here
        if outcome != (case["expect"] if is_ours else "unverified"):
            wrong.append((case["name"], outcome, case["expect"]))
    assert wrong == []


def test_keys_of_notes():
    for case in notes("vkey"):
        key = taken(read_key, case["vkey"], errors=BadKey)
        is_ours = case["expect"] == "ok" and case["algorithm"] == ED25519
        assert (key == "error") == (not is_ours), case["name"]
        assert key == "error" or str(key) == case["vkey"]


def test_notes_are_signed_byte_by_byte():
    for case in notes("sign"):
        name, _, secret = case["secret_key"].removeprefix("PRIVATE+KEY+").split("+", 2)
        signer = Signer(name, un(secret)[1:])
        signature = taken(sign_note, case["text"], [signer], errors=BadNote)
        assert signature == case.get("want", "error")


def test_bodies_of_checkpoints():
    for case in notes("checkpoint_body"):
        checkpoint = taken(read_checkpoint, case["body"], errors=BadCheckpoint)
        if case["expect"] == "error":
            assert checkpoint == "error", case["name"]
            continue
        want = case["want"]
        assert (checkpoint.origin, checkpoint.size) == (want["origin"], want["size"])
        assert (checkpoint.root, checkpoint.extension) == (un(want["hash"]), want["extension"])
        assert checkpoint.body == case["body"]


def test_proofs_as_text():
    for case in notes("tlog_proof"):
        proof_read = taken(read_proof, case["text"], errors=BadProof)
        if case["expect"] == "error":
            assert proof_read == "error", case["name"]
            continue
        want = case["want"]
        assert [base64.b64encode(digest).decode() for digest in proof_read.hashes] == want["hashes"]
        assert (proof_read.index, proof_read.checkpoint) == (want["index"], want["checkpoint"])
        assert proof_read.extra.decode() == want.get("extra", "")
        assert proof_read.text == case["text"]


def test_paths_of_tiles():
    for case in notes("tile_index"):
        assert Tile(0, case["index"]).path == f"tile/0/{case['want']}"
    for case in notes("tile_path"):
        if "entries" in case["path"]:
            continue  # entries are secret here: there are no such tiles
        tile = taken(read_tile_path, case["path"], errors=BadTile)
        assert (tile == "error") == (case["expect"] == "error"), case["path"]
        assert tile == "error" or tile.path == case["path"]
    for case in notes("tiles_of_size"):
        want = [tuple(level[key] for key in ("level", "full", "partial")) for level in case["want"]]
        assert list(tiles_of_size(case["size"])) == want


def test_whole_log_of_tessera():
    log = DATA / "tlog_tiles_log"
    key = read_key((log / "vkey").read_text().strip())
    leaves = [leaf_hash(leaf.encode()) for leaf in json.loads((log / "leaves.json").read_text())]
    for size in range(16):
        note = open_note((log / f"checkpoint.{size}").read_bytes(), [key])
        checkpoint = read_checkpoint(note.text)
        assert (checkpoint.size, checkpoint.root) == (size, root(size, nodes_of(leaves[:size])))
        for level, full, part in tiles_of_size(size):
            assert (level, full) == (0, 0)
            assert (log / Tile(level, 0, part).path).read_bytes() == b"".join(leaves[:size])


def test_checkpoints_and_inclusions_of_sigstore():
    for case in of("sigstore_bundles", "checkpoint_inclusion.jsonl"):
        proof = [un(digest) for digest in case["proof"]]
        leaf, top = leaf_hash(un(case["leaf"])), un(case["root"])
        included = is_included(leaf, int(case["index"]), int(case["size"]), proof, top)
        assert included == case["inclusion_ok"], case["name"]
        checkpoint = taken(read_checkpoint, case["checkpoint"].partition("\n\n")[0] + "\n")
        if case["checkpoint_form_ok"]:
            is_same = checkpoint != "error" and checkpoint.root == top
            assert is_same == case["checkpoint_root_matches"], case["name"]
        if case["log_key_type"] == "PKIX_ED25519" and case["log_origin"]:
            key = VerifierKey(case["log_origin"], un(case["log_key"])[-32:])
            signed = taken(open_note, case["checkpoint"].encode(), [key], errors=BadNote)
            assert (signed != "error") == case["checkpoint_signed_by_log"], case["name"]


def test_edge_cases_of_ed25519_are_taken_as_openssl_takes_them():
    rows = gzip.decompress((DATA / "ed25519" / "vectors.jsonl.gz").read_bytes()).splitlines()
    for case in map(json.loads, rows):
        key = VerifierKey("x", bytes.fromhex(case["key"]))
        is_taken = key.holds(case["msg"].encode(), bytes.fromhex(case["sig"]))
        assert is_taken == case["openssl_3_accepts"], case["number"]
