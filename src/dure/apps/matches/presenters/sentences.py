"""Reasons as sentences: why a pair was suggested, and what does not fit.

The engine says a code, whether it helped (effect 1), hurt (-1) or only shows (0), and arguments.
What the entries themselves tell (field, readiness, region, cooperation) is read from them, so that
a sentence never contradicts the page it stands on. A number of the engine is never shown.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from dure.apps.catalog.models import Cooperation, Need, Technology
from dure.foundation import vocabularies

SENTENCES: dict[str, Promise] = {
    "WORDS_SHARED": _("Both texts speak of %(words)s."),
    "WORDS_TRANSLATED": _("The same thing in two languages: %(words)s."),
    "PASSAGE_ANSWERS": _("The marked passage answers the marked part of the need."),
    "KEYWORDS_FOUND": _("Keywords that fit: %(words)s."),
    "FIELD_SAME": _("The field is the same: %(field)s."),
    "FIELD_DIFFERENT": _(
        "The fields differ: the need is in %(need_field)s, the technology in %(field)s."
    ),
    "READINESS_REACHED": _("It is ready enough: TRL %(trl)s, where TRL %(need_trl)s is asked for."),
    "READINESS_SHORT": _(
        "It is not ready enough yet: TRL %(trl)s, but TRL %(need_trl)s is asked for."
    ),
    "REGION_SAME": _("Both are in the same region: %(region)s."),
    "REGION_DIFFERENT": _(
        "The regions differ: the need is in %(need_region)s, the firm in %(region)s."
    ),
    "COOPERATION_SHARED": _("Both wish for the same form of cooperation: %(shared)s."),
    "COOPERATION_DIFFERENT": _(
        "They wish for different forms of cooperation: the need for %(need_cooperation)s, "
        "the firm for %(cooperation)s."
    ),
}
# The same without particulars, where those are unknown or not for this reader.
BARE: dict[str, Promise] = {
    "WORDS_SHARED": _("Both texts use the same terms."),
    "WORDS_TRANSLATED": _("The two texts use the same terms in different languages."),
    "KEYWORDS_FOUND": _("The keywords fit."),
    "FIELD_SAME": _("The field is the same."),
    "FIELD_DIFFERENT": _("The fields differ."),
    "READINESS_REACHED": _("It is ready enough."),
    "READINESS_SHORT": _("It is not ready enough yet."),
    "REGION_SAME": _("Both are in the same region."),
    "REGION_DIFFERENT": _("The regions differ."),
    "COOPERATION_SHARED": _("Both wish for the same form of cooperation."),
    "COOPERATION_DIFFERENT": _("They wish for different forms of cooperation."),
}
OF_WORDS = {"WORDS_SHARED", "WORDS_TRANSLATED", "KEYWORDS_FOUND"}
# What can be said of a teaser to those who may not open it.
TOLD = {*OF_WORDS, "FIELD_SAME", "FIELD_DIFFERENT"}
MOST_WORDS = 6


@dataclass(frozen=True, slots=True)
class Argument:
    """One reason as a sentence; `effect` is 1 where it speaks for the pair, -1 against it."""

    code: str
    effect: int
    sentence: str


def arguments_for(
    reasons: Iterable[Mapping[str, Any]],
    need: Need | None,
    technology: Technology | None,
    *,
    readable: str | None = None,
) -> list[Argument]:
    """The reasons as sentences, in the engine's order; codes that nobody knows are left out.

    `need` or `technology` is None when a free text stood in its place. With `readable`, a teaser's
    title for who may not read more, only what can be read there and its field are spoken of, also
    when the reasons were found while more was open.
    """
    found = []
    for reason in reasons:
        code, effect = str(reason.get("code", "")), reason.get("effect", 0)
        if code in SENTENCES and (readable is None or code in TOLD):
            facts = _facts(reason.get("arguments") or {}, need, technology, readable)
            if readable is None or facts["words"] or code not in OF_WORDS:
                found.append(Argument(code, effect, _sentence(code, facts)))
    return found


def words_in(arguments: Mapping[str, Any], readable: str | None = None) -> list[str]:
    """The words a reason names, at most six, a translated one as «word = its translation».

    See `arguments_for` for `readable`.
    """
    words = [str(word).strip() for word in arguments.get("words") or ()]
    if names := [str(name).strip() for name in arguments.get("names") or ()]:
        words = [f"{word} = {name}" for word, name in zip(words, names, strict=False)]
    if readable is not None:
        words = [word for word in words if _stands_in(word, readable)]
    return list(dict.fromkeys(words))[:MOST_WORDS]


def field_name(code: str) -> str:
    """The name of a field of the roadmap, in the reader's language."""
    return vocabularies.name_of("fields", code, get_language()) if code else ""


def region_of(entry: Need | Technology) -> str:
    """Where the entry is at home: its own region, else that of its organisation."""
    code = entry.region or entry.organisation.region
    return vocabularies.name_of("regions", code, get_language()) if code else ""


def cooperation_of(codes: Iterable[str]) -> str:
    """Forms of cooperation as words."""
    labels = dict(Cooperation.choices)
    return ", ".join(str(labels[code]) for code in codes if code in labels)


def _sentence(code: str, facts: dict[str, Any]) -> str:
    known = {name: value for name, value in facts.items() if value}
    try:
        return str(SENTENCES[code]) % known
    except KeyError:
        return str(BARE[code])


def _facts(
    arguments: Mapping[str, Any],
    need: Need | None,
    technology: Technology | None,
    readable: str | None,
) -> dict[str, Any]:
    facts: dict[str, Any] = {"words": _quoted(words_in(arguments, readable))}
    if need:
        facts |= {
            "need_field": field_name(need.field),
            "need_trl": need.trl,
            "need_region": region_of(need),
            "need_cooperation": cooperation_of(need.cooperation),
        }
    if technology:
        facts |= {
            "field": field_name(technology.field),
            "trl": technology.trl,
            "region": region_of(technology),
            "cooperation": cooperation_of(technology.cooperation),
        }
    if need and technology:
        both = [code for code in technology.cooperation if code in need.cooperation]
        facts["shared"] = cooperation_of(both)
    return facts


def _quoted(words: list[str]) -> str:
    return ", ".join(word if " = " in word else f"‘{word}’" for word in words)


def _stands_in(word: str, text: str) -> bool:
    """True when the word, or one of a pair of words, can be read in the text."""
    return any(part.casefold() in text.casefold() for part in word.split(" = "))
