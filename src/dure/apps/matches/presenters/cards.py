"""One suggestion as a card for one reader: who, in whose words, why, what does not fit."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.utils.safestring import SafeString
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from dure.apps.catalog.models import Need, Technology
from dure.apps.catalog.queries import redacted_for
from dure.apps.matches import permissions
from dure.apps.matches.models import (
    LIKELY,
    Answer,
    AnswerKind,
    Direction,
    NotForUs,
    Side,
    Strength,
    Suggestion,
)
from dure.apps.matches.presenters import sentences
from dure.apps.matches.presenters.sentences import Argument
from dure.apps.matches.queries import answers_to, sides_of
from dure.apps.people.queries import Reader
from dure.foundation.ui import passages
from dure.foundation.ui.language import foreign_language, quoting
from dure.foundation.verdict import Verdict
from dure.foundation.vocabularies import match_reasons

EXCERPT = 240
TONES = {Strength.STRONG: "success", Strength.GOOD: "primary", Strength.PARTIAL: "information"}
ANSWER_TONES = {
    AnswerKind.INTERESTED: "success",
    AnswerKind.INTRODUCED: "primary",
    AnswerKind.NOT_FOR_US: "",
}


@dataclass(frozen=True, slots=True)
class Quote:
    """A passage with its marks; `language` is empty where it is the reader's own."""

    text: SafeString | str
    language: str

    @property
    def language_note(self) -> str:
        """A word beside a passage that the reader may not understand."""
        return {"ko": _("Korean text"), "en": _("English text")}.get(self.language, "")


@dataclass(frozen=True, slots=True)
class Found:
    """The part of a card that needs no answer: a need or a technology, and why it came up."""

    entry: Need | Technology
    url: str
    rank: int
    fit: str
    tone: str
    is_weak: bool
    facts: list[str]
    headline: str
    headline_marked: SafeString | str
    theirs: Quote | None
    ours: Quote | None
    ours_label: str
    is_withheld: bool
    helps: list[Argument]
    misfits: list[Argument]

    @property
    def is_technology(self) -> bool:
        """True when a technology was found, for a need."""
        return isinstance(self.entry, Technology)

    @property
    def readiness_label(self) -> str:
        """What the readiness of a need or a technology is called."""
        return _("Readiness") if self.is_technology else _("Readiness asked for")


@dataclass(frozen=True, slots=True)
class Card:
    """A suggestion with what has been answered, and what its reader may answer."""

    suggestion: Suggestion
    hit: Found
    own: Need | Technology
    own_url: str
    is_new: bool
    side: Side | None
    may_answer: Verdict
    mine: Answer | None
    demand: Answer | None
    supply: Answer | None
    introduced: Answer | None
    they_want: bool

    @property
    def why_not(self) -> list[tuple[str, str]]:
        """Why the reader may decline, as their side would say it."""
        return NotForUs.choices_of(self.side)

    @property
    def is_likely(self) -> bool:
        """True when the suggestion is likely right; the others are folded away."""
        return self.suggestion.strength in LIKELY

    @property
    def is_office(self) -> bool:
        """True for a programme officer, who answers for neither side."""
        return self.side == Side.OFFICE

    @property
    def shows_their_interest(self) -> bool:
        """True when the other side's interest is news; an officer sees both sides by name."""
        return self.they_want and not self.is_office

    @property
    def settled(self) -> Answer | None:
        """The answer that takes the card out of the queue, if there is one."""
        return self.introduced or self.mine

    @property
    def tone(self) -> str:
        """The colour of the answer's word."""
        return ANSWER_TONES[self.settled.kind] if self.settled else ""


def cards(
    suggestions: Iterable[Suggestion], reader: Reader, *, since: datetime | None = None
) -> list[Card]:
    """Suggestions as cards for their reader, with one query for all answers.

    What was first made after `since` is new; without `since` nothing is.
    """
    suggestions = list(suggestions)
    answers = answers_to(suggestions)
    return [
        _card(suggestion, answers[suggestion.need_id, suggestion.technology_id], reader, since)
        for suggestion in suggestions
    ]


