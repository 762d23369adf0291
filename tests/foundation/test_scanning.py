"""Files are shown to ClamAV where one is configured; else they are said not to be scanned."""

import socket
import struct
import tempfile
import threading
from io import BytesIO
from pathlib import Path

import pytest

from dure.foundation.scanning import Scan, scan


class Daemon:
    """Speaks INSTREAM as clamd does: reads the chunks, finds what contains EICAR."""

    def __init__(self, path: str) -> None:
        self.server = socket.socket(socket.AF_UNIX)
        self.server.bind(path)
        self.server.listen(1)
        self.read = b""
        threading.Thread(target=self.serve, daemon=True).start()

    def serve(self) -> None:
        connection, _ = self.server.accept()
        with connection, connection.makefile("rb") as stream:
            assert stream.readline().strip().endswith(b"INSTREAM")
            while size := struct.unpack("!L", stream.read(4))[0]:
                self.read += stream.read(size)
            verdict = b"Eicar-Signature FOUND" if b"EICAR" in self.read else b"OK"
            connection.sendall(b"stream: " + verdict + b"\n")


@pytest.fixture
def daemon(settings):
    with tempfile.TemporaryDirectory() as folder:
        path = str(Path(folder) / "clamd")
        running = Daemon(path)
        settings.DURE_CLAMD = path
        yield running
        running.server.close()


@pytest.mark.enable_socket
@pytest.mark.parametrize(
    ("content", "expected"),
    [(b"a paper" * 1000, Scan.CLEAN), (b"X5O!P%@AP EICAR", Scan.INFECTED)],
)
def test_the_scanner_reads_all_and_answers(daemon, content, expected):
    file = BytesIO(content)

    assert scan(file) is expected
    assert daemon.read == content
    assert file.tell() == 0


def test_without_a_scanner_it_is_said(settings):
    settings.DURE_CLAMD = ""

    assert scan(BytesIO(b"a paper")) is Scan.NOT_SCANNED


@pytest.mark.parametrize("address", ["/nowhere/clamd", "nonsense", "127.0.0.1:1"])
def test_a_scanner_that_does_not_answer_has_not_scanned(settings, address):
    settings.DURE_CLAMD = address

    assert scan(BytesIO(b"a paper")) is Scan.NOT_SCANNED
