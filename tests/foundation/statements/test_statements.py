"""Statements as cards, banks and Hometax hand them out; broken ones are told by cell."""

import random
from datetime import date, time

import pytest

from dure.foundation.sheets import UnreadableFile
from dure.foundation.statements import read_statement
from tests.foundation.sheets import hostile

CARD = "이용일시,승인번호,이용가맹점,가맹점 사업자번호,이용금액,부가세,업종,취소여부"
DINNER = "2025.03.14 18:42:10,30011223,두레식당,1234567891,99000,9000,한식,N"


@pytest.fixture
def read(tmp_path):
    def reading(content: str | bytes, name: str = "statement.csv"):
        path = tmp_path / name
        path.write_bytes(content if isinstance(content, bytes) else content.encode("cp949"))
        return read_statement(path)

    return reading


def test_a_card_file_of_a_card_company(read):
    statement = read(f"{CARD}\n{DINNER}\n합계,,,,99000\n")

    assert (statement.source, statement.rows, statement.problems) == ("card", 1, ())
    line = statement.lines[0]
    assert (line.on, line.at, line.amount, line.vat) == (
        date(2025, 3, 14),
        time(18, 42),
        99000,
        9000,
    )
    assert (line.payee, line.number, line.shop) == ("두레식당", "30011223", "한식")


@pytest.mark.parametrize(
    ("header", "row", "payee", "what"),
    [
        ("거래일시,적요,보낸분/받는분,송금메모,출금액,입금액,잔액,거래점", "2025-03-14 10:02:11,인터넷출금,한빛정밀,시제품 금형,\"5,500,000\",0,100,본점", "한빛정밀", "시제품 금형"),
        ("거래일자,거래시간,적요,출금(원),입금(원),내용,잔액(원),거래점", "2025-03-14,10:02:11,타행이체,5500000,,한빛정밀,100,본점", "한빛정밀", "타행이체"),
        ("거래일시,출금,입금,거래후 잔액,거래내용,상대계좌번호,상대은행,메모,거래구분,상대계좌예금주명", "2025/03/14 10:02,5500000,0,100,전자금융,123,국민,금형,이체,한빛정밀", "한빛정밀", "금형"),
    ],
)  # fmt: skip
def test_bank_files_of_three_banks(read, header, row, payee, what):
    statement = read(f"{header}\n{row}\n")

    assert (statement.source, statement.problems) == ("bank", ())
    line = statement.lines[0]
    assert (line.on, line.at, line.amount) == (date(2025, 3, 14), time(10, 2), 5_500_000)
    assert (line.payee, line.what) == (payee, what)


def test_money_that_came_in_is_no_payment(read):
    statement = read("거래일시,적요,출금액,입금액\n2025-03-14,이자,0,1200\n")

    assert (statement.lines, statement.paid_in, statement.problems) == ((), 1, ())


def test_a_list_of_tax_invoices_of_hometax(read):
    header = (
        "작성일자,승인번호,발급일자,공급자사업자등록번호,상호,대표자명,공급받는자사업자등록번호,상호,"
        "합계금액,공급가액,세액,전자세금계산서분류,비고,품목명"
    )
    row = "2025-03-14,20250314-1,2025-03-15,123-45-67891,한빛정밀,김가나,222-22-22222,두레,5500000,5000000,500000,세금계산서,,금형"

    statement = read(f"{header}\n{row}\n")

    assert (statement.source, statement.problems) == ("invoice", ())
    line = statement.lines[0]
    assert (line.payee, line.amount, line.vat, line.what) == (
        "한빛정밀",
        5_500_000,
        500_000,
        "금형",
    )


@pytest.mark.parametrize(
    "cancel",
    [
        "2025.03.15 09:00:00,30011223,두레식당,1234567891,-99000,-9000,한식,N",
        "2025.03.15 09:00:00,30011224,두레식당,1234567891,99000,9000,한식,취소",
    ],
)
def test_a_cancelled_payment_is_left_out_with_its_cancellation(read, cancel):
    other = DINNER.replace("30011223", "30011225").replace("두레식당", "가나식당")

    statement = read(f"{CARD}\n{DINNER}\n{other}\n{cancel}\n")

    assert [line.payee for line in statement.lines] == ["가나식당"]
    assert statement.cancelled == 2


@pytest.mark.parametrize(
    ("cell", "written", "kind", "place"),
    [
        ("2025.03.14 18:42:10", "2025.13.14", "NO_DAY_OF_PAYMENT", "A2"),
        ("2025.03.14 18:42:10", "어제", "NO_DAY_OF_PAYMENT", "A2"),
        ("2025.03.14 18:42:10", "2025.03.14 25:00", "NOT_A_TIME", "A2"),
        ("2025.03.14 18:42:10", "", "REQUIRED", "A2"),
        ("99000", "구만구천", "NOT_WHOLE_WON", "E2"),
        ("99000", "9.5", "NOT_WHOLE_WON", "E2"),
        ("99000", "NaN", "NOT_WHOLE_WON", "E2"),
        ("99000", "1" * 18, "NOT_WHOLE_WON", "E2"),
        ("99000", "", "REQUIRED", "E2"),
        ("9000,한식", "990000,한식", "VAT_ABOVE_AMOUNT", "F2"),
        ("두레식당", "", "REQUIRED", "C2"),
        ("두레식당", "가" * 201, "TOO_LONG", "C2"),
    ],
)
def test_what_is_wrong_is_named_by_cell(read, cell, written, kind, place):
    statement = read(f"{CARD}\n{DINNER.replace(cell, written, 1)}\n")

    assert [(problem.kind, problem.place) for problem in statement.problems] == [(kind, place)]
    assert statement.lines == ()


