"""Requests and profiles as documents of the matching engine; sheets of profiles; evidence as rows."""

import json
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from dure.apps.records.models import Entry
from dure.apps.rooms.models import Item
from dure.apps.support.kinds import ProfileKind, pools
from dure.apps.support.models import Profile, SupportRequest
from dure.apps.support.reasons import ProfileProblem
from dure.engines import matching
from dure.foundation import proposing
from dure.foundation.sheets import Column, Names, Reader, bare, vocabulary_names

MOST_PROPOSED = 10


@dataclass(frozen=True, slots=True)
class Proposal:
    """A profile that the engine proposes: how strongly, and why, as sentences."""

    profile: Profile
    strength: str
    strength_name: str
    reasons: tuple[dict[str, Any], ...]


def proposals_for(request: SupportRequest, profiles: Iterable[Profile]) -> list[Proposal]:
    """The best of the profiles for a request, best first, each with its reasons."""
    known = {str(profile.pk): profile for profile in profiles}
    documents = {code: document_of(profile) for code, profile in known.items()}
    fits = proposing.fits_for(document_of_request(request), documents, MOST_PROPOSED)
    return [Proposal(known[fit.id], fit.strength, fit.strength_name, fit.reasons) for fit in fits]


def document_of(profile: Profile) -> matching.Document:
    """What the engine reads of a profile; names of people are not part of it."""
    text = "" if profile.is_person else profile.name
    return matching.Document(
        str(profile.pk), text, profile.text, matching.Kind.PROFILE,
        keywords=tuple(profile.keywords), field=profile.field, region=profile.region,
        organisation=str(profile.organisation_id or ""),
    )  # fmt: skip


def document_of_request(request: SupportRequest) -> matching.Document:
    """What the engine reads of a request: its line and what was written, never what is personal."""
    texts = [
        str(request.values[field.id])
        for field in request.file.fields
        if field.kind in ("text", "line") and request.values.get(field.id)
    ]
    return matching.Document(
        f"request-{request.pk}", request.title, "\n".join(texts), matching.Kind.NEED,
        region=request.organisation.region, organisation=str(request.organisation_id),
    )  # fmt: skip


def evidence_rows(items: Sequence[Item], entries: Iterable[Entry]) -> list[dict[str, Any]]:
    """Entries of registers of rooms in order, as they are kept with a case: plain values.

    `sealed` is what the sealed record holds of each: its place, and the hash that proves it.
    """
    sealed: dict[int, list[dict[str, Any]]] = {}
    for entry in entries:
        about = json.loads(entry.leaf).get("content", {}).get("entry")
        place = entry.place.index if hasattr(entry, "place") else None
        sealed.setdefault(about, []).append(
            {
                "at": entry.created_at.isoformat(),
                "index": place,
                "hash": bytes(entry.leaf_hash).hex(),
            }
        )
    return [
        {
            "number": number,
            "on": item.said_on.isoformat(),
            "entered_at": item.created_at.isoformat(),
            "kind": item.kind,
            "way": item.way,
            "side": item.side.name,
            "text": item.text,
            "purpose": item.purpose,
            "confirmed_at": item.confirmed_at.isoformat() if item.confirmed_at else "",
            "files": [
                {"name": file.name, "size": file.size, "sha256": file.sha256}
                for file in item.files.all()
            ],
            "room": item.room_id,
            "entry": item.pk,
            "sealed": sealed.get(item.pk, []),
        }
        for number, item in enumerate(items, 1)
    ]


_ADDRESS = re.compile(r"^[^@\s]+@[^@\s]+\.[^@\s]+$")
_KINDS = Names(
    {
        bare(word): kind.value
        for kind, words in {
            ProfileKind.UNIVERSITY: ("university", "대학", "대학교"),
            ProfileKind.INSTITUTE: ("institute", "연구기관", "연구소", "출연연"),
            ProfileKind.FIRM: ("firm", "기업", "회사"),
            ProfileKind.EXPERT: ("expert", "전문가"),
            ProfileKind.RESEARCHER: ("researcher", "연구자", "연구인력"),
        }.items()
        for word in (kind.value, *words)
    },
    (
        ("대학", "University"), ("연구기관", "Research institute"), ("기업", "Firm"),
        ("전문가", "Expert"), ("연구자", "Researcher"),
    ),
)  # fmt: skip


