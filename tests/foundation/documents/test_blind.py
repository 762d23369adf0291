"""Copies of documents without names, and the pages of PDFs that still say them."""

import io
import zipfile

from pypdf import PdfReader, PdfWriter

from dure.foundation import documents
from dure.foundation.paper import pdf

NAMES, MASK = {"열림테크", "A&B 연구소"}, "○○○"


def package(**parts):
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as written:
        for name, text in parts.items():
            written.writestr(name.replace("__", "/").replace("_", "."), text)
    return out.getvalue()


def text_of(content, part):
    with zipfile.ZipFile(io.BytesIO(content)) as package_:
        return package_.read(part).decode(errors="replace")


def test_a_word_document_loses_names_author_and_company():
    content = package(
        word__document_xml="<w:t>열림테크와 A&amp;B 연구소</w:t>",
        docProps__core_xml="<dc:creator>김연구</dc:creator><cp:lastModifiedBy>김연구</cp:lastModifiedBy>",
        docProps__app_xml="<Company>열림테크</Company><Pages>3</Pages>",
    )

    copy = documents.blind_copy("계획서.docx", content, NAMES, MASK)

    assert text_of(copy, "word/document.xml") == "<w:t>○○○와 ○○○</w:t>"
    assert "김연구" not in text_of(copy, "docProps/core.xml")
    assert text_of(copy, "docProps/app.xml") == "<Company></Company><Pages>3</Pages>"


def test_a_hwpx_document_loses_names_in_text_manifest_and_preview():
    content = documents.hwpx("열림테크 계획", [documents.Paragraph("열림테크가 만든다")])

    copy = documents.blind_copy("계획서.hwpx", content, NAMES, MASK)

    with zipfile.ZipFile(io.BytesIO(copy)) as zip_file:
        assert zip_file.testzip() is None
        assert not any("열림테크".encode() in zip_file.read(name) for name in zip_file.namelist())


def test_plain_text_keeps_its_encoding():
    content = "열림테크 매출".encode("cp949")

    assert documents.blind_copy("a.csv", content, NAMES, MASK).decode("cp949") == "○○○ 매출"


def test_of_a_pdf_the_properties_go_and_the_pages_that_name_are_told():
    writer, out = PdfWriter(), io.BytesIO()
    pages = pdf("<p>목차</p><p style='page-break-before: always'>열림 테크가 만든다</p>")
    writer.append(io.BytesIO(pages))
    writer.add_metadata({"/Author": "열림테크"})
    writer.write(out)

    copy = documents.blind_copy("a.pdf", out.getvalue(), NAMES, MASK)

    assert "열림테크" not in str(PdfReader(io.BytesIO(copy)).metadata)
    assert documents.pages_naming("a.pdf", out.getvalue(), NAMES) == [2]


def test_what_cannot_be_read_is_said():
    assert documents.blind_copy("a.pdf", b"%PDF-1.7 torn", NAMES, MASK) is None
    assert documents.blind_copy("a.docx", b"PK torn", NAMES, MASK) is None
    assert documents.pages_naming("a.pdf", b"%PDF-1.7 torn", NAMES) is None
    assert documents.pages_naming("a.hwp", b"anything", NAMES) is None
    assert documents.pages_naming("a.docx", b"anything", NAMES) == []
