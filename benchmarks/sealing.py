"""How fast the sealed record is, against peers in the same run: `make bench-sealing`.

Entries are recorded in batches, each batch in a transaction of its own that commits, with a checkpoint
after each. Then the tree is continued with hashes that were made up, so that the record has ten million
entries in its tiles, and proofs of entries anywhere in it are made from the database and checked by the
verifier. Peers: pymerkle over the same leaves in memory, and a plain chain of hashes, which has no
proof shorter than itself.
"""

import argparse
import hashlib
import json
import os
import random
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

ROOT = Path(__file__).parents[1]
PAGE = ROOT / "docs" / "reference" / "sealing-speed.md"
AT = datetime(2026, 11, 30, tzinfo=UTC)
BATCH, PROOFS = 1_000, 200
WIDTH, HASH = 256, 32


def record_all(entries: int) -> float:
    """Record the entries in batches; the seconds that it took."""
    from django.db import transaction

    from dure.apps.records.kinds import record_kind
    from dure.apps.records.operations import NewRecord, record_all, seal

    kind = record_kind("BENCH", "Bench")
    began = time.perf_counter()
    for first in range(0, entries, BATCH):
        with transaction.atomic():
            record_all(
                [
                    NewRecord(kind, f"bench:{n}", {"number": f"B-{n}", "sha256": f"{n:064x}"})
                    for n in range(first, min(first + BATCH, entries))
                ],
                by=None,
                at=AT,
            )
        seal(at=AT)
    return time.perf_counter() - began


def sizes() -> dict[str, float]:
    """Bytes of an entry in the database, in all and of its content alone."""
    from django.db import connection

    with connection.cursor() as cursor:
        cursor.execute(
            """
            SELECT (SELECT count(*) FROM records_place), sum(length(leaf)),
                   pg_total_relation_size('records_entry') + pg_total_relation_size('records_place')
                   + pg_total_relation_size('records_tile')
                   + pg_total_relation_size('records_checkpoint'),
                   pg_total_relation_size('records_place') + pg_total_relation_size('records_tile')
            FROM records_entry
            """
        )
        count, content, everything, tree = cursor.fetchone()
    return {
        "content": float(content / count), "all": float(everything / count), "tree": tree / count
    }  # fmt: skip


def grow(size: int, last: int) -> None:
    """Continue the tiles with made-up hashes to a record of `size` entries, from tile `last` on.

    `size` is a number of full tiles, so that no place after them is needed.
    """
    from django.db import connection

    from dure.apps.records.adapter import hashes_of_tile
    from dure.apps.records.models import Tile
    from dure.engines.transparency import top_of

    chance = random.Random(1)
    begun = hashes_of_tile(0, last)  # the recorded ones after the last full tile
    below: list[bytes] = []
    levels = 0
    while (size >> (8 * levels)) > 0:
        full = size >> (8 * (levels + 1))
        known = {
            tile.index: bytes(tile.top)
            for tile in Tile.objects.filter(level=levels).only("index", "top")
        }
        tops = []
        with (
            connection.cursor() as cursor,
            cursor.copy("COPY records_tile (level, index, hashes, top) FROM STDIN") as copy,
        ):
            for index in range(full):
                if index in known:
                    tops.append(known[index])
                    continue
                if levels:
                    hashes = b"".join(below[index * WIDTH : (index + 1) * WIDTH])
                else:
                    made = begun if index == last else b""
                    hashes = made + chance.randbytes(WIDTH * HASH - len(made))
                top = top_of(hashes)
                tops.append(top)
                copy.write_row((levels, index, hashes, top))
        below = tops
        levels += 1
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE records_tile")


