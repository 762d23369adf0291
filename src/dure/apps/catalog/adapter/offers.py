"""What a small firm says of its technology in a document: found by labels and headings.

Introductions of technologies (기술소개서) and of products follow no one form, but they say the name of
the technology, what it is, what is special about it, where it is in use, and how ready it is.
"""

import re
from collections.abc import Iterator, Sequence
from typing import Any

from dure.apps.catalog.adapter.documents import LONGEST, MOST_KEYWORDS
from dure.apps.catalog.models import Language

SHORTEST_TEXT = 30
LONGEST_TRACK = 5000

# What a label says when spaces, numbers and marks are taken away; "" is said of the firm, not of it.
LABELS = {
    name: re.compile(pattern, re.IGNORECASE)
    for name, pattern in {
        "title": r"(보유|제안|공급|대표|주요|핵심)?(기술|제품|솔루션|서비스|기술및제품|제품및기술)(명|명칭|의명칭|이름)|기술제목",
        "title_en": r"(영문)(기술|제품|솔루션)?(명|명칭)|(기술|제품)명영문",
        "keywords": r"(주요)?(키워드|핵심어)|keywords?",
        "trl": r"(현재)?(기술)?(성숙도|준비도|개발단계|개발현황|개발수준|완성도|완성단계)(TRL)?|TRL(단계)?",
        "track_record": r"(주요|국내|국내외|현장)?(적용|납품|도입|구축|사업화|판매|공급|수행)?(실적|사례|레퍼런스|현황)"
        r"|(주요)?고객사?|적용처|납품처",
        "body": r"(보유|제안|핵심|주요)?(기술|제품|솔루션|서비스)?(의)?(개요|소개|설명|내용|요약|특징|특장점|장점|차별성|차별점"
        r"|우수성|경쟁력|원리|구성|기능|성능|사양|핵심내용|주요내용|기대효과|적용분야|활용분야|응용분야|효과)"
        r"(및(특징|장점|효과|성능|차별성|우수성|활용분야|적용분야))?",
        "": r"(회사|기업|업체|기관)(명|소개|개요|현황|연혁)|대표(자|이사)?(명|성명)?|담당자.*|연락처|전화(번호)?|이메일|전자우편|e-?mail"
        r"|주소|소재지|홈페이지|사업자등록번호|설립(일|연도|년도)|직원수|종업원수|임직원|매출(액)?|자본금|부서|직위|성명|팩스",
    }.items()
}
MARKS = re.compile(
    r"^[\s□■◆▣❏ㅇ○◦∘●▶*※·•\-–]*(?:(?:제?\d{1,2}|[가-하]|[ⅠⅡⅢⅣⅤⅥⅦⅧIVX]{1,4})[.)]\s*)?"
)
TRL = re.compile(r"TRL\D{0,10}([1-9])(?!\d)|^\D{0,10}([1-9])\s*단계", re.IGNORECASE)


def technology_values(lines: Sequence[Sequence[str]]) -> dict[str, Any] | None:
    """The fields of a draft technology that a document describes; None where it describes none."""
    texts: dict[str, list[str]] = {}
    for label, text in _labelled(lines):
        texts.setdefault(label, []).append(text)
    body = "\n".join(texts.get("body", ()))
    title = next(iter(texts.get("title", ())), "") or _first_line(lines)
    if not title or len(body) < SHORTEST_TEXT:
        return None
    track_record = "\n".join(texts.get("track_record", ()))
    return {
        "title": title[: LONGEST["title"]],
        "title_en": " ".join(texts.get("title_en", ()))[: LONGEST["title_en"]],
        "body": body[: LONGEST["body"]],
        "track_record": track_record[:LONGEST_TRACK],
        "trl": _trl(texts),
        "keywords": _keywords(texts),
        "language": Language.KO if re.search("[가-힣]", title + body) else Language.EN,
    }


def _labelled(lines: Sequence[Sequence[str]]) -> Iterator[tuple[str, str]]:
    """Every text with the label that it stands under; what stands under none is of the body."""
    section = "body"
    for line in lines:
        for cell in line:
            text = cell.strip()
            if not text:
                continue
            label, rest = _label_of(text)
            if label is None:
                yield section, text
                continue
            section = label
            if rest:
                yield section, rest
        if len(line) > 1 and section in ("title", "title_en", "keywords", "trl", ""):
            section = "body"  # what was asked beside it is said in its row


def _label_of(text: str) -> tuple[str | None, str]:
    """The label that a cell or heading says, with what follows a colon; None where it says none."""
    head, colon, rest = MARKS.sub("", text).partition(":" if ":" in text[:30] else "：")
    label = re.sub(r"[\s·･/,&()\[\]【】<>「」『』]|TRL$", "", head)
    if len(label) > 20 or (not colon and len(text) > 40):
        return None, ""
    for name, pattern in LABELS.items():
        if pattern.fullmatch(label):
            return name, rest.strip()
    return None, ""


def _first_line(lines: Sequence[Sequence[str]]) -> str:
    for line in lines:
        text = MARKS.sub("", " ".join(cell.strip() for cell in line)).strip()
        if 4 <= len(text) <= 100 and _label_of(text)[0] is None:
            return text
    return ""


def _trl(texts: dict[str, list[str]]) -> int | None:
    texts_with_level = [*(f"TRL {text}" for text in texts.get("trl", ())), *texts.get("body", ())]
    level = next(filter(None, map(TRL.search, texts_with_level)), None)
    return int(level[1] or level[2]) if level else None


def _keywords(texts: dict[str, list[str]]) -> list[str]:
    words = re.split(r"[,;/·、\n]", ",".join(texts.get("keywords", ())))
    return list(dict.fromkeys(word.strip() for word in words if word.strip()))[:MOST_KEYWORDS]
