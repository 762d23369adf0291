"""Amounts of money in won, as people write them in Korea.

Within 조, 억 and 만 the units 천, 백 and 십 count together: 2천5백만 is 2,500 times 만. What can be
read in two ways is not read at all, because a wrong amount is worse than a question.
"""

import re
import unicodedata
from dataclasses import dataclass
from decimal import Decimal

MYRIADS = {"조": 10**12, "억": 10**8, "만": 10**4}
TENS = {"천": 1000, "백": 100, "십": 10}
# Numerals of Korean and of contracts, and Chinese spellings, as one character each.
_NUMERALS = "일이삼사오육칠팔구"
_CHINESE = str.maketrans(
    "一二三四五六七八九壹貳參貮弌륙兆億萬万千百十拾圓",
    "일이삼사오육칠팔구일이삼이일육조억만만천백십십원",
)
ENGLISH = {
    "thousand": 10**3, "thousands": 10**3, "k": 10**3,
    "million": 10**6, "millions": 10**6, "mn": 10**6, "mil.": 10**6, "mil": 10**6, "mln": 10**6,
    "mm": 10**6, "m": 10**6,
    "billion": 10**9, "billions": 10**9, "bn": 10**9, "b": 10**9,
    "trillion": 10**12, "trillions": 10**12, "tn": 10**12,
}  # fmt: skip
LARGEST = 10**18

