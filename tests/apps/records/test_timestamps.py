"""A local authority made with OpenSSL stamps checkpoints; OpenSSL and the verifier judge them."""

import io
import shutil
import subprocess
import zipfile
from http.server import BaseHTTPRequestHandler, HTTPServer
from threading import Thread

import pytest
from django.db import connection

import dure_verify
from dure.apps.records.adapter import bundle, faults
from dure.apps.records.kinds import FaultKind
from dure.apps.records.models import Timestamp
from dure.apps.records.operations import seal, stamp
from dure.apps.records.queries import entry_at, first_covering
from tests.apps.records.conftest import recorded
from tests.conftest import NOON

pytestmark = [
    pytest.mark.django_db,
    pytest.mark.skipif(not shutil.which("openssl"), reason="OpenSSL is not installed"),
]
# The chain is not put into the tokens: OpenSSL would write it in an order that is not DER.
CONFIG = """
[tsa]
default_tsa = local
[local]
serial = {folder}/serial
signer_cert = {folder}/tsa.pem
signer_key = {folder}/tsa.key
signer_digest = sha256
default_policy = 1.2.3.4.1
digests = sha256
accuracy = secs:1
ess_cert_id_alg = sha256
[stamping]
extendedKeyUsage = critical,timeStamping
keyUsage = critical,digitalSignature
basicConstraints = critical,CA:false
"""


def openssl(folder, *arguments, content=None):
    ran = subprocess.run(
        ["openssl", *map(str, arguments)],
        cwd=folder,
        input=content,
        capture_output=True,
        check=False,
    )
    assert ran.returncode == 0, ran.stderr.decode()
    return ran.stdout


@pytest.fixture(scope="module")
def authority(tmp_path_factory):
    """A folder with a root and a certificate for timestamps under it."""
    folder = tmp_path_factory.mktemp("authority")
    config = folder / "tsa.cnf"
    config.write_text(CONFIG.format(folder=folder))
    (folder / "serial").write_text("01")
    root = ("-subj", "/CN=Test root", "-keyout", "root.key", "-out", "root.pem", "-days", "3650")
    openssl(folder, "req", "-x509", "-newkey", "rsa:2048", "-nodes", *root)
    other = ("-subj", "/CN=Test root", "-keyout", "other.key", "-out", "other.pem")
    openssl(folder, "req", "-x509", "-newkey", "rsa:2048", "-nodes", *other)
    asked = ("-subj", "/CN=Test authority", "-keyout", "tsa.key", "-out", "tsa.csr")
    openssl(folder, "req", "-newkey", "rsa:2048", "-nodes", *asked)
    signed = ("-CA", "root.pem", "-CAkey", "root.key", "-out", "tsa.pem", "-days", "3650")
    extension = ("-extfile", config, "-extensions", "stamping")
    openssl(folder, "x509", "-req", "-in", "tsa.csr", "-CAcreateserial", *signed, *extension)
    chain = (folder / "tsa.pem").read_text() + (folder / "root.pem").read_text()
    (folder / "chain.pem").write_text(chain)
    return folder


@pytest.fixture
def address(authority, settings):
    """The authority on the net, and set as the one to ask."""

    class Answer(BaseHTTPRequestHandler):
        def do_POST(self):
            (authority / "q").write_bytes(self.rfile.read(int(self.headers["Content-Length"])))
            made = ("-config", "tsa.cnf", "-queryfile", "q", "-out", "a")
            openssl(authority, "ts", "-reply", *made)
            self.send_response(200)
            self.end_headers()
            self.wfile.write((authority / "a").read_bytes())

        def log_message(self, *arguments):
            pass

    server = HTTPServer(("127.0.0.1", 0), Answer)
    Thread(target=server.serve_forever, daemon=True).start()
    settings.DURE_TSA = f"http://127.0.0.1:{server.server_port}/"
    settings.DURE_TSA_CHAIN = str(authority / "chain.pem")
    yield settings.DURE_TSA
    server.shutdown()
    server.server_close()


def test_every_checkpoint_is_stamped_once_and_openssl_takes_it(address, authority, tmp_path):
    for n in (1, 2):
        recorded(n)
        seal(at=NOON)
    assert (stamp(at=NOON), stamp(at=NOON)) == (2, 0)
    assert list(faults()) == []

    with zipfile.ZipFile(io.BytesIO(bundle(entry_at(1), first_covering(1)))) as archive:
        archive.extractall(tmp_path)
    ask = ("-data", "checkpoint", "-in", "timestamp.tsr", "-CAfile", "timestamp-chain.pem")
    assert b"OK" in openssl(tmp_path, "ts", "-verify", *ask, "-untrusted", "timestamp-chain.pem")


def test_the_verifier_says_when_and_by_whom(address, authority, tmp_path):
    recorded(1)
    seal(at=NOON)
    stamp(at=NOON)
    path = tmp_path / "proof.zip"
    path.write_bytes(bundle(entry_at(1), first_covering(1)))
    files = dure_verify.read_bundle(path)

    moment, name = dure_verify.check(files)["stamp"]
    assert (moment, name) == (
        Timestamp.objects.get().said_at.replace(microsecond=0), "Test authority"
    )  # fmt: skip
    other = (authority / "other.pem").read_bytes()
    with pytest.raises(dure_verify.NoProof):
        dure_verify.check(files, chain=other)
    assert dure_verify.main([str(path), "--authority", str(authority / "chain.pem")]) == 0
    for place in range(0, len(files["timestamp.tsr"]), 7):
        changed = bytearray(files["timestamp.tsr"])
        changed[place] ^= 0x55
        try:
            timestamp = dure_verify.timestamp_of(
                bytes(changed), files["checkpoint"], files["timestamp-chain.pem"]
            )
        except dure_verify.NoProof:
            continue
        assert timestamp == (moment, name)  # a byte that nobody signed


def test_an_authority_that_does_not_answer_is_asked_again(address, settings):
    recorded(1)
    seal(at=NOON)
    settings.DURE_TSA = "http://127.0.0.1:9/"
    assert stamp(at=NOON) == 0
    settings.DURE_TSA = address
    assert stamp(at=NOON) == 1


def test_without_an_authority_nothing_is_asked():
    recorded(1)
    seal(at=NOON)
    assert stamp(at=NOON) == 0


def test_a_token_of_another_checkpoint_is_found(address):
    for n in (1, 2):
        recorded(n)
        seal(at=NOON)
    stamp(at=NOON)
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL session_replication_role = replica")
        cursor.execute(
            "UPDATE records_timestamp SET response = (SELECT response FROM records_timestamp"
            " WHERE checkpoint_id = 3) WHERE checkpoint_id = 2"
        )
        cursor.execute("SET LOCAL session_replication_role = origin")

    assert [fault.kind for fault in faults()] == [FaultKind.TIMESTAMP_WRONG]
