"""A proof as one file that is checked without the platform."""

import zipfile
from importlib.util import find_spec
from io import BytesIO
from pathlib import Path

from dure.apps.records.adapter.keeping import log_keys
from dure.apps.records.adapter.tree import proof_of
from dure.apps.records.models import Checkpoint, Entry

_README = Path(__file__).parents[1] / "README_of_proofs.txt"
# One time for all files of all bundles: the same proof is the same file.
_TIME = (2020, 1, 1, 0, 0, 0)


def bundle(entry: Entry, checkpoint: Checkpoint) -> bytes:
    """The proof of an entry under a checkpoint that covers it, as a zip file.

    It holds the entry, the C2SP tlog-proof, the checkpoint, its timestamp where it has one, the public
    keys, the program that checks them, and what it proves in plain words.
    """
    files = {
        "README.txt": _README.read_bytes(),
        "entry.json": entry.leaf.encode(),
        "proof.tlog-proof": proof_of(entry.place.index, checkpoint).text.encode(),
        "checkpoint": checkpoint.note.encode(),
        "keys.txt": "".join(f"{key}\n" for key in log_keys().verifiers).encode(),
        "dure_verify.py": verifier(),
    }
    stamp = getattr(checkpoint, "timestamp", None)
    if stamp is not None:
        files["timestamp.tsr"] = bytes(stamp.response)
        files["timestamp-chain.pem"] = stamp.chain.encode()
    target = BytesIO()
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in files.items():
            archive.writestr(zipfile.ZipInfo(name, _TIME), content, zipfile.ZIP_DEFLATED)
    return target.getvalue()


def verifier() -> bytes:
    """The program that checks a proof, as one file."""
    spec = find_spec("dure_verify")
    if spec is None or spec.origin is None:
        raise RuntimeError("dure_verify.py is not installed beside dure")
    return Path(spec.origin).read_bytes()