_DIGITS = r"\d{1,3}(?:,\d{3})+(?:\.\d+)?|\d+(?:\.\d+)?"
_COUNT = rf"({_DIGITS}|[{_NUMERALS}])?"
_SECTION = re.compile(rf"(?:{_COUNT}(천))?(?:{_COUNT}(백))?(?:{_COUNT}(십))?{_COUNT}")
_KOREAN = rf"(?:(?<![\d.,])(?:{_DIGITS})|[{_NUMERALS}](?=[천백십조억만원])|[천백십조억만])"
_WON = r"(?:원\s?정?|[₩]|krw|won\b)"
_ENGLISH_UNIT = (
    rf"(?:{'|'.join(re.escape(name) for name in sorted(ENGLISH, key=len, reverse=True))})"
)
_FOREIGN = re.compile(
    r"usd|us\$|[$€£¥]|eur|jpy|cny|rmb|달러|유로|엔화|만엔|억엔|\d엔|위안|dollar|euro|\byen|yuan",
    re.IGNORECASE,
)
# An amount in a text: with 원 or KRW, or with a unit of Korean or English counting.
_AMOUNT = re.compile(
    rf"(?P<krw>krw|₩|\\)?\s?(?P<number>(?:{_DIGITS}|[{_NUMERALS}](?=[천백십조억만])|[천백십](?=[{_NUMERALS}천백십]))"
    rf"(?:\s?{_KOREAN})*)"
    rf"(?:\s?(?P<english>{_ENGLISH_UNIT})(?![a-z]))?\s?(?P<won>{_WON})?",
    re.IGNORECASE,
)
# 「10만 대」 counts something else: without 원, the amount must end its phrase.
_MYRIAD_OF = re.compile("[조억만]")
_ENDED = re.compile(
    r"\s*(?:$|[^\w\s]|이내|이하|이상|미만|내외|규모|정도|한도|까지|상당|씩)|(?:이|을|를|은|는|의|과|와|으로|로)(?![가-힣])"
)
_AROUND = re.compile(
    r"^(?:일?금|총액?|총?(?:사업비|연구비|연구개발비|예산)|최대|과제당|합계|계|up\s?to|max\.?|total"
    r"|(?:vat|부가세)\s?(?:포함|별도|제외))[\s:]*"
    r"|[\s]*(?:이내|내|이하|한도|까지|정|整|,?\s?(?:vat|부가세)\s?(?:포함|별도|제외))$",
    re.IGNORECASE,
)
_ASIDE = re.compile(r"\s*(?:\(([^()]*)\)|\[([^\[\]]*)\])")
_TOTAL = re.compile(r"총|합계|total", re.IGNORECASE)
_UNIT = re.compile(
    rf"(?:(?<![\d.천백십])(?P<korean>[천백십]?[조억만]|[천백십])\s?|(?<![가-힣]))원(?![가-힣])"
    rf"|(?:(?:in|unit:?)\s)?(?P<before>{_ENGLISH_UNIT})s?\s?(?:of\s)?(?:krw|won|₩|원)(?![가-힣a-z])"
    rf"|(?:krw|₩|won)[\s,]*(?:in\s)?(?P<after>{_ENGLISH_UNIT})(?![a-z])"
    r"|(?:krw|₩|won)[\s,]*(?P<number>(?:1,?|')?000(?:,?000){0,3})(?!\d)"
    r"|(?<![\d.,])(?P<number_won>(?:1,?|')?000(?:,?000){0,3}s?)\s?(?:krw|won|₩|원)(?![가-힣a-z])"
    r"|(?<=[(\[:：])\s*(?P<counted>10{0,2}(?:,?000){0,3}(?:[천백십]?[만억조]|[천백십])?)\s?(?:원|₩|krw|won)(?![가-힣])"
    r"|(?<![\d.천백십])(?P<before_sign>[천백십]?[조억만]|[천백십])\s?(?:₩|krw)"
    r"|(?<![a-z가-힣])(?P<plain>krw|won|₩)(?![a-z])"
    r"|(?<=[(\[:：])\s*(?P<bare>천만|백만|십만|십억|백억|천억|천|만|억|조)\s*(?=[)\]]|$)",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Amount:
    """An amount found in a text: where it stands, and how much it is (None: not to be told)."""

    start: int
    end: int
    won: int | None


def won(text: str, unit: int = 1) -> int | None:
    """Return whole won from a text that is an amount, or None where it is none or not one only.

    `unit` is what a plain number counts, as a header says it: 1,000 for 천원. Words such as 이내
    and 총 are let pass; of 「1억 5천만원 이내(1차년도 5천만원)」 the whole counts and not the part.

    >>> won("2천5백만원"), won("1억5천"), won("3천2백억원"), won("150", unit=1000)
    (25000000, 150000000, 320000000000, 150000)
    >>> won("300(백만원)"), won("1억5천원"), won("1억~2억"), won("USD 1,000")
    (300000000, None, None, None)
    """
    plain = _plain(text)
    if len(plain) > 100 or _FOREIGN.search(plain):
        return None
    outside, inside = _ASIDE.sub("", plain), [a or b for a, b in _ASIDE.findall(plain)]
    counted = _unit_meant(inside, unit)
    amount = _only(outside.strip(), counted) if counted else None
    if amount is None:
        return None
    for aside in inside:
        named = amounts_in(aside)
        if any(named_amount.won is None for named_amount in named):
            return None
        largest = max((named_amount.won or 0 for named_amount in named), default=0)
        if largest > amount:
            if not _TOTAL.search(aside):
                return None
            amount = largest
    return amount


def amounts_in(text: str) -> list[Amount]:
    """Return the amounts of won that stand in a text, in order; a bare number is none."""
    plain = unicodedata.normalize("NFC", text).translate(_CHINESE)
    plain = "".join(_halved(character) for character in plain)
    amounts = []
    for match in _AMOUNT.finditer(plain):
        end = match.start() + len(match.group().rstrip())
        is_won = match["won"] or match["krw"]
        if not is_won and not (_MYRIAD_OF.search(match["number"]) and _ENDED.match(plain, end)):
            continue
        if _FOREIGN.match(plain[match.end() :].lstrip()[:8]) or (
            not match["krw"] and _FOREIGN.search(plain[max(0, match.start() - 5) : match.start()])
        ):
            continue
        start = end - len(match.group().strip())
        amounts.append(Amount(start, end, _of(match)))
    return amounts


def unit_of(text: str) -> int | None:
    """Return what plain numbers under a header or caption count, in won: 1,000 for 「예산(천원)」.

    1 where no unit is named; None where it is not won, or more than one.

    >>> [unit_of(header) for header in ("예산", "예산(백만원)", "Budget (KRW 1,000)", "예산(천달러)")]
    [1, 1000000, 1000, None]
    """
    plain = _plain(text)
    if _FOREIGN.search(plain):
        return None
    units = {_unit(match) for match in _UNIT.finditer(plain)}
    return units.pop() if len(units) == 1 else None if units else 1


def names_unit(text: str) -> bool:
    """True when a text names a unit of money, won or other."""
    plain = _plain(text)
    return bool(_UNIT.search(plain) or _FOREIGN.search(plain))


def without_unit(header: str) -> str:
    """Return a header without the unit that it names outside of brackets: 「예산, 백만원」 is 예산.

    >>> without_unit("예산 백만원"), without_unit("Budget in million won")
    ('예산', 'Budget')
    """
    plain = unicodedata.normalize("NFKC", header)
    match = list(_UNIT.finditer(plain))[-1:]
    if not match or plain[match[0].end() :].strip(" )]"):
        return header
    before = plain[: match[0].start()]
    if before and before[-1] not in " ,/_-([:\n":
        return header
    return re.sub(r"[\s,/_\-(\[:]*(?:단위|unit)?[\s,/_\-(\[:]*$", "", before, flags=re.IGNORECASE)


def _plain(text: str) -> str:
    return unicodedata.normalize("NFKC", text).translate(_CHINESE).replace("\\", "₩").strip()


def _halved(character: str) -> str:
    """A full-width character as its plain one; every other as it is, so that places stay."""
    return (
        unicodedata.normalize("NFKC", character) if "\uff01" <= character <= "\uff5e" else character
    )


def _unit_meant(asides: list[str], unit: int) -> int | None:
    """The unit that a cell names beside its number, 「300(백만원)」, else that of its header.

    None where the two are not the same.
    """
    own = {unit_of(f"({aside})") for aside in asides if _is_unit(aside)}
    named = own | ({unit} - {1})
    return unit if not own else named.pop() if len(named) == 1 else None


def _is_unit(aside: str) -> bool:
    return names_unit(f"({aside})") and not amounts_in(aside)


def _only(text: str, unit: int) -> int | None:
    """The amount that a text is, and nothing else."""
    before = None
    while before != text:
        before, text = text, _AROUND.sub("", text).strip()
    if re.fullmatch(r"-?\s?(?:\d{1,3}(?:[, ]\d{3})+|\d{1,18})(?:\.\d+)?", text, re.ASCII):
        return _whole(Decimal(re.sub(r"[,\s]", "", text)) * unit)
    match = _AMOUNT.fullmatch(text)
    if match is None:
        return None
    has_unit = match["english"] or re.search("[천백십조억만]", match["number"])
    if not has_unit and unit != 1:
        return None  # the cell says won and its header says more: which of the two is meant?
    if not has_unit and not (match["won"] or match["krw"]):
        return None
    return _of(match)


def _of(match: re.Match[str]) -> int | None:
    said_won = bool(match["won"] or match["krw"])
    number = _number(match["number"], said_won=said_won or bool(match["english"]))
    if number is None:
        return None
    return _whole(number * ENGLISH[match["english"].lower()] if match["english"] else number)


def _number(text: str, *, said_won: bool) -> Decimal | None:
    """The number that digits, numerals and units make together."""
    *counted, last = re.split("([조억만])", re.sub(r"\s", "", text))
    if "." in text and (len(counted) > 2 or (counted and last)):
        return None  # 1.5억 5천만: nobody knows
    total, smallest = Decimal(0), 10**16
    for written, myriad in zip(counted[::2], counted[1::2], strict=True):
        section = _section(written)
        if not section or MYRIADS[myriad] >= smallest:
            return None
        smallest = MYRIADS[myriad]
        total += section * smallest
    rest = _section(last) if last else Decimal(0)
    if rest is None or not counted:
        return rest if said_won or not re.search("[천백십]", last) else None  # 5천: of what?
    return _with_rest(total, rest, smallest, last, said_won=said_won) if last else total


def _section(written: str) -> Decimal | None:
    """The number before 조, 억 or 만, or after all of them: 3천2백, 삼천이백, 3,200."""
    match = _SECTION.fullmatch(written)
    if match is None or not written:
        return None
    *counted, rest = match.groups()
    number, smallest = Decimal(0), 0
    for count, ten in zip(counted[::2], counted[1::2], strict=True):
        if ten is None:
            continue
        times = Decimal(1) if count is None else _plain_number(count)
        if smallest and (times >= 10 or times % 1):
            return None
        smallest = TENS[ten]
        number += times * smallest
    last = Decimal(0) if rest is None else _plain_number(rest)
    return number + last if not smallest or last < smallest else None


def _plain_number(written: str) -> Decimal:
    if written in _NUMERALS:
        return Decimal(_NUMERALS.index(written) + 1)
    return Decimal(written.replace(",", ""))


def _with_rest(
    total: Decimal, rest: Decimal, smallest: int, written: str, *, said_won: bool
) -> Decimal | None:
    """The sum and what follows its last 조, 억 or 만.

    「1억5천」 leaves out the 만; 「1억5천원」 and 「1억 5000」 may mean either.
    """
    if smallest == MYRIADS["만"]:
        return total + rest if rest < smallest else None
    if re.search("[천백십]$", written) and not said_won:
        return total + rest * (smallest // 10**4)
    return total + rest if said_won and rest % 100 and rest < 10**4 else None


def _whole(number: Decimal) -> int | None:
    return int(number) if number == int(number) and abs(number) < LARGEST else None


def _unit(match: re.Match[str]) -> int:
    if name := match["before"] or match["after"]:
        return ENGLISH[name.lower()]
    if number := match["number"] or match["number_won"]:  # KRW 1,000 or '000
        return int("1" + re.sub(r"^1|\D", "", number))
    counted = match["counted"] or ""
    digits = re.sub(r"\D", "", counted)
    unit = int(digits or 1)
    for character in match["korean"] or match["before_sign"] or match["bare"] or counted:
        unit *= TENS.get(character) or MYRIADS.get(character, 1)
    return unit
