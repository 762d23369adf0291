"""Every signal finds what it looks for, and leaves alone what looks like it."""

from datetime import date

import pytest

from dure.engines.auditing import LANGUAGES, sentence_of, signals
from tests.engines.auditing.made import HOLIDAY, paid, pay, project, screened, seen

ROUND = [paid(n, vendor="V", amount=n * 1_000_000, date=date(2026, n, 3)) for n in range(1, 5)]
OTHERS = [paid(n, f"P{n % 40}", amount=400_000 + 13 * n) for n in range(100, 500)]
CONTACT = {"phone": "02-123-4567", "address": "대전시  유성구 1-2", "representative": "김하나"}
KNOWN = [project("A", **CONTACT), project("B"), project("C")]
FIELD = [project("A"), *(project(f"P{n}") for n in range(40))]

CASES = [
    ("same_evidence", [paid(1), paid(2, vendor="V1", amount=123_457, evidence=paid(1)["evidence"])],
     [("A", ["1", "2"])]),
    ("same_evidence", [paid(1), paid(2, vendor="V1", amount=99_000, evidence=paid(1)["evidence"])], []),
    ("same_evidence",
     [paid(1, amount=50_000), paid(2, vendor="V1", amount=50_000, evidence=paid(1)["evidence"]),
      paid(3, vendor="V1", amount=-50_000, evidence=paid(1)["evidence"])], []),
    ("evidence_elsewhere",
     [paid(1), paid(2, "B", vendor="V1", amount=123_457, evidence=paid(1)["evidence"])],
     [("A", ["1", "2"]), ("B", ["1", "2"])]),
    ("near_evidence",
     [paid(1, evidence="E100200"), paid(2, vendor="V1", amount=123_457, evidence="E100201")],
     [("A", ["1", "2"])]),
    ("near_evidence",
     [paid(n, vendor="V", amount=330_000, evidence=f"E10020{n}") for n in range(1, 7)], []),
    ("same_claim", [paid(1), paid(2, vendor="V1", amount=123_457)], [("A", ["1", "2"])]),
    ("shared_account", [paid(1), paid(2, account="K1")], [("A", ["1", "2"])]),
    ("shared_account", [paid(n, account="K1") for n in range(1, 9)], []),
    ("pay_and_vendor_account", [pay(1, "S1", 3), paid(2, account="KS1")], [("A", ["2"])]),
    ("people_one_account", [pay(1, "S1", 3), pay(2, "S2", 3, account="KS1")], [("A", ["1", "2"])]),
    ("double_pay", [pay(n, "S1", 1 + n // 2) for n in range(6)], [("A", list("012345"))]),
    ("double_pay", [pay(1, "S1", 1), pay(2, "S1", 1), pay(3, "S1", 2)], []),
    ("two_employers",
     [pay(n, "S1", 1 + n // 2, "AB"[n % 2]) for n in range(6)],
     [("A", ["0", "2", "4"]), ("B", ["1", "3", "5"])]),
    ("pay_jump",
     [pay(n, "S1", n, amount=6_000_000 if n > 5 else 3_000_000) for n in range(1, 8)],
     [("A", ["6", "7"])]),
    ("split_orders",
     [paid(n, vendor="V", amount=2_900_000 + n, date=date(2026, 4, n)) for n in (1, 2, 3)],
     [("A", ["1", "2", "3"])]),
    ("split_orders",
     [paid(n, vendor="V", amount=2_900_000 + n, date=date(2026, n, 1)) for n in (1, 2, 3)], []),
    ("split_card",
     [paid(n, vendor="V", item="회의비", minute=1100 + n, amount=90_000) for n in (1, 2)],
     [("A", ["1", "2"])]),
    ("split_card",
     [paid(1, vendor="V", item="회의비", minute=720), paid(2, vendor="V", item="회의비", minute=1100)],
     []),
    ("round_vendor", [*ROUND, *OTHERS], [("A", ["1", "2", "3", "4"])]),
    ("numbered_in_a_row",
     [paid(n, vendor="V", amount=900_000 + n, evidence=f"T20260{n}", date=date(2026, n, 1))
      for n in (1, 2, 3)],
     [("A", ["1", "2", "3"])]),
    ("numbered_in_a_row",
     [paid(n, vendor="V", amount=900_000, evidence=f"T20260{n}", date=date(2026, n, 1))
      for n in (1, 2, 3)],
     []),
    ("own_firm", [paid(1, vendor="FA")], [("A", ["1"])]),
    ("each_other",
     [paid(1, vendor="FB", amount=2_000_000), paid(2, "B", vendor="FA", amount=3_000_000)],
     [("A", ["1"]), ("B", ["2"])]),
    ("odd_hours", [paid(1, minute=30, method="card"), paid(2, method="card")], [("A", ["1"])]),
    ("outside_term", [paid(1, date=date(2027, 3, 1))], [("A", ["1"])]),
    ("outside_term", [paid(1, item="운영비", date=date(2027, 1, 20))], []),
    ("last_days",
     [paid(1, in_plan=False, amount=9_000_000, date=date(2026, 12, 20))], [("A", ["1"])]),
    ("last_days", [paid(1, amount=9_000_000, date=date(2026, 12, 20))], []),
    ("barred_shop", [paid(1, vendor_name="강남노래연습장")], [("A", ["1"])]),
    ("equipment_late",
     [paid(1, item="연구장비비", amount=5_000_000, date=date(2026, 12, 1))], [("A", ["1"])]),
    ("large_payment", [paid(1, amount=25_000_000)], [("A", ["1"])]),
    ("invoice_cancelled",
     [paid(1, correction="계약의 해제", corrected_on=date(2026, 6, 1)), paid(2, correction="기재사항 착오정정")],
     [("A", ["1"])]),
    ("invoice_cancelled",
     [paid(1, vendor="V", correction="환입"), paid(2, vendor="V", amount=-paid(1)["amount"])], []),
    ("invoice_cancelled", [paid(1, correction="취소", corrected_on=date(2026, 4, 1))], []),
    ("vendor_closed",
     [paid(1, vendor="V", vendor_closed=date(2026, 4, 14)), paid(2, vendor_closed=date(2026, 4, 15))],
     [("A", ["1"])]),
    ("vendor_new",
     [paid(1, vendor="V", amount=9_000_000, vendor_founded=date(2026, 2, 1)),
      paid(2, amount=9_000_000, vendor_founded=date(2019, 2, 1))],
     [("A", ["1"])]),
    ("vendor_new", [paid(1, amount=900_000, vendor_founded=date(2026, 2, 1)), paid(2)], []),
    ("same_picture",
     [paid(1, evidence_picture=-2), paid(2, evidence_picture=-2 ^ 0b111 << 30), paid(3, evidence_picture=99)],
     [("A", ["1", "2"])]),
    ("same_picture", [paid(1, evidence_picture=8), paid(2, evidence_picture=8 ^ 0b1111 << 30)], []),
    ("same_picture", [paid(n, evidence_picture=77) for n in range(1, 9)], []),
    ("same_text",
     [paid(1, evidence_text=77), paid(2, "B", evidence_text=79), paid(3, vendor="V1", evidence_text=77)],
     [("A", ["1", "2"]), ("A", ["2", "3"]), ("B", ["1", "2", "3"])]),
    ("over_full_time",
     [pay(1, "S1", 3, percent=60.0), pay(2, "S1", 3, "B", percent=60.0), pay(3, "S1", 4, percent=90.0)],
     [("A", ["1"]), ("B", ["2"])]),
    ("absent_pay", [pay(1, "S1", 3, days_present=0), pay(2, "S2", 3, days_present=20)], [("A", ["1"])]),
    ("left_pay",
     [pay(1, "S1", 6, left_on=date(2026, 3, 31)), pay(2, "S1", 4, left_on=date(2026, 3, 31))],
     [("A", ["1"])]),
    ("same_phone",
     [paid(1, amount=500_000, vendor_phone="(02) 123-4567"), paid(2, amount=500_000, vendor_phone="02-999-9999"),
      paid(3, amount=500_000, vendor="FA", vendor_phone="02-123-4567")],
     [("A", ["1"])]),
    ("same_address", [paid(1, amount=500_000, vendor_address="대전시 유성구 1-2")], [("A", ["1"])]),
    ("same_representative", [paid(1, amount=500_000, vendor_representative="김 하나"), paid(2)], [("A", ["1"])]),
    ("in_circle",
     [paid(1, vendor="FB", amount=2_000_000), paid(2, "B", vendor="FC", amount=2_000_000),
      paid(3, "C", vendor="FA", amount=2_000_000)],
     [("A", ["1"]), ("B", ["2"]), ("C", ["3"])]),
    ("no_evidence", [paid(1, evidence=None)], [("A", ["1"])]),
    ("cash", [paid(1, method="현금")], [("A", ["1"])]),
    ("money_back",
     [paid(1, vendor="V", amount=500_000), paid(2, vendor="V", amount=-500_000)],
     [("A", ["1", "2"])]),
    ("reward_early", [pay(1, "S1", 1, item="연구수당")], [("A", ["1"])]),
    ("reward_flat", [pay(n, "S1", n, item="연구수당") for n in (3, 4, 5)], [("A", ["3", "4", "5"])]),
]  # fmt: skip


@pytest.mark.parametrize(("signal", "rows", "expected"), CASES)
def test_a_signal_finds_its_case_and_no_other(signal, rows, expected):
    known = FIELD if OTHERS[0] in rows else KNOWN

    assert sorted(seen(screened(rows, known, codes=[signal]), signal)) == expected


def test_the_holiday_of_one_project_stands_out_of_the_field():
    rows = [paid(n, "A" if n < 4 else "B", date=HOLIDAY, method="card") for n in (1, 2, 3)]

    screening = screened([*rows, paid(9, "B", method="card")], codes=["holidays"])

    assert seen(screening, "holidays") == [("A", ["1", "2", "3"])]


@pytest.mark.parametrize(
    ("relation", "expected"),
    [
        ({"relation": "kin"}, [("A", ["1"])]),
        ({"relation": "share", "percent": 29.0}, []),
        ({"relation": "지분", "percent": 30.0}, [("A", ["1"])]),
    ],
)
def test_a_tie_of_firm_and_vendor_counts_from_thirty_percent(relation, expected):
    relations = [{"firm": "FA", "vendor": "V1", **relation}]

    assert (
        seen(
            screened([paid(1), paid(2)], relations=relations, codes=["related_party"]),
            "related_party",
        )
        == expected
    )


def test_what_is_measured_against_the_field():
    dear = paid(1, amount=60_000_000, vendor="V1")
    captive = [paid(n, vendor="V77", amount=9_000_000 + n) for n in (2, 3)]
    shared = [
        paid(n, f"P{n % 40}", vendor=f"V{n % 9}", amount=400_000 + 13 * n) for n in range(100, 500)
    ]
    plans = [{**line, "plan_materials": 4_300_000} for line in FIELD]

    screening = screened(
        [dear, *captive, *shared], plans, codes=["high_price", "only_customer", "over_plan"]
    )

    assert ("A", ["1"]) in seen(screening, "high_price")
    assert seen(screening, "only_customer") == [("A", ["2", "3"])]
    assert seen(screening, "over_plan") == [("A", ["1", "2", "3"])]


def test_one_vendor_with_most_of_an_item_where_others_have_many():
    spread = [
        paid(n, f"P{n % 40}", vendor=f"V{n % 397}", amount=400_000 + n) for n in range(1000, 1800)
    ]
    most = [paid(n, vendor="V1", amount=2_000_000 + n) for n in range(1, 13)]
    rest = [paid(n, vendor=f"V{n}", amount=300_000 + n) for n in range(13, 21)]

    screening = screened([*spread, *most, *rest], FIELD, codes=["vendor_share"])

    assert seen(screening, "vendor_share") == [("A", [str(n) for n in range(1, 13)])]


def test_meals_that_cost_much_a_head():
    meals = [
        paid(1, item="회의비", amount=200_000, attendees=2),
        paid(2, item="회의비", attendees=10),
    ]
    assert seen(
        screened([*meals, paid(3, "B", item="회의비", attendees=9)], codes=["per_head"]), "per_head"
    ) == [("A", ["1"])]


def test_most_of_the_money_in_the_last_month():
    early = [paid(n, f"P{n % 40}", date=date(2026, 1 + n % 11, 5)) for n in range(1000, 1800)]
    late = [paid(n, date=date(2026, 12, 20)) for n in range(1, 13)]

    assert [
        p for p, _ in seen(screened([*early, *late], FIELD, codes=["late_share"]), "late_share")
    ] == ["A"]


def test_first_digits_that_were_made_up():
    chance = [
        paid(n, f"P{n % 3}", amount=int(10 ** (4 + n * 0.61803 % 3))) for n in range(1000, 3000)
    ]
    made_up = [paid(n, amount=700_000 + n * 17) for n in range(1, 300)]

    screening = screened([*chance, *made_up], FIELD, codes=["digits"])

    assert max(screening.findings, key=lambda finding: finding.score).project == "A"


def test_every_signal_says_itself_in_both_languages():
    names = {name for name, *_ in CASES}
    case_rows = {name: rows for name, rows, expected in reversed(CASES) if expected}
    findings = [
        f for name, rows in case_rows.items() for f in screened(rows, codes=[name]).findings
    ]
    by_code = {signal.code: signal for signal in signals()}

    assert names <= by_code.keys()
    for finding in findings:
        for language in LANGUAGES:
            sentence = sentence_of(finding, by_code[finding.signal], language)
            assert sentence
            assert "{" not in sentence
            assert "None" not in sentence