@pytest.mark.parametrize("header", ["이름,나이", "가맹점명,메모", "출금액,잔액", "작성일자,메모"])
def test_what_is_no_statement_is_refused(read, header):
    with pytest.raises(UnreadableFile) as refusal:
        read(f"{header}\n1,2\n")

    assert refusal.value.problem.kind == "NO_HEADER"


@pytest.mark.slow
def test_a_hundred_broken_files_give_an_answer_each(read):
    chance = random.Random(17)
    whole = f"{CARD}\n{DINNER}\n{DINNER}\n".encode("cp949")
    for number in range(70):
        content = bytearray(whole)
        for _ in range(chance.randint(1, 12)):
            content[chance.randrange(len(content))] = chance.randrange(256)
        _answers(read, bytes(content[: chance.randint(1, len(content))]), f"{number}.csv")
    for number, (name, content, _kind) in enumerate(hostile.cases()):
        if number >= 30:
            break
        _answers(read, content, f"h{number}-{'.csv' if 'csv' in name else '.xlsx'}")


def _answers(read, content: bytes, name: str) -> None:
    """A file is read, or refused with a sentence; nothing else may come of it."""
    try:
        problems = read(content, name).problems
    except UnreadableFile as refusal:
        problems = (refusal.problem,)
    assert all(problem.fix for problem in problems)


RCMS = "연번,증빙구분,사용일자/매입일자,비목,세목,세세목,거래처명,사업자등록번호,공급금액,부가가치세액,이체금액/매입합계,승인번호,적요,처리상태"
MOULD = '1,전자세금계산서,2025-03-14,연구재료비,연구재료 구입비,금형,한빛정밀,123-45-67891,"5,000,000","500,000","5,500,000",T-1,시제품 금형,사용실행완료'


def test_a_list_of_rcms_says_the_budget_line_and_what_shows_it(read):
    statement = read(f"{RCMS}\n{MOULD}\n합계,,,,,,,,,,,,,\n")

    assert (statement.source, statement.rows, statement.problems) == ("rcms", 1, ())
    [line] = statement.lines
    assert (line.payee, line.amount, line.vat) == ("한빛정밀", 5_500_000, 500_000)
    assert line.listed_as == ("금형", "연구재료 구입비", "연구재료비")
    assert (line.means, line.evidence) == ("transfer", "e_tax_invoice")


@pytest.mark.parametrize(
    ("state", "counts"),
    [
        ("사용실행완료", (1, 0, 0)), ("", (1, 0, 0)), ("사용등록완료", (1, 0, 0)), ("승인", (1, 0, 0)),
        ("취소", (0, 1, 0)), ("승인반려", (0, 1, 0)),
        ("사용등록", (0, 0, 1)), ("승인대기", (0, 0, 1)), ("이체요청", (0, 0, 1)),
    ],
)  # fmt: skip
def test_what_rcms_called_off_or_has_not_paid_is_left_out_and_counted(read, state, counts):
    statement = read(f"{RCMS}\n{MOULD.replace('사용실행완료', state)}\n")

    assert (len(statement.lines), statement.cancelled, statement.waiting) == counts


@pytest.mark.parametrize(
    ("old", "new", "kind", "place"),
    [
        ("2025-03-14", "2025-02-30", "NO_DAY_OF_PAYMENT", "C2"),
        ("연구재료비", "", "REQUIRED", "D2"),
        ('"5,500,000"', "오백만", "NOT_WHOLE_WON", "K2"),
        ('"500,000"', '"9,500,000"', "VAT_ABOVE_AMOUNT", "J2"),
    ],
)
def test_what_is_wrong_in_a_list_of_rcms_is_named_by_cell(read, old, new, kind, place):
    statement = read(f"{RCMS}\n{MOULD.replace(old, new, 1)}\n")

    assert [(problem.kind, problem.place) for problem in statement.problems] == [(kind, place)]


def test_a_list_without_a_total_adds_the_vat_and_knows_what_is_in_kind(read):
    header = "사용일자,비목,세목,거래처,공급가액,부가세,현금현물구분"
    statement = read(
        f"{header}\n2025-03-14,인건비,내부인건비,,3000000,,현물\n2025-03-15,간접비,,한전,100000,10000,현금\n"
    )

    assert [(line.amount, line.means, line.payee) for line in statement.lines] == [
        (3_000_000, "in_kind", "인건비"),
        (110_000, "transfer", "한전"),
    ]
