"""A judge that knows nothing of us: @sigstore/verify on checkpoints of the record and entries in them."""

import json
import shutil
import subprocess
from pathlib import Path

import pytest

from dure.apps.records.adapter import log_keys
from dure.apps.records.adapter.tree import proof_of
from dure.apps.records.models import Checkpoint, Place
from dure.apps.records.operations import seal
from tests.apps.records.conftest import recorded
from tests.conftest import NOON

JUDGES = Path(__file__).parents[2] / "judges"
pytestmark = [
    pytest.mark.django_db,
    pytest.mark.skipif(not shutil.which("node"), reason="node is not installed"),
]


@pytest.fixture
def record_of_19():
    """Nineteen entries and a checkpoint after each."""
    for n in range(19):
        recorded(n)
        seal(at=NOON)


def judged(cases):
    """What the judge says of each case."""
    if not (JUDGES / "node_modules").exists():
        pytest.fail(
            "the judges are not installed: `make test` does it, or `npm ci` in tests/judges"
        )
    ran = subprocess.run(
        ["node", str(JUDGES / "sigstore.js")],
        input=json.dumps(cases), text=True, capture_output=True, check=True,
    )  # fmt: skip
    return json.loads(ran.stdout)


def case(place, checkpoint, **changes):
    """An entry under a checkpoint, as the judge reads it."""
    key = log_keys().verifiers[0]
    proof = proof_of(place.index, checkpoint)
    return {
        "leaf": place.entry.leaf,
        "index": str(proof.index),
        "hashes": [hashed.hex() for hashed in proof.hashes],
        "checkpoint": checkpoint.note,
        "key": key.public.hex(),
        "keyId": key.id.hex(),
        "name": key.name,
    } | changes


def test_every_entry_is_in_every_checkpoint_after_it(record_of_19):
    places = list(Place.objects.order_by("index").select_related("entry"))
    cases = [
        case(place, checkpoint)
        for checkpoint in Checkpoint.objects.all()
        for place in places[: checkpoint.size]
    ]

    assert len(cases) > 190
    assert set(judged(cases)) == {"holds"}


def test_what_was_changed_is_refused(record_of_19):
    last = Checkpoint.objects.order_by("size").last()
    place = Place.objects.select_related("entry").get(index=3)
    honest = case(place, last)
    size, more = f"\n{last.size}\n", f"\n{last.size + 1}\n"
    stranger = bytes(reversed(bytes.fromhex(honest["key"])))
    changed = [
        honest | {"leaf": honest["leaf"] + " "},
        honest | {"index": "4"},
        honest | {"hashes": honest["hashes"][:-1]},
        honest | {"hashes": honest["hashes"][::-1]},
        honest | {"checkpoint": last.note.replace(size, more)},
        honest | {"checkpoint": last.note.partition("\n\n")[0] + "\n"},
        honest | {"key": stranger.hex()},
        honest | {"keyId": "00000000"},
    ]

    answers = judged([honest, *changed])

    assert answers[0] == "holds"
    assert "holds" not in answers[1:]