def found(
    *,
    entry: Need | Technology,
    own: Need | Technology | None,
    rank: int,
    strength: str,
    evidence: Mapping[str, Any],
    reader: Reader,
) -> Found:
    """What a found entry says to a reader; a teaser's text stays closed to who may not read it."""
    entry = redacted_for(reader, entry)
    need, technology = (own, entry) if isinstance(entry, Technology) else (entry, own)
    arguments = sentences.arguments_for(
        evidence.get("reasons") or (),
        need,
        technology,
        readable=f"{entry.title}\n{entry.title_en}" if entry.is_redacted else None,
    )
    passage = None if entry.is_redacted else _passage(evidence)
    answers = match_reasons.answers(strength)
    headline, part = _headline(entry, own, passage, evidence.get("need_part"), arguments, answers)
    return Found(
        entry=entry,
        url=entry.get_absolute_url(),
        rank=rank,
        fit=match_reasons.strength_name(strength, get_language()),
        tone=TONES.get(strength, ""),
        is_weak=strength == Strength.WEAK,
        facts=_facts(entry),
        headline=headline % {"part": part} if part else headline,
        headline_marked=quoting(headline, part) if part else headline,
        theirs=_quote(passages.marked(passage) or _excerpt(entry)),
        ours=_quote(passages.marked(evidence.get("need_part"))),
        ours_label=_ours_label(entry, own, answers),
        is_withheld=entry.is_redacted,
        helps=[argument for argument in arguments if argument.effect > 0],
        misfits=[argument for argument in arguments if argument.effect < 0],
    )


def _card(
    suggestion: Suggestion, answers: Mapping[str, Answer], reader: Reader, since: datetime | None
) -> Card:
    need, technology = suggestion.need, suggestion.technology
    is_for_need = suggestion.direction == Direction.FOR_NEED
    own, entry = (need, technology) if is_for_need else (technology, need)
    near, far = (Side.DEMAND, Side.SUPPLY) if is_for_need else (Side.SUPPLY, Side.DEMAND)
    sides = sides_of(reader, need, technology)
    side = near if near in sides else next(iter(sides), None)
    office = answers.get(Side.OFFICE)
    opposite = answers.get(far)
    return Card(
        suggestion=suggestion,
        hit=found(
            entry=entry,
            own=own,
            rank=suggestion.rank,
            strength=suggestion.strength,
            evidence=suggestion.evidence,
            reader=reader,
        ),
        own=own,
        own_url=own.get_absolute_url(),
        is_new=since is not None and suggestion.first_created_at > since,
        side=side,
        may_answer=permissions.may_answer(reader, need, technology),
        mine=answers.get(side) if side else None,
        demand=answers.get(Side.DEMAND),
        supply=answers.get(Side.SUPPLY),
        introduced=office if office and office.kind == AnswerKind.INTRODUCED else None,
        they_want=opposite is not None and opposite.kind == AnswerKind.INTERESTED,
    )


def _facts(entry: Need | Technology) -> list[str]:
    organisation = entry.organisation
    facts = [
        str(organisation),
        str(organisation.get_kind_display()),
        sentences.region_of(entry),
        sentences.field_name(entry.field),
        sentences.cooperation_of(entry.cooperation),
    ]
    return [fact for fact in facts if fact]


def _headline(
    entry: Need | Technology,
    own: Need | Technology | None,
    theirs: Mapping[str, Any] | None,
    ours: Mapping[str, Any] | None,
    arguments: list[Argument],
    answers: bool,
) -> tuple[str, str]:
    """The one sentence why, and the words that it quotes in place of `%(part)s`, if any.

    It names the part of the need that is answered, or nearest, where that is known, else the best
    reason.
    """
    if isinstance(entry, Technology):
        # A free text stands on the same page; to repeat it beside every answer says nothing.
        part = passages.quoted(ours, exclude=", ".join(own.keywords)) if own else ""
        if part and answers:
            return _("It answers this part of the need: ‘%(part)s’."), part
        if part:
            return _("It comes nearest to this part of the need: ‘%(part)s’."), part
    elif part := passages.quoted(theirs, exclude=", ".join(entry.keywords)):
        return _("They are looking for this: ‘%(part)s’."), part
    for argument in arguments:
        if argument.effect > 0:
            return argument.sentence, ""
    return _("The two texts are close in meaning."), ""


def _ours_label(entry: Need | Technology, own: Need | Technology | None, answers: bool) -> str:
    """What stands above the part of one's own text."""
    if own is None:
        return _("What it answers in your text") if answers else _("Nearest in your text")
    if isinstance(entry, Technology):
        return _("What it answers in the need") if answers else _("Nearest in the need")
    return _("What of the technology answers it") if answers else _("Nearest in the technology")


def _passage(evidence: Mapping[str, Any]) -> Mapping[str, Any] | None:
    """What answers, in the reader's language where something there does."""
    own = (evidence.get("passage_in") or {}).get(get_language())
    return own or evidence.get("passage")


def _quote(text: SafeString | str) -> Quote | None:
    return Quote(text, foreign_language(text)) if text else None


def _excerpt(entry: Need | Technology) -> str:
    line = " ".join(entry.body_in(get_language()).split())
    return line if len(line) <= EXCERPT else f"{line[:EXCERPT].rstrip()}…"
