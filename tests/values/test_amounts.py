"""Amounts as people write them; what can be read in two ways is not read."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dure.values.amounts import amounts_in, names_unit, unit_of, without_unit, won


@pytest.mark.parametrize(
    ("text", "amount"),
    [
        ("2천5백만원", 25_000_000),
        ("3천2백억원", 320_000_000_000),
        ("1억2천만", 120_000_000),
        ("5천백만원", 51_000_000),
        ("1억5천", 150_000_000),
        ("3조5천", 3_500_000_000_000),
        ("2만5천", 25_000),
        ("1억 5천만원 이내(1차년도 5천만원)", 150_000_000),
        ("4.2억원 이내(총 32억원 이내)", 3_200_000_000),
        ("150,000,000원 (일억오천만원)", 150_000_000),
        ("1.5억", 150_000_000),
        ("２．５천만원", 25_000_000),
        ("일억오천만원", 150_000_000),
        ("천이백만원", 12_000_000),
        ("십이억 삼천만원", 1_230_000_000),
        ("금 壹億五千萬원整", 150_000_000),
        ("1,567백만원", 1_567_000_000),
        ("150 million won", 150_000_000),
        ("KRW 1.5bn", 1_500_000_000),
        ("총 3억 이하 (VAT 별도)", 300_000_000),
        ("₩3,000", 3000),
        ("300(백만원)", 300_000_000),
        ("300,000 (단위: 천원)", 300_000_000),
        ("150 mil. KRW", 150_000_000),
        ("총사업비 3억원 [국비 2억원]", 300_000_000),
        ("0", 0),
    ],
)
def test_won_reads_what_is_meant(text, amount):
    assert won(text) == amount


@pytest.mark.parametrize(
    "text",
    [
        "1억5천원", "1억 5000", "5천", "2천5백", "1억~2억", "1억 2억", "1.5억 5천만", "연간 3억",
        "1억원/년", "USD 1,000", "10만달러", "€5k", "천원", "백만원", "억", "1억원 이상", "1,5억",
        "1,000,00", "2천15백만", "48.5", "미정", "", "약 3억", "3억 내외", "3억원 (5억원)",
        "300 (천달러)", "300 (천원, 백만원)", "300 (1,000원)",
    ],
)  # fmt: skip
def test_won_is_none_where_it_could_be_wrong(text):
    assert won(text) is None


@pytest.mark.parametrize(
    ("text", "unit", "amount"),
    [
        ("150", 1000, 150_000),
        ("1,500.5", 10**6, 1_500_500_000),
        ("1억5천만원", 1000, 150_000_000),
        ("150천원", 1000, 150_000),
        ("150,000원", 1000, None),
        ("150(천원)", 1000, 150_000),
        ("150(백만원)", 1000, None),
    ],
)
def test_won_counts_plain_numbers_in_the_unit_of_the_header(text, unit, amount):
    assert won(text, unit) == amount


@pytest.mark.parametrize(
    ("header", "unit", "name"),
    [
        ("예산(천원)", 1000, "예산"),
        ("예산 [단위: 백만원]", 10**6, "예산"),
        ("예산, 백만원", 10**6, "예산"),
        ("총연구비 십억원", 10**9, "총연구비"),
        ("예산(억)", 10**8, "예산"),
        ("예산(1,000원)", 1000, "예산"),
        ("Budget in million won", 10**6, "Budget"),
        ("Budget (KRW 1,000)", 1000, "Budget"),
        ("Budget (KRW, million)", 10**6, "Budget"),
        ("예산(1백만원)", 10**6, "예산"),
        ("예산(100만원)", 10**6, "예산"),
        ("예산(10,000원)", 10**4, "예산"),
        ("예산(백만₩)", 10**6, "예산"),
        ("Budget (1,000 KRW)", 1000, "Budget"),
        ("Budget (KRW '000)", 1000, "Budget"),
        ("Budget (₩000)", 1000, "Budget"),
        ("예산(2026년)", 1, "예산(2026년)"),
        ("300만원", 1, "300만원"),
        ("총 5천원", 1, "총 5천원"),
        ("기업지원 여부", 1, "기업지원 여부"),
        ("예산(USD)", None, "예산(USD)"),
        ("(단위: 천원, 백만원)", None, "(단위: 천원"),
    ],
)
def test_unit_of_a_header_or_caption(header, unit, name):
    assert (unit_of(header), without_unit(header)) == (unit, name)
    assert names_unit(header) == (unit != 1)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "’25년 4.2억원 이내(총 32억원 이내)",
            [("4.2억원", 420_000_000), ("32억원", 3_200_000_000)],
        ),
        ("1.5억 이내", [("1.5억", 150_000_000)]),
        ("예산은 과제당 3억원 이내", [("3억원", 300_000_000)]),
        ("센서 10만 대와 3천 명, 10억 달러", []),
    ],
)
def test_amounts_in_a_text(text, expected):
    assert [
        (text[amount.start : amount.end], amount.won) for amount in amounts_in(text)
    ] == expected


@given(st.integers(1, 10**16 - 1))
def test_won_reads_back_what_is_written_with_units(amount):
    parts, rest = [], amount
    for name, size in (("조", 10**12), ("억", 10**8), ("만", 10**4), ("", 1)):
        count, rest = divmod(rest, size)
        if count:
            parts.append(f"{count:,}{name}")

    read = won(" ".join(parts) + "원")

    assert read in (amount, None)
    assert won(f"{amount:,}원") == won(str(amount)) == amount
    if amount % 10**4 == 0:
        assert read == amount


@given(st.text(alphabet="0123456789.,천백십조억만원일이삼 ()~-총", max_size=30))
def test_won_never_raises(text):
    assert won(text) is None or isinstance(won(text), int)
    assert all(0 <= amount.start < amount.end <= len(text) for amount in amounts_in(text))
