"""Files that people send: names in any script stay, what could do harm does not."""

import io
import zipfile

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dure.foundation.files import LONGEST_NAME, clean_name, is_what_it_says


def package(*names: str) -> bytes:
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w") as archive:
        for name in names:
            archive.writestr(name, "x")
    return file.getvalue()


@pytest.mark.parametrize(
    ("name", "kept"),
    [
        ("기술 소개서.pdf", "기술 소개서.pdf"),
        ("技術紹介.pdf", "技術紹介.pdf"),
        ("C:\\Users\\me\\secret.pdf", "secret.pdf"),
        ("../../etc/passwd", "passwd"),
        ("invoice\u202efdp.exe", "invoicefdp.exe"),
        ("a\r\nSet-Cookie: x.pdf", "a Set-Cookie_ x.pdf"),
        ("\u1112\u1161\u11ab.hwp", "한.hwp"),
        ("", "file"),
        ("...", "file"),
        ("가" * 400 + ".pdf", "가" * (LONGEST_NAME - 4) + ".pdf"),
    ],
)
def test_a_name_keeps_its_letters_and_loses_its_tricks(name, kept):
    assert clean_name(name) == kept


@given(st.text())
def test_a_clean_name_is_clean(name):
    kept = clean_name(name)

    assert 0 < len(kept) <= LONGEST_NAME
    assert not set(kept) & set("/\\\r\n\0")
    assert clean_name(kept) == kept


@pytest.mark.parametrize(
    ("name", "content", "is_taken"),
    [
        ("a.pdf", b"%PDF-1.7 ...", True),
        ("a.PDF", b"%PDF-1.7 ...", True),
        ("a.pdf", b"MZ\x90\x00", False),
        ("a.png", b"\x89PNG\r\n\x1a\n", True),
        ("a.png", b"<svg onload=alert(1)>", False),
        ("a.svg", b"<svg onload=alert(1)>", False),
        ("a.html", b"<p>", False),
        ("a.exe", b"MZ\x90\x00", False),
        ("a.txt", "안녕하세요".encode("cp949"), True),
        ("a.csv", "이름,값".encode(), True),
        ("a.txt", b"<script>", False),
        ("a.txt", b"\x7fELF\x00", False),
        ("a.hwp", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1rest", True),
        ("a.docx", package("word/document.xml", "[Content_Types].xml"), True),
        ("a.docx", package("word/document.xml", "word/vbaProject.bin"), False),
        ("a.xlsx", package("word/document.xml"), False),
        ("a.docx", b"PK\x03\x04 broken", False),
        ("noending", b"%PDF-1.7", False),
        ("a.pdf", b"", False),
    ],
)
def test_a_file_is_taken_when_it_is_what_it_says(name, content, is_taken):
    assert is_what_it_says(name, io.BytesIO(content)) is is_taken


@given(name=st.sampled_from(["a.docx", "a.hwpx", "a.txt", "a.pdf"]), content=st.binary())
def test_no_content_breaks_the_check(name, content):
    assert is_what_it_says(name, io.BytesIO(content)) in (True, False)
