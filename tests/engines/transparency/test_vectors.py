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
    found = []
    for case in of("merkle", "inclusion.jsonl"):
        proof = [un(each) for each in case["proof"] or ()]
        leaf, top = un(case["leafHash"]), un(case["root"])
        is_ok = is_included(leaf, case["leafIdx"], case["treeSize"], proof, top)
        if is_ok == case["wantErr"]:
            found.append((case["file"], len(leaf)))
    assert [file for file, length in found if length == 32] == []
    assert len(found) <= 1  # an empty leaf hash that is its own root


def test_consistency_proofs():
    found = []
    for case in of("merkle", "consistency.jsonl"):
        proof = [un(each) for each in case["proof"] or ()]
        roots = un(case["root1"]), un(case["root2"])
        if is_consistent(case["size1"], case["size2"], *roots, proof) == case["wantErr"]:
            found.append((case["file"], case["size1"], len(roots[0])))
    assert [file for file, size, length in found if size and length == 32] == []
    assert len(found) <= 4  # three of nothing, one of roots that are no hashes


def test_tree_of_eight():
    tree = json.loads((DATA / "merkle" / "tree_8.json").read_text())
    leaves = [leaf_hash(bytes.fromhex(each)) for each in tree["leaves_hex"]]

    assert [each.hex() for each in leaves] == tree["leaf_hashes_hex"]
    roots = [root(n, nodes_of(leaves[:n])).hex() for n in range(9)]
    assert roots == tree["root_hex_by_size"]


def test_log_of_a_billion():
    log = json.loads((DATA / "merkle" / "argon2020.json").read_text())
    one, two = log["inclusion"], log["consistency"]
    top = un(log["root"])
    hash_of_leaf = leaf_hash(un(one["leaf_input"]))
    assert hash_of_leaf == un(one["leaf_hash"])

    proof = [un(each) for each in one["proof"]]
    assert is_included(hash_of_leaf, one["leaf_index"], log["tree_size"], proof, top)
    assert not is_included(hash_of_leaf, one["leaf_index"] + 1, log["tree_size"], proof, top)
    proof = [un(each) for each in two["proof"]]
    assert is_consistent(two["first"], log["tree_size"], un(two["first_root"]), top, proof)


def test_notes():
    wrong = []
    for case in notes("note"):
        note = bytes.fromhex(case["note_hex"]) if "note_hex" in case else case["note"].encode()
        keys = [taken(read_key, each) for each in case["keys"]]
        try:
            found = open_note(note, [key for key in keys if key != "error"])
        except BadNote as error:
            said = error.fault.value
        else:
            said = "ok"
            if (list(found.verified), list(found.unverified)) != (
                case.get("verified", []), case.get("unverified", [])
            ):  # fmt: skip
                said = "other names"
        is_ours = "error" not in keys  # keys of other algorithms are not known here
        if said != (case["expect"] if is_ours else "unverified"):
            wrong.append((case["name"], said, case["expect"]))
    assert wrong == []


def test_keys_of_notes():
    for case in notes("vkey"):
        found = taken(read_key, case["vkey"], errors=BadKey)
        is_ours = case["expect"] == "ok" and case["algorithm"] == ED25519
        assert (found == "error") == (not is_ours), case["name"]
        assert found == "error" or str(found) == case["vkey"]


def test_notes_are_signed_byte_by_byte():
    for case in notes("sign"):
        name, _, secret = case["secret_key"].removeprefix("PRIVATE+KEY+").split("+", 2)
        signer = Signer(name, un(secret)[1:])
        found = taken(sign_note, case["text"], [signer], errors=BadNote)
        assert found == case.get("want", "error")


def test_bodies_of_checkpoints():
    for case in notes("checkpoint_body"):
        found = taken(read_checkpoint, case["body"], errors=BadCheckpoint)
        if case["expect"] == "error":
            assert found == "error", case["name"]
            continue
        want = case["want"]
        assert (found.origin, found.size) == (want["origin"], want["size"])
        assert (found.root, found.extension) == (un(want["hash"]), want["extension"])
        assert found.body == case["body"]


def test_proofs_as_text():
    for case in notes("tlog_proof"):
        found = taken(read_proof, case["text"], errors=BadProof)
        if case["expect"] == "error":
            assert found == "error", case["name"]
            continue
        want = case["want"]
        assert [base64.b64encode(each).decode() for each in found.hashes] == want["hashes"]
        assert (found.index, found.checkpoint) == (want["index"], want["checkpoint"])
        assert found.extra.decode() == want.get("extra", "")
        assert found.text == case["text"]


def test_paths_of_tiles():
    for case in notes("tile_index"):
        assert Tile(0, case["index"]).path == f"tile/0/{case['want']}"
    for case in notes("tile_path"):
        if "entries" in case["path"]:
            continue  # entries are secret here: there are no such tiles
        found = taken(read_tile_path, case["path"], errors=BadTile)
        assert (found == "error") == (case["expect"] == "error"), case["path"]
        assert found == "error" or found.path == case["path"]
    for case in notes("tiles_of_size"):
        want = [tuple(each[key] for key in ("level", "full", "partial")) for each in case["want"]]
        assert list(tiles_of_size(case["size"])) == want


def test_whole_log_of_tessera():
    log = DATA / "tlog_tiles_log"
    key = read_key((log / "vkey").read_text().strip())
    leaves = [leaf_hash(each.encode()) for each in json.loads((log / "leaves.json").read_text())]
    for size in range(16):
        note = open_note((log / f"checkpoint.{size}").read_bytes(), [key])
        checkpoint = read_checkpoint(note.text)
        assert (checkpoint.size, checkpoint.root) == (size, root(size, nodes_of(leaves[:size])))
        for level, full, part in tiles_of_size(size):
            assert (level, full) == (0, 0)
            assert (log / Tile(level, 0, part).path).read_bytes() == b"".join(leaves[:size])


def test_checkpoints_and_inclusions_of_sigstore():
    for case in of("sigstore_bundles", "checkpoint_inclusion.jsonl"):
        proof = [un(each) for each in case["proof"]]
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
