"""Only a fingerprint is kept, sealed with signer and time; the same file gets its certificate."""

import hashlib
import json
import subprocess
import sys

import pytest
from click.testing import CliRunner
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.urls import reverse
from django.utils import timezone
from pypdf import PdfReader

import dure_verify
from dure.apps.origins.models import Origin
from dure.apps.origins.operations import register
from dure.apps.origins.reasons import Reason
from dure.apps.records.models import Entry
from dure.apps.records.operations import seal
from dure.config.cli import main
from dure.foundation.verdict import Refused
from tests.apps.origins.cast import CONTENT
from tests.apps.records.conftest import place

pytestmark = pytest.mark.django_db
SHA256 = hashlib.sha256(CONTENT).hexdigest()


@pytest.fixture(autouse=True)
def apart(settings, tmp_path):
    settings.DURE_KEYS = str(tmp_path / "keys")
    settings.MEDIA_ROOT = tmp_path / "media"


def upload(name="coating.pdf", content=CONTENT):
    return SimpleUploadedFile(name, content)


def test_without_script_the_file_is_hashed_here_and_not_kept(as_role, cast, settings):
    client = as_role("supplier")
    form = {"organisation": cast.supplier.pk, "title": "코팅 공정", "file": upload()}
    assert client.post(reverse("origins:new"), form).status_code == 302

    origin = Origin.objects.get()
    assert (origin.sha256, origin.file_name, origin.created_by) == (
        SHA256, "coating.pdf", cast["supplier"],
    )  # fmt: skip
    assert not settings.MEDIA_ROOT.exists()
    with connection.cursor() as cursor:
        cursor.execute("SELECT string_agg(t::text, '') FROM origins_origin t")
        assert "third draft" not in cursor.fetchone()[0]


def test_a_fingerprint_alone_is_enough_and_each_file_counts_once(as_role, cast):
    client = as_role("supplier")
    form = {"organisation": cast.supplier.pk, "title": "코팅", "sha256": f"{SHA256}  coating.pdf"}
    new = reverse("origins:new")
    assert client.post(new, form | {"sha256": "abc"}).status_code == 422
    assert client.post(new, form | {"sha256": ""}).status_code == 422
    assert client.post(new, form).status_code == 302
    again = client.post(new, form)
    assert again.status_code == 422
    assert "registered this file already" in again.content.decode()
    with pytest.raises(Refused) as refusal:
        register(
            organisation=cast.buyer, title="x", sha256=SHA256, by=cast["supplier"],
            at=timezone.now(),
        )  # fmt: skip
    assert refusal.value.reason == Reason.NOT_OURS


def test_it_is_an_entry_of_the_sealed_record_with_a_proof_that_holds(as_role, cast, tmp_path):
    origin = cast.original()
    place()
    seal(at=timezone.now())
    entry = Entry.objects.get(about=f"origin:{origin.pk}")
    leaf = json.loads(entry.leaf)
    assert origin.title not in entry.leaf
    assert SHA256 in json.dumps(leaf["files"])
    client = as_role("supplier")
    proof = client.get(reverse("records:proof", args=[entry.place.index]))
    (tmp_path / "proof.zip").write_bytes(proof.content)
    ran = subprocess.run(
        [sys.executable, "-I", dure_verify.__file__, str(tmp_path / "proof.zip")],
        capture_output=True, check=False,
    )  # fmt: skip
    assert ran.returncode == 0, ran.stdout.decode()
    assert SHA256 in ran.stdout.decode()


@pytest.mark.parametrize(
    ("language", "shows", "shows_not"),
    [
        ("en", "held exactly this content", "does not show who made it"),
        ("ko", "바로 이 내용을 가지고", "증명하지 않습니다"),
    ],
)
def test_the_same_file_gets_a_certificate_and_another_does_not(
    as_role, cast, tmp_path, language, shows, shows_not
):
    origin = cast.original()
    place()
    seal(at=timezone.now())
    page = reverse("origins:certificate", args=[origin.pk])
    client = as_role("supplier")
    other = client.post(page, {"file": upload(content=CONTENT + b"!"), "language": language})
    assert other.status_code == 422
    assert "not the file that was registered" in other.content.decode()
    assert Entry.objects.filter(about=f"origin:{origin.pk}").count() == 1

    paper = client.post(page, {"file": upload(), "language": language})
    (tmp_path / "paper.pdf").write_bytes(paper.content)
    pages = PdfReader(tmp_path / "paper.pdf").pages
    text = " ".join(" ".join(sheet.extract_text() for sheet in pages).split())
    for words in (origin.number, SHA256, shows, shows_not, cast.supplier.name):
        assert words in text, words
    assert Entry.objects.filter(about=f"origin:{origin.pk}").count() == 2


def test_everybody_checks_a_file_against_a_number_and_learns_nothing_without(client, cast, as_role):
    origin = cast.original()
    page = reverse("origins:check")
    client.defaults["HTTP_ACCEPT_LANGUAGE"] = "en"

    def answer(**given):
        return client.post(page, given).content.decode()

    assert cast.supplier.name in answer(number=origin.number, file=upload())
    assert cast.supplier.name in answer(number=f" {origin.number.lower()}", sha256=SHA256)
    for given in (
        {"number": origin.number, "file": upload(content=b"other")},
        {"number": "ORG-1999-000001", "sha256": SHA256},
        {"number": "", "sha256": SHA256},
    ):
        shown = answer(**given)
        assert "It does not match" in shown
        assert cast.supplier.name not in shown
    as_role("supplier")
    assert "It is the original" in answer(sha256=SHA256)


def test_others_see_nothing_of_it(as_role, cast):
    origin = cast.original()
    for role in ("manager", "officer", "auditor"):
        client = as_role(role)
        assert client.get(origin.get_absolute_url()).status_code == 404
    client = as_role("supplier")
    listed = client.get(reverse("origins:origins"), {"words": SHA256[:8]}).content.decode()
    assert origin.number in listed
    assert client.get(reverse("origins:origins"), {"format": "xlsx"}).status_code == 200


def test_the_command_prints_what_the_page_takes(tmp_path):
    file = tmp_path / "coating.pdf"
    file.write_bytes(CONTENT)

    ran = CliRunner().invoke(main, ["fingerprint", str(file)])

    assert ran.output == f"{SHA256}  coating.pdf\n"