def columns() -> tuple[Column, ...]:
    """The columns of a list of partners and experts."""
    return (
        Column("number", "번호", "Number", True, ("관리번호", "전문가번호"), "EX-0001",
               "같은 번호를 다시 올리면 고쳐져요.", "The same number again changes the profile."),
        Column("kind", "구분", "Kind", True, ("종류", "유형"), "전문가", "목록에서 고르세요.",
               "Choose from the list.", options=lambda: _KINDS.labels),
        Column("name", "이름", "Name", True, ("기관명", "성명", "명칭"), "김가온", "", ""),
        Column("name_en", "영문 이름", "Name in English", False, ("영문명",), "", "", ""),
        Column("affiliation", "소속", "Belongs to", False, ("소속기관", "직장"), "한결대학교", "", ""),
        Column("business_number", "사업자등록번호", "Business registration number", False,
               ("사업자번호",), "", "기관이 여기 등록되어 있을 때만.", "Only if the organisation is on the platform."),
        Column("email", "이메일", "E-mail", False, ("전자우편",), "gaon@example.org",
               "전문가와 연구자에게 물어볼 주소.", "Where an expert or a researcher is asked."),
        Column("pool", "전문가 풀", "Pool", False, ("풀", "전문 분야"), "", "전문가만.", "Experts only.",
               options=lambda: pool_names().labels),
        Column("region", "지역", "Region", False, ("소재지", "시도"), "부산", "", "",
               options=lambda: vocabulary_names("regions").labels),
        Column("field", "기술 분야", "Field", False, ("분야", "기술분야"), "", "", "",
               options=lambda: vocabulary_names("fields").labels),
        Column("keywords", "키워드", "Keywords", False, ("핵심어", "주제어"), "가스 센서, 누출 감지", "", ""),
        Column("text", "할 수 있는 일", "What they can do", False, ("전문성", "소개", "내용", "연구분야"),
               "", "매칭이 읽는 글이에요.", "This is what the matching reads."),
    )  # fmt: skip


def pool_names() -> Names:
    """The pools, by id or name."""
    known = pools().values()
    codes = {bare(name): pool.id for pool in known for name in (pool.id, pool.ko, pool.en)}
    return Names(codes, tuple((pool.ko, pool.en) for pool in known))


def read_profile(row: Reader) -> dict[str, Any]:
    """A row of a list as the fields of a profile; its problems are noted at their cells."""
    kind = row.one_of("kind", _KINDS, required=True)
    pool = row.one_of("pool", pool_names())
    email, text = row.text("email", 254), row.text("text", 5000)
    keywords = row.keywords("keywords")
    if email and not _ADDRESS.match(email):
        row.wrong("email", ProfileProblem.NO_ADDRESS)
    if kind == ProfileKind.EXPERT and not pool and not row.problems:
        row.wrong("pool", ProfileProblem.POOL_NEEDED)
    if not text and not keywords:
        row.wrong("text", ProfileProblem.NOTHING_SAID)
    return {
        "number": row.text("number", 60, required=True, code=True),
        "kind": kind,
        "name": row.text("name", 200, required=True),
        "name_en": row.text("name_en", 200),
        "affiliation": row.text("affiliation", 200),
        "business_number": row.business_number("business_number"),
        "email": email.lower(),
        "pool": (pool or "") if kind == ProfileKind.EXPERT else "",
        "region": row.one_of("region", vocabulary_names("regions")) or "",
        "field": row.one_of("field", vocabulary_names("fields")) or "",
        "keywords": keywords,
        "text": text,
    }
