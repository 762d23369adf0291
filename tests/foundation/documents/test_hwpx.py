"""What is read of a HWPX document: what stands on its pages, every word once."""

import io
import unicodedata
import zipfile

import pytest

from dure.foundation.documents import UnreadableDocument, read_document

NAMESPACE = 'xmlns:hp="http://www.hancom.co.kr/hwpml/2011/paragraph"'


def paragraph(*runs):
    return f"<hp:p><hp:run>{''.join(runs)}</hp:run></hp:p>"


def words(text):
    return f"<hp:t>{text}</hp:t>"


def table(*rows):
    lines = "".join(
        "<hp:tr>"
        + "".join(f"<hp:tc><hp:subList>{c}</hp:subList></hp:tc>" for c in row)
        + "</hp:tr>"
        for row in rows
    )
    return f"<hp:tbl>{lines}</hp:tbl>"


def cell(text):
    return paragraph(words(text))


@pytest.fixture
def lines_of(tmp_path):
    def read(*parts):
        target = io.BytesIO()
        with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as archive:
            archive.writestr("Contents/section0.xml", f"<sec {NAMESPACE}>{''.join(parts)}</sec>")
        path = tmp_path / "document.hwpx"
        path.write_bytes(target.getvalue())
        return read_document(path)

    return read


def test_table_inside_a_cell_is_part_of_its_text_once(lines_of):
    innermost = table([cell("넷"), cell("다섯")])
    inner = table([cell("둘"), cell("셋") + paragraph(innermost)], [cell("여섯"), cell("일곱")])

    lines = lines_of(paragraph(table([cell("내용"), cell("하나") + paragraph(inner)])))

    assert lines == [["내용", "하나 둘 셋 넷 다섯 여섯 일곱"]]


def test_cell_that_is_a_mere_frame_is_no_cell(lines_of):
    form = table([cell("과제명"), cell("열 회수")], [cell("기간"), cell("2년")])

    lines = lines_of(paragraph(table([cell("제안요청서") + paragraph(form)])))

    assert lines == [["제안요청서"], ["과제명", "열 회수"], ["기간", "2년"]]


def test_words_around_a_table_stay_in_their_order(lines_of):
    lines = lines_of(paragraph(words("앞"), table([cell("가"), cell("나")]), words("뒤")))

    assert lines == [["앞"], ["가", "나"], ["뒤"]]


@pytest.mark.parametrize(
    "parts",
    [
        [
            paragraph(
                words('골목길 <hp:deleteBegin TcId="1"/>유인<hp:deleteEnd TcId="1"/>무인 장비')
            )
        ],
        [
            paragraph(
                words('골목길 <hp:deleteBegin TcId="1"/>유'),
                words(
                    '인<hp:deleteEnd TcId="1"/><hp:insertBegin TcId="2"/>무인<hp:insertEnd TcId="2"/>'
                ),
                words(" 장비"),
            )
        ],
        [
            paragraph(words('골목길 무인 장비<hp:deleteBegin TcId="7"/> 버린 말')),
            paragraph(table([cell("버린 표")])),
            paragraph(words('버린 끝<hp:deleteEnd TcId="7" paraend="1"/>')),
        ],
        [paragraph(words('골목길 무인 장비<hp:deleteBegin TcId="9"/> 끝없이 버린'))],
    ],
)
def test_what_was_deleted_under_tracking_is_no_text(lines_of, parts):
    assert lines_of(*parts, paragraph(words("다음"))) == [["골목길 무인 장비"], ["다음"]]


@pytest.mark.parametrize(
    "hidden",
    [
        '<hp:fieldBegin type="MEMO"><hp:subList>{}</hp:subList></hp:fieldBegin>',
        "<hp:hiddenComment><hp:subList>{}</hp:subList></hp:hiddenComment>",
        "<hp:header><hp:subList>{}</hp:subList></hp:header>",
        "<hp:footer><hp:subList>{}</hp:subList></hp:footer>",
    ],
)
def test_memos_comments_and_page_headers_are_no_text(lines_of, hidden):
    note = (
        f"<hp:ctrl>{hidden.format(paragraph(table([cell('과제명'), cell('안의 말')])))}</hp:ctrl>"
    )

    lines = lines_of(
        paragraph(words("앞 "), note, words("뒤")),
        paragraph(table([cell("가"), paragraph(words("나"), note)])),
    )

    assert lines == [["앞 뒤"], ["가", "나"]]


@pytest.mark.parametrize(
    ("object_", "text"),
    [
        ("<hp:dutmal><hp:mainText>제설</hp:mainText><hp:subText>除雪</hp:subText></hp:dutmal>", "제설"),
        ("<hp:equation><hp:script>v`geq~12</hp:script></hp:equation>", "vgeq 12"),
        ('<hp:compose composeText="12"/>', "12"),
        ('<hp:textart text="글맵시 제목"/>', "글맵시 제목"),
        ('<hp:ctrl><hp:autoNum num="3" numType="TABLE"/></hp:ctrl>', "3"),
        ('<hp:listBox selectedValue="고른 줄"/>', "고른 줄"),
        ("<hp:edit><hp:text>적은 말</hp:text></hp:edit>", "적은 말"),
        ('<hp:comboBox selectedValue="고른 것"/>', "고른 것"),
        ('<hp:checkBtn value="CHECKED" captionText="예"/>', "☑ 예"),
        ("<hp:switch><hp:case><hp:t>새</hp:t></hp:case><hp:default><hp:t>옛</hp:t></hp:default></hp:switch>", "옛"),
        ("<hp:rect><hp:drawText><hp:subList>" + cell("상자") + "</hp:subList></hp:drawText></hp:rect>", "상자"),
        ('<hp:ctrl><hp:fieldBegin type="CLICK_HERE"/></hp:ctrl><hp:t>누름틀</hp:t>', "누름틀"),
    ],
)  # fmt: skip
def test_what_is_no_run_of_letters_is_read_too(lines_of, object_, text):
    lines = lines_of(paragraph(table([cell("가"), paragraph(words("앞 "), object_, words(" 뒤"))])))

    assert lines == [["가", f"앞 {text} 뒤"]]


def test_footnote_stands_behind_its_paragraph(lines_of):
    note = f"<hp:ctrl><hp:footNote><hp:subList>{cell('주')}</hp:subList></hp:footNote></hp:ctrl>"

    assert lines_of(paragraph(words("장비"), note, words(" 개발"))) == [["장비 개발"], ["주"]]


def test_letters_are_composed_and_what_is_unseen_is_gone(lines_of):
    text = unicodedata.normalize("NFD", "과제명") + "\u200b\ue0ac\u202e 끝"

    assert lines_of(paragraph(words(text))) == [["과제명 끝"]]


def test_tables_inside_tables_beyond_all_sense_are_refused(lines_of):
    nested = cell("x")
    for _ in range(5000):
        nested = f"<hp:p><hp:run><hp:tbl><hp:tr><hp:tc><hp:subList>{nested}</hp:subList></hp:tc></hp:tr></hp:tbl></hp:run></hp:p>"

    with pytest.raises(UnreadableDocument) as refusal:
        lines_of(nested)

    assert refusal.value.problem == "TOO_LARGE"
