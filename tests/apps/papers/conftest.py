"""Papers in the box of the supplier."""

from datetime import timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from dure.apps.papers import operations
from tests.conftest import NOON

TODAY = NOON.date()
PDF = b"%PDF-1.7\n" + "심어 둔 문장: 열림테크의 비밀 도면 번호 7731".encode()


def pdf(name="사업자등록증 (열림테크).pdf", content=PDF):
    return SimpleUploadedFile(name, content)


def make_paper(cast, **values):
    """A tax clearance of today, filed by the supplier."""
    given = {
        "organisation": cast.supplier,
        "kind": "TAX_CLEARANCE",
        "file": pdf(),
        "issued_on": TODAY - timedelta(days=1),
        "by": cast["supplier"],
        "at": NOON,
    }
    return operations.file_paper(**given | values)


@pytest.fixture(autouse=True)
def box(settings, tmp_path):
    """Files and keys of a test lie in folders of its own."""
    settings.MEDIA_ROOT = tmp_path / "uploads"
    settings.DURE_KEYS = str(tmp_path / "keys")
    return tmp_path
