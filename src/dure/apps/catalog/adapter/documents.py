"""Requests for proposals (RFP, 제안요청서) in documents: found by the labels of their forms.

Every ministry has its own form, but all of them are labels and texts: 과제명, 필요성, 연구목표,
연구내용, 연구기간, 연구개발비 …, in table cells side by side, one above the other, or as headings.
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import islice, pairwise
from typing import Any

from dure.apps.catalog.models import Language
from dure.values.amounts import Amount, amounts_in, names_unit, unit_of, won
from dure.values.text import BRACKETS, words_in

LONGEST = {"title": 300, "title_en": 300, "body": 20_000, "requirements": 10_000}
SHORTEST_TEXT = 15
MOST_KEYWORDS = 30

# What a label says when spaces, numbers and marks are taken away; "" ends a section.
LABELS = {
    name: re.compile(pattern, re.IGNORECASE)
    for name, pattern in {
        "title": r"(수요|공급|요청|희망)?기술명|기술수요명|(제안|연구|연구개발|세부|협업|총괄|신규|지원)?과제명|RFP(명|제목)|(연구)?품목명|(연구개발)?과제(의)?제목",
        "need": r"((기술|경제|사회|정책|산업)적|정부정책적)?(연구|연구개발|지원|협업|개발|추진|과제|기획|제안|기술개발|사업)?(의)?"
        r"((배경|개념|현황|목적)및)?필요성(및(기술동향|배경|목적))?|(현황및)?문제점|수요배경|도입배경"
        r"|(추진|연구|개발|연구개발|제안|과제|사업)(의)?배경(및(목적|필요성))?",
        "goal": r"(연구|연구개발|개발|사업|과제|기술개발)?(의)?(최종)?(연구|개발)?목표(및(연구|개발|연구개발)?내용)?",
        "content": r"(기술|개발|상세|세부|핵심)?요구(사항|성능|사양|조건|기술|기능|규격|내용)(및(사항|성능|사양|조건|기능|규격))?"
        r"|수요(기술)?내용|기술내용|(주요|핵심|필수)(기능|사양|성능)|(기술|핵심)?개발(요소|사항)|RFP(세부|상세)?내용"
        r"|(제안)?요청(내용|사항)|(개발|목표)(사양|규격)"
        r"|((단계|연차|연도)별)?(단계목표및)?(주요|세부|핵심|중점)?(연구|연구개발|개발|협업|기술개발|과제|과업|추진|수행|사업|지원)?(의)?"
        r"(주요|세부|수행)?(내용|범위|과업|항목)(및(범위|내용|방법|성과목표))?",
        "keywords": r"(주요)?(키워드|핵심어|색인어)(한글|국문)?|keywords?",
        "korean": r"한글|국문|국문키워드|한글키워드|국문핵심어",
        "english": r"영문|영어|영문키워드|영문핵심어",
        "budget": r"(총|당해)?(정부지원|정부출연|정부)?(연구개발비|연구비|사업비|출연금|지원금)"
        r"|총정부지원연구(개발)?비|(정부)?지원(규모|예산|금액|한도)|(총|소요|사업|연구)?예산(액|규모)?"
        r"|(총)?(연구개발비|연구비|사업비|개발비)(용|규모|한도)?|(정부|국고)(지원금|출연금|보조금)|과제비|용역비",
        "period": r"(총|전체)?(연구|연구개발|지원|수행|사업|개발)?기간",
        "": r"(국내외|국내|국외|연구및산업)?(기술|연구|산업)?동향.*|(성과)?활용방안.*|기대(효과|성과).*|최종성과물"
        r"|(연구)?추진(전략|체계|방법).*|특기사항|기타|성과목표|평가.*|지원기간예산추진체계|개념및정의|개념"
        r"|과제개요|.*기술분류\d?|핵심기술제품성능지표|연구팀구성요건|성능목표설정사유|협업성과|세부사업명|내역사업명?"
        r"|사업명|과제유형|공모유형|과제구성|과제관리부서|과거유사연구사례|전문기관|중앙행정기관|보안등급|과제형태"
        r"|RFP유형코드|해당여부|관리번호|RFP관리번호|일련번호|단위|달성목표|성과지표|신청자격|선정방식|담당자|과제담당관"
        r"|연도별연구개발비|\d*년?정부지원연구비|단계|비고|구분|핵심성과|전략성과|연구개발성과|지원조건|응모자격",
    }.items()
}
NUMBERING = r"(?:제?\d{1,2}[.)]|[가-하][.)]|[ⅠⅡⅢⅣⅤⅥⅦⅧIVX]{1,4}\.)"
# Where a cell begins anew: squares, bracketed words, numbered headings, bullets with a colon.
CHUNKS = re.compile(
    r"(?=[□■◆▣❏])|(?=[\[【<][가-힣A-Za-z ]{2,14}[\]】>])|(?=(?:^|\s)[ㅇ○◦∘]\s*[가-힣 ]{2,14}\s?[:：])"
)
HEADING = re.compile(
    rf"^(?P<mark>[□■◆▣❏ㅇ○◦∘](?:\s*{NUMBERING})?|{NUMBERING}|[\[【<])?\s*(?:\d(?:차\s?년도?|년차|단계)\s*)?"
    r"(?P<label>[가-힣A-Za-z][가-힣A-Za-z·･/,\s]*?)(?:\s*\([^()]{1,20}\))?\s*(?P<end>[:：\]】>]|$)\s*(?P<rest>.*)$",
    re.DOTALL,
)
# Where the text of a square's heading can begin: a bullet, a number, something in brackets.
BEGINNING = re.compile(r"(?<=\s)[ㅇ○◦∘①-⑳*※–·(\[-]")
# An annex begins; a field of an empty form.
ANNEX = re.compile(r"[<\[〈【(\s]*(붙임|별첨|서식|별지|양식)\s*(제?\d|[>\])】〉]|$)")
BLANK = re.compile(r"(기관명?|성명|건수|번호|직위|연락처)$|작성|기재|기입|○○|OO|^0{2,}")
ENGLISH = re.compile(r"영문|영어|english", re.IGNORECASE)
YEARS = re.compile(r"[’‘'´`′]?\d+\s?(?:차\s?)?년도?|\d\s?단계")
# A heading inside of a goal, where the form has none for the content.
CONTENT_WITHIN = re.compile(
    r"(?:^|(?<=\s))(?:[□■◆▣❏ㅇ○◦∘]\s?)?(?:(?:단계별?|연차별|연도별)\s?(?:연구|개발|연구개발)?\s?(?:목표|내용)|1\s?단계\s?\("
    r"|(?:주요|세부|핵심)\s?(?:연구|개발|연구개발)?\s?내용)"
)
TOTAL = re.compile(r"(?:총|전\s?체|합\s?계)[^\d]{0,25}$")
A_YEAR = re.compile(
    r"(?:연간|매년|연평균|당해\s?연도|당해\s?년도|\d\s?차\s?년?도|\d\s?년\s?차|(?<![가-힣])연)[\s:]{0,2}$"
)
A_YEAR_AFTER = re.compile(
    r"\s?(?:이내|이하|내외|한도)?\s?(?:/\s?년|씩|[×xX*]\s?\d+\s?(?:개?년|차년도))"
)
RANGE = re.compile(r"\s*(?:이상)?\s*[~∼～-]\s*")
SUMMED = re.compile(r"\s*(?:이내|이하|내외)?\s*[+＋]\s*\D{0,20}")
SQUARES = tuple("□■◆▣❏")
TRL_FROM_TO = re.compile(r"TRL\D{0,20}(\d)\D{1,20}(\d)?(?=\D|$)")


@dataclass
class Request:
    """One request for proposals, as far as it could be read."""

    title: str
    trl: int | None = None
    texts: dict[str, list[str]] = field(default_factory=dict)

    def text(self, name: str) -> str:
        """What stands under a label, a line for every bullet."""
        whole = " ".join(self.texts.get(name, ()))
        return re.sub(r"\s+(?=[□■○●◦∘ㅇ▪◎※]\s?|[-–·]\s(?=\S))", "\n", whole).strip()

    def says_what(self) -> bool:
        """True when what is to be developed can be read, and not only why."""
        return bool(self.text("content") or CONTENT_WITHIN.search(self.text("goal")))

    def is_whole(self) -> bool:
        """True when at least two of need, goal and content can be read."""
        parts = [self.text(name) for name in ("need", "goal", "content")]
        return sum(len(part) >= SHORTEST_TEXT for part in parts) >= 2


def requests_in(lines: Sequence[Sequence[str]]) -> list[Request]:
    """The requests for proposals in a document, each title once: there where it says the most.

    A notice often lists its requests in front, with their titles, periods and money alone.
    """
    requests: dict[str, Request] = {}
    for request in filter(Request.is_whole, _all_requests(lines)):
        title = re.sub(r"\W", "", request.title)
        if title not in requests or len(requests[title].text("content")) < len(
            request.text("content")
        ):
            requests[title] = request
    known = {
        _without_brackets(request.title) for request in requests.values() if request.says_what()
    }
    return [
        request
        for request in requests.values()
        if request.says_what() or _without_brackets(request.title) not in known
    ]


def _without_brackets(title: str) -> str:
    return re.sub(r"\([^()]*\)|\W", "", title)


def need_values(request: Request) -> dict[str, Any]:
    """The fields of a draft need."""
    goal, content = request.text("goal"), request.text("content")
    if not content and (match := CONTENT_WITHIN.search(goal)) and match.start() >= SHORTEST_TEXT:
        goal, content = goal[: match.start()].strip(), goal[match.start() :]
    parts = [("필요성", request.text("need")), ("목표", goal)]
    body = "\n\n".join(f"[{name}]\n{text}" for name, text in parts if text)
    period = request.text("period")[:200]
    more = [content, f"[연구기간] {period}" if period else ""]
    return {
        "title": request.title[: LONGEST["title"]],
        "title_en": request.text("title_en")[: LONGEST["title_en"]],
        "body": body[: LONGEST["body"]],
        "requirements": "\n\n".join(text for text in more if text)[: LONGEST["requirements"]],
        "trl": request.trl,
        "keywords": _keywords(request),
        "budget": budget_in("; ".join(request.texts.get("budget", ()))),
        "language": Language.KO if re.search("[가-힣]", request.title) else Language.EN,
    }


def _all_requests(lines: Sequence[Sequence[str]]) -> Iterator[Request]:
    request: Request | None = None
    section = ""
    for label, text in _labelled(_with_units(lines)):
        if label == "title":
            if request:
                yield request
            title = _title(text)
            request, section = Request(title, _trl(text)) if title else None, ""
            continue
        if request is None:
            continue
        request.trl = request.trl or _trl(text)
        if label is not None:
            # A single value is over with its line; a heading goes on until the next one.
            section = label
        if section and text:
            request.texts.setdefault(section, []).append(text)
        if section in ("budget", "period", "title_en") and text:
            section = ""
    if request:
        yield request


def _with_units(lines: Sequence[Sequence[str]]) -> Iterator[list[str]]:
    """The lines, a plain number beside or below 「연구비(백만원)」 or after 「(단위: 천원)」 with its unit."""
    above: Sequence[str] = ()
    caption = ""
    for line in lines:
        if len(line) == 1:
            caption = line[0] if "단위" in line[0] and names_unit(line[0]) else ""
        cells = list(line)
        for at, cell in enumerate(cells):
            if not re.fullmatch(r"[\d,]+(?:\.\d+)?", cell):
                continue
            heads = [line[at - 1] if at else "", above[at] if len(above) == len(line) else ""]
            head = next((head for head in heads if _label(head) == "budget"), None)
            unit = head and (unit_of(head) if names_unit(head) else caption and unit_of(caption))
            amount = won(cell, unit) if unit else None
            cells[at] = f"{amount}원" if amount is not None else cell
        yield cells
        above = line


def _labelled(  # noqa: C901 -- one pass over the lines, whose order is the rule
    lines: Iterable[Sequence[str]],
) -> Iterator[tuple[str | None, str]]:
    """Pairs of label and text, in order; text that goes on below has the label None."""
    above: list[str] = []
    was_title = False
    for line in lines:
        if len(line) <= 3 and ANNEX.match(line[0]):
            yield "title", ""  # what follows is no part of the request above
            continue
        cells = [re.sub(r"\[(시작|종료)\]", r"\1", cell) for cell in line]
        labels = [_label(cell) for cell in cells]
        if above and not any(name is not None for name in labels):
            yield from zip(above, cells, strict=False)
            above = []
            continue
        above = []
        if len(cells) > 1 and all(name is not None for name in labels):
            above = [name or "" for name in labels]  # a row of headings; the values come below
            continue
        waiting: str | None = None
        for label_here, cell in zip(labels, cells, strict=True):
            name = "title_en" if label_here == "english" and was_title else label_here
            if waiting == "title" and name == "korean":
                continue
            if name is not None:
                was_title = name == "title" or (was_title and name == "korean")
                if waiting is not None:
                    yield waiting, ""
                waiting = name
            elif waiting in ("title", "title_en"):
                yield waiting, cell
                waiting = None
            else:
                for label, text in _chunks(cell):
                    yield (waiting if label is None and waiting is not None else label), text
                    waiting = None
        if waiting is not None:
            yield waiting, ""


def _chunks(cell: str) -> Iterator[tuple[str | None, str]]:
    """A cell that holds headings of its own, cut at them."""
    for chunk in map(str.strip, CHUNKS.split(cell)):
        match = HEADING.match(chunk)
        name = _name(match["label"]) if match and (match["mark"] or match["end"]) else None
        if match and name is not None and (match["end"] or not match["rest"]):
            yield name, match["rest"].strip()
        elif chunk[:1] in SQUARES and (begun := _begun(chunk)):
            yield begun
        elif chunk:
            yield None, chunk


def _begun(chunk: str) -> tuple[str, str] | None:
    """A heading that its text follows in the same line: 「□ 개발 내용 (1차년도) ㅇ …」."""
    for match in islice(BEGINNING.finditer(chunk), 5):
        name = _name(chunk[1 : match.start()])
        if name is not None:
            return name, chunk[match.start() :].strip()
    return None


def _label(cell: str) -> str | None:
    """The name of a cell that is nothing but a label."""
    name = _name(cell) if len(cell) <= 40 else None
    return "title_en" if name == "title" and ENGLISH.search(cell) else name


def _name(text: str) -> str | None:
    bare = re.sub(rf"^\s*{NUMBERING}", "", re.sub(r"\([^()]*\)|\[[^\[\]]*\]", "", text))
    bare = re.sub(r"[\W_]", "", YEARS.sub("", bare))
    for written in (bare, re.sub("^(?:국문|영문)|(?:국문|영문)$", "", bare)):
        for name, pattern in LABELS.items():
            if written and pattern.fullmatch(written):
                return name
    return None


def _title(text: str) -> str:
    """A title without its number and its readiness levels; empty where it is none."""
    plain = re.sub(r"[(\[][^()\[\]]*TRL.*$", "", text)
    plain = re.sub(r"^\s*(?:\d{1,2}[.)]\s*|[-○ㅇ□※]\s*)", "", plain)
    plain = re.sub(r"\s+", " ", plain).strip()
    is_one = len(re.sub(r"\W", "", plain)) >= 8 and _name(plain) is None and not BLANK.search(plain)
    return plain if is_one else ""


def _trl(text: str) -> int | None:
    """The readiness level to be reached."""
    match = TRL_FROM_TO.search(text)
    level = int(match[2] or match[1]) if match else 0
    return level if 1 <= level <= 9 else None


def budget_in(text: str) -> int | None:
    """The whole sum where one is named, else the largest of the sums; None where that may be wrong.

    Sums for one year and ranges say nothing of the whole.
    """
    amounts = amounts_in(text)
    totals = [
        amount for amount in amounts if TOTAL.search(text, max(0, amount.start - 30), amount.start)
    ]
    if totals:
        return totals[0].won
    between = [text[amount.end : other.start] for amount, other in pairwise(amounts)]
    if any(RANGE.fullmatch(words) or SUMMED.fullmatch(words) for words in between):
        return None
    whole = [amount.won for amount in amounts if not _is_for_a_year(text, amount)]
    return max(whole, default=None) if None not in whole else None


def _is_for_a_year(text: str, amount: Amount) -> bool:
    before = A_YEAR.search(text, max(0, amount.start - 8), amount.start)
    return bool(before or A_YEAR_AFTER.match(text, amount.end))


def _keywords(request: Request) -> list[str]:
    text = "; ".join(
        part for name in ("keywords", "korean", "english") for part in request.texts.get(name, ())
    )
    text = re.sub(r"(국문|한글|영문|한 글|영 문)\s*[:：)]?", ";", text)
    words = [_bare_word(word) for word in words_in(text, more="/")]
    return list(dict.fromkeys(word for word in words if 1 < len(word) <= 100))[:MOST_KEYWORDS]


def _bare_word(word: str) -> str:
    """A keyword without bullets, and without brackets that enclose all of it or nothing."""
    word = word.strip(" .*-·○ㅇ∘")
    while word[:1] in BRACKETS and word.endswith(BRACKETS[word[0]]):
        word = word[1:-1].strip()
    for opening, closing in BRACKETS.items():
        if word.count(opening) != word.count(closing):
            word = word.strip(opening + closing)
    return word
