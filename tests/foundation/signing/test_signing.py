"""Signatures hold for the file as it is, or the judgement says why not."""

import json
import shutil
import subprocess
from io import BytesIO

import pytest
from django.conf import settings as project
from pyhanko.pdf_utils.generic import StreamObject
from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter

from dure.foundation.paper import pdf
from dure.foundation.signing import CannotSign, Verdict, judge, sign, signed_part

CASES = project.DURE_DATA / "pdf_signatures" / "index.jsonl" if project.DURE_DATA else None
PAGE = "<html lang='ko'><title>협약서</title><body><p>{}</p></body></html>"
PARTIES = (("1248100998", "한빛중공업"), ("1078812342", "열림테크"), ("agency", "사업단"))


@pytest.fixture(autouse=True)
def keys(settings, tmp_path):
    settings.DURE_KEYS = str(tmp_path / "keys")


@pytest.fixture(scope="module")
def paper():
    return pdf(PAGE.format("금 350,000,000원"))


def signed(content, *parties):
    for code, name in parties or PARTIES:
        content = sign(content, code=code, name=name, field=f"party-{code}", reason="협약 체결")
    return content


def test_everybody_signs_one_file_and_all_signatures_hold(paper):
    judgement = judge(signed(paper))

    assert judgement.is_good
    assert [signature.signer for signature in judgement.signatures] == [name for _, name in PARTIES]
    assert all(signature.is_ours and signature.signed_at for signature in judgement.signatures)


def test_what_was_signed_is_known_again_after_any_number_of_signatures(paper):
    parts = {signed_part(signed(paper, *PARTIES[:n])) for n in (1, 2, 3)} | {signed_part(paper)}

    assert len(parts) == 1
    assert signed_part(pdf(PAGE.format("금 1원"))) not in parts


@pytest.mark.parametrize(
    ("change", "verdict"),
    [
        (lambda content: content, Verdict.GOOD),
        (lambda content: content + b"\n% more\n", Verdict.CHANGED),
        (lambda content: content.replace(b"/Title", b"/Titel", 1), Verdict.BROKEN),
        (lambda content: content[: len(content) // 2], Verdict.UNREADABLE),
        (lambda content: b"", Verdict.UNREADABLE),
        (lambda content: b"PK\x03\x04 no pdf", Verdict.UNREADABLE),
    ],
)
def test_a_signed_file_that_was_changed(paper, change, verdict):
    assert judge(change(signed(paper, PARTIES[0]))).verdict is verdict


def test_text_put_over_a_page_by_an_update_is_found(paper):
    writer = IncrementalPdfFileWriter(BytesIO(signed(paper)))
    cover = writer.add_object(StreamObject(stream_data=b"0 0 300 800 re f"))
    writer.add_stream_to_page(0, cover)
    changed = BytesIO()
    writer.write(changed)

    assert judge(changed.getvalue()).verdict is Verdict.CHANGED


def test_unsigned_file_and_foreign_certificate(paper, settings, tmp_path):
    assert judge(paper).verdict is Verdict.UNSIGNED
    content = signed(paper, PARTIES[0])
    settings.DURE_KEYS = str(tmp_path / "keys of another platform")

    judgement = judge(content)

    assert judgement.is_good
    assert [signature.is_ours for signature in judgement.signatures] == [False]


@pytest.mark.parametrize("content", [b"", b"%PDF-1.7", b"x" * 1000])
def test_what_is_no_pdf_cannot_be_signed(content):
    with pytest.raises(CannotSign):
        sign(content, code="a", name="A", field="a")


def test_nobody_signs_twice_in_one_field(paper):
    with pytest.raises(CannotSign):
        signed(paper, PARTIES[0], PARTIES[0])


def test_keys_are_encrypted_and_private(paper, settings, tmp_path):
    signed(paper)
    files = sorted((tmp_path / "keys").iterdir())

    assert len(files) == 5  # three parties, the authority, the passphrase
    assert {file.stat().st_mode & 0o777 for file in files} == {0o600}
    assert not any(b"PRIVATE KEY" in file.read_bytes() for file in files)


@pytest.mark.skipif(not shutil.which("pdfsig"), reason="poppler's pdfsig is not installed")
def test_a_foreign_reader_accepts_every_signature(paper, tmp_path):
    file = tmp_path / "signed.pdf"
    file.write_bytes(signed(paper))

    answer = subprocess.run(
        ["pdfsig", "-nocert", file], capture_output=True, text=True, check=False
    )

    assert answer.stdout.count("Signature is Valid") == len(PARTIES)


@pytest.mark.skipif(not CASES or not CASES.exists(), reason="DURE_DATA has no signed files")
def test_files_of_pyhanko_get_their_verdict():
    """`pdfsig` calls all nine that were changed after signing valid."""
    wrong = {}
    for case in map(json.loads, CASES.read_text().splitlines()):
        judgement = judge((CASES.parent / case["file"]).read_bytes())
        if judgement.verdict.value != case["verdict"]:
            wrong[case["file"]] = (judgement.verdict.value, case["verdict"])
    assert wrong == {}
