"""Every text that people of other countries see, its pair in the other language, and what lacks one."""

import hashlib
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from typing import Any

from django.db.models import Count, Q, QuerySet

from dure.apps.exchange.kinds import FIELDS, Side
from dure.apps.exchange.models import (
    Abroad,
    Accord,
    Delegation,
    ExchangeMeeting,
    HelpRequest,
    Listing,
    Message,
    Part,
    Partner,
    PartnerPlan,
    Talk,
    TextPair,
)
from dure.apps.exchange.stages import MeetingStage
from dure.engines.matching import language_of

WEIGHTS = {(field.subject, field.name): field.weight for field in FIELDS}


@dataclass(frozen=True, slots=True)
class Text:
    """A text of a record; `seen` is how many of the other side are known to read it."""

    subject: str
    field: str
    source: str
    seen: int = 0

    @property
    def language(self) -> str:
        """The language that it is in."""
        return language_of(self.source) or "en"

    @property
    def target(self) -> str:
        """The language that it is wanted in."""
        return "en" if self.language == "ko" else "ko"

    @property
    def digest(self) -> str:
        """By which a form remembers the words that it was filled in for."""
        return hashlib.sha256(self.source.encode()).hexdigest()

    @property
    def weight(self) -> tuple[int, int]:
        """How much it matters: first what kind of text it is, then how many read it."""
        return WEIGHTS[self.subject.partition(":")[0], self.field], self.seen


def texts() -> Iterator[Text]:
    """Every text that stands in both languages, but those that their owner has written in both."""
    for subject, records, fields in _sources():
        for record in records:
            for name in fields:
                if source := _value(subject, record, name):
                    yield Text(f"{subject}:{record.pk}", name, source, getattr(record, "seen", 0))


def source_of(subject: str, field: str) -> str:
    """What a record says in a field now; empty where there is no such text to translate."""
    name, _colon, key = subject.partition(":")
    if (name, field) not in WEIGHTS or not key.isdecimal() or len(key) > 18:
        return ""
    for code, records, _fields in _sources():
        if code == name:
            record = records.filter(pk=int(key)).first()
            return _value(code, record, field) if record else ""
    return ""


def pairs_of(subjects: Collection[str], language: str) -> dict[tuple[str, str], TextPair]:
    """The translations of some records into a language, by record and field."""
    text_pairs = TextPair.objects.filter(subject__in=subjects, language=language)
    return {(pair.subject, pair.field): pair for pair in text_pairs}


def current_pair(subject: str, field: str, language: str) -> TextPair | None:
    """The translation of a text, whatever it was made from."""
    return TextPair.objects.filter(subject=subject, field=field, language=language).first()


def untranslated() -> tuple[list[Text], list[tuple[Text, TextPair]]]:
    """What has no translation of its present words, and what a machine translated and nobody has
    confirmed; what matters most first."""
    known = {(pair.subject, pair.field, pair.language): pair for pair in TextPair.objects.all()}
    lacking: list[Text] = []
    made: list[tuple[Text, TextPair]] = []
    for text in texts():
        pair = known.get((text.subject, text.field, text.target))
        if pair is None or pair.source != text.source:
            lacking.append(text)
        elif pair.is_machine:
            made.append((text, pair))
    lacking.sort(key=_importance)
    made.sort(key=lambda text: _importance(text[0]))
    return lacking, made


def _importance(text: Text) -> tuple[int, int, str]:
    weight, seen = text.weight
    return -weight, -seen, text.subject


def _sources() -> Iterator[tuple[str, QuerySet[Any], tuple[str, ...]]]:
    from_abroad = Count("parts", filter=Q(parts__side=Side.ABROAD))
    gone = [MeetingStage.CANCELLED]
    meetings = ExchangeMeeting.objects.exclude(stage__in=gone).annotate(seen=from_abroad)
    listings = Listing.objects.select_related("technology").annotate(seen=Count("parts"))
    yield "meeting", meetings, ("name", "lead", "place")
    yield "listing", listings, ("title", "body")
    yield "partner", Partner.objects.all(), ("name",)
    yield "plan", PartnerPlan.objects.all(), ("text",)
    yield "delegation", Delegation.objects.all(), ("name",)
    yield "talk", Talk.objects.exclude(note=""), ("note",)
    yield "message", Message.objects.all(), ("text",)
    yield "request", HelpRequest.objects.exclude(report=""), ("report",)
    yield "part", Part.objects.filter(side=Side.ABROAD), ("wish", "reason")
    yield "accord", Accord.objects.all(), ("title",)
    yield "abroad", Abroad.objects.exclude(seeks=""), ("seeks",)


def _value(subject: str, record: Any, name: str) -> str:
    if subject != "listing":
        return str(getattr(record, name))
    technology = record.technology
    if getattr(technology, f"{name}_en"):
        return ""
    return "" if name == "body" and technology.visibility == "TEASER" else getattr(technology, name)
