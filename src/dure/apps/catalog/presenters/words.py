"""Codes as words: fields, regions, forms of cooperation, readiness, stages."""

from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.safestring import SafeString
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from dure.apps.catalog.models import Cooperation, Need, Technology, Visibility
from dure.apps.catalog.stages import NeedStage
from dure.engines.matching import mark
from dure.foundation import lookup, vocabularies
from dure.foundation.ui import passages

# The nine levels as Korean R&D programmes define them (산업기술 R&D 기술성숙도).
READINESS: dict[int, Promise] = {
    1: _("Basic theory and experiments"),
    2: _("Idea for a use, concept or patent"),
    3: _("Basic performance shown in the laboratory"),
    4: _("Key performance of parts measured in the laboratory"),
    5: _("Prototype made and its performance measured"),
    6: _("Pilot-scale prototype made and measured"),
    7: _("Reliability tested, evaluated by a customer"),
    8: _("Certified and standardised"),
    9: _("In series production and on the market"),
}
TONES = {
    NeedStage.DRAFT: "",
    NeedStage.UNDER_REVIEW: "warning",
    NeedStage.PUBLISHED: "primary",
    NeedStage.MATCHED: "success",
    NeedStage.IN_IMPLEMENTATION: "success",
}
EXCERPT = 130


@dataclass(frozen=True, slots=True)
class Row:
    """One entry as a list shows it to one reader."""

    entry: Need | Technology
    url: str
    title: SafeString | str
    excerpt: SafeString | str
    field: str
    region: str
    cooperation: str
    tone: str


def field_name(code: str) -> str:
    """The name of a field of the roadmap, in the reader's language."""
    return vocabularies.name_of("fields", code, get_language()) if code else ""


def region_name(code: str) -> str:
    """The name of a region, in the reader's language."""
    return vocabularies.name_of("regions", code, get_language()) if code else ""


def region_of(entry: Need | Technology) -> str:
    """Where the entry is at home: its own region, else that of its organisation."""
    return region_name(entry.region or entry.organisation.region)


def cooperation_names(entry: Need | Technology) -> list[str]:
    """The wished forms of cooperation as words."""
    labels = dict(Cooperation.choices)
    return [str(labels.get(code, code)) for code in entry.cooperation]


def tone_of(stage: str) -> str:
    """The colour that goes with a stage's word."""
    return TONES.get(stage, "")


def row(entry: Need | Technology, url: str, searched: str = "") -> Row:
    """What one line of a list says of an entry as its reader may read it.

    What was `searched` for is marked, and the excerpt is cut around it.
    """
    title, body = entry.title_in(get_language()), entry.body_in(get_language())
    return Row(
        entry=entry,
        url=url,
        title=_marked(title, searched, len(title)) if searched else title,
        excerpt=_marked(body, searched, EXCERPT) if searched else shortened(body, EXCERPT),
        field=field_name(entry.field),
        region=region_of(entry),
        cooperation=", ".join(cooperation_names(entry)),
        tone=tone_of(entry.stage),
    )


def _marked(text: str, searched: str, limit: int) -> SafeString | str:
    line = " ".join(text.split())
    marks = mark(line, searched, lookup.lexicon())
    return passages.marked({"text": line, "marks": marks}, longest=limit)


def shortened(text: str, limit: int) -> str:
    """The beginning of a text on one line."""
    line = " ".join(text.split())
    return line if len(line) <= limit else f"{line[:limit].rstrip()}…"


def visibility_badge(entry: Need | Technology) -> str:
    """What stands beside an entry that not everybody may read in full."""
    return "" if entry.visibility == Visibility.PUBLIC else str(entry.get_visibility_display())
