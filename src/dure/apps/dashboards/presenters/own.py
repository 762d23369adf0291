"""One's own needs and technologies as cards: what is new, why, and what is still missing."""

from collections.abc import Mapping
from typing import Any

from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from dure.apps.catalog.models import Need, Technology
from dure.apps.catalog.queries import redacted_for
from dure.apps.matches.models import Side, Suggestion
from dure.apps.people.models import Organisation, User
from dure.foundation import vocabularies
from dure.foundation.ui.language import quoting
from dure.foundation.vocabularies.match_reasons import answers

EXCERPT = 260
QUOTED = 70
ENOUGH_WORDS = 120


def card(entry: Need | Technology, user: Any) -> dict[str, Any]:
    """A need or a technology in a list, as much of it as the reader may see."""
    language, entry = get_language(), redacted_for(user, entry)
    return {
        "entry": entry,
        "title": entry.title_in(language),
        "url": entry.get_absolute_url(),
        "who": str(entry.organisation),
        "field": vocabularies.name_of("fields", entry.field, language) if entry.field else "",
        "text": shortened(entry.body_in(language), EXCERPT),
    }


def need_card(row: Mapping[str, int], best: Suggestion) -> dict[str, Any]:
    """One of the reader's needs with its best new suggestion in one sentence."""
    need = best.need
    return {
        **row,
        "title": need.title_in(get_language()),
        "url": reverse("matches:for_need", args=[need.pk]),
        "entry_url": need.get_absolute_url(),
        "best_title": best.technology.title_in(get_language()),
        "best_url": best.technology.get_absolute_url(),
        "best_who": str(best.technology.organisation),
        "why": why_technology(best),
    }


def tonight(suggestion: Suggestion, user: User) -> dict[str, Any]:
    """The one suggestion that the owner of a small firm answers next."""
    need, language = redacted_for(user, suggestion.need), get_language()
    return {
        "suggestion": suggestion,
        "side": Side.SUPPLY.value,
        "own_title": suggestion.technology.title_in(language),
        "own_url": suggestion.technology.get_absolute_url(),
        "text": shortened(need.body_in(language), EXCERPT),
        "is_closed": need.is_redacted,
        "why": "" if need.is_redacted else why_need(suggestion),
        "they_want": suggestion.they_want,
        **{
            key: value
            for key, value in card(need, user).items()
            if key in ("title", "url", "who", "field")
        },
        "budget": need.budget,
    }


def why_technology(suggestion: Suggestion) -> str:
    """Why a technology came up for a need: the part of the need that it answers, or is near to."""
    if part := quoted(suggestion.evidence.get("need_part")):
        if answers(suggestion.strength):
            return quoting(_("It answers this part of your need: “%(part)s”."), part)
        return quoting(_("It comes nearest to this part of your need: “%(part)s”."), part)
    return _("Its text is close to your need in meaning.")


def why_need(suggestion: Suggestion) -> str:
    """Why a need came up for a technology: what they are looking for."""
    in_own = (suggestion.evidence.get("passage_in") or {}).get(get_language())
    if part := quoted(in_own or suggestion.evidence.get("passage")):
        return quoting(_("They are looking for this: “%(part)s”."), part)
    return _("What they write is close to your technology in meaning.")


def quoted(passage: Mapping[str, Any] | None) -> str:
    """The heart of a passage: the longest part that was marked, else its beginning."""
    text = str((passage or {}).get("text") or "")
    marks = [mark for mark in (passage or {}).get("marks") or () if len(mark) == 2]
    if marks:
        first, last = max(marks, key=lambda mark: (mark[1] - mark[0], -mark[0]))
        # One marked word says little: take its surroundings with it.
        if last - first < QUOTED // 3:
            first, last = max(0, first - QUOTED // 4), first + QUOTED
        text = text[first:last]
    return shortened(text.strip(" .,;:\n"), QUOTED)


def completeness(technology: Any) -> dict[str, Any]:
    """What a technology already says of itself, and what is still missing."""
    asked = [
        ("body", _("what it does, in a few sentences"), len(technology.body) >= ENOUGH_WORDS),
        ("field", _("its field"), bool(technology.field)),
        ("trl", _("how ready it is"), technology.trl is not None),
        ("keywords", _("keywords"), bool(technology.keywords)),
        ("track_record", _("where it is in use"), bool(technology.track_record)),
        ("cooperation", _("the form of cooperation you wish"), bool(technology.cooperation)),
        ("english", _("an English title"), bool(technology.title_en)),
        ("files", _("a file, such as a data sheet"), technology.file_count > 0),
    ]
    done = sum(is_there for _name, _label, is_there in asked)
    missing = [(name, label) for name, label, is_there in asked if not is_there]
    return {
        "technology": technology,
        "title": technology.title_in(get_language()),
        "url": technology.get_absolute_url(),
        "done": done,
        "total": len(asked),
        "next": missing[0][1] if missing else "",
        "edit_url": reverse("catalog:technology_question", args=[technology.pk, missing[0][0]])
        if missing
        else "",
    }


def missing_of(organisation: Organisation) -> list[str]:
    """What an organisation has not said of itself yet."""
    asked = [
        (_("one sentence about you"), organisation.summary),
        (_("region"), organisation.region),
        (_("founding year"), organisation.founded),
        (_("number of employees"), organisation.employees is not None),
        (_("industry"), organisation.industry),
    ]
    return [label for label, is_given in asked if not is_given]


def shortened(text: str, limit: int) -> str:
    """`text` on one line, cut at a word where it is too long."""
    line = " ".join(text.split()).strip()
    if len(line) <= limit:
        return line
    cut = line[:limit]
    return f"{cut.rsplit(' ', 1)[0] if ' ' in cut[limit // 2 :] else cut}…"