def proving(size: int) -> dict[str, float]:
    """Milliseconds in which a proof is made and checked, the median and the slowest of one in 20."""
    import dure_verify
    from dure.apps.records.adapter import hashes_of_tile, log_keys, node_of_log, proof_of
    from dure.apps.records.models import Checkpoint
    from dure.engines import transparency

    top = transparency.root(size, node_of_log())
    keys = log_keys()
    body = transparency.Checkpoint(keys.origin, size, top).body
    note = transparency.sign_note(body, keys.signers_at(AT))
    checkpoint = Checkpoint(size=size, root=top, note=note, created_at=AT)
    key = dure_verify.read_key(str(keys.verifiers[0]))
    chance, made, checked, signed = random.Random(2), [], [], []
    for _ in range(PROOFS):
        index = chance.randrange(size)
        began = time.perf_counter()
        text = proof_of(index, checkpoint).text
        made.append(1000 * (time.perf_counter() - began))
        place = index % WIDTH * HASH
        leaf = hashes_of_tile(0, index // WIDTH)[place : place + HASH]
        began = time.perf_counter()
        number, hashes, proof = dure_verify.read_proof(text)
        held = dure_verify.is_included(leaf, number, size, hashes, top)
        checked.append(1000 * (time.perf_counter() - began))
        assert held
        began = time.perf_counter()
        assert dure_verify.signers_of(proof, [key])[1]
        signed.append(1000 * (time.perf_counter() - began))
        checked[-1] += signed[-1]
    return {
        "made": statistics.median(made), "made_slow": statistics.quantiles(made, n=20)[-1],
        "checked": statistics.median(checked),
        "checked_slow": statistics.quantiles(checked, n=20)[-1],
    }  # fmt: skip


def milliseconds(doing: Callable[[], object], repeats: int) -> float:
    times = []
    for _ in range(repeats):
        began = time.perf_counter()
        doing()
        times.append(1000 * (time.perf_counter() - began))
    return statistics.median(times)


def peers(entries: int) -> dict[str, float]:
    """pymerkle and a plain chain over as many leaves, in memory."""
    from pymerkle import InmemoryTree, verify_inclusion

    leaves = [json.dumps({"n": n}).encode() for n in range(entries)]
    began = time.perf_counter()
    tree = InmemoryTree(algorithm="sha256")
    for leaf in leaves:
        tree.append_entry(leaf)
    filled = time.perf_counter() - began
    chance = random.Random(3)
    index = chance.randrange(1, entries)
    proof = tree.prove_inclusion(index, entries)
    root = tree.get_root(entries)
    base = tree.get_leaf(index)

    def chain() -> bytes:
        digest = b""
        for leaf in leaves:
            digest = hashlib.sha256(digest + leaf).digest()
        return digest

    began = time.perf_counter()
    chain()
    return {
        "pymerkle_fill": filled,
        "pymerkle_prove": milliseconds(lambda: tree.prove_inclusion(index, entries), 20),
        "pymerkle_check": milliseconds(lambda: verify_inclusion(base, root, proof), 20),
        "chain": time.perf_counter() - began,
        "chain_check": milliseconds(chain, 3),
    }


def measured(entries: int, size: int) -> dict[str, Any]:
    from dure.config.serving import prepare
    from dure.config.startup import with_django

    with_django()
    prepare()
    from dure.apps.records.adapter import faults

    figures: dict[str, Any] = {"entries": entries, "size": size, "load": os.getloadavg()[0]}
    figures["fill"] = record_all(entries)
    figures |= sizes()
    began = time.perf_counter()
    figures["faults"] = len(list(faults()))
    figures["verify"] = time.perf_counter() - began
    figures["peers"] = peers(entries)
    grow(size, (entries + 1) // WIDTH)  # one more: the entry that opens the record
    figures |= proving(size)
    return figures


def lines_of(figures: dict[str, Any]) -> list[str]:
    entries, size, peer = figures["entries"], figures["size"], figures["peers"]
    return [
        "| what | ours, in PostgreSQL | pymerkle, in memory | plain chain, in memory |",
        "|---|---:|---:|---:|",
        (
            f"| {entries:,} entries, {BATCH:,} in a transaction | {figures['fill']:.1f} s"
            f" | {peer['pymerkle_fill']:.1f} s | {peer['chain']:.2f} s |"
        ),
        f"| the whole check of them | {figures['verify']:.1f} s, {figures['faults']} faults | – | – |",
        (
            f"| a proof is made, of {size:,} entries | {figures['made']:.2f} ms"
            f" (one in 20: {figures['made_slow']:.2f} ms)"
            f" | {peer['pymerkle_prove']:.2f} ms of {entries:,} | none |"
        ),
        (
            f"| a proof is checked with its signature | {figures['checked']:.2f} ms"
            f" (one in 20: {figures['checked_slow']:.2f} ms)"
            f" | {peer['pymerkle_check']:.2f} ms, no signature"
            f" | {peer['chain_check']:.0f} ms, all {entries:,} |"
        ),
        "",
        (
            f"An entry of {figures['content']:.0f} bytes takes {figures['all']:.0f} bytes in the database with"
            f" its indexes; its place and its part of the tiles are {figures['tree']:.0f} of them."
            f" When this run began, {figures['load']:.1f} processes wanted the two cores."
        ),
    ]


HEAD = """# How fast the sealed record is

Made by `make bench-sealing`; do not edit. Two cores, shared with PostgreSQL, which keeps what it is
told (fsync on); a checkpoint is signed after every transaction. The ten million entries are hashes
that were made up, in the tiles of the database; proofs are of entries anywhere among them.

"""


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--entries", type=int, default=50_000)
    parser.add_argument("--size", type=int, default=10_000_000)
    parser.add_argument("--write", action="store_true", help="write the page in docs/reference")
    parser.add_argument("--one", type=Path, help=argparse.SUPPRESS)
    asked = parser.parse_args()
    asked.size += -asked.size % WIDTH
    if asked.one:
        asked.one.write_text(json.dumps(measured(asked.entries, asked.size)))
        return
    with tempfile.TemporaryDirectory(prefix="dure-bench-") as home:
        Path(home).chmod(0o755)
        result = Path(home) / "result.json"
        given = [f"--entries={asked.entries}", f"--size={asked.size}"]
        try:
            subprocess.run(
                [sys.executable, "-m", "benchmarks.sealing", "--one", str(result), *given],
                env={**os.environ, "DURE_HOME": home},
                cwd=ROOT,
                check=True,
            )
        finally:
            from dure.config import postgres

            postgres.stop(Path(home) / "postgres")
        figures = json.loads(result.read_text())
    lines = lines_of(figures)
    print("\n".join(lines))
    if figures["faults"]:
        sys.exit("the record is not what was recorded")
    if asked.write:
        PAGE.write_text(HEAD + "\n".join(lines) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
